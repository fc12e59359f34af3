"""What comes after something went wrong with a movement: enquiry, proof, recovery (rows 25 to 31 of the review)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from douane.applications.transit.messages import (
    AlternativeProof,
    DeskRefusal,
    DutyCollection,
    DutyDetermination,
    DutyPayment,
    EnquiryStart,
    GuarantorNotice,
    HolderQuestion,
    InformationForOffice,
    InformationRequest,
    Inspection,
    Lateness,
    OfficeInvalidation,
    Proof,
    RecoveryDecision,
    RecoveryTransfer,
)
from douane.applications.transit.records.arrival import Arrival
from douane.applications.transit.records.recovery import RecoveryAsked
from douane.applications.transit.tests.base_declarations import TRADER
from douane.applications.transit.tests.base_messages import (
    arrival,
    remarks,
    remarks_with_discrepancy,
    simplified_arrival,
)
from douane.runtime.store.records import HumanTask
from douane.standards.ncts.phase5 import check
from douane.vocabulary.calendars import built_in
from douane.vocabulary.time import Instant, instant
from tests.journeys.movements import Movement, told
from tests.journeys.office import Clock, Office

PARIS = built_in().of("FR")
WIEN = built_in().of("AT")
GUARANTOR = "FR11122233300011"
RELEASED = ["CC928C", "CC028C", "CC029C"]


def released_on(local: str, *kept: str) -> Movement:
    """A movement that is released at a time in Paris, between administrations of one node."""
    office = Office(frozenset(kept or ("FR", "DE", "AT")), clock=Clock(instant(dt.datetime.fromisoformat(local))))
    return Movement(office=office)


def silent(local: str) -> Movement:
    """A movement whose destination is elsewhere and never says a word."""
    return released_on(local, "FR")


def at(movement: Movement, local: str) -> None:
    """Let time pass until then, in Paris."""
    movement.office.wait(PARIS.read(local) - movement.office.clock.at)
    for _ in range(5):  # what is due by then, one after the other
        movement.office.wait(0)


def to(movement: Movement, party: str) -> list[str]:
    return [each for each in told(movement.office, party) if each not in ("CD001C", "CD050C")]


def refusals(movement: Movement, officer: str = "fr.officer") -> list[str]:
    return [each.code for each in movement.office.sent(officer) if isinstance(each, DeskRefusal)]


def open_tasks(movement: Movement) -> list[str]:
    return [each.node.rpartition("/")[2] for each in movement.tasks if not each.done]


def lost(movement: Movement) -> Movement:
    """Nothing arrived, and the holder, who was asked, knows nothing."""
    movement.days(16)
    movement.office.give(movement.information("Stolen near Ulm."), TRADER)
    return movement


def recovering(amount: str = "812.50") -> Movement:
    movement = lost(Movement())
    movement.close(discharged=False, amount=amount)
    return movement


def test_row_27_the_stages_of_an_enquiry_by_their_days() -> None:
    """Clock cases 9 to 12: 7, 28, 35, 28, 40 days; and the month of DA art. 77(b) ends it."""
    movement = silent("2026-12-21T09:00+01:00")
    assert movement.case.limit_date == dt.date(2026, 12, 29)
    at(movement, "2026-12-29T23:59")
    assert open_tasks(movement) == []
    at(movement, "2026-12-30T00:00:01")
    assert open_tasks(movement) == ["begin_enquiry"]
    at(movement, "2027-01-05T00:00:01")
    assert to(movement, "NTA.AT") == ["CD142C"]
    (enquiry,) = (m for m in movement.office.sent("NTA.AT") if type(m).__name__ == "CD142C")
    assert enquiry.enquiry.date == dt.date(2027, 1, 5)
    assert enquiry.enquiry.limit_for_the_enquiry_response_date == dt.date(2027, 2, 2)
    assert (
        movement.case.deadline
        == WIEN.read("2027-02-03T00:00")
        == Instant(instant(dt.datetime(2027, 2, 2, 23, tzinfo=dt.UTC)))
    )
    at(movement, "2027-02-02T23:59")
    assert open_tasks(movement) == []
    at(movement, "2027-02-03T00:00:01")
    assert open_tasks(movement) == ["judge_reply"]
    assert [each.due for each in movement.tasks if not each.done] == [PARIS.read("2027-02-10T00:00")]
    assert movement.told == RELEASED
    at(movement, "2027-02-09T00:00:01")
    assert movement.told == [*RELEASED, "CC140C"]
    asked = movement.office.sent(TRADER)[-1].transit_operation
    assert asked.limit_for_response_date == dt.date(2027, 3, 9)
    movement.office.give(movement.information("Delivered at Linz."), TRADER)
    assert open_tasks(movement) == ["close_enquiry"]
    at(movement, "2027-03-09T12:00")
    movement.decided(InformationForOffice(mrn=movement.mrn, text="The holder names Linz."))
    assert to(movement, "NTA.AT") == ["CD142C", "CD144C"]
    assert PARIS.date(Instant(movement.case.deadline - 1)) == dt.date(2027, 4, 19)
    at(movement, "2027-04-20T00:00:01")
    assert open_tasks(movement) == ["close_enquiry"]
    assert PARIS.date(Instant(next(t.due for t in movement.tasks if not t.done) - 1)) == dt.date(2027, 7, 29)
    at(movement, "2027-07-30T00:00:01")
    assert open_tasks(movement) == ["determine_duty"]
    movement.decided(DutyDetermination(mrn=movement.mrn, amount=Decimal("812.50"), basis="Coffee, 7.5 %."))
    assert movement.told == [*RELEASED, "CC140C", "CC035C"]


def test_the_case_ends_next_what_its_open_task_is_to_be_done_by() -> None:
    movement = silent("2026-12-21T09:00+01:00")
    for day, tasks in (
        ("2027-01-05", []), ("2027-02-03", ["judge_reply"]), ("2027-02-09", []), ("2027-03-10", ["close_enquiry"]),
        ("2027-04-10", ["determine_duty"]),
    ):  # fmt: skip
        at(movement, f"{day}T00:00:01")
        assert open_tasks(movement) == tasks
        for each in (each for each in movement.tasks if not each.done):
            assert movement.case.deadline == each.due
        assert movement.case.deadline > PARIS.read(f"{day}T00:00"), "and not what is over already"


def test_row_27_who_says_nothing_has_a_month_less() -> None:
    movement = silent("2026-12-21T09:00+01:00")
    for day in ("2027-01-05", "2027-02-03", "2027-02-09", "2027-03-10"):
        at(movement, f"{day}T00:00:01")  # the holder's 28 days are over
    assert open_tasks(movement) == ["close_enquiry"]
    at(movement, "2027-04-08T23:00")
    assert open_tasks(movement) == ["close_enquiry"]
    at(movement, "2027-04-10T00:00:01")
    assert open_tasks(movement) == ["determine_duty"]


def test_row_27_the_guarantor_is_told_within_nine_months_or_released() -> None:
    movement = lost(released_on("2026-12-21T09:00+01:00"))
    movement.close(discharged=False, amount="812.50")
    movement.decided(GuarantorNotice(mrn=movement.mrn, guarantor=GUARANTOR))
    assert movement.office.names(GUARANTOR) == ["CC023C"]
    movement.days(14)
    assert movement.office.names(GUARANTOR) == ["CC023C", "CC023C"], "not paid in ten days: called"
    late = lost(released_on("2026-12-21T09:00+01:00"))
    at(late, "2027-09-29T23:59")
    late.decided(GuarantorNotice(mrn=late.mrn, guarantor=GUARANTOR))
    assert late.office.names(GUARANTOR) == ["CC023C"]
    at(late, "2027-09-30T00:00:01")
    late.decided(GuarantorNotice(mrn=late.mrn, guarantor=GUARANTOR))
    assert late.office.names(GUARANTOR) == ["CC023C"]
    assert "DA art. 85(3)" in late.office.sent("fr.officer")[-1].reason


def test_row_27_nobody_is_called_for_a_movement_that_is_in_time() -> None:
    movement = Movement()
    movement.decided(GuarantorNotice(mrn=movement.mrn, guarantor=GUARANTOR))
    assert movement.office.names(GUARANTOR) == []
    assert refusals(movement) == ["92"]


def test_row_28_an_officer_who_suspects_fraud_begins_at_once() -> None:
    """Clock case 9c: suspicion on 10 December, reply by 7 January."""
    movement = silent("2026-12-03T09:00+01:00")
    at(movement, "2026-12-10T10:00")
    movement.decided(EnquiryStart(mrn=movement.mrn))
    assert (refusals(movement), to(movement, "NTA.AT")) == (["13"], [])
    assert "IA art. 310(3)" in movement.office.sent("fr.officer")[-1].reason
    movement.decided(EnquiryStart(mrn=movement.mrn, grounds="The consignee has moved and is unknown."))
    assert to(movement, "NTA.AT") == ["CD142C"]
    enquiry = movement.office.sent("NTA.AT")[-1].enquiry
    assert enquiry.limit_for_the_enquiry_response_date == dt.date(2027, 1, 7)
    movement.decided(EnquiryStart(mrn=movement.mrn, grounds="Again."))
    assert refusals(movement) == ["13", "92"]


def test_row_28_an_officer_begins_after_the_limit_without_grounds() -> None:
    movement = silent("2026-12-21T09:00+01:00")
    at(movement, "2026-12-30T08:00")
    movement.decided(EnquiryStart(mrn=movement.mrn))
    assert to(movement, "NTA.AT") == ["CD142C"]


def test_row_26_missing_results_are_requested_before_an_enquiry_begins() -> None:
    movement = Movement()
    movement.arrive()
    movement.days(7)
    assert movement.case.state == "results requested"
    assert movement.case.reply == "2"
    assert "control results follow" in movement.case.remarks
    movement.days(8)
    assert movement.case.state == "enquiry answered"
    assert open_tasks(movement) == ["judge_reply"]
    movement.decided(HolderQuestion(mrn=movement.mrn))
    assert movement.told == [*RELEASED, "CC140C"]
    movement.inspect()
    assert movement.told == [*RELEASED, "CC140C", "CC045C"]


def arriving(movement: Movement) -> Arrival:
    view = movement.office.view("AT")
    found = view.get(Arrival, view.resolve("arrival", movement.mrn) or 0)
    assert found is not None
    return found


def at_destination(movement: Movement) -> list[str]:
    view = movement.office.view("AT")
    tasks = view.all_of(HumanTask, view.resolve("arrival", movement.mrn) or 0)
    return [each.node for each in tasks if not each.done]


def test_row_26_unloading_remarks_have_three_days() -> None:
    """Clock case 5: permission on Friday 30 October, All Saints on Sunday; until Tuesday 3 November."""
    movement = released_on("2026-10-28T09:00+01:00")
    at(movement, "2026-10-30T16:00")
    consignee = movement.arrive(simplified_arrival())
    at(movement, "2026-11-03T23:59")
    assert at_destination(movement) == []
    at(movement, "2026-11-04T00:00:01")
    assert at_destination(movement) == ["inspect"]
    movement.office.give(movement.about(remarks()), consignee)
    assert at_destination(movement) == []
    assert movement.case.state == "discharged"


def far() -> tuple[Movement, Office]:
    """A movement to an office of another node, which was told of it."""
    movement = Movement(office=Office(frozenset({"FR", "DE"})))
    away = Office(frozenset({"AT"}), clock=movement.office.clock)
    for message in movement.office.sent("NTA.AT"):
        away.give(message, "NTA.FR", administration="AT")
    return movement, away


def judged(away: Office, movement: Movement, **said: Any) -> Any:
    away.give(Inspection(mrn=movement.mrn, **said), "at.officer", administration="AT")
    found = [m for m in away.sent("NTA.FR") if type(m).__name__ == "CD018C"]
    assert all(check(m) == () for m in found)
    return found[-1] if found else None


def test_row_25_what_was_found_goes_home_with_the_state_of_the_seals() -> None:
    movement, away = far()
    away.give(movement.about(arrival()), arrival().trader_at_destination.identification_number)
    assert judged(away, movement, code="B1") is None, "C0930: it says nothing"
    assert judged(away, movement, code="A1", seals_intact=False) is None, "G0017"
    assert [m.code for m in away.sent("at.officer")] == ["13", "14"]
    found = judged(away, movement, code="B1", remarks="Twelve cartons are missing.", seals_intact=False)
    assert found.transit_operation.other_things_to_report == "Twelve cartons are missing."
    assert found.control_result.state_of_seals is False
    assert found.consignment is None


def test_row_25_satisfactory_results_tell_the_seals_and_nothing_else() -> None:
    movement, away = far()
    away.give(movement.about(arrival()), arrival().trader_at_destination.identification_number)
    found = judged(away, movement, code="A2", remarks="Not inspected.")
    assert found.control_result.state_of_seals is True
    assert (found.consignment, found.transit_operation.other_things_to_report) == (None, None)


def test_row_25_the_remarks_of_the_consignee_are_not_lost_on_the_way_home() -> None:
    movement, away = far()
    notice, said = simplified_arrival(), movement.about(remarks_with_discrepancy())
    consignee = notice.trader_at_destination.identification_number
    away.give(movement.about(notice), consignee)
    away.give(said, consignee)
    found = judged(away, movement, code="B1")
    assert found.consignment is not None
    assert found.consignment.house_consignment[0].consignment_item[0].goods_item_number == 1


def test_row_30_a_late_arrival_is_marked_at_departure_and_judged_at_destination() -> None:
    movement = Movement()
    movement.days(13)
    movement.arrive()
    assert movement.case.late_days == 5
    movement.inspect("A2", lateness=Lateness.EXCUSED)
    assert movement.case.state == "discharged"
    assert "not attributable" in movement.case.remarks
    early = Movement()
    early.days(2)
    early.arrive()
    assert early.case.late_days == 0


def test_row_29_what_is_claimed_is_the_duty_and_payment_writes_the_movement_off() -> None:
    movement = recovering("1234.56")
    claim = movement.office.sent(TRADER)[-1].recovery_notification
    assert (claim.amount_claimed, claim.currency) == (Decimal("1234.56"), "EUR")
    assert movement.account.reserved == 4500
    movement.decided(DutyPayment(mrn=movement.mrn, amount=Decimal("1000.00"), paid_by="holder"))
    assert movement.case.state == "recovery"
    assert "whole" in movement.office.sent("fr.officer")[-1].reason
    movement.decided(DutyPayment(mrn=movement.mrn, amount=Decimal("1234.56"), paid_by="holder"))
    assert movement.told == [*RELEASED, "CC140C", "CC035C", "CC045C"]
    assert (movement.case.state, movement.account.reserved) == ("written off", Decimal(0))
    movement.decided(DutyPayment(mrn=movement.mrn, amount=Decimal("1234.56"), paid_by="holder"))
    assert refusals(movement)[-1] == "92"


def test_row_29_the_duty_may_be_determined_later() -> None:
    movement = lost(Movement())
    movement.close(discharged=False)
    assert movement.told == [*RELEASED, "CC140C"]
    assert open_tasks(movement) == ["determine_duty"]
    movement.decided(DutyDetermination(mrn=movement.mrn, amount=Decimal(77), basis="Coffee, 7.5 %."))
    assert movement.told[-1] == "CC035C"


def test_row_29_a_late_proof_discharges_a_movement_under_recovery() -> None:
    movement = recovering()
    proof = AlternativeProof(mrn=movement.mrn, proof=Proof.DESTINATION, document="AT100000-2026-77")
    movement.decided(proof)
    assert movement.told[-1] == "CC045C"
    assert (movement.case.state, movement.account.reserved) == ("discharged", Decimal(0))
    assert arriving(movement).enquiry == ""
    movement.decided(proof)
    assert refusals(movement) == ["92"]


def test_row_29_goods_that_arrive_after_all_end_the_recovery() -> None:
    movement = recovering()
    movement.arrive()
    assert movement.case.state == "recovery"
    movement.inspect(lateness=Lateness.NOT_EXCUSED)
    assert (movement.case.state, movement.account.reserved) == ("discharged", Decimal(0))


def test_a_proof_is_not_accepted_of_a_movement_that_nobody_misses() -> None:
    movement = Movement()
    movement.decided(AlternativeProof(mrn=movement.mrn, proof=Proof.LEFT, document="X"))
    assert (refusals(movement), movement.case.state) == (["92"], "released")


def test_discharge_and_an_amount_contradict_each_other() -> None:
    movement = lost(Movement())
    movement.close(discharged=True, amount="5.00")
    assert (refusals(movement), open_tasks(movement)) == (["15"], ["close_enquiry"])


def elsewhere(movement: Movement) -> RecoveryAsked:
    view = movement.office.view("AT")
    found = view.get(RecoveryAsked, view.resolve("recovery", movement.mrn) or 0)
    assert found is not None
    return found


def handed_over() -> Movement:
    movement = lost(Movement())
    movement.decided(RecoveryTransfer(mrn=movement.mrn, authority="AT330100", grounds="Sold at Linz."))
    return movement


def test_a_recovery_is_handed_over_and_collected_elsewhere() -> None:
    movement = handed_over()
    assert elsewhere(movement).grounds == "Sold at Linz."
    movement.decided(RecoveryDecision(mrn=movement.mrn, accepted=True), "at.officer")
    assert movement.case.state == "recovery handed over"
    late = DutyCollection(mrn=movement.mrn, collected_on=dt.date(2030, 1, 1))
    movement.decided(late, "at.officer")
    assert refusals(movement, "at.officer") == ["14"]
    today = WIEN.date(Instant(movement.office.clock.at))
    movement.decided(DutyCollection(mrn=movement.mrn, collected_on=today), "at.officer")
    assert (movement.case.state, movement.account.reserved) == ("written off", Decimal(0))
    assert movement.told[-1] == "CC045C"
    assert elsewhere(movement).state == "collected"


@pytest.mark.parametrize("answers", [True, False])
def test_a_recovery_that_nobody_takes_over_comes_back(*, answers: bool) -> None:
    movement = handed_over()
    if answers:
        movement.decided(RecoveryDecision(mrn=movement.mrn, accepted=False, remarks="Not here."), "at.officer")
        assert elsewhere(movement).state == "refused"
    else:
        movement.days(33)  # the 28th day is New Year's Day
        assert elsewhere(movement).state == "lapsed"
        movement.decided(RecoveryDecision(mrn=movement.mrn, accepted=True), "at.officer")
        assert refusals(movement, "at.officer") == ["92"]
    assert open_tasks(movement) == ["close_enquiry"]
    movement.close(discharged=False, amount="9.00")
    assert movement.told[-1] == "CC035C"


def test_only_who_was_asked_takes_a_recovery_over() -> None:
    movement = Movement(office=Office(frozenset({"FR", "DE"})))
    for days in (16, 28, 8):
        movement.days(days)
    movement.office.give(movement.information("Sold at Linz."), TRADER)
    movement.decided(RecoveryTransfer(mrn=movement.mrn, authority="AT330100", grounds="Sold at Linz."))
    asked = movement.office.sent("NTA.AT")[-1]
    away = Office(frozenset({"AT"}), clock=movement.office.clock)
    away.give(asked, "NTA.FR", administration="AT")
    away.give(RecoveryDecision(mrn=movement.mrn, accepted=True), "at.officer", administration="AT")
    answer = away.sent("NTA.FR")[-1]
    movement.office.give(answer, "NTA.IT", administration="FR")
    assert movement.case.state == "recovery to be handed over"
    movement.office.give(answer, "NTA.AT", administration="FR")
    assert movement.case.state == "recovery handed over"


def test_destination_asks_what_else_is_known_while_it_is_asked() -> None:
    movement = Movement()
    movement.decided(InformationRequest(mrn=movement.mrn, text="Which lorry?"), "at.officer")
    assert refusals(movement, "at.officer") == ["92"]
    movement.days(16)
    movement.decided(InformationRequest(mrn=movement.mrn, text="Which lorry?"), "at.officer")
    assert movement.case.remarks == "Which lorry?"


def test_after_an_enquiry_began_the_office_does_not_invalidate() -> None:
    movement = Movement()
    movement.days(16)
    movement.decided(OfficeInvalidation(mrn=movement.mrn, justification="Too late."))
    assert refusals(movement) == ["92"]
