"""Consultation, at the authority that decides: who is asked what, until when, and what silence means."""

from __future__ import annotations

from msgspec.structs import replace

from douane.applications.customs_decisions.contract import CustomsDecisions
from douane.applications.customs_decisions.contract.parties import ASKED
from douane.applications.customs_decisions.handlers.cases import (
    consulting,
    noted,
    recorded,
    refuse,
    stop,
    tell_moved,
    with_due,
)
from douane.applications.customs_decisions.messages.consulting import (
    OpinionAsked,
    OpinionGiven,
    OpinionNotTaken,
    OpinionTaken,
)
from douane.applications.customs_decisions.messages.deciding import ConsultationBegun, ConsultationExtended
from douane.applications.customs_decisions.messages.words import ConsultationKind, Verdict
from douane.applications.customs_decisions.records import Consultation, DecisionCase, Opinion, Term, elements_of
from douane.applications.customs_decisions.rules import opinions
from douane.applications.customs_decisions.rules.limits import (
    CONSULTATION_ARTICLE,
    CRITERIA,
    DISPUTE,
    DRAFT_ANSWER,
    DRAFT_SENT,
)
from douane.applications.customs_decisions.rules.types import Consultation as How
from douane.applications.customs_decisions.rules.types import Silence, consultation
from douane.author import Fault, administration
from douane.author import Instant as At
from douane.author.run import Instant, Work, handles


def how_of(case: DecisionCase, asked: Consultation) -> How:
    """By which article a consultation runs."""
    found = consultation(case.type, asked.kind)
    assert found is not None, case.type
    return found


@handles(CustomsDecisions.consult, reads=(DecisionCase,), refuse=refuse)
def consult(work: Work, m: ConsultationBegun) -> None:
    """Ask other authorities; one consultation after the other."""
    case = work.need(DecisionCase)
    how = consultation(case.type, m.kind)
    if how is None:
        raise stop(f"Nobody is consulted on {m.kind} about {case.type}.", "IA 2015/2447 art. 14")
    if any(not each.closed for each in case.consultations):
        raise stop("A consultation is under way; the next one begins when it is over.", how.article)
    days = _days(how, m.days)
    if case.authority in m.authorities or len(set(m.authorities)) < len(m.authorities):
        raise stop("Name each authority once, and not your own.", how.article)
    limit = CRITERIA if m.kind is ConsultationKind.CRITERIA else DRAFT_ANSWER
    said = tuple(Opinion(each, work.limit(limit, each, days=days).last_instant) for each in m.authorities)
    until = work.limit(DISPUTE, case.office, days=how.disputed).last_instant if how.disputed else 0
    number = len(case.consultations) + 1
    asked = Consultation(number, m.kind, m.text, days, work.lawful_now, said, until)
    changed = replace(case, consultations=(*case.consultations, asked))
    if how.sent:
        sent = work.limit(DRAFT_SENT, case.office, event=Instant(case.accepted_at), days=how.sent)
        if sent.late(At(work.lawful_now)):
            changed = noted(changed, f"The draft was due on {sent.last_day} ({how.article}).")
    consulting.start(work, changed)
    recorded(work, case, "consultation begun", number)


def _days(how: How, given: int | None) -> int:
    if how.days is None:
        if given is None:
            raise stop("Say within how many days they answer.", how.article)
        return given
    if given not in (None, how.days):
        raise stop(f"{how.article} gives {how.days} days, no more and no less.", "UCC art. 55(1)")
    return how.days


@consulting.step("send_questions")
def send_questions(work: Work, case: DecisionCase) -> DecisionCase:
    """Each authority gets criteria, or the draft with the application."""
    asked = case.consultations[-1]
    for each in asked.opinions:
        work.admit(administration(each.authority), ASKED)
        question = OpinionAsked(
            reference=case.reference, number=asked.number, authority=each.authority, kind=asked.kind, type=case.type,
            applicant=case.applicant, text=asked.text, days=asked.days, asked_on=work.today(case.office),
            article=how_of(case, asked).article, elements=elements_of(case.data),
        )  # fmt: skip
        work.ask(CustomsDecisions.ask_opinion, question, administration=each.authority, waits=None)
    return case


@consulting.deadline(CRITERIA, DRAFT_ANSWER)
def consultation_deadline(_work: Work, case: DecisionCase) -> Instant:
    """When the last of them must have answered."""
    return Instant(max(each.ends for each in case.consultations[-1].opinions if each.verdict is None))


@consulting.deadline(DISPUTE)
def dispute_deadline(_work: Work, case: DecisionCase) -> Instant:
    """Until when they may agree."""
    return Instant(case.consultations[-1].disputed_until)


@consulting.step("close_consultation")
def close_consultation(_work: Work, case: DecisionCase) -> DecisionCase:
    """Silence has the effect that the article says; an objection to a draft leaves time for an agreement."""
    asked = case.consultations[-1]
    how, silent = how_of(case, asked), ", ".join(opinions.outstanding(asked.opinions))
    open_still = asked.kind is ConsultationKind.DRAFT and bool(opinions.disputed(asked.opinions))
    case = _with(case, replace(asked, closed=not open_still))
    if not silent:
        return noted(case, f"Consultation {asked.number}: everybody has answered.")
    meaning = {Silence.NOTHING: "nothing is deemed, call a person"}.get(how.silence, how.silence.value)
    return noted(case, f"Consultation {asked.number}: {silent} said nothing in time: {meaning} ({how.article}).")


@consulting.when
def is_objected(case: DecisionCase) -> bool:
    """An authority objects to the draft."""
    return not case.consultations[-1].closed


