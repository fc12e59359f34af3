"""Goods move under a TIR carnet by its holder alone, while a guaranteeing association stands for it (IA art. 163)."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.transit.messages import AlternativeProof, AnswerTime, GuarantorNotice, Proof
from douane.applications.transit.tests.base_declarations import TRADER, tir
from douane.standards.ncts.phase5 import CC015C
from tests.journeys.movements import Movement, told
from tests.journeys.office import Office
from tests.journeys.registered import ASSOCIATION, carnet

RELEASED = ["CC928C", "CC028C", "CC029C"]
OTHER = "DE1234567890123"


def by(sender: str, **holder: Any) -> CC015C:
    """The TIR declaration of a trader."""
    base = tir()
    named = {"identification_number": sender, "name": None, "address": None, **holder}
    return replace(
        base, message_sender=sender,
        holder_of_the_transit_procedure=replace(base.holder_of_the_transit_procedure, **named),
    )  # fmt: skip


def faults(movement: Movement) -> list[tuple[str, str]]:
    return [(e.error_pointer, e.error_code) for e in movement.office.sent(movement.sender)[-1].functional_error]


def test_row_18_the_holder_declares_and_his_association_is_told_of_the_discharge() -> None:
    movement = Movement(by(TRADER))
    assert movement.told == RELEASED
    movement.arrive()
    movement.inspect()
    assert movement.told == [*RELEASED, "CC045C"]
    assert movement.office.sent(TRADER)[-1].guarantor.identification_number == ASSOCIATION


@pytest.mark.parametrize(("declaration", "place"), [
    (by(OTHER), "HolderOfTheTransitProcedure/identificationNumber"),
    (by(TRADER, tir_holder_identification_number="FRA/053/1"),
     "HolderOfTheTransitProcedure/TIRHolderIdentificationNumber"),
    (replace(by(TRADER), transit_operation=replace(tir().transit_operation, tir_carnet_number="XC98765432")),
     "TransitOperation/TIRCarnetNumber"),
], ids=["another trader", "another holder", "unknown carnet"])  # fmt: skip
def test_row_18_nobody_moves_goods_under_a_carnet_that_is_not_his(declaration: CC015C, place: str) -> None:
    movement = Movement(declaration, sender=declaration.message_sender)
    assert told(movement.office, movement.sender) == ["CC056C"]
    assert faults(movement) == [(f"/CC015C/{place}", "14")]


def test_row_18_a_holder_without_eori_cannot_be_known_by_anybody() -> None:
    """Who sends is known by his EORI; in the name of a TIR number alone nobody declares."""
    with pytest.raises(AssertionError, match="is not its sender"):
        Movement(tir())


def test_row_18_an_association_is_liable_for_a_hundred_thousand_at_most() -> None:
    office = Office()
    office.give(carnet(carnet="XC98765432", limit=carnet().limit + 1), "fr.officer")
    (refused,) = office.sent("fr.officer")[-1:]
    assert type(refused).__name__ == "CarnetNotRegistered"
    assert "163" in refused.reasons[0]


def test_row_18_a_carnet_is_registered_at_its_office_by_its_own_officers() -> None:
    office = Office()
    office.give(carnet(carnet="XC98765432"), "de.officer", administration="DE")
    assert [type(each).__name__ for each in office.sent("de.officer")] == ["CarnetNotRegistered"]
    assert office.view("FR").resolve("carnet", "XC98765432") is None


def test_row_18_nobody_but_the_association_is_told_as_guarantor() -> None:
    movement = Movement(by(TRADER))
    movement.days(20)
    notice = GuarantorNotice(mrn=movement.mrn, guarantor="FR00000000000099")
    movement.office.give(notice, "fr.officer", administration="FR")
    refused = movement.office.sent("fr.officer")[-1]
    assert type(refused).__name__ == "DeskRefusal"
    assert movement.office.names("FR00000000000099") == []


def asked_about() -> Movement:
    """A TIR movement of which nobody knows, whose holder is asked."""
    movement = Movement(by(TRADER))
    movement.days(16)
    assert movement.case.state == "holder asked"
    return movement


def refused(movement: Movement) -> list[str]:
    return [each.code for each in movement.office.sent("fr.officer") if type(each).__name__ == "DeskRefusal"]


def waits_for(movement: Movement) -> set[str]:
    """What an officer has to do."""
    return {each.node for each in movement.tasks if not each.done}


def test_a_tir_holder_gets_28_more_days_once_and_his_association_is_invited() -> None:
    movement = asked_about()
    (invited,) = movement.office.sent(ASSOCIATION)
    assert type(invited).__name__ == "CC023C"
    assert "280(7)" in invited.guarantor_notification.guarantor_notification_text
    first = movement.case.deadline
    movement.decided(AnswerTime(mrn=movement.mrn))
    assert movement.case.deadline > first
    movement.decided(AnswerTime(mrn=movement.mrn))
    assert refused(movement) == ["92"], "once"
    movement.days(40)
    assert waits_for(movement) == set(), "his first 28 days are over, and he may still answer"
    movement.office.give(movement.information("It was terminated at Wien."), TRADER)
    assert movement.case.state == "enquiry answered"
    late = asked_about()
    late.decided(AnswerTime(mrn=late.mrn))
    late.days(60)
    assert waits_for(late) == {"enquiry/close_enquiry"}, "the 28 more are over as well"


def test_time_that_was_not_asked_for_ends_and_no_other_holder_gets_more() -> None:
    movement = asked_about()
    movement.days(40)
    assert waits_for(movement) == {"enquiry/close_enquiry"}
    movement.decided(AnswerTime(mrn=movement.mrn))
    assert refused(movement) == ["92"], "too late"
    union = Movement()
    union.days(16)
    union.decided(AnswerTime(mrn=union.mrn))
    told = union.office.sent("fr.officer")[-1]
    assert "TIR carnets alone" in told.reason


def test_the_association_is_told_when_an_enquiry_ends_in_discharge() -> None:
    movement = asked_about()
    movement.days(40)
    movement.decided(AlternativeProof(mrn=movement.mrn, proof=Proof.DESTINATION, document="AT-77"))
    assert movement.case.state == "discharged"
    assert movement.office.names(ASSOCIATION) == ["CC023C", "CC045C"]


def test_a_debt_of_a_tir_operation_is_placed_after_seven_months_alone() -> None:
    movement = asked_about()
    movement.days(100)
    assert waits_for(movement) == {"enquiry/close_enquiry"}, "a month of silence places no debt (DA art. 77(b))"
    movement.days(130)
    assert waits_for(movement) == {"recovery/determine_duty"}, "seven months do (DA art. 78)"
