"""What a national overlay may add to the common procedure, and what stands against everything else. Pure.

What may be added: tasks, internal targets, letters, and data elements with status B that the Member State announced.
The limits, the hearing, the consultations, the grounds and the common messages are the law's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from douane.applications.customs_decisions.messages.overlays import ChangeKind, OverlayChange, OverlayFault
from douane.applications.customs_decisions.messages.words import ActKind, DecisionType
from douane.applications.customs_decisions.rules.elements import CHOICE, DEMANDED, WAIVABLE, annex_a
from douane.applications.customs_decisions.rules.limits import COMPLETION, HEARING, INFORMATION
from douane.applications.customs_decisions.rules.types import TYPES

PERIODS: Final = "UCC art. 55(1)"
OF_LIMITS: Final[Mapping[str, str]] = {
    INFORMATION.id: INFORMATION.article, COMPLETION.id: COMPLETION.article, HEARING.id: "UCC art. 22(6)",
}  # fmt: skip
"""The article that sets a length itself; of every other limit it is UCC art. 55(1) that stands against a change."""
OF_STEPS: Final[Mapping[str, str]] = {
    "hear": "UCC art. 22(6)", "hearing": "UCC art. 22(6)", "conclude": "UCC art. 22(6)",
    "consult": "IA 2015/2447 art. 14", "consulting": "IA 2015/2447 art. 14",
}  # fmt: skip
"""The article that demands a step; of every other one it is UCC art. 22."""
_GROUND: Final = "Leave the ground out: an application is refused for what the law demands of its type alone."
_MESSAGE: Final = "Leave the message as it is: all Member States exchange the same one."
_INTERFACE: Final = "Leave the interface for traders as it is: where several Member States are concerned it is one."
_NOT_OWN: Final[Mapping[ChangeKind, tuple[str, str]]] = {
    ChangeKind.GROUND: (_GROUND, "UCC art. 22(3)"),
    ChangeKind.MESSAGE: (_MESSAGE, "IA 2015/2447 art. 10(1)"),
    ChangeKind.INTERFACE: (_INTERFACE, "IA 2015/2447 art. 10(2)"),
}


@dataclass(frozen=True, slots=True)
class Common:
    """The common procedure as this release has it. steps: what a task may follow; tasks: what a target may be for."""

    steps: Collection[str]
    tasks: Collection[str]


def faults(changes: Sequence[OverlayChange], common: Common) -> Iterator[OverlayFault]:
    """Everything that stands against these changes, each with its article."""
    for place, change in enumerate(changes, start=1):
        for remedy, article in _against(change, common):
            yield OverlayFault(place, remedy, article)
    names = [each.name for each in changes if each.kind is ChangeKind.TASK]
    for name in sorted({each for each in names if each and names.count(each) > 1}):
        yield OverlayFault(0, f"Name each task once: {name} is named {names.count(name)} times.", "")


def missing_anchors(changes: Sequence[OverlayChange], common: Common) -> Iterator[OverlayChange]:
    """The changes that stand at nothing that the procedure of this release has."""
    for each in changes:
        known = {ChangeKind.TASK: common.steps, ChangeKind.TARGET: common.tasks}.get(each.kind)
        if known is not None and anchor(each, known) == "":
            yield each


def anchor(change: OverlayChange, known: Collection[str]) -> str:
    """At which of its steps a change stands in a version of the procedure; empty where that has none of them."""
    return next((each for each in change.at if each in known), "")


def demanded(changes: Sequence[OverlayChange], type: DecisionType) -> Mapping[str, str]:
    """The data elements that an overlay demands for a type, each with where that was announced."""
    return {
        each.at[0]: each.announced for each in changes
        if each.kind is ChangeKind.ELEMENT and (not each.types or type in each.types)
    }  # fmt: skip


def paragraphs(changes: Sequence[OverlayChange], type: DecisionType, act: ActKind) -> tuple[str, ...]:
    """What the letters of an administration say besides about an act."""
    return tuple(
        each.text for each in changes
        if each.kind is ChangeKind.LETTER and act.value in each.at and (not each.types or type in each.types)
    )  # fmt: skip


def _against(change: OverlayChange, common: Common) -> Iterator[tuple[str, str]]:
    match change.kind:
        case ChangeKind.TASK:
            yield from _task(change, common)
        case ChangeKind.TARGET:
            if not anchor(change, common.tasks):
                yield f"Say for which task the target is: {', '.join(sorted(common.tasks))}.", ""
            if change.days is None:
                yield "Say within how many days; a target is the administration's own and moves no limit.", ""
        case ChangeKind.LETTER:
            if not change.text or not all(each in {kind.value for kind in ActKind} for each in change.at):
                yield f"Give a text, and the acts whose letters have it: {', '.join(ActKind)}.", ""
        case ChangeKind.ELEMENT:
            yield from _element(change)
        case ChangeKind.LIMIT:
            yield (f"Leave {change.at[0]} as it is: the law sets the period; add an internal target instead.",
                   OF_LIMITS.get(change.at[0], PERIODS))  # fmt: skip
        case ChangeKind.REMOVAL:
            yield (f"Leave {change.at[0]} in: an overlay adds to the common procedure and removes nothing of it.",
                   OF_STEPS.get(change.at[0], "UCC art. 22"))  # fmt: skip
        case ChangeKind.GROUND | ChangeKind.MESSAGE | ChangeKind.INTERFACE:
            yield _NOT_OWN[change.kind]


def _task(change: OverlayChange, common: Common) -> Iterator[tuple[str, str]]:
    if not anchor(change, common.steps):
        told = ", ".join(change.at)
        yield f"Name a step that the common procedure has, and not {told}: {', '.join(sorted(common.steps))}.", ""
    if not change.name or not change.text:
        yield "Give the task a name and a title.", ""
    if change.name in common.steps:
        yield f"Give the task a name of its own: {change.name} is a step of the common procedure.", ""


def _element(change: OverlayChange) -> Iterator[tuple[str, str]]:
    """Status B alone is for Member States to demand; C is the applicant's choice, and what is absent is nobody's."""
    number = change.at[0]
    element = annex_a().get(number)
    if element is None or not element.is_class:
        yield f"Name a class of data elements (42 06 000 000), and not {number}.", DEMANDED
        return
    types = change.types or tuple(TYPES)
    for type in types:
        cell = element.asked(TYPES[type].column)
        if cell is None:
            yield f"Leave {number} out for {type}: an application for it has no such data.", DEMANDED
        elif cell.status == CHOICE:
            yield f"Leave {number} to the applicant of {type}: it has status C.", DEMANDED
        elif cell.status != WAIVABLE:
            yield f"Leave {number} out for {type}: it is demanded by the law already (status A).", DEMANDED
    if not change.announced:
        yield f"Say where the Member State announced that it demands {number}.", DEMANDED
