"""Arrival at the office of destination and passage at an office of transit, below the doors."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import msgspec
import pytest

from douane.applications.authorisations.messages import AuthorisationStated, State
from douane.applications.transit.handlers.arrival_replies import clock_time, typed
from douane.applications.transit.messages import GoodsDisposal, Inspection, Passage
from douane.applications.transit.records.arrival import Arrival, PassageRecord
from douane.applications.transit.tests.base_declarations import CONSIGNEE, normal
from douane.applications.transit.tests.base_messages import arrival, remarks, simplified_arrival
from douane.runtime.store.records import HumanTask, Parties
from douane.standards.ncts.phase5 import CD001C, CD050C, Carrier01, check
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
            "release_date": dt.date(2026, 11, 18), "security": "0", "reduced_dataset_indicator": False,
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


def test_row_23_goods_of_a_bad_control_are_not_released() -> None:
    """CL164: 4, no release. Afterwards an officer decides what becomes of them (UCC art. 198, IA art. 247)."""
    ways: tuple[tuple[Literal["regularised", "destroyed"], list[str], str], ...] = (
        ("regularised", ["4", "1"], "released"), ("destroyed", ["4"], "destroyed"),
    )  # fmt: skip
    for measure, told, state_after in ways:
        m = arrival()
        office, trader, mrn = expecting(m), m.trader_at_destination.identification_number, m.transit_operation.mrn
        office.give(m, trader)
        disposal = GoodsDisposal(mrn=mrn, measure=measure)
        office.give(disposal, "at.officer", administration="AT")
        early = office.sent("at.officer")[-1]
        assert (early.code, "state: arrived" in early.reason) == ("92", True)
        office.give(Inspection(mrn=mrn, code="B1", remarks="Empty."), "at.officer", administration="AT")
        assert state(office, mrn).state == "not released"
        office.give(disposal, "de.officer", administration="DE")
        assert state(office, mrn).state == "not released"
        office.give(disposal, "at.officer", administration="AT")
        assert state(office, mrn).state == state_after
        assert [each.transit_operation.release_indicator for each in office.sent(trader)] == told
        office.give(disposal, "at.officer", administration="AT")
        assert office.sent("at.officer")[-1].code == "92"
        valid(office.sent(trader))


@pytest.mark.parametrize(("code", "told"), [("Z9", "CL197"), ("A3", "CL197")])
def test_row_24_a_result_that_no_list_has_is_refused_with_the_number_of_the_list(code: str, told: str) -> None:
    m = arrival()
    office, trader, mrn = expecting(m), m.trader_at_destination.identification_number, m.transit_operation.mrn
    office.give(m, trader)
    office.give(Inspection(mrn=mrn, code=code), "at.officer", administration="AT")
    refused = office.sent("at.officer")[-1]
    assert refused.code == "12"
    assert told in refused.reason
    assert office.names("NTA.FR") == ["CD006C"]
    assert office.names(trader) == []


def test_of_two_officers_who_record_results_at_once_one_does_and_the_other_is_told() -> None:
    m = arrival()
    office, trader, mrn = expecting(m), m.trader_at_destination.identification_number, m.transit_operation.mrn
    office.give(m, trader)
    first, second = (Inspection(mrn=mrn, code=code, remarks=code) for code in ("A1", "B1"))
    office.together((first, "at.first.officer"), (second, "at.second.officer"), administration="AT")
    assert [each.transit_operation.release_indicator for each in office.sent(trader)] == ["1"]
    assert office.names("at.first.officer") == []
    (told,) = office.sent("at.second.officer")
    reason = "This is not possible now (state: released; UCC art. 188). Nothing waits here for an officer now."
    assert (told.code, told.reason) == ("92", reason)


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
        Passage(mrn=mrn, office="DE004055", officer="de.officer", passed_on=dt.date(2026, 11, 18)),
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


STRANGER, REFERENCE = "ATEOS1000067890", "ATACE2024000777"


def stranger_arrives(office: Office, message: Any = None, **changes: Any) -> list[str]:
    """A trader whom nobody named notifies the arrival; what he is told, faults by code."""
    m = message or arrival()
    named = msgspec.structs.replace(m.trader_at_destination, identification_number=STRANGER)
    if m.authorisation:
        place = msgspec.structs.replace(m.consignment.location_of_goods, authorisation_number=REFERENCE)
        changes["authorisation"] = (msgspec.structs.replace(m.authorisation[0], reference_number=REFERENCE),)
        changes["consignment"] = msgspec.structs.replace(m.consignment, location_of_goods=place)
    office.give(msgspec.structs.replace(m, trader_at_destination=named, **changes), STRANGER)
    last = office.sent(STRANGER)[-1]
    return [each.error_code for each in last.functional_error] if type(last).__name__ == "CC057C" else ["told"]


def authorised(office: Office, **changes: Any) -> None:
    """Austria states an authorisation of the stranger as authorised consignee."""
    stated: dict[str, Any] = {
        "reference": REFERENCE, "number": 1, "holder": STRANGER, "effect_from": dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
    }  # fmt: skip
    act = AuthorisationStated(**{**stated, **changes})
    office.give(act, f"NTA.{act.reference[:2]}")


@pytest.mark.parametrize("message", [arrival(), simplified_arrival()], ids=["at the office", "at his own place"])
def test_whom_nobody_named_is_told_that_no_movement_is_known(message: Any) -> None:
    office = expecting(message)
    assert stranger_arrives(office, message) == ["90"]
    assert office.names("NTA.FR") == []
    office.give(message, CONSIGNEE)
    assert office.names("NTA.FR") == ["CD006C"]


def test_an_authorised_consignee_whom_the_register_knows_receives_goods() -> None:
    office = expecting(simplified_arrival())
    authorised(office)
    stranger_arrives(office, simplified_arrival())
    assert office.names(STRANGER) == ["CC043C"]
    assert [m.role for m in parties(office).members if m.party.identifier == STRANGER] == ["trader at destination"]


@pytest.mark.parametrize(
    "changes",
    [
        {"holder": "ATEOS1000099999"},
        {"reference": "ATACR2024000123"},
        {"reference": "ATACE2024000999"},
        {"state": State.REVOKED},
        {"effect_from": dt.datetime(2030, 1, 1, tzinfo=dt.UTC)},
        {"effect_to": dt.datetime(2025, 1, 1, tzinfo=dt.UTC)},
    ],
    ids=["of another", "of another type", "another", "revoked", "not yet", "no more"],
)
def test_another_authorisation_lets_nobody_in(changes: dict[str, Any]) -> None:
    office = expecting(simplified_arrival())
    authorised(office, **changes)
    assert stranger_arrives(office, simplified_arrival()) == ["90"]


def test_the_carrier_notifies_an_arrival_and_is_not_told_what_the_goods_are() -> None:
    carrier = "FR55512345600027"
    for message, wanted in ((simplified_arrival(), ["CC057C"]), (arrival(), [])):
        office = Office(frozenset({"AT", "DE"}))
        record = announced(office, message.transit_operation.mrn)
        goods = msgspec.structs.replace(record.consignment, carrier=Carrier01(identification_number=carrier))
        office.give(msgspec.structs.replace(record, consignment=goods), "NTA.FR")
        named = msgspec.structs.replace(message.trader_at_destination, identification_number=carrier)
        office.give(msgspec.structs.replace(message, trader_at_destination=named), carrier)
        assert office.names(carrier) == wanted
        assert office.names("NTA.FR") == ([] if wanted else ["CD006C"])


def test_nobody_notifies_in_the_name_of_another() -> None:
    office = expecting(arrival())
    with pytest.raises(AssertionError, match="not its sender's to send"):
        office.give(arrival(), STRANGER)


def parties(office: Office) -> Parties:
    """Who has a part in the movement at destination."""
    view = office.view("AT")
    found = view.get(Parties, view.resolve("arrival", arrival().transit_operation.mrn) or 0)
    assert found is not None
    return found
