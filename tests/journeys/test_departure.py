"""Transit from the declaration to its end, across France, Germany and Austria in one node."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from douane.applications.transit.messages import ControlDecision, Lateness, MovementQuery, OfficeInvalidation
from douane.applications.transit.tests.base_declarations import GRN, TRADER, normal, prelodged
from douane.applications.transit.tests.base_messages import (
    amendment,
    invalidation_request,
    presentation,
    remarks,
    remarks_with_discrepancy,
    simplified_arrival,
)
from douane.standards.ncts import phase5 as p5
from douane.vocabulary.errors import NotFound
from tests.callers import trader
from tests.journeys.movements import (
    LIMIT,
    Movement,
    by_trusted_holder,
    covering,
    covering_twice,
    fresh,
    risky,
    told,
    with_goods,
)
from tests.journeys.office import BEHAVIOUR

ACCEPTED = ["CC928C", "CC028C"]
RELEASED = [*ACCEPTED, "CC029C"]


def test_a_movement_is_released_crosses_the_frontier_arrives_and_is_discharged() -> None:
    movement = Movement()
    assert movement.told == RELEASED
    assert movement.case.state == "released"
    assert movement.account.reserved == Decimal("4500.00")
    movement.pass_frontier()
    assert [office for office, _ in movement.case.passages] == ["DE004055"]
    consignee = movement.arrive()
    assert movement.case.state == "arrived"
    movement.inspect()
    assert told(movement.office, consignee) == ["CC025C"]
    assert movement.told == [*RELEASED, "CC045C"]
    assert movement.case.state == "discharged"
    assert movement.account.available == LIMIT
    assert movement.account.movements == ()


def test_a_declaration_that_breaks_rules_is_refused_with_every_fault() -> None:
    broken = normal()
    office = replace(broken.customs_office_of_destination_declared, reference_number="AT999999")
    consignment = replace(broken.consignment, container_indicator=None)
    movement = Movement(
        replace(broken, customs_office_of_destination_declared=office, consignment=consignment, guarantee=())
    )
    (refusal,) = movement.office.sent(TRADER)
    assert movement.told == ["CC056C"]
    assert refusal.transit_operation.rejection_code == "12"
    assert refusal.transit_operation.business_rejection_type == "015"
    assert refusal.correlation_identifier == movement.declaration.message_identification
    assert len(refusal.functional_error) >= 2
    assert all(each.error_pointer.startswith("/CC015C") for each in refusal.functional_error)
    assert movement.case.state == "rejected"
    assert movement.account.reserved == 0


@pytest.mark.parametrize(
    ("group", "office", "rule"),
    [
        ("customs_office_of_destination_declared", "AT999999", "CustomsOfficeOfDestinationDeclared"),
        ("customs_office_of_destination_declared", "DE003450", "CustomsOfficeOfDestinationDeclared"),
        ("customs_office_of_transit_declared", "DE999999", "CustomsOfficeOfTransitDeclared"),
        ("customs_office_of_transit_declared", "AT100000", "CustomsOfficeOfTransitDeclared"),
    ],
    ids=["no office", "no office of destination", "no office at all", "no office of transit"],
)
def test_an_office_without_the_role_is_refused_where_it_stands(group: str, office: str, rule: str) -> None:
    """Offices of departure, destination, transit and exit are those of CL141 with the role (CL171, 172, 173, 175)."""
    declared = normal()
    kept = getattr(declared, group)
    named = (
        tuple(replace(each, reference_number=office) for each in kept)
        if isinstance(kept, tuple)
        else replace(kept, reference_number=office)
    )
    movement = Movement(replace(declared, **{group: named}))
    (refusal,) = movement.office.sent(TRADER)
    found = {(each.error_pointer, each.original_attribute_value) for each in refusal.functional_error}
    assert any(rule in pointer and value == office for pointer, value in found), found
    assert movement.account.reserved == 0


def test_a_refused_declaration_has_used_its_lrn_up() -> None:
    """Decision 0064: what is mended comes under an LRN of its own; the refused case stays to be found."""
    movement = Movement(replace(normal(), consignment=replace(normal().consignment, container_indicator=None)))
    refused = movement.declaration
    mended = replace(normal(), message_identification="LQ00000002", transit_operation=refused.transit_operation)
    movement.office.give(mended, TRADER)
    assert movement.told == ["CC056C", "CC056C"]
    (error,) = movement.office.sent(TRADER)[-1].functional_error
    assert error.error_code == "26"
    assert movement.case.message == refused.message_identification
    movement.office.give(fresh(normal(), 3), TRADER)
    assert movement.told[2:4] == ["CC928C", "CC028C"]


def test_an_amendment_mends_a_guarantee_that_does_not_cover() -> None:
    movement = Movement(covering(normal(), "20000.00"))
    assert movement.told == [*ACCEPTED, "CC055C"]
    (reference,) = movement.office.sent(TRADER)[-1].guarantee_reference
    assert [each.code for each in reference.invalid_guarantee_reason] == ["G09"]
    assert movement.account.reserved == 0
    movement.office.give(
        movement.about(amendment(covering(movement.declaration, "9000.00"), of_guarantee=True)), TRADER
    )
    assert movement.told == [*ACCEPTED, "CC055C", "CC004C", "CC029C"]
    assert movement.account.reserved == 9000


def test_a_guarantee_that_is_named_twice_covers_both_amounts_or_nothing() -> None:
    movement = Movement(covering_twice(normal(), "4500.00", "5500.00"))
    assert movement.told == RELEASED
    assert movement.account.reserved == 10_000
    assert [use.grn for use in movement.case.guarantees] == [GRN]
    short = Movement(covering_twice(normal(), "4500.00", "5500.01"))
    assert short.told == [*ACCEPTED, "CC055C"]
    assert short.account.reserved == 0
    huge = Movement(covering_twice(normal(), "99999999999999.99", "99999999999999.99"))
    assert huge.told == [*ACCEPTED, "CC055C"]


def test_without_a_valid_guarantee_in_time_the_goods_are_not_released() -> None:
    movement = Movement(covering(normal(), "20000.00"))
    movement.days(29)
    assert movement.told == [*ACCEPTED, "CC055C"]
    movement.days(2)
    assert movement.told == [*ACCEPTED, "CC055C", "CC051C"]
    assert movement.case.state == "not released"
    assert movement.account.reserved == 0


@pytest.mark.parametrize(("good", "last", "state", "held"), [
    (True, "CC029C", "released", 4500), (False, "CC051C", "not released", 0),
])  # fmt: skip
def test_risky_goods_are_controlled_and_released_or_not(*, good: bool, last: str, state: str, held: int) -> None:
    movement = Movement(risky())
    assert movement.told == [*ACCEPTED, "CC060C"]
    assert movement.office.sent(TRADER)[-1].transit_operation.notification_type == "0"
    assert movement.account.reserved == 4500
    assert [task.node for task in movement.tasks] == ["control_goods"]
    began = movement.office.clock.at
    movement.decide(good=good)
    assert movement.told == [*ACCEPTED, "CC060C", last]
    assert movement.case.state == state
    assert movement.account.reserved == held
    assert [(task.done, task.by, task.at > began) for task in movement.tasks] == [(True, "fr.officer", True)]
    movement.decide(good=good)
    assert [m.code for m in movement.office.sent("fr.officer")[1:]] == ["92"]


def test_the_seals_of_a_control_travel_with_the_goods() -> None:
    movement = Movement(risky())
    decision = ControlDecision(
        mrn=movement.mrn, officer="fr.officer", satisfactory=True, seals=("FR-DOUANE-1", "FR-DOUANE-2")
    )
    movement.office.give(decision, "fr.officer", administration="FR")
    (equipment,) = movement.office.sent(TRADER)[-1].consignment.transport_equipment
    assert [seal.identifier for seal in equipment.seal] == ["FR0012345", "FR-DOUANE-1", "FR-DOUANE-2"]
    assert equipment.number_of_seals == 3
    assert movement.told[-1] == "CC029C"


def test_remarks_with_a_discrepancy_bring_an_officer() -> None:
    movement = Movement()
    consignee = movement.arrive(simplified_arrival())
    movement.office.give(movement.about(remarks_with_discrepancy()), consignee)
    assert told(movement.office, consignee) == ["CC043C"]
    movement.inspect("B1", "One carton more than declared.")
    assert told(movement.office, consignee) == ["CC043C", "CC025C"]
    assert movement.told == [*RELEASED, "CC019C"]
    movement.close(discharged=True)
    assert movement.told == [*RELEASED, "CC019C", "CC045C"]


def test_row_01_nobody_amends_after_the_notice_of_control() -> None:
    tobacco = with_goods("240110", "Tobacco, not stripped")
    movement = Movement(tobacco)
    assert movement.told == [*ACCEPTED, "CC060C"]
    changed = by_trusted_holder(tobacco)
    movement.be_trusted()
    movement.office.give(movement.about(amendment(changed)), TRADER)
    assert movement.told == [*ACCEPTED, "CC060C", "CC056C"]
    refusal = movement.office.sent(TRADER)[-1]
    assert [e.error_code for e in refusal.functional_error] == ["92"]
    assert refusal.transit_operation.business_rejection_type == "013"
    for word in ("under control", "173(2)(a)", "Await the result"):
        assert word in refusal.transit_operation.rejection_reason
    assert [task.node for task in movement.tasks] == ["control_goods"]
    movement.decide(good=True)
    released = movement.office.sent(TRADER)[-1]
    assert released.consignment.additional_reference == ()
    movement.office.give(movement.about(amendment(changed)), TRADER)
    assert "173(2)(c)" in movement.office.sent(TRADER)[-1].transit_operation.rejection_reason


def test_row_01_a_control_that_was_announced_takes_place_whatever_is_amended_before_presentation() -> None:
    """Before acceptance UCC art. 173 does not apply: the declaration may be corrected, and sheds no control by it."""
    movement = Movement(by_trusted_holder(_prelodged(risky())))
    changed = amendment(by_trusted_holder(_prelodged(with_goods("930330", "Parts of looms"))))
    lrn = movement.declaration.transit_operation.lrn
    operation = replace(changed.transit_operation, mrn=None, lrn=lrn)
    movement.office.give(replace(changed, transit_operation=operation), TRADER)
    assert movement.told == ["CC928C", "CC060C", "CC004C", "CC060C"]
    movement.present()
    assert movement.told[4:] == ["CC028C", "CC060C"]
    assert movement.office.sent(TRADER)[-1].transit_operation.notification_type == "0"


def test_an_amendment_that_breaks_rules_changes_nothing() -> None:
    movement = Movement(covering(normal(), "20000.00"))
    broken = movement.about(amendment(covering(movement.declaration, "9000.00"), of_guarantee=True))
    consignment = replace(broken.consignment, container_indicator=None)
    movement.office.give(replace(broken, consignment=consignment), TRADER)
    assert movement.told == [*ACCEPTED, "CC055C", "CC056C"]
    assert movement.office.sent(TRADER)[-1].transit_operation.business_rejection_type == "013"
    assert movement.case.state == "guarantee not valid"


def test_a_declaration_is_invalidated_before_release() -> None:
    movement = Movement(covering(normal(), "20000.00"))
    movement.office.give(movement.about(invalidation_request()), TRADER)
    assert movement.told == [*ACCEPTED, "CC055C", "CC009C"]
    assert movement.case.state == "invalidated"
    assert movement.account.reserved == 0


def test_row_02_nobody_withdraws_goods_from_the_examination_that_was_notified() -> None:
    movement = Movement(risky())
    movement.office.give(movement.about(invalidation_request()), TRADER)
    assert movement.told == [*ACCEPTED, "CC060C", "CC056C"]
    refusal = movement.office.sent(TRADER)[-1]
    assert [e.error_code for e in refusal.functional_error] == ["92"]
    for word in ("under control", "174(1)", "apply again"):
        assert word in refusal.transit_operation.rejection_reason
    assert [task.node for task in movement.tasks] == ["control_goods"]
    assert movement.account.reserved == 4500


def test_row_39_goods_without_seals_are_identified_before_release() -> None:
    """IA art. 299, 302, 303(1): sealed, or of a description that an officer finds precise enough."""
    bare = replace(normal(), consignment=replace(normal().consignment, transport_equipment=()))
    movement = Movement(bare)
    assert movement.told == [*ACCEPTED, "CC060C"]
    assert [each.type for each in movement.office.sent(TRADER)[-1].type_of_controls] == ["10", "41"]
    movement.decide(good=True)
    refused = movement.office.sent("fr.officer")[-1]
    assert refused.code == "13"
    assert "303(1)" in refused.reason
    assert movement.case.state == "under control"
    decision = ControlDecision(mrn=movement.mrn, satisfactory=True, described=True)
    movement.office.give(decision, "fr.officer", administration="FR")
    assert movement.told[-1] == "CC029C"
    bad = Movement(bare)
    bad.decide(good=False)  # nothing is released, so nothing needs to be identified
    assert bad.told[-1] == "CC051C"


def test_row_05_the_office_is_told_why_it_does_not_invalidate_after_arrival_or_under_enquiry() -> None:
    movement = Movement()
    movement.arrive()
    decision = OfficeInvalidation(mrn=movement.mrn, officer="fr.officer", justification="By mistake.")
    movement.office.give(decision, "fr.officer", administration="FR")
    lost = Movement()
    lost.days(16)
    lost.office.give(replace(decision, mrn=lost.mrn), "fr.officer", administration="FR")
    for each, state, instead in (
        (movement, "arrived", "control results"), (lost, lost.case.state, "Close the enquiry"),
    ):  # fmt: skip
        refused = each.office.sent("fr.officer")[-1]
        assert refused.code == "92"
        for word in (state, "174(2)", instead):
            assert word in refused.reason


@pytest.mark.parametrize("of_guarantee", [True, False])
def test_row_13_an_amendment_says_of_what_it_is_and_that_is_what_was_asked_for(*, of_guarantee: bool) -> None:
    """R0520: flag 1 belongs to the state in which another guarantee is asked for, flag 0 to every other."""
    asked = Movement(covering(normal(), "20000.00"))
    mended = covering(asked.declaration, "9000.00")
    asked.office.give(asked.about(amendment(mended, of_guarantee=of_guarantee)), TRADER)
    assert asked.told[3:] == (["CC004C", "CC029C"] if of_guarantee else ["CC056C"])
    early = Movement(_prelodged(normal()))
    lrn = early.declaration.transit_operation.lrn
    changed = amendment(early.declaration, of_guarantee=of_guarantee)
    operation = replace(changed.transit_operation, mrn=None, lrn=lrn)
    early.office.give(replace(changed, transit_operation=operation), TRADER)
    assert early.told[1:] == (["CC056C"] if of_guarantee else ["CC004C"])
    refusal = early.office.sent(TRADER)[-1] if of_guarantee else asked.office.sent(TRADER)[-1]
    (error,) = refusal.functional_error
    pointer = "/CC013C/TransitOperation/amendmentTypeFlag"
    assert (error.error_pointer, error.error_code, error.error_reason) == (pointer, "14", "R0520")
    assert error.original_attribute_value == str(int(of_guarantee))


def test_after_release_only_the_office_invalidates() -> None:
    movement = Movement()
    movement.office.give(movement.about(invalidation_request()), TRADER)
    assert movement.told == [*RELEASED, "CC056C"]
    assert [e.error_code for e in movement.office.sent(TRADER)[-1].functional_error] == ["92"]
    decision = OfficeInvalidation(mrn=movement.mrn, officer="fr.officer", justification="Goods destroyed by fire.")
    movement.office.give(decision, "fr.officer", administration="FR")
    assert movement.told == [*RELEASED, "CC056C", "CC009C"]
    assert movement.office.sent(TRADER)[-1].invalidation.initiated_by_customs
    assert movement.case.state == "invalidated"
    assert movement.account.reserved == 0
    consignee = movement.arrive()
    assert told(movement.office, consignee) == ["CC057C"]


def test_a_prelodged_declaration_is_announced_presented_and_released() -> None:
    movement = Movement(by_trusted_holder(_prelodged(risky())))
    assert movement.told == ["CC928C", "CC060C"]
    assert movement.office.sent(TRADER)[-1].transit_operation.notification_type == "2"
    assert movement.case.state == "pre-lodged"
    movement.present()
    assert movement.told == ["CC928C", "CC060C", "CC028C", "CC060C"]
    movement.decide(good=True)
    assert movement.told == ["CC928C", "CC060C", "CC028C", "CC060C", "CC029C"]
    released = movement.office.sent(TRADER)[-1]
    assert released.consignment.place_of_loading == presentation().consignment.place_of_loading


def test_a_prelodged_declaration_lapses_when_nothing_is_presented() -> None:
    movement = Movement(_prelodged(normal()))
    movement.days(31)
    assert movement.told == ["CC928C", "CC056C"]
    assert movement.case.state == "lapsed"
    movement.present()
    assert movement.told == ["CC928C", "CC056C", "CC056C"]


def test_a_prelodged_declaration_is_amended_and_invalidated_before_presentation() -> None:
    movement = Movement(_prelodged(normal()))
    lrn = movement.declaration.transit_operation.lrn
    changed = amendment(_prelodged(with_goods("090121", "Roasted coffee, ground")))
    operation = replace(changed.transit_operation, mrn=None, lrn=lrn)
    movement.office.give(replace(changed, transit_operation=operation), TRADER)
    request = invalidation_request()
    named = replace(request.transit_operation, mrn=None, lrn=lrn)
    movement.office.give(replace(request, transit_operation=named), TRADER)
    assert movement.told == ["CC928C", "CC004C", "CC009C"]
    assert movement.case.mrn == ""


def test_a_late_arrival_ends_the_enquiry() -> None:
    movement = Movement()
    movement.days(16)
    movement.arrive()
    assert movement.case.state == "arrived"
    movement.inspect(lateness=Lateness.EXCUSED)
    assert movement.told == [*RELEASED, "CC140C", "CC045C"]
    assert movement.account.reserved == 0
    assert movement.tasks == []  # nobody needs to close the enquiry


@pytest.mark.parametrize(("resolved", "last", "held"), [(True, "CC045C", 0), (False, "CC035C", 4500)])
def test_discrepancies_are_notified_and_resolved_or_recovered(*, resolved: bool, last: str, held: int) -> None:
    movement = Movement()
    consignee = movement.arrive()
    movement.inspect("B1", "Twelve cartons are missing.")
    assert told(movement.office, consignee) == ["CC025C"]
    assert movement.told == [*RELEASED, "CC019C"]
    assert movement.case.state == "discrepancies"
    movement.close(discharged=resolved, amount="" if resolved else "812.50")
    assert movement.told == [*RELEASED, "CC019C", last]
    assert movement.account.reserved == held


def test_the_simplified_procedure_needs_no_officer() -> None:
    movement = Movement()
    consignee = movement.arrive(simplified_arrival())
    assert told(movement.office, consignee) == ["CC043C"]
    done = remarks()
    movement.office.give(movement.about(done), consignee)
    assert told(movement.office, consignee) == ["CC043C", "CC025C"]
    assert movement.told == [*RELEASED, "CC045C"]


def test_unloading_goes_on_until_everything_is_out() -> None:
    movement = Movement()
    consignee = movement.arrive(simplified_arrival())
    for number in (1, 2):
        part = remarks()
        part = replace(part, unloading_remark=replace(part.unloading_remark, unloading_completion=False))
        movement.office.give(movement.about(part), consignee)
        permission = movement.office.sent(consignee)[-1]
        assert permission.ctl_control.continue_unloading == number
        assert permission.consignment is None
    movement.office.give(movement.about(remarks()), consignee)
    assert told(movement.office, consignee) == ["CC043C", "CC043C", "CC043C", "CC025C"]
    assert movement.told == [*RELEASED, "CC045C"]


def test_a_duplicate_gets_the_first_receipt_and_nothing_happens_twice() -> None:
    movement = Movement()
    first = movement.office.give(movement.declaration, TRADER)
    assert movement.office.give(movement.declaration, TRADER) == first
    assert movement.told == RELEASED
    assert movement.account.reserved == 4500
    again = replace(movement.declaration, message_identification="LQ-AGAIN")
    movement.office.give(again, TRADER)
    assert movement.told == [*RELEASED, "CC056C"]
    assert [e.error_code for e in movement.office.sent(TRADER)[-1].functional_error] == ["26"]


def test_a_stranger_learns_nothing_about_a_movement() -> None:
    movement = Movement(risky())
    movement.office.give(movement.about(invalidation_request()), "DE1234567890123")
    assert told(movement.office, "DE1234567890123") == ["CC056C"]
    assert [e.error_code for e in movement.office.sent("DE1234567890123")[-1].functional_error] == ["90"]
    assert movement.case.state == "under control"


def test_the_exhausted_guarantee_stops_the_third_movement() -> None:
    first = Movement()
    second = Movement(office=first.office, number=2)
    third = Movement(office=first.office, number=3)
    assert [m.case.state for m in (first, second, third)] == ["released", "released", "guarantee not valid"]
    assert first.account.available == 1000
    first.arrive()
    first.inspect()
    assert first.account.available == 5500


def test_a_movement_is_shown_to_its_parties() -> None:
    movement = Movement()
    view = movement.office.view("FR")
    view.caller = trader(TRADER)
    shown = BEHAVIOUR.queries["transit.find_movement"].answer(view, MovementQuery(mrn=movement.mrn))
    assert (shown.state, shown.office_of_destination) == ("released", "AT100000")
    lrn = movement.declaration.transit_operation.lrn
    assert BEHAVIOUR.queries["transit.find_movement"].answer(view, MovementQuery(lrn=lrn)) == shown
    view.caller = trader("DE1234567890123")
    with pytest.raises(NotFound):
        BEHAVIOUR.queries["transit.find_movement"].answer(view, MovementQuery(mrn=movement.mrn))


def test_the_outcome_is_published_once() -> None:
    movement = Movement()
    movement.arrive()
    movement.inspect()
    (outcome,) = movement.office.sent("feed:transit.movement_final")
    assert (outcome.mrn, outcome.outcome) == (movement.mrn, "discharged")


def _prelodged(declaration: p5.CC015C) -> p5.CC015C:
    base, c = prelodged(), declaration.consignment
    return replace(base, consignment=replace(base.consignment, house_consignment=c.house_consignment))


def test_a_stranger_cannot_declare_in_another_holders_name() -> None:
    movement = Movement()
    stolen = fresh(movement.declaration, 2)
    with pytest.raises(AssertionError, match="is not its sender"):
        movement.office.give(stolen, "ATEOS1000012345")
    assert movement.office.view("FR").resolve("lrn", f"{TRADER}/{stolen.transit_operation.lrn}") is None
