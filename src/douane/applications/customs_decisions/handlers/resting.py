"""Decisions that rest on one that is lost: their authority gets a task with a clock, and nothing changes by itself."""

from __future__ import annotations

from msgspec.structs import replace

from douane.applications.customs_decisions import tasks
from douane.applications.customs_decisions.contract import CustomsDecisions
from douane.applications.customs_decisions.handlers.cases import (
    ALIVE,
    DECISIONS,
    noted,
    reassessing,
    recorded,
    refuse,
    task,
    was_heard,
)
from douane.applications.customs_decisions.messages.applying import ReassessmentResult
from douane.applications.customs_decisions.messages.consulting import DecisionLost, ReassessmentDue
from douane.applications.customs_decisions.messages.deciding import ReassessmentConcluded
from douane.applications.customs_decisions.messages.words import ActKind, DecisionType
from douane.applications.customs_decisions.records import Act, DecisionCase
from douane.applications.customs_decisions.rules.acts import PARTS
from douane.applications.customs_decisions.rules.limits import ENTRY
from douane.applications.customs_decisions.rules.types import Effect, resting_on
from douane.author import MEMBER_STATES, Fault, statutory
from douane.author.run import HumanTask, Work, handles

_LOSES = frozenset({ActKind.SUSPEND, ActKind.REVOKE, ActKind.ANNUL})


def tell_loss(work: Work, case: DecisionCase, act: Act) -> None:
    """Tell of a loss those whose decisions may rest on what is lost."""
    criterion = case.criterion_of(act.number)
    lost = PARTS[criterion] if criterion is not None else case.type
    if act.kind in _LOSES and resting_on(lost):
        _tell_loss(work, case, act, lost)


def _tell_loss(work: Work, case: DecisionCase, act: Act, lost_type: DecisionType) -> None:
    """Tell every authority that may have taken a decision which rests on what is lost, the own among them."""
    for authority in sorted(MEMBER_STATES):
        lost = DecisionLost(
            decision=case.decision, authority=authority, type=lost_type, holder=case.applicant, act=act.kind,
            effect_from=statutory(act.effect_from), heard=was_heard(act),
        )  # fmt: skip
        work.ask(CustomsDecisions.note_loss, lost, administration=authority, waits=None)


@handles(CustomsDecisions.note_loss)
def note_loss(work: Work, m: DecisionLost) -> None:
    """Lay each decision of the holder that rests on the lost one before its officer."""
    for type, dependency in resting_on(m.type).items():
        for case in work.find(DecisionCase, "by_applicant", m.holder, type, limit=DECISIONS):
            if case.where in ALIVE:
                because = f"{m.decision} ({m.type}): {m.act}. It {dependency.effect.value}."
                due = ReassessmentDue(reference=case.decision, because=because, article=dependency.article,
                                      heard_in=m.decision if m.heard else "")  # fmt: skip
                work.ask(CustomsDecisions.reassess, due, administration=work.administration, waits=None)


def note_unknown(_work: Work, _m: ReassessmentDue, _faults: tuple[Fault, ...]) -> None:
    """There is no such decision any more."""


@handles(CustomsDecisions.reassess, reads=(DecisionCase,), refuse=note_unknown)
def reassess(work: Work, m: ReassessmentDue) -> None:
    """Open the task; a loss while one is open is told beside it."""
    case = work.need(DecisionCase)
    changed = noted(case, f"{m.because} ({m.article})")
    if m.heard_in and m.heard_in not in changed.heard_in:
        changed = replace(changed, heard_in=(*changed.heard_in, m.heard_in))
    if case.rests_on:
        work.put(changed)
        return
    ends = work.limit(ENTRY, case.office)
    reassessing.start(work, replace(changed, rests_on=m.because, reassessed_by=m.article, entry=ends.last_instant))


@reassessing.task("reassess")
def reassess_it(_work: Work, case: DecisionCase) -> HumanTask:
    """An officer suspends it, or re-assesses it."""
    what = "Suspend" if Effect.MUST_SUSPEND.value in case.rests_on else "Re-assess"
    return task(case, f"{what} {case.decision}: {case.rests_on}"[:200], case.entry)


@handles(CustomsDecisions.conclude_reassessment, reads=(DecisionCase,), refuse=refuse)
def conclude_reassessment(work: Work, m: ReassessmentConcluded) -> None:
    """The result, which the holder is told (DA art. 15)."""
    case = work.need(DecisionCase)
    concluded = noted(replace(case, result=m.result), f"Re-assessed: {m.result}")
    reassessing.end(work, tasks.Reassessing.reassess, case=concluded)
    recorded(work, case, "re-assessed")


@reassessing.step("tell_result")
def tell_result(work: Work, case: DecisionCase) -> DecisionCase:
    """Tell the holder."""
    work.send(ReassessmentResult(case.reference, case.decision, case.result, case.reassessed_by), case.applicant)
    return replace(case, rests_on="", reassessed_by="", result="", entry=0)
