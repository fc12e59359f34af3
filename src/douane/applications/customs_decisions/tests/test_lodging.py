"""What comes of an application that is lodged: registered, or refused with everything that is wrong."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from douane.applications.bti.messages import RulingSearch
from douane.applications.customs_decisions.messages.applying import (
    ApplicationAccepted,
    ApplicationNotAccepted,
    ApplicationNotRegistered,
    ApplicationRegistered,
    HolderRequest,
    InformationRequested,
    InformationSupplied,
    NotPossible,
    ReceiptConfirmed,
    StepRecorded,
    Wish,
)
from douane.applications.customs_decisions.messages.deciding import (
    AcceptanceJudged,
    ActTaken,
    DecisionTaken,
    InformationAsked,
)
from douane.applications.customs_decisions.messages.showing import DecisionQuery, OwnDecisionQuery, RequirementsQuery
from douane.applications.customs_decisions.messages.words import ActKind, DecisionType, ElementValue, Ground
from douane.applications.customs_decisions.tests.life import HOLDER, Life, at
from douane.applications.customs_decisions.tests.samples import APPLICANT, BTI, CGU, application
from douane.applications.eori.contract import OperatorEntry, OperatorRecords
from douane.author import PUBLIC, NotAuthorised, NotFound
from douane.testing.office import Office, administration, officer, trader

CASE_15 = "2026-03-02T09:00"


def test_an_application_that_lacks_much_is_told_all_of_it_and_its_name_is_free_again() -> None:
    office = Office("FR")
    office.send(application(DecisionType.CGU, {"34 03 010 020": "DE", "46 03 000 299": "9"}), by=HOLDER)
    (refused,) = office.inbox(HOLDER)
    assert isinstance(refused, ApplicationNotRegistered)
    told = {each.element: each.article for each in refused.faults}
    assert told["46 03 000 299"] == "IA 2015/2447 Annex A"
    assert told["34 03 010 020"] == "UCC art. 22(1)"
    assert {"33 06 000 000", "38 12 000 000", "46 01 000 000"} <= told.keys()
    office.send(application(DecisionType.CGU, CGU), by=HOLDER)
    assert isinstance(office.inbox(HOLDER)[-1], ApplicationRegistered)


@pytest.mark.parametrize("kept", [True, False], ids=["register here", "register elsewhere"])
def test_what_is_not_asked_of_an_aeo_says_so_where_nobody_knows_whether_he_is_one(kept: bool) -> None:
    office = Office("FR", *(("EU",) if kept else ()))
    office.send(application(DecisionType.CGU, {"34 03 010 020": "DE"}), by=HOLDER)
    (refused,) = office.inbox(HOLDER)
    assert isinstance(refused, ApplicationNotRegistered)
    said = {each.element for each in refused.faults if "not known, EU (kept elsewhere)" in each.remedy}
    assert said == (set() if kept else {"33 05 000 000", "33 07 000 000"})


def test_nobody_applies_for_another_and_nobody_sees_anothers_case() -> None:
    life = Life(CASE_15, DecisionType.CGU, CGU)
    stranger, foreign = trader("DE123456789012345"), officer("de.officer", "DE")
    with pytest.raises(NotAuthorised):
        life.office.send(application(DecisionType.CGU, CGU, own="B"), by=stranger)
    for question, by in ((OwnDecisionQuery(life.reference), stranger), (DecisionQuery(life.reference), foreign)):
        with pytest.raises(NotFound):
            life.office.ask(question, by=by, of="FR")
    with pytest.raises(NotAuthorised):
        life.office.ask(DecisionQuery(life.reference), by=HOLDER)
    own = life.office.ask(OwnDecisionQuery(life.reference), by=HOLDER)
    assert (own.state, str(own.decided_by)) == ("accepted", "2026-06-30")
    before = life.shown
    assert isinstance(life.send(HolderRequest(life.reference, Wish.WITHDRAW, "Mine"), stranger), NotPossible)
    assert isinstance(life.decides(AcceptanceJudged(reference=life.reference, accepted=True), foreign), NotPossible)
    assert life.shown == before
    with pytest.raises(NotAuthorised):
        life.office.send(AcceptanceJudged(reference=life.reference, accepted=True), by=HOLDER)


def test_silence_accepts_as_of_the_day_on_which_it_came() -> None:
    """Case 15 of the statutory clock: received Mon 2 Mar 2026, silent until Wed 1 Apr, 24:00 in Berlin."""
    life = Life(CASE_15, DecisionType.CGU, CGU | {"34 03 010 020": "DE", "34 04 010 020": "DE"}, authority="DE",
                accepted=False)  # fmt: skip
    life.until("2026-04-01T21:59:59")
    assert life.shown.state == "lodged"
    life.until("2026-04-01T22:00:01")
    accepted = life.last(ApplicationAccepted)
    assert (accepted.by_silence, str(accepted.accepted_on)) == (True, "2026-03-02")
    assert str(accepted.decided_by) == "2026-06-30", "case 17"


def test_what_is_missing_is_awaited_and_then_the_verification_begins_anew() -> None:
    life = Life(CASE_15, DecisionType.CGU, CGU, accepted=False)
    life.until("2026-03-10T09:00")
    assert isinstance(life.decides(InformationAsked(life.reference, "Which stock records?", 31)), NotPossible)
    assert isinstance(life.decides(InformationAsked(life.reference, "Which stock records?", 20)), StepRecorded)
    assert str(life.last(InformationRequested).last_day) == "2026-03-30"
    life.until("2026-03-20T09:00")
    wrong = InformationSupplied(reference=life.reference, elements=(ElementValue("57 01 000 213", "0"),))
    assert isinstance(life.send(wrong), NotPossible)
    more = InformationSupplied(reference=life.reference, elements=(ElementValue("38 02 000 009", "Stock by lot"),))
    assert isinstance(life.send(more), StepRecorded)
    assert isinstance(life.send(more), NotPossible), "an answer to nothing"
    life.decides(AcceptanceJudged(reference=life.reference, accepted=True))
    assert str(life.last(ApplicationAccepted).accepted_on) == "2026-03-20", "IA art. 12(1)"


def test_what_does_not_come_in_time_is_not_accepted_and_nobody_is_heard() -> None:
    life = Life(CASE_15, DecisionType.CGU, CGU, accepted=False)
    life.decides(InformationAsked(life.reference, "Which stock records?", 10))
    life.until("2026-03-13T00:00")
    refused = life.last(ApplicationNotAccepted)
    assert refused.article == "IA 2015/2447 art. 12(2)"
    assert life.shown.state == "not accepted"
    late = life.decides(AcceptanceJudged(reference=life.reference, accepted=True))
    assert (late.state, late.article) == ("not accepted", "UCC art. 22(2)")


def test_an_application_is_withdrawn_before_it_is_decided() -> None:
    life = Life(CASE_15, DecisionType.CGU, CGU)
    assert isinstance(life.send(HolderRequest(life.reference, Wish.WITHDRAW, "Sold")), StepRecorded)
    assert life.shown.state == "withdrawn"
    assert isinstance(life.send(HolderRequest(life.reference, Wish.WITHDRAW, "Again")), NotPossible)


def test_what_a_type_demands_is_asked_by_whoever_builds_for_it() -> None:
    office = Office("FR", "EU")
    for by in (HOLDER, administration("DE")):
        found = office.ask(RequirementsQuery(DecisionType.IPO), by=by)
        assert {"34 09 000 000", "57 01 000 213"} <= {each.element for each in found.elements}
        assert found.limit == "30 days (DA 2015/2446 art. 171(1), first subparagraph)"


def test_an_unregistered_operator_applies_for_nothing() -> None:
    office = Office("FR", "EU")
    office.send(replace(application(DecisionType.CGU, CGU)), by=HOLDER)
    (refused,) = office.inbox(HOLDER)
    assert [(each.element, each.article) for each in refused.faults] == [("33 02 000 229", "UCC art. 9")]


def test_binding_tariff_information_is_asked_once_for_the_same_goods_and_found_by_everybody() -> None:
    """UCC art. 33(1), IA art. 16(4), 17: the register is asked at the application and at the decision, and told."""
    start = at("2027-01-11T09:00")
    office = Office("EU", "FR", "DE", start=start)
    registered = OperatorEntry(eori=APPLICANT, legal_name="Filature", country="FR", valid_from=start.date())
    office.send(OperatorRecords((registered,)), by=administration("FR"))
    life = Life("2027-01-11T09:00", DecisionType.BTI, BTI, office=office)
    refused = life.send(application(DecisionType.BTI, BTI, own="again"))
    assert [each.article for each in refused.faults] == ["UCC art. 33(1), DA 2015/2446 art. 11"]
    assert life.office.ask(RulingSearch(), by=PUBLIC).lines == ()
    half = life.decides(DecisionTaken(reference=life.reference, granted=True))
    assert "42 04 000 009" in half.reason, "a ruling states code, justification and keywords"
    life.granted()
    (line,) = life.office.ask(RulingSearch(words="solid", code="6105"), by=PUBLIC).lines
    assert (line.ruling, line.since, line.until) == (life.shown.decision, dt.date(2027, 1, 11), dt.date(2030, 1, 11))
    assert sum("register of rulings knows of no other" in each for each in life.shown.notes) == 2
    life.decides(
        ActTaken(reference=life.shown.decision, act=ActKind.REVOKE, ground=Ground.CONDITIONS, reasons="Wrong code")
    )
    life.send(ReceiptConfirmed(reference=life.reference, number=2))
    assert life.office.ask(RulingSearch(), by=PUBLIC).lines == ()
    third = life.send(application(DecisionType.BTI, BTI, own="third"))
    assert not isinstance(third, ApplicationNotRegistered), "a wrong code is no breach of an obligation"