@consulting.step("note_dispute")
def note_dispute(_work: Work, case: DecisionCase) -> DecisionCase:
    """No agreement came about in time: what is disputed is left out."""
    asked = case.consultations[-1]
    parts = ", ".join(opinions.disputed(asked.opinions))
    text = f"Consultation {asked.number}: no agreement on {parts}; it is not granted ({how_of(case, asked).article})."
    return noted(_with(case, replace(asked, closed=True)), text)


# --- what they say ----------------------------------------------------------------------------------------------------


def refuse_opinion(work: Work, m: OpinionGiven, faults: tuple[Fault, ...]) -> None:
    """Nothing changed: nobody asked this authority, or it answered before."""
    fault = faults[0]
    work.reply(OpinionNotTaken(m.reference, m.number, fault.remedy, fault.rule or "IA 2015/2447 art. 14"))


@handles(CustomsDecisions.take_opinion, reads=(DecisionCase,), refuse=refuse_opinion)
def take_opinion(work: Work, m: OpinionGiven) -> None:
    """Keep an opinion once. A late one reopens nothing and lies before the officer."""
    case = work.need(DecisionCase)
    asked = next((each for each in case.consultations if each.number == m.number), None)
    before = next((each for each in asked.opinions if each.authority == m.authority), None) if asked else None
    if asked is None or before is None:
        raise stop(f"{m.authority} was not asked in consultation {m.number}.", "IA 2015/2447 art. 14(1)")
    how = how_of(case, asked)
    if m.verdict is Verdict.OBJECTS and not m.reasons:
        raise stop("An objection states its reasons.", how.article)
    agrees_now = before.verdict is Verdict.OBJECTS and m.verdict is Verdict.AGREES and not asked.closed
    if before.verdict is not None and not agrees_now:
        raise stop(f"{m.authority} answered before: {before.verdict}.", how.article)
    late = not agrees_now and work.lawful_now >= before.ends
    if m.verdict is Verdict.MORE_TIME:
        _wish_time(work, case, asked, before, m, late=late)
        return
    said = replace(before, verdict=m.verdict, reasons=m.reasons, disputed=m.disputed, at=work.lawful_now, late=late)
    changed = _with(case, _said(asked, said))
    if late:
        changed = noted(
            changed, f"{m.authority} answered late ({m.verdict}): {m.reasons} (DA 2015/2446 art. 15(1)(c))."
        )
    _go_on(work, changed, _said(asked, said))
    work.reply(OpinionTaken(m.reference, m.number, m.authority, late))


def _go_on(work: Work, case: DecisionCase, asked: Consultation) -> None:
    """The process goes on when everybody has answered, or an agreement is reached."""
    last = asked.number == case.consultations[-1].number and not asked.closed
    if last and not opinions.outstanding(asked.opinions) and consulting.waits_for(work, "opinions_complete"):
        consulting.receive(work, "opinions_complete", case)
    elif last and not opinions.disputed(asked.opinions) and consulting.waits_for(work, "agreement"):
        consulting.receive(work, "agreement", _with(case, replace(asked, closed=True)))
    else:
        work.put(case)


def _wish_time(
    work: Work, case: DecisionCase, asked: Consultation, before: Opinion, m: OpinionGiven, *, late: bool
) -> None:
    """An authority asks for more time, before its own has ended."""
    if late or asked.kind is ConsultationKind.DRAFT or m.days is None:
        why = "its time has ended" if late else "the article sets it" if m.days else "it does not say how much"
        raise stop(f"More time is not possible: {why}.", "IA 2015/2447 art. 14(2)")
    changed = _with(case, _said(asked, replace(before, wished=m.days)))
    work.put(noted(changed, f"{m.authority} asks for {m.days} days more: {m.reasons}"))
    work.reply(OpinionTaken(m.reference, m.number, m.authority, late=False))


@handles(CustomsDecisions.extend_consultation, reads=(DecisionCase,), refuse=refuse)
def extend_consultation(work: Work, m: ConsultationExtended) -> None:
    """Give an authority the time that it asked for; the decision moves by as long, by operation of law."""
    case = work.need(DecisionCase)
    asked = case.consultations[-1] if case.consultations else None
    before = next((each for each in asked.opinions if each.authority == m.authority), None) if asked else None
    if asked is None or before is None or not before.wished or before.verdict is not None:
        raise stop(f"{m.authority} has not asked for more time.", "IA 2015/2447 art. 14(2)")
    if asked.closed or work.lawful_now >= before.ends:
        raise stop(f"The time of {m.authority} has ended.", "IA 2015/2447 art. 14(2)")
    if m.days > before.wished:
        raise stop(f"{m.authority} asked for {before.wished} days.", "IA 2015/2447 art. 14(2)")
    days = asked.days + m.days
    ends = work.limit(CRITERIA, m.authority, event=Instant(asked.asked_at), days=days).last_instant
    later = _said(asked, replace(before, ends=ends, wished=0, more=m.days))
    reason = f"{m.authority} was given more time to answer."
    changed = with_due(work, _with(case, later), Term(CONSULTATION_ARTICLE, m.days, reason))
    tell_moved(work, changed, CONSULTATION_ARTICLE, reason)
    if not consulting.receive(work, "consultation_moved", changed):
        work.put(changed)
    recorded(work, case, "consultation extended", m.days)


def _said(asked: Consultation, opinion: Opinion) -> Consultation:
    """A consultation with an opinion in the place of what its authority said before."""
    changed = tuple(opinion if each.authority == opinion.authority else each for each in asked.opinions)
    return replace(asked, opinions=changed)


def _with(case: DecisionCase, asked: Consultation) -> DecisionCase:
    """A case with a consultation in the place of the one with its number."""
    changed = tuple(asked if each.number == asked.number else each for each in case.consultations)
    return replace(case, consultations=changed)
