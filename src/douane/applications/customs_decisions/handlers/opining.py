"""Consultation, at the authority that is asked: its officer forms an opinion, in time or late."""

from __future__ import annotations

from msgspec.structs import replace

from douane.applications.authorisations.contract import authority_of
from douane.applications.customs_decisions.contract import CustomsDecisions
from douane.applications.customs_decisions.contract.parties import OFFICER
from douane.applications.customs_decisions.handlers.cases import opining, stop
from douane.applications.customs_decisions.messages.applying import NotPossible, StepRecorded
from douane.applications.customs_decisions.messages.consulting import OpinionAsked, OpinionFormed, OpinionGiven
from douane.applications.customs_decisions.messages.words import ConsultationKind, Consulted, Verdict
from douane.applications.customs_decisions.records import AskedOpinion, data_of
from douane.applications.customs_decisions.rules.limits import CRITERIA, DRAFT_ANSWER
from douane.author import Fault
from douane.author.run import HumanTask, Instant, Work, handles


def refuse_question(_work: Work, _m: OpinionAsked, _faults: tuple[Fault, ...]) -> None:
    """The same question was asked before; it is answered once."""


@handles(CustomsDecisions.ask_opinion, reads=(AskedOpinion,), refuse=refuse_question)
def ask_opinion(work: Work, m: OpinionAsked) -> None:
    """Open the question for an officer, with the time that the deciding authority gives, by the own calendar."""
    limit = CRITERIA if m.kind is ConsultationKind.CRITERIA else DRAFT_ANSWER
    event = work.day(m.asked_on, m.authority)
    ends = work.limit(limit, m.authority, event=Instant(event), days=m.days).last_instant
    asked = AskedOpinion(
        reference=m.reference, number=m.number, authority=m.authority, kind=m.kind, type=m.type,
        applicant=m.applicant, text=m.text, article=m.article, data=data_of(m.elements), ends=ends, deadline=ends,
    )  # fmt: skip
    opining.start(work, asked)


def _task(case: AskedOpinion, title: str) -> HumanTask:
    return HumanTask("", "", 0, case.office, OFFICER.name, title, case.ends)


@opining.task("form")
def form(_work: Work, case: AskedOpinion) -> HumanTask:
    """An officer answers in time."""
    return _task(case, f"Answer about {case.reference} of {case.reference[:2]}")


@opining.task("form_late")
def form_late(_work: Work, case: AskedOpinion) -> HumanTask:
    """An officer answers late."""
    return _task(case, f"Answer late about {case.reference} of {case.reference[:2]}")


@opining.deadline(CRITERIA, DRAFT_ANSWER)
def opinion_deadline(_work: Work, case: AskedOpinion) -> Instant:
    """When the time to answer ends."""
    return Instant(case.ends)


@opining.step("note_silence")
def note_silence(_work: Work, case: AskedOpinion) -> AskedOpinion:
    """Nobody answered in time."""
    return replace(case, state=Consulted.SILENT, deadline=0)


def refuse_to_form(work: Work, m: OpinionFormed, faults: tuple[Fault, ...]) -> None:
    """Tell the officer why nothing changed."""
    fault, case = faults[0], work.get(AskedOpinion)
    state = case.state if case is not None else ""
    work.reply(NotPossible(m.reference, fault.remedy, fault.rule or "IA 2015/2447 art. 14", state))


@handles(CustomsDecisions.form_opinion, reads=(AskedOpinion,), refuse=refuse_to_form)
def form_opinion(work: Work, m: OpinionFormed) -> None:
    """Answer the deciding authority; an objection has reasons. Asking for more time leaves the question open."""
    case = work.need(AskedOpinion)
    if m.verdict is Verdict.OBJECTS and not m.reasons:
        raise stop("An objection states its reasons.", case.article)
    told = replace(case, verdict=m.verdict, reasons=m.reasons, disputed=m.disputed, more=m.days or 0)
    if m.verdict is Verdict.MORE_TIME:
        if m.days is None or case.state != Consulted.ASKED.value:
            raise stop("Say how many days more, before the time has ended.", "IA 2015/2447 art. 14(2)")
        _answer(work, told)
    elif case.state == Consulted.GIVEN.value and m.verdict is Verdict.AGREES and case.verdict is Verdict.OBJECTS:
        _answer(work, told)  # an agreement after an objection
        work.put(told)
    elif not any(opining.complete(work, each, case=told) for each in ("form", "form_late")):
        raise stop("It was answered before.", case.article)
    work.reply(StepRecorded(case.reference, m.verdict.value, case.number))


@opining.step("give_opinion")
def give_opinion(work: Work, case: AskedOpinion) -> AskedOpinion:
    """Send it to the deciding authority."""
    _answer(work, case)
    return replace(case, state=Consulted.GIVEN, deadline=0)


def _answer(work: Work, case: AskedOpinion) -> None:
    assert case.verdict is not None
    opinion = OpinionGiven(
        reference=case.reference, number=case.number, authority=case.authority, verdict=case.verdict,
        reasons=case.reasons, disputed=case.disputed, days=case.more or None,
    )  # fmt: skip
    work.ask(CustomsDecisions.take_opinion, opinion, administration=authority_of(case.reference), waits=None)
