"""How a decision ends without an act of that day: with its time, or by a revocation that was put off."""

from __future__ import annotations

from msgspec.structs import replace

from douane.applications.customs_decisions.handlers import operators, resting, rulings
from douane.applications.customs_decisions.handlers.cases import (
    ALIVE,
    commencing,
    deferring,
    expiring,
    noted,
    suspended,
)
from douane.applications.customs_decisions.messages.applying import ActInEffect, DecisionExpired
from douane.applications.customs_decisions.messages.words import ActKind, State
from douane.applications.customs_decisions.records import BEGINS, Act, DecisionCase
from douane.applications.customs_decisions.rules.limits import DEFERRED, VALIDITY, expired_by
from douane.author import statutory
from douane.author.run import Instant, Process, Work

STARTS = BEGINS | {ActKind.RESTORE}
"""Acts after which a decision is in force, now or from a later day on."""


def after(work: Work, case: DecisionCase, act: Act) -> DecisionCase:
    """The case after an act was received: validity ends by itself once it has begun; at the end nothing is awaited."""
    if act.kind in STARTS and until(case) > work.lawful_now:
        expiring.start(work, case)
    if case.where in ALIVE:
        return case
    for each in (commencing, expiring, deferring):
        if each.waits_for(work, "ended"):
            each.receive(work, "ended")
    return replace(case, revoked_from=0)


def last_instant(case: DecisionCase) -> int:
    """When a decision that is in force again ends: with its time, or by a revocation put off; 0 for never."""
    return min((each for each in (until(case), case.revoked_from) if each), default=0)


def has_expired(case: DecisionCase, now: int) -> bool:
    """Whether the time of a decision has passed; one of a former release says so by its dates alone."""
    return case.where is State.EXPIRED or (case.where in ALIVE and 0 < until(case) <= now)


def until(case: DecisionCase) -> int:
    """When the validity of a decision ends; 0 where it has no end, or has not begun."""
    return case.begun.effect_to if case.begun is not None else 0


@expiring.deadline(VALIDITY)
def validity_deadline(_work: Work, case: DecisionCase) -> Instant:
    """The end of its time."""
    return Instant(until(case))


@expiring.step("tell_expired")
def tell_expired(work: Work, case: DecisionCase) -> DecisionCase:
    """The decision is over; procedures know it by its period."""
    if case.where not in ALIVE:
        return case
    work.send(
        DecisionExpired(case.reference, case.decision, statutory(until(case)), expired_by(case.type)), case.applicant
    )
    return _over(work, case, State.EXPIRED, suspended, deferring, commencing)


@deferring.deadline(DEFERRED)
def deferred_deadline(_work: Work, case: DecisionCase) -> Instant:
    """The day on which the revocation takes effect."""
    return Instant(case.revoked_from)


@deferring.step("revoke_now")
def revoke_now(work: Work, case: DecisionCase) -> DecisionCase:
    """The revocation takes effect: the register knows the day since the act was stated."""
    if case.where not in ALIVE:
        return case
    act = next(each for each in reversed(case.acts) if each.effect_from == case.revoked_from)
    note = f"Revoked by act {act.number}, which was put off to this day."
    over = noted(_over(work, case, State.REVOKED, suspended, expiring, commencing), note)
    resting.tell_loss(work, over, act)
    operators.tell_operator(work, over)
    rulings.tell_act(work, over)
    begins = statutory(act.effect_from)
    told = ActInEffect(case.reference, case.decision, act.number, act.kind, begins, None, act.received)
    work.send(told, case.applicant)
    return over


def _over(work: Work, case: DecisionCase, state: State, *others: Process[DecisionCase]) -> DecisionCase:
    """The case at its end; what waited for another end waits no more."""
    for each in others:
        if each.waits_for(work, "ended"):
            each.receive(work, "ended")
    return replace(
        case, state=state, suspended_until=0, suspension_awaited=0, until_act=False, revoked_from=0, deadline=0
    )
