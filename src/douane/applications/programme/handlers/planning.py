"""Steps as administrations plan them; what makes no sense is refused, and the plan before it stays."""

from __future__ import annotations

from typing import Final

from douane.applications.programme.contract import Programme
from douane.applications.programme.contract.roll_out import STEPS
from douane.applications.programme.handlers.passing import passed_on
from douane.applications.programme.messages.steps import (
    PlannedStep,
    RollOut,
    RollOutKept,
    RollOutLine,
    RollOutPlan,
    RollOutQuery,
    RollOutRefused,
)
from douane.applications.programme.records import Way
from douane.author import Fault, Step
from douane.author.run import View, Work, answers, handles
from douane.model.graph import NodeKind
from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.programme.steps import faults

MOST: Final = 1_000
"""Ways that are told at once: more than administrations times services of any union that we know."""


def refuse(work: Work, m: RollOutPlan, found: tuple[Fault, ...]) -> None:
    """Say what to mend."""
    work.reply(RollOutRefused(m.administration, m.service, tuple(each.remedy for each in found)))


@handles(Programme.plan, reads=(Way,), refuse=refuse)
def plan(work: Work, m: RollOutPlan) -> None:
    """Keep the plan in place of the one before, whole or not at all."""
    reasons = _wrong(m)
    if reasons:
        work.reply(RollOutRefused(m.administration, m.service, reasons))
        return
    if passed_on(work, Programme.plan, m):
        return
    before = work.get(Way)
    work.put(Way(m.administration, m.service, m.steps, before.turns + 1 if before is not None else 1))
    work.reply(RollOutKept(m.administration, m.service, len(m.steps)))


def _wrong(m: RollOutPlan) -> tuple[str, ...]:
    if f"service:{m.service}" not in installed_model():
        return (f"There is no service {m.service}: name one of the registry.",)
    stages = [each.stage for each in m.steps]
    twice = sorted({each.value for each in stages if stages.count(each) > 1})
    if twice:
        return (f"Plan each stage once: {', '.join(twice)}.",)
    return faults(Step(m.administration, m.service, each.stage, each.day, each.of, each.said_done) for each in m.steps)


@answers(Programme.roll_out)
def roll_out(view: View, question: RollOutQuery) -> RollOut:
    """What administrations planned, and of the others what is declared."""
    del question
    kept, _ = view.find(Way, "by_administration", limit=MOST)
    own = [RollOutLine(each.administration, each.service, each.steps, turn=each.turns) for _, each in kept]
    theirs = {(each.administration, each.service) for each in own}
    declared: dict[tuple[str, str], list[PlannedStep]] = {}
    for each in STEPS:
        step = PlannedStep(each.stage, each.day, each.of, each.said_done)
        declared.setdefault((each.administration, each.service), []).append(step)
    others = [
        RollOutLine(administration, service, tuple(steps), declared=True)
        for (administration, service), steps in declared.items() if (administration, service) not in theirs
    ]  # fmt: skip
    lines = sorted((*own, *others), key=lambda each: (each.administration, each.service))
    services = sorted(each.name for each in installed_model().of(NodeKind.SERVICE))
    return RollOut(tuple(each for each in lines if each.steps), tuple(services))
