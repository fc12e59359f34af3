"""Requirements: who asks for which, who accepted it for him, and what the tests of this build say of it."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from msgspec.structs import replace

from douane.applications.programme.contract import COORDINATOR, Programme
from douane.applications.programme.handlers.passing import passed_on
from douane.applications.programme.messages.requiring import (
    AskedLine,
    ProvingLine,
    RequirementAccepted,
    RequirementAsked,
    RequirementKept,
    RequirementLine,
    RequirementListQuery,
    RequirementRefused,
    Requirements,
)
from douane.applications.programme.records import AskedRequirement
from douane.author import Fault
from douane.author.run import View, Work, answers, handles
from douane.model.graph import ApplicationModel, EdgeKind, Node, NodeKind
from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.proof import FAILED, PASSED, SKIPPED, UNKNOWN, outcomes, proof_of

MOST: Final = 5_000
"""Askings that are told: more than administrations times what each asks for."""
ABSENT: Final = "not built"


def refuse(work: Work, m: RequirementAsked | RequirementAccepted, found: tuple[Fault, ...]) -> None:
    """Say what to mend."""
    work.reply(RequirementRefused(m.administration, m.requirement, tuple(each.remedy for each in found)))


@handles(Programme.ask_requirement, reads=(AskedRequirement,), refuse=refuse)
def ask_requirement(work: Work, m: RequirementAsked) -> None:
    """Keep what is asked for; what was accepted of it before is to be accepted anew."""
    reason = _wrong(m)
    if not reason and passed_on(work, Programme.ask_requirement, m):
        return
    if reason:
        work.reply(RequirementRefused(m.administration, m.requirement, (reason,)))
        return
    before = work.get(AskedRequirement)
    turns = before.turns + 1 if before is not None else 1
    work.put(AskedRequirement(m.administration, m.requirement, m.text.strip(), m.task, work.today(), turns=turns))
    work.reply(RequirementKept(m.administration, m.requirement))


def _wrong(m: RequirementAsked) -> str:
    model = installed_model()
    if m.task and f"task:{m.task}" not in model:
        return f"There is no task {m.task}: name one of the registry."
    if f"requirement:{m.requirement}" not in model and not (m.text.strip() and m.task):
        return f"The registry has no {m.requirement}: say what must hold, and for which task."
    return ""


@handles(Programme.accept_requirement, reads=(AskedRequirement,), refuse=refuse)
def accept_requirement(work: Work, m: RequirementAccepted) -> None:
    """Keep who accepted it for the administration that asked, and when."""
    if passed_on(work, Programme.accept_requirement, replace(m, by=COORDINATOR.name)):
        return
    kept = work.get(AskedRequirement)
    reason = ""
    if not m.by.strip():
        reason = "Nobody is said to accept it: name the role."
    elif kept is None:
        reason = f"{m.administration} did not ask for {m.requirement}: ask for it first."
    elif f"requirement:{m.requirement}" not in installed_model():
        reason = f"Nothing here meets {m.requirement} yet: accept it when the registry has it."
    elif (said := _shown(m.requirement)) != PASSED:
        reason = f"Tests do not show {m.requirement}: {said}. Accept it on a build whose tests passed."
    if reason or kept is None:
        work.reply(RequirementRefused(m.administration, m.requirement, (reason,)))
        return
    work.put(replace(kept, accepted_by=m.by.strip(), accepted_on=work.today(), turns=kept.turns + 1))
    work.reply(RequirementKept(m.administration, m.requirement))


def _shown(requirement: str) -> str:
    """What the tests of this build say of a requirement; what nobody knows is not passed."""
    model = installed_model()
    tests = _tests(model, model.node(f"requirement:{requirement}"))
    return _whole(outcomes(proof_of(model), set(tests)).values())


@answers(Programme.requirements)
def requirements(view: View, question: RequirementListQuery) -> Requirements:
    """Those of the registry, and those that are asked for and not built."""
    model = installed_model()
    found, _ = view.find(AskedRequirement, "by_requirement", limit=MOST)
    asked: dict[str, list[AskedRequirement]] = defaultdict(list)
    for _, each in found:
        asked[each.requirement].append(each)
    nodes = {each.name: each for each in model.of(NodeKind.REQUIREMENT)}
    names = sorted({*nodes, *asked})
    tests = {name: _tests(model, node) for name, node in nodes.items()}
    said = outcomes(proof_of(model), {test for each in tests.values() for test in each})
    lines = [_line(model, name, nodes.get(name), asked[name], {t: said[t] for t in tests.get(name, ())})
             for name in names if question.requirement in ("", name)]  # fmt: skip
    wanted = question.text.lower().split()
    chosen = tuple(each for each in lines if all(word in _words(each) for word in wanted))
    return Requirements(chosen, len(names))


def _line(
    model: ApplicationModel, name: str, node: Node | None, asked: list[AskedRequirement], tests: dict[str, str]
) -> RequirementLine:
    told = tuple(
        AskedLine(e.administration, e.on, e.text, e.task, e.accepted_by, e.accepted_on, e.turns) for e in asked
    )
    if node is None:
        tasks = tuple(sorted({each.task for each in asked if each.task}))
        return RequirementLine(requirement=name, text=next((e.text for e in asked if e.text), ""), outcome=ABSENT,
                               tasks=tasks, asked=told)  # fmt: skip
    operations = sorted(e.source for e in model.into(node.id) if e.kind is EdgeKind.DEMANDS)
    tasks = tuple(sorted({_name(e.target) for o in operations for e in model.out(o) if e.kind is EdgeKind.FULFILS}))
    return RequirementLine(
        requirement=name, text=node.title, outcome=_whole(tests.values()), tasks=tasks,
        operations=tuple(map(_name, operations)), asked=told,
        tests=tuple(ProvingLine(*each) for each in sorted(tests.items())),
    )  # fmt: skip


def _whole(said: object) -> str:
    """One outcome of several tests: failed where one failed, passed where all that ran passed and one did."""
    found = set(said)  # type: ignore[call-overload] # the values of a mapping
    return next((each for each in (FAILED, UNKNOWN, PASSED, SKIPPED) if each in found), UNKNOWN)


def _tests(model: ApplicationModel, node: Node) -> tuple[str, ...]:
    return tuple(_name(e.target) for e in model.out(node.id) if e.target.startswith("test:"))


def _name(id: str) -> str:
    return id.partition(":")[2]


def _words(line: RequirementLine) -> str:
    asked = (f"{each.administration} {each.text} {each.accepted_by}" for each in line.asked)
    return " ".join((line.requirement, line.text, line.outcome, *line.tasks, *line.operations, *asked)).lower()
