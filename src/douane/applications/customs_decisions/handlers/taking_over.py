"""What an older portal had goes on here: open cases by their own dates, decisions by number and periods."""

from __future__ import annotations

from msgspec.structs import replace

from douane.applications.authorisations.contract import (
    AuthorisationAnswer,
    AuthorisationQuestion,
    Authorisations,
    authority_of,
)
from douane.applications.customs_decisions.contract import CustomsDecisions
from douane.applications.customs_decisions.handlers.beginning import state_of
from douane.applications.customs_decisions.handlers.cases import commencing, deciding, expiring
from douane.applications.customs_decisions.handlers.effect import state_act, tell_effect
from douane.applications.customs_decisions.handlers.ending import until
from douane.applications.customs_decisions.messages.taking_over import OlderCase, OlderDecision, OlderQuestion
from douane.applications.customs_decisions.messages.words import ActKind, State
from douane.applications.customs_decisions.records import Act, DecisionCase, Information, TakenOver, Term, data_of
from douane.applications.customs_decisions.rules.competence import member_states
from douane.applications.customs_decisions.rules.limits import COMPLETION
from douane.applications.customs_decisions.rules.taking_over import NUMBER, against, digest, faults, instant, lacks
from douane.author import Fault, Instant, Says, SenderFault
from douane.author.needs import OLDER_CASE_JUDGED, OLDER_DECISION_JUDGED, supplied
from douane.author.run import View, Work, handles

OLDER = "case of an older portal"


@supplied(OLDER_CASE_JUDGED)
def judge(view: View, m: OlderCase) -> tuple[bool, tuple[Fault, ...]]:
    """Whether it is here already, and what stands against taking it over."""
    subject = view.resolve(OLDER, f"{m.portal}/{m.reference}")
    kept = view.get(TakenOver, subject) if subject is not None else None
    if kept is not None:
        remedy = "It was taken over before, as something else: what is open here goes on here, by its own acts."
        return kept.digest == digest(m), () if kept.digest == digest(m) else (Fault("/reference", "26", remedy),)
    found = tuple(faults(m, view.today(m.office)))
    if view.resolve("application", f"{m.applicant}/{m.own_reference}") is not None:
        remedy = "The applicant has an application of this reference here: give this one another."
        found += (Fault("/own_reference", "26", remedy, rule="UCC art. 22(1)", value=m.own_reference),)
    return False, found


def ignore(_work: Work, _m: OlderCase, _faults: tuple[Fault, ...]) -> None:
    """Nothing begins: whoever takes cases over judges first, looks after, and tells which are not here."""


@handles(CustomsDecisions.take_over, refuse=ignore)
def take_over(work: Work, m: OlderCase) -> None:
    """Begin where it stands: the law's periods run from when it was received or complete there."""
    found = tuple(faults(m, work.today(m.office)))
    if found:
        raise SenderFault("It cannot be taken over.", faults=found)
    work.alias(OLDER, f"{m.portal}/{m.reference}")
    work.put(TakenOver(m.portal, m.reference, digest(m)))
    deciding.start(work, _case(m))
    begun = work.need(DecisionCase)
    if m.accepted:
        deciding.complete(work, "examine", case=replace(begun, acceptable=True))
    elif m.asked is not None:
        deciding.receive(work, "asked", _awaited(work, begun, m.asked))


def _case(m: OlderCase) -> DecisionCase:
    """What is kept of it. No overlay counts for what began elsewhere."""
    terms = tuple(Term(t.article, t.days, t.reason, instant(t.announced_at) if t.announced_at else 0) for t in m.terms)
    return DecisionCase(
        reference="", own_reference=m.own_reference, type=m.type, applicant=m.applicant, office=m.office,
        data=data_of(m.elements), member_states=member_states(m.elements, m.type, m.office[:2]),
        lodged_at=instant(m.received_at), began_at=instant(m.complete_at or m.received_at), terms=terms,
        notes=(f"Taken over from {m.portal}, where it is {m.reference}.", *lacks(m)),
    )  # fmt: skip


def _awaited(work: Work, case: DecisionCase, asked: OlderQuestion) -> DecisionCase:
    """The case while its applicant is asked; the period runs from when he was asked there."""
    at = instant(asked.asked_at)
    ends = work.limit(COMPLETION, case.office, event=at, days=asked.days).last_instant
    information = Information(1, asked.text, asked.days, at, ends)
    return replace(case, information=(information,), state=State.COMPLETED, deadline=ends)


# --- decisions that are in force --------------------------------------------------------------------------------------


@supplied(OLDER_DECISION_JUDGED)
def judge_decision(view: View, m: OlderDecision) -> tuple[bool, tuple[Fault, ...]]:
    """Whether it is here already, and what stands against taking it over."""
    subject = view.resolve("customs decision", m.decision)
    if subject is None:
        return False, tuple(against(m, view.today(m.office), Instant(view.lawful_now)))
    kept = view.get(TakenOver, subject)
    same = kept is not None and kept.digest == digest(m)
    remedy = "A decision of this number is here, as something else: what is here goes on by its own acts."
    return same, () if same else (Fault("/decision", "26", remedy, rule=NUMBER, value=m.decision),)


@handles(CustomsDecisions.take_decision_over, refuse=ignore)
def take_decision_over(work: Work, m: OlderDecision) -> None:
    """Keep it as its authority granted it, and state it in the register that procedures ask."""
    found = list(against(m, work.today(m.office), Instant(work.lawful_now)))
    register = authority_of(m.decision)
    if not found:
        answer: AuthorisationAnswer = work.query(
            Authorisations.ask, AuthorisationQuestion(reference=m.decision), administration=register
        )
        if answer.known.says is Says.YES:  # where it cannot be asked, it refuses the act that it is told below
            found.append(Fault("/decision", "26", "The register of authorisations knows it.", rule=NUMBER))
    if found:
        raise SenderFault("It cannot be taken over.", faults=tuple(found))
    work.put(TakenOver(m.portal, m.reference, digest(m)))
    case = _granted(work, m)
    case = replace(case, state=state_of(case, work.lawful_now).value)
    work.put(case)
    if until(case) > work.lawful_now:
        expiring.start(work, case)
    if case.where is State.GRANTED:
        commencing.start(work, case)
    work.ask(Authorisations.state, state_act(work, case), administration=register, waits=None)
    tell_effect(work, case)


def _granted(work: Work, m: OlderDecision) -> DecisionCase:
    """What is kept of it: one act, by which it was granted."""
    granted = Act(
        number=1, kind=ActKind.GRANT, ground=None, article="UCC art. 22(3)", reasons=f"Granted in {m.portal}.",
        officer=m.portal, member_states=m.member_states, conditions=m.conditions, hearing="not adverse",
        signed_at=instant(m.signed_at), received_at=instant(m.received_at), received=f"as {m.portal} says",
        effect_from=instant(m.effect_from), effect_to=instant(m.effect_to) if m.effect_to is not None else 0,
        position=work.position,
    )  # fmt: skip
    return DecisionCase(
        reference=m.decision, own_reference=m.reference, type=m.type, applicant=m.holder, office=m.office,
        data=data_of(m.elements), member_states=m.member_states, lodged_at=granted.signed_at, decision=m.decision,
        accepted_at=granted.signed_at, acts=(granted,),
        notes=(f"Taken over from {m.portal}, where it is {m.reference}.",),
    )  # fmt: skip
