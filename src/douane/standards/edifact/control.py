"""Control answers (CONTRL): what became of an interchange, by its messages, segments and data elements.

A rejection for syntax is what NCTS calls IE907. Actions are those of 0083, errors those of 0085 in the code lists of
ISO 9735.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from douane.standards.edifact.interchange import UNSPECIFIED, Finding, Interchange, Message, Party
from douane.standards.edifact.syntax import Segment, segment
from douane.vocabulary.errors import NotValid

CONTRL: Final = "CONTRL"
IDENTIFIER: Final = (CONTRL, "D", "3", "UN")


class Action(enum.StrEnum):
    """What became of a level."""

    REJECTED = "4"  # and all levels below it
    ACKNOWLEDGED = "7"  # and all below it that are not rejected by name
    RECEIVED = "8"  # nothing is said of what is in it


@dataclass(frozen=True, slots=True)
class Control:
    """An answer as read: about which interchange, what became of it, and of each message that it names."""

    reference: str
    action: Action
    error: str
    messages: Mapping[str, Action]


def answer(about: Interchange, refused: Mapping[int, Sequence[Finding]], reference: str = "1") -> Message:
    """The answer to an interchange. ``refused``: what is wrong with a message, by its place in the interchange from 0.

    The interchange is rejected whole where it has findings of its own, or where each of its messages is refused.
    """
    header = about.header
    whole = bool(about.findings) or len(refused) == len(about.messages)
    first = about.findings[0] if about.findings else None
    error = _located(first) if first is not None else ()
    made = [
        segment("UCI", header.reference, _party(header.sender), _party(header.recipient),
                (Action.REJECTED if whole else Action.ACKNOWLEDGED).value, *error),
    ]  # fmt: skip
    for place, findings in sorted(refused.items()):
        made += _about(about.messages[place], findings)
    return Message(reference, IDENTIFIER, tuple(made))


def _about(message: Message, findings: Sequence[Finding]) -> Iterator[Segment]:
    """What is wrong with a message: once for itself, then each segment and each data element in it."""
    own = next((each for each in findings if not each.segment), None)
    error = _located(own) if own is not None else ()
    yield segment("UCM", message.reference, message.identifier, Action.REJECTED.value, *error)
    by_segment: dict[int, list[Finding]] = {}
    for each in findings:
        if each.segment:
            by_segment.setdefault(each.segment, []).append(each)
    for place, wrong in sorted(by_segment.items()):
        whole = next((each.code for each in wrong if not each.element), "")
        yield segment("UCS", str(place), whole)
        for each in sorted(wrong, key=lambda f: (f.element, f.component)):
            if each.element:
                yield segment("UCD", each.code, _position(each))


def _located(finding: Finding) -> tuple[str | tuple[str, ...], ...]:
    return finding.code, finding.tag, _position(finding) if finding.element else ("",)


def _position(finding: Finding) -> tuple[str, ...]:
    return (str(finding.element), str(finding.component)) if finding.component else (str(finding.element),)


def _party(party: Party) -> tuple[str, ...]:
    return tuple(party)


def read(message: Message) -> Control:
    """The answer in a message of type CONTRL. Raises NotValid where it says nothing of an interchange."""
    about = next((each for each in message.segments if each.tag == "UCI"), None)
    try:
        if about is None or not about.value(1):
            raise ValueError("it names no interchange")
        named = {each.value(1): Action(each.value(3)) for each in message.segments if each.tag == "UCM"}
        action = Action(about.value(4))
    except ValueError as problem:
        raise NotValid(f"The CONTRL tells of nothing: {problem}.", remedy="Fill UCI and UCM.") from problem
    return Control(about.value(1), action, about.value(5) or (UNSPECIFIED if action is Action.REJECTED else ""), named)
