"""From when on a granted decision has effect: on receipt, or on another day that the law names (DA art. 14, 172).

An authorisation may be granted and received, and have no effect yet: until its day comes, or until its holder has
completed the formalities that it depends on. Then it is in state GRANTED, and nobody may use it.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from msgspec.structs import replace

from douane.applications.customs_decisions.handlers.cases import ALIVE, DECISIONS, commencing, task
from douane.applications.customs_decisions.messages.applying import ActInEffect, EffectAwaited
from douane.applications.customs_decisions.messages.deciding import DecisionTaken
from douane.applications.customs_decisions.messages.words import ActKind, DecisionType, State
from douane.applications.customs_decisions.records import Act, DecisionCase, elements_of
from douane.applications.customs_decisions.rules import effect
from douane.applications.customs_decisions.rules.acts import Against
from douane.applications.customs_decisions.rules.goods import any_sensitive
from douane.applications.customs_decisions.rules.limits import AEO_EFFECT, EFFECT
from douane.applications.customs_decisions.rules.types import TYPES, Register
from douane.author import statutory
from douane.author.run import HumanTask, Instant, Work

_RENEWED: Final = ALIVE | {State.EXPIRED}


def with_period(work: Work, case: DecisionCase, act: Act) -> Act:
    """A grant, or that its formalities were completed, with the period of the decision; 0 and 0 while it has none."""
    if act.formalities:
        return replace(act, effect_from=0, effect_to=0)
    if act.effect_on:
        begins = act.effect_on
    elif act.kind is ActKind.GRANT and TYPES[case.type].register is Register.OPERATORS:
        begins = work.day(work.limit(AEO_EFFECT, case.office, event=Instant(act.signed_at)).last_day, case.office)
    else:
        begins = begins_at(work, case, act.received_at)
    wished = case.granted.valid_until if case.granted is not None else act.valid_until
    ends = effect.ends(case.type, elements_of(case.data), begins, wished, work.calendar(case.office))
    return replace(act, effect_from=begins, effect_to=ends)


def begins_at(work: Work, case: DecisionCase, received: int) -> int:
    """When a decision begins that does not reach back: on receipt, on a later day that was asked, after another one."""
    day = effect.wanted_day(elements_of(case.data))
    return max(received, work.day(day, case.office) if day is not None else 0, ended_at(work, case))


def ended_at(work: Work, case: DecisionCase) -> int:
    """When the decision ended, or ends, that this one renews; 0 where it renews none."""
    renewed = renewed_by(work, case.applicant, case.type, case.renews) if case.renews else None
    return renewed.begun.effect_to if renewed is not None and renewed.begun is not None else 0


def renewed_by(work: Work, holder: str, type: DecisionType, reference: str) -> DecisionCase | None:
    """The decision of a person that an application may renew: granted for a time, and ended by nothing but that."""
    found = work.find(DecisionCase, "by_applicant", holder, type, limit=DECISIONS)
    may = (each for each in found if each.where in _RENEWED and each.begun is not None and each.begun.effect_to)
    return next((each for each in may if reference in (each.decision, each.reference)), None)


def state_of(case: DecisionCase, now: int) -> State:
    """Whether a decision that nothing has ended is in force, or waits for its day or for formalities."""
    begun = case.begun
    return State.IN_FORCE if begun is not None and begun.effect_from <= now else State.GRANTED


def tell(work: Work, case: DecisionCase, act: Act) -> None:
    """Tell its holder from when on a decision has effect that has none yet, and which article says so."""
    begun = case.begun
    begins = statutory(begun.effect_from) if begun is not None else None
    formalities = "" if begun is not None or case.granted is None else case.granted.formalities
    work.send(
        EffectAwaited(
            reference=case.reference, decision=case.decision, number=act.number, article=_article(case),
            effect_from=begins, formalities=formalities, received=act.received,
        ),
        case.applicant,
    )  # fmt: skip


def _article(case: DecisionCase) -> str:
    if case.begun is None:
        return effect.FORMALITIES
    if TYPES[case.type].register is Register.OPERATORS:
        return AEO_EFFECT.article
    return effect.RENEWAL if case.renews else effect.REQUESTED


# --- the day comes ----------------------------------------------------------------------------------------------------


@commencing.when
def waits_for_formalities(case: DecisionCase) -> bool:
    """Its holder is to complete formalities first."""
    return case.waits


@commencing.task("check_formalities")
def check_formalities(_work: Work, case: DecisionCase) -> HumanTask:
    """An officer notifies that they were completed; that, or the end of the decision, ends the task."""
    waits_for = case.granted.formalities if case.granted is not None else ""
    return task(case, f"Have the formalities been completed on which {case.decision} depends? {waits_for}"[:200])


@commencing.deadline(EFFECT)
def effect_deadline(_work: Work, case: DecisionCase) -> Instant:
    """The day from which on it has effect."""
    return Instant(case.begun.effect_from if case.begun is not None else 0)


@commencing.step("begin")
def begin(work: Work, case: DecisionCase) -> DecisionCase:
    """The decision may be used from now on; the register knows the day since the act was stated."""
    act = case.begun
    if case.where is not State.GRANTED or act is None:
        return case
    ends = statutory(act.effect_to) if act.effect_to else None
    told = ActInEffect(
        case.reference, case.decision, act.number, act.kind, statutory(act.effect_from), ends, act.received
    )
    work.send(told, case.applicant)
    return replace(case, state=State.IN_FORCE, deadline=0)


# --- what an officer may set ------------------------------------------------------------------------------------------


def against(work: Work, case: DecisionCase, m: DecisionTaken) -> Against | None:
    """Why a decision cannot begin, end or wait as its officer says; None where it can."""
    if not m.granted and (m.effect_on is not None or m.valid_until is not None or m.formalities):
        return Against("What is refused has no time.", "UCC art. 22(3)")
    if m.formalities and TYPES[case.type].register is not Register.AUTHORISATIONS:
        return Against(f"A decision of type {case.type} waits for no formalities.", effect.FORMALITIES)
    if m.formalities and m.effect_on is not None:
        return Against("It reaches back, or waits for formalities: not both.", effect.FORMALITIES)
    if m.effect_on is None and (m.shown or m.exceptional):
        return Against("Say to which day it reaches back.", effect.RETROACTIVE)
    if m.effect_on is not None and (why := _against_reaching_back(work, case, m, m.effect_on)) is not None:
        return why
    if m.valid_until is None:
        return None
    back_to = work.day(m.effect_on, case.office) if m.effect_on is not None else 0
    begins = back_to or begins_at(work, case, work.lawful_now)
    wished = end_of_day(work, case, m.valid_until)
    return effect.against_end(case.type, elements_of(case.data), begins, wished, work.calendar(case.office))


def end_of_day(work: Work, case: DecisionCase, day: dt.date | None) -> int:
    """The first instant after a day at the place of the authority; 0 for none."""
    return work.calendar(case.office).ends(day) if day is not None else 0


def _against_reaching_back(work: Work, case: DecisionCase, m: DecisionTaken, day: dt.date) -> Against | None:
    others = [
        each for each in work.find(DecisionCase, "by_applicant", case.applicant, limit=DECISIONS)
        if each.reference != case.reference
    ]  # fmt: skip
    granted = (act for each in others for act in (*each.acts, *((each.intended,) if each.intended else ())))
    back = effect.Back(
        day=day, today=work.today(case.office), lodged=case.lodged_at, accepted=case.accepted_at, shown=m.shown,
        exceptional=m.exceptional, sensitive=any_sensitive(elements_of(case.data)), expired=ended_at(work, case),
        earlier=tuple(act.signed_at for act in granted if act.reaches_back_for and act.signed_at),
    )  # fmt: skip
    return effect.against_reaching_back(case.type, back, work.calendar(case.office))
