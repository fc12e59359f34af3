"""Goods that are presented are considered satisfactory where nothing needs an officer; else he sees them."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.transit.handlers.destination import to_be_seen
from douane.applications.transit.messages import IncidentReport
from douane.applications.transit.records.arrival import AnticipatedArrival, Arrival
from douane.applications.transit.tests.base_declarations import CONSIGNEE, TRADER, normal, tir
from douane.applications.transit.tests.base_messages import arrival
from douane.runtime.store.records import HumanTask
from douane.standards.ncts.phase5 import CD001C, RiskAnalysisIdentification
from tests.journeys.movements import Movement, described, risky, with_goods


def at_destination(movement: Movement) -> Arrival:
    view = movement.office.view("AT")
    found = view.get(Arrival, arriving(movement))
    assert found is not None
    return found


def arriving(movement: Movement) -> int:
    subject = movement.office.view("AT").resolve("arrival", movement.mrn)
    assert subject is not None
    return subject


def to_do(movement: Movement) -> list[str]:
    """The titles of what officers have to do, without the MRN."""
    tasks = movement.office.view("AT").all_of(HumanTask, arriving(movement))
    return [each.title.replace(movement.mrn, "MRN") for each in tasks if not each.done]


def record_of(movement: Movement) -> CD001C:
    view = movement.office.view("AT")
    kept = view.get(AnticipatedArrival, arriving(movement))
    assert kept is not None
    row = movement.office.owner.journal_row(kept.position)
    found = movement.office.owner.decode(row.operation, row.origin.id, row.content)
    assert isinstance(found, CD001C)
    return found


def test_no_officer_is_needed_where_nothing_is_to_be_seen() -> None:
    movement = described()
    consignee = movement.arrive()
    assert movement.office.names(consignee) == ["CC025C"]
    assert movement.case.state == "discharged"
    assert movement.told[-1] == "CC045C"
    assert (at_destination(movement).control, at_destination(movement).state) == ("A2", "released")
    assert movement.account.reserved == 0
    assert to_do(movement) == []
    movement.inspect()
    assert [each.code for each in movement.office.sent("at.officer")] == ["92"], "nobody waits for him"


def test_a_consignee_whom_nobody_authorised_gets_no_permission_by_it() -> None:
    movement = described()
    movement.office.give(movement.about(arrival(), simplified_procedure=True), CONSIGNEE)
    assert movement.office.names(CONSIGNEE) == ["CC057C"]
    assert at_destination(movement).state == "expected"


def test_seals_are_seen_by_an_officer_before_anything_is_said_of_them() -> None:
    movement = Movement()
    movement.arrive()
    assert (movement.case.state, to_do(movement)) == ("arrived", ["Inspect the goods of MRN: sealed"])
    movement.inspect("A2")
    assert movement.case.state == "discharged"


def test_goods_that_the_tables_of_risk_select_are_inspected() -> None:
    movement = described(risky())
    movement.arrive()
    assert (movement.case.state, to_do(movement)) == ("arrived", ["Inspect the goods of MRN: selected by risk"])
    assert at_destination(movement).risk, "why they are selected is kept"


def test_an_incident_on_the_way_is_looked_into() -> None:
    movement = described()
    said = IncidentReport(
        mrn=movement.mrn, office="DE004055", departure="FR005350", code="1", text="Off the way.", un_locode="DEFRA"
    )
    movement.decided(said, "de.officer")
    movement.arrive()
    assert to_do(movement)[-1] == "Inspect the goods of MRN: 1 incidents on the way"


def test_what_a_carrier_tells_on_arrival_counts_as_well() -> None:
    movement, notice = described(), arrival()
    movement.arrive(replace(notice, transit_operation=replace(notice.transit_operation, incident_flag=True)))
    assert movement.case.state == "arrived"


def test_a_tir_operation_is_ended_on_its_carnet() -> None:
    declared = tir()
    holder = replace(declared.holder_of_the_transit_procedure, identification_number=TRADER, name=None, address=None)
    movement = Movement(replace(declared, message_sender=TRADER, holder_of_the_transit_procedure=holder))
    movement.arrive()
    assert "the operation is ended on the carnet" in to_do(movement)[-1]


@pytest.mark.parametrize(("changed", "why"), [
    ({"binding_itinerary": True}, "an itinerary was prescribed"), ({"enquiry": "E1"}, "departure looks for them"),
    ({"recovery": True}, "departure looks for them"), ({"incidents": 2}, "2 incidents on the way"),
])  # fmt: skip
def test_what_is_known_of_a_movement_needs_an_officer(changed: dict[str, Any], why: str) -> None:
    movement = described()
    case, record = at_destination(movement), record_of(movement)
    assert list(to_be_seen(case, record, risky=False)) == []
    assert list(to_be_seen(replace(case, **changed), record, risky=False)) == [why]


@pytest.mark.parametrize(("code", "needed"), [("R", True), ("X", True), ("Y", True), ("N", False), ("Z", False)])
def test_a_risk_that_departure_told_needs_an_officer(code: str, needed: bool) -> None:
    movement = described()
    told = replace(record_of(movement), risk_analysis_identification=RiskAnalysisIdentification(code=code))
    found = list(to_be_seen(at_destination(movement), told, risky=False))
    assert found == (["departure told a risk"] if needed else [])


def test_tobacco_is_seen_at_both_ends() -> None:
    movement = described(with_goods("240110", "Tobacco, not stripped"))
    movement.arrive()
    assert movement.case.state == "arrived"


def test_the_base_declaration_is_sealed() -> None:
    assert any(each.number_of_seals for each in normal().consignment.transport_equipment), "else the tests above differ"
