"""Goods that come after the limit that departure set are seen by an officer, who judges the reason (IA art. 306(3))."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.transit.messages import ArrivalRequest, DeskRefusal, Inspection, Lateness
from douane.applications.transit.records.arrival import Arrival
from douane.applications.transit.tests.base_declarations import TRADER
from douane.applications.transit.tests.base_messages import arrival, remarks, simplified_arrival
from douane.runtime.store.ports import DAY
from douane.standards.ncts.phase5 import (
    CC029C,
    CD001C,
    CD002C,
    CD003C,
    CD018C,
    CD050C,
    CustomsOfficeOfDestinationActual,
    TransitOperation43,
)
from tests.journeys.movements import Movement, described
from tests.journeys.office import Office
from tests.journeys.test_arrival_without_control import at_destination, to_do


def waited(days: int) -> Movement:
    """Goods without seals, whose limit for the journey is eight days, presented after so many."""
    movement = described()
    movement.office.wait(days * DAY)
    movement.arrive()
    return movement


def told(movement: Movement) -> Any:
    return movement.office.sent("at.officer")[-1]


def test_on_the_last_day_goods_are_in_time_and_need_nobody() -> None:
    movement = waited(8)
    case = at_destination(movement)
    assert movement.case.limit_date == case.limit_date
    assert (case.late_days, case.state, movement.case.late_days) == (0, "released", 0)


@pytest.mark.parametrize(("days", "late"), [(9, 1), (13, 5)])
def test_a_day_later_an_officer_is_told_how_late_they_are(days: int, late: int) -> None:
    movement = waited(days)
    assert to_do(movement) == [f"Inspect the goods of MRN: {late} days late"]
    assert (at_destination(movement).late_days, movement.case.late_days) == (late, late)
    assert at_destination(movement).state == "arrived"
    movement.inspect("A2")
    refused = told(movement)
    assert (type(refused), refused.code) == (DeskRefusal, "14")
    assert f"{late} days after the limit" in refused.reason
    assert "306(3)" in refused.reason
    movement.inspect("A2", lateness=Lateness.EXCUSED)
    assert (at_destination(movement).state, movement.case.state) == ("released", "discharged")
    assert movement.case.remarks.startswith("Presented late: the delay is not attributable")


def test_a_delay_that_is_not_excused_is_told_to_departure() -> None:
    movement = waited(9)
    movement.inspect("A2", lateness=Lateness.NOT_EXCUSED)
    assert movement.case.remarks.startswith("Presented late: it was not shown")


@pytest.mark.parametrize(("days", "state"), [(8, "released"), (9, "unloading")])
def test_goods_of_an_authorised_consignee_are_late_as_well(days: int, state: str) -> None:
    """He unloads under permission, whenever they come; whether the delay is excused his remarks do not say."""
    movement = Movement()
    movement.office.wait(days * DAY)
    consignee = movement.arrive(simplified_arrival())
    said = movement.about(remarks())
    trader = replace(said.trader_at_destination, identification_number=consignee)
    movement.office.give(replace(said, trader_at_destination=trader), consignee)
    assert at_destination(movement).state == state
    if state != "released":
        assert to_do(movement) == ["Inspect the goods of MRN: 1 days late"]
        movement.inspect("A2", lateness=Lateness.EXCUSED)
    assert (at_destination(movement).state, movement.case.state) == ("released", "discharged")


def records(movement: Movement) -> list[Any]:
    """What departure told of the release: to the holder, to destination, to offices of transit."""
    told = [*movement.office.sent(TRADER), *movement.office.sent("NTA.AT"), *movement.office.sent("NTA.CH")]
    return [m for m in told if isinstance(m, (CC029C, CD001C, CD003C, CD050C))]


def test_every_record_of_a_release_tells_the_limit() -> None:
    """The date of the control result is the limit for the journey (G0127), as on the official sample of an IE029."""
    movement = Movement(office=Office(frozenset({"FR", "DE"})))
    assert movement.case.limit_date == dt.date(2026, 11, 18) + dt.timedelta(days=8)
    movement.office.wait(DAY)
    movement.office.give(asked_by_another(movement), "NTA.AT", administration="FR")
    told = records(movement)
    assert [type(m).__name__ for m in told] == ["CC029C", "CD001C", "CD003C", "CD050C"]
    assert {m.control_result.date for m in told} == {movement.case.limit_date}


def asked_by_another(movement: Movement) -> CD002C:
    """IE002 from Salzburg."""
    return CD002C(
        message_sender="NTA.AT", message_recipient="NTA.FR", preparation_date_and_time=dt.datetime(2026, 11, 19),
        message_identification="AT1", message_type="CD002C", transit_operation=TransitOperation43(mrn=movement.mrn),
        customs_office_of_destination_actual=CustomsOfficeOfDestinationActual(reference_number="AT700100"),
    )  # fmt: skip


@pytest.mark.parametrize(("days", "late"), [(8, 0), (9, 1), (12, 4)])
@pytest.mark.parametrize("diverted", [False, True])
def test_the_limit_is_known_where_another_node_keeps_departure(days: int, late: int, *, diverted: bool) -> None:
    """The node of destination has nothing of departure but its record (IE001, or IE003 after a diversion)."""
    movement = Movement(office=Office(frozenset({"FR", "DE"})))
    away = Office(frozenset({"AT"}), clock=movement.office.clock)
    if diverted:
        away.give(
            ArrivalRequest(mrn=movement.mrn, office="AT700100", officer="at.officer"), "at.officer", administration="AT"
        )
        (asked,) = away.sent("NTA.FR")
        movement.office.give(asked, "NTA.AT", administration="FR")
    record = movement.office.sent("NTA.AT")[-1 if diverted else 0]
    away.give(record, "NTA.FR", administration="AT")
    away.wait(days * DAY)
    notice = movement.about(arrival())
    if diverted:
        place = CustomsOfficeOfDestinationActual(reference_number="AT700100")
        notice = replace(notice, customs_office_of_destination_actual=place)
    away.give(notice, notice.trader_at_destination.identification_number)
    case = kept(away, movement.mrn)
    assert (case.limit_date, case.late_days) == (movement.case.limit_date, late)
    said: dict[str, Any] = {"lateness": Lateness.EXCUSED} if late else {}
    away.give(Inspection(mrn=movement.mrn, code="A2", officer="at.officer"), "at.officer", administration="AT")
    if late:
        assert f"{late} days after the limit" in away.sent("at.officer")[-1].reason
        away.give(Inspection(mrn=movement.mrn, code="A2", **said), "at.officer", administration="AT")
    results = away.sent("NTA.FR")[-1]
    assert isinstance(results, CD018C)
    assert (results.control_result.text or "").startswith("Presented late") == bool(late)


def kept(office: Office, mrn: str) -> Arrival:
    """The case of an office of destination."""
    view = office.view("AT")
    subject = view.resolve("arrival", mrn)
    assert subject is not None
    found = view.get(Arrival, subject)
    assert found is not None
    return found
