"""What rests on a decision that is lost: a task of whoever took it. Operators and their register; every type once."""

from __future__ import annotations

import datetime as dt

import pytest

from douane.applications.aeo.contract import AeoCheck
from douane.applications.aeo.messages import AeoType
from douane.applications.customs_decisions.messages.applying import (
    ActInEffect,
    ApplicationRegistered,
    NotPossible,
    ReassessmentResult,
    ReceiptConfirmed,
    StepRecorded,
)
from douane.applications.customs_decisions.messages.deciding import (
    AcceptanceJudged,
    ActTaken,
    DecisionTaken,
    ReassessmentConcluded,
)
from douane.applications.customs_decisions.messages.showing import LetterQuery
from douane.applications.customs_decisions.messages.words import ActKind, DecisionType, Ground, NoHearing
from douane.applications.customs_decisions.rules.types import TYPES, Register
from douane.applications.customs_decisions.tests.life import HOLDER, Life, at
from douane.applications.customs_decisions.tests.samples import APPLICANT, RULING, application, filled
from douane.applications.eori.messages import OperatorEntry, OperatorRecords
from douane.testing.office import Office, administration, officer

UNHEARD = {"no_hearing": NoHearing.SECURITY, "unheard_for": "Threat 7"}


def union(day: str) -> Office:
    """Two authorities and the registers of the Union, which know the applicant."""
    office = Office("DE", "AT", "EU", start=at(day))
    entry = OperatorEntry(eori=APPLICANT, legal_name="Transports", country="FR", valid_from=dt.date(2020, 1, 1))
    office.send(OperatorRecords((entry,)), by=administration("FR"))
    return office


def life(office: Office, type: DecisionType, authority: str) -> Life:
    states = (authority,) if TYPES[type].one_state else ()
    return Life("", type, filled(type, authority), authority=authority, office=office, states=states).granted()


def act(life: Life, kind: ActKind, ground: Ground, number: int, **more: object) -> None:
    """Taken and received."""
    taken = ActTaken(reference=life.shown.decision, act=kind, ground=ground, reasons="x", **more)  # type: ignore[arg-type] # fields
    assert isinstance(life.decides(taken), StepRecorded)
    assert isinstance(life.send(ReceiptConfirmed(reference=life.reference, number=number)), object)


def trusted(office: Office) -> tuple[AeoType, ...]:
    found = office.ask(AeoCheck(APPLICANT), by=administration("DE"), of="EU")
    types: tuple[AeoType, ...] = found.types
    return types


def test_case_22_an_operator_is_authorised_from_the_fifth_day_after_the_decision() -> None:
    office = union("2026-08-25T09:00")
    aeo = life(office, DecisionType.AEOC, "DE")
    assert str(aeo.shown.acts[0].effect_from) == "2026-08-29 22:00:00+00:00", "Sun 30 Aug 2026 00:00 in Berlin"
    letter = office.ask(LetterQuery(reference=aeo.reference, number=1, language="en"), by=aeo.officer).text
    assert "It has effect from 2026-08-30." in letter, "its day in Germany, which is not yet that in UTC"
    assert "Signed on 2026-08-25" in letter
    assert trusted(office) == ()
    aeo.until("2026-08-29T21:59:00")
    assert trusted(office) == ()
    aeo.until("2026-08-29T22:00:01")
    assert trusted(office) == (AeoType.CUSTOMS_SIMPLIFICATIONS,)


def test_case_7_what_rests_on_a_lost_authorisation_becomes_a_task_of_its_own_authority() -> None:
    office = union("2027-03-01T09:00")
    aeo = life(office, DecisionType.AEOC, "DE")
    aeo.until("2027-03-10T09:00")
    ccl, tst = life(office, DecisionType.CCL, "DE"), life(office, DecisionType.TST, "AT")
    aeo.until("2027-03-15T09:00")
    act(aeo, ActKind.SUSPEND, Ground.DOUBT, 2, **UNHEARD)
    assert trusted(office) == ()
    for each in (ccl, tst):
        assert any("must be suspended. (DA 2015/2446 art. 30(1))" in note for note in each.shown.notes)
        assert (each.shown.state, each.standing()) == ("in force", "usable"), "nothing changes by itself"
    aeo.until("2027-03-24T09:00")
    act(tst, ActKind.SUSPEND, Ground.DEPENDENCE, 2, **UNHEARD)
    assert (tst.standing("2027-03-20T09:00"), tst.standing(), ccl.standing()) == ("usable", "suspended", "usable")

    aeo.until("2027-04-09T09:00")
    act(aeo, ActKind.LIFT, Ground.SETTLED, 3)
    assert trusted(office) == (AeoType.CUSTOMS_SIMPLIFICATIONS,)
    aeo.until("2027-06-01T09:00")
    assert tst.standing() == "suspended", "the end of a suspension ends no other: it needs its own act"
    act(tst, ActKind.LIFT, Ground.SETTLED, 3)
    assert tst.standing() == "usable"


def test_a_reassessment_is_concluded_once_and_its_result_is_told() -> None:
    office = union("2027-03-01T09:00")
    guarantee, consignor = life(office, DecisionType.CGU, "DE"), life(office, DecisionType.ACR, "DE")
    concluded = ReassessmentConcluded(consignor.reference, "Another guarantee was given")
    assert isinstance(consignor.decides(concluded), NotPossible), "nothing is lost yet"
    act(guarantee, ActKind.REVOKE, Ground.CONDITIONS, 2, **UNHEARD)
    assert any("must be re-assessed" in note for note in consignor.shown.notes)
    assert isinstance(consignor.decides(concluded, officer("at.officer", "AT")), NotPossible)
    assert isinstance(consignor.decides(concluded), StepRecorded)
    assert consignor.last(ReassessmentResult).result == "Another guarantee was given"
    assert consignor.standing(begins_in="DE") == "usable"
    assert isinstance(consignor.decides(concluded), NotPossible)


@pytest.mark.parametrize("type", DecisionType)
def test_every_type_is_applied_for_and_granted_by_the_same_procedure(type: DecisionType) -> None:
    office = Office("FR", start=at("2027-01-11T09:00"))
    states = ("FR",) if TYPES[type].one_state else ()
    office.send(application(type, filled(type, "FR"), states=states), by=HOLDER)
    registered = office.inbox(HOLDER)[-1]
    assert isinstance(registered, ApplicationRegistered), registered
    by = officer("fr.officer", "FR")
    office.send(AcceptanceJudged(reference=registered.reference, accepted=True), by=by)
    stated = RULING if type is DecisionType.BTI else ()
    office.send(DecisionTaken(reference=registered.reference, granted=True, conditions=stated), by=by)
    told = office.inbox(HOLDER)[-1]
    assert told.decision.startswith(f"FR{type}2027")
    if TYPES[type].register is not Register.OPERATORS:  # that one is the Union's, and is not here
        office.send(ReceiptConfirmed(reference=registered.reference, number=1), by=HOLDER)
        effect = next(each for each in reversed(office.inbox(HOLDER)) if isinstance(each, ActInEffect))
        assert effect.received == "confirmed by its holder"
