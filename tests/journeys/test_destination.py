"""Arrival at the office of destination and passage at an office of transit, below the doors."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from douane.applications.transit.handlers.arrival_replies import clock_time, typed
from douane.applications.transit.messages import Inspection, Passage
from douane.applications.transit.records.arrival import Arrival, PassageRecord
from douane.applications.transit.tests.base_declarations import normal
from douane.applications.transit.tests.base_messages import arrival, remarks, simplified_arrival
from douane.runtime.store.records import HumanTask
from douane.standards.ncts.phase5 import CD001C, CD050C, check
from tests.journeys.office import Office
from tests.journeys.parties import consignment_named, named


def announced(office: Office, mrn: str, message: type[Any] = CD001C) -> Any:
    declared = normal()
    content = {
        "message_sender": "NTA.FR",
        "message_recipient": "NTA.AT" if message is CD001C else "NTA.DE",
        "preparation_date_and_time": clock_time(office.clock.now()),
        "message_identification": f"FR{office.clock.now()}",
        "message_type": message.__name__,
        "transit_operation": {
            "mrn": mrn, "declaration_type": "T1", "declaration_acceptance_date": dt.date(2026, 11, 20),
            "release_date": dt.date(2026, 11, 20), "security": "0", "reduced_dataset_indicator": False,
            "binding_itinerary": False, "limit_date": dt.date(2026, 11, 28),
        },
        "customs_office_of_departure": declared.customs_office_of_departure,
        "customs_office_of_destination_declared": declared.customs_office_of_destination_declared,
        "customs_office_of_transit_declared": declared.customs_office_of_transit_declared,
        "holder_of_the_transit_procedure": named(declared.holder_of_the_transit_procedure),
        "control_result": {"code": "A3", "date": dt.date(2026, 11, 20), "limit_date": dt.date(2026, 11, 28)},
        "consignment": consignment_named(declared.consignment),
    }  # fmt: skip
    return typed(message, content)


def expecting(arriving: Any) -> Office:
    office = Office(frozenset({"AT", "DE"}))
    office.give(announced(office, arriving.transit_operation.mrn), "NTA.FR")
    return office


def state(office: Office, mrn: str) -> Arrival:
    view = office.view("AT")
    subject = view.resolve("arrival", mrn)
    assert subject is not None
    found = view.get(Arrival, subject)
    assert found is not None
    return found


def valid(messages: list[Any]) -> None:
    for each in messages:
        assert check(each) == (), each


def test_goods_are_inspected_and_released_in_the_normal_procedure() -> None:
    m = arrival()
    office, trader, mrn = expecting(m), m.trader_at_destination.identification_number, m.transit_operation.mrn
    office.give(m, trader)
    assert office.names("NTA.FR") == ["CD006C"]
    assert office.names(trader) == []
    office.give(Inspection(mrn=mrn, officer="at.officer", code="A1"), "at.officer", administration="AT")
    assert office.names("NTA.FR") == ["CD006C", "CD018C"]
    assert office.names(trader) == ["CC025C"]
    assert state(office, mrn).state == "released"
    valid(office.sent("NTA.FR") + office.sent(trader))


def test_an_authorised_consignee_unloads_under_permission() -> None:
    m = simplified_arrival()
    office, trader, mrn = expecting(m), m.trader_at_destination.identification_number, m.transit_operation.mrn
    office.give(m, trader)
    assert office.names(trader) == ["CC043C"]
    mine = remarks()
    mine = msgspec.structs.replace(
        mine,
        transit_operation=msgspec.structs.replace(mine.transit_operation, mrn=mrn),
        trader_at_destination=msgspec.structs.replace(mine.trader_at_destination, identification_number=trader),
    )
    office.give(mine, trader)
    assert office.names(trader) == ["CC043C", "CC025C"], office.sent(trader)[-1]
    assert office.sent("NTA.FR")[-1].control_result.code == "A2"
    valid(office.sent(trader))


def test_an_unknown_movement_and_a_second_arrival_are_refused() -> None:
    m = arrival()
    trader = m.trader_at_destination.identification_number
    office = Office(frozenset({"AT"}))
    office.give(m, trader)
    assert [f.error_code for f in office.sent(trader)[0].functional_error] == ["90"]
    office = expecting(m)
    office.give(m, trader)
    office.give(msgspec.structs.replace(m, message_identification="SECOND1"), trader)
    assert [f.error_code for f in office.sent(trader)[-1].functional_error] == ["92"]
    valid(office.sent(trader))


def test_a_passage_is_recorded_and_told_to_the_office_of_departure() -> None:
    office = Office(frozenset({"DE"}))
    mrn = arrival().transit_operation.mrn
    office.give(announced(office, mrn, CD050C), "NTA.FR")
    view = office.view("DE")
    subject = view.resolve("passage", mrn)
    assert subject is not None
    assert [t.title for t in view.all_of(HumanTask, subject)] == [f"Record the passage of {mrn}"]
    office.give(
        Passage(mrn=mrn, office="DE004055", officer="de.officer", passed_on=dt.date(2026, 11, 21)),
        "de.officer",
        administration="DE",
    )
    assert office.names("NTA.FR") == ["CD118C"]
    found = office.view("DE").get(PassageRecord, subject)
    assert found is not None
    assert found.state == "passed"
    valid(office.sent("NTA.FR"))


def test_a_movement_announced_twice_is_answered_with_an_error_between_offices() -> None:
    m = arrival()
    office = expecting(m)
    office.give(announced(office, m.transit_operation.mrn), "NTA.FR")
    assert office.names("NTA.FR") == ["CD906C"]
    valid(office.sent("NTA.FR"))
