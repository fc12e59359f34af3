"""Goods at other offices than declared, several offices of one country, and what offices ahead learn (rows 4, 7-11)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.transit.messages import (
    ArrivalRequest,
    DeskRefusal,
    IncidentReport,
    Inspection,
    MovementQuery,
    OfficeInvalidation,
    Passage,
    PassageRequest,
)
from douane.applications.transit.records.arrival import AnticipatedArrival, Arrival, PassageRecord
from douane.applications.transit.tests.base_declarations import TRADER, normal
from douane.applications.transit.tests.base_messages import arrival
from douane.runtime.store.records import HumanTask
from douane.simulator.messages.numbers import Numbers
from douane.simulator.messages.offices import crossing
from douane.standards.ncts.phase5 import CC015C, CD050C, CD906C, CustomsOfficeOfTransitDeclared01, check
from tests.callers import trader
from tests.journeys.movements import Movement
from tests.journeys.office import BEHAVIOUR, Office

ALL = frozenset({"FR", "DE", "AT", "CH", "IT"})


def through(*transits: str) -> CC015C:
    """The declaration by other offices of transit."""
    offices = tuple(
        CustomsOfficeOfTransitDeclared01(sequence_number=n, reference_number=each) for n, each in enumerate(transits, 1)
    )
    return replace(normal(), customs_office_of_transit_declared=offices)


def movement(*transits: str) -> Movement:
    return Movement(through(*transits) if transits else normal(), Office(ALL))


def passing(made: Movement, country: str) -> PassageRecord:
    view = made.office.view(country)
    found = view.get(PassageRecord, view.resolve("passage", made.mrn) or 0)
    assert found is not None
    return found


def arriving(made: Movement, country: str) -> Arrival:
    view = made.office.view(country)
    found = view.get(Arrival, view.resolve("arrival", made.mrn) or 0)
    assert found is not None
    return found


def tasks(made: Movement, country: str, kind: str = "passage") -> list[str]:
    view = made.office.view(country)
    found = view.all_of(HumanTask, view.resolve(kind, made.mrn) or 0)
    return [each.office for each in found if not each.done]


def refusals(made: Movement, officer: str) -> list[str]:
    return [each.code for each in made.office.sent(officer) if isinstance(each, DeskRefusal)]


def today(made: Movement) -> dt.date:
    return dt.datetime.fromtimestamp(made.office.clock.at / 1e6, dt.UTC).date()


def invalidate(made: Movement) -> None:
    made.decided(OfficeInvalidation(mrn=made.mrn, justification="By mistake."))


def test_row_04_all_who_expect_goods_are_told_that_they_do_not_come() -> None:
    made = movement("CH001251", "DE004055")
    made.pass_frontier("CH001251")
    assert (tasks(made, "CH"), tasks(made, "DE")) == ([], ["DE004055"])
    invalidate(made)
    assert arriving(made, "AT").state == "cancelled"
    assert passing(made, "DE").state == "cancelled"
    assert passing(made, "CH").state == "passed", "it saw them, and waits for nothing"
    assert tasks(made, "DE") == []
    made.pass_frontier()
    assert refusals(made, "de.officer") == ["92"]


def test_row_04_one_message_is_for_all_offices_of_an_administration() -> None:
    made = Movement(through("CH001251", "CH003301", "AT330100"), Office(frozenset({"FR"})))
    invalidate(made)
    told = {party: made.office.names(party)[-1] for party in ("NTA.AT", "NTA.CH")}
    assert told == {"NTA.AT": "CD010C", "NTA.CH": "CD010C"}
    assert made.office.names("NTA.CH").count("CD010C") == 1
    assert all(check(each) == () for each in made.office.sent("NTA.CH"))
    near = movement("CH001251", "AT330100")
    assert tasks(near, "AT") == ["AT330100"]
    invalidate(near)
    assert (tasks(near, "AT"), passing(near, "AT").state, arriving(near, "AT").state) == ([], "cancelled", "cancelled")


def ask_arrival(made: Movement, office: str = "IT015100") -> None:
    made.decided(ArrivalRequest(mrn=made.mrn, office=office), f"{office[:2].lower()}.officer")


def at(made: Movement, office: str, notice: Any = None) -> Any:
    """The trader's notification at another office."""
    found = notice or arrival()
    place = replace(found.customs_office_of_destination_actual, reference_number=office)
    return replace(made.about(found), customs_office_of_destination_actual=place, message_recipient=f"NTA.{office[:2]}")


def test_row_07_goods_arrive_in_another_member_state() -> None:
    made = movement()
    consignee = arrival().trader_at_destination.identification_number
    made.office.give(at(made, "IT015100"), consignee)
    assert made.office.names(consignee) == ["CC057C"], "nobody there knows of it yet"
    ask_arrival(made)
    assert arriving(made, "IT").state == "expected"
    made.office.give(replace(at(made, "IT015100"), message_identification="AGAIN"), consignee)
    assert (made.case.state, made.case.arrived_at) == ("arrived", "IT015100")
    assert arriving(made, "AT").state == "arrived elsewhere"
    made.decided(Inspection(mrn=made.mrn, code="A1"), "it.officer")
    assert made.case.state == "discharged"
    assert made.office.names(consignee) == ["CC057C", "CC025C"]


def test_row_07_the_record_tells_the_other_office_what_was_declared() -> None:
    made = movement()
    ask_arrival(made)
    view = made.office.view("IT")
    kept = view.get(AnticipatedArrival, view.resolve("arrival", made.mrn) or 0)
    assert kept is not None
    assert kept.message is not None
    assert kept.message.consignment.gross_mass == normal().consignment.gross_mass


@pytest.mark.parametrize("office", ["IT015100", "AT100000"])
def test_row_07_a_record_is_asked_for_once_and_where_it_is_not_known(office: str) -> None:
    made = movement()
    ask_arrival(made, office)
    ask_arrival(made, office)
    assert refusals(made, f"{office[:2].lower()}.officer") == (["92"] if office == "IT015100" else ["92", "92"])


def test_row_07_what_is_over_or_was_never_released_is_not_known() -> None:
    made = movement()
    invalidate(made)
    ask_arrival(made)
    assert (arriving(made, "IT").state, arriving(made, "IT").reason) == ("not known at departure", "1")
    stranger = "26FR99999900001AJ9"
    made.office.give(ArrivalRequest(mrn=stranger, office="IT015100"), "it.officer", administration="IT")
    view = made.office.view("IT")
    found = view.get(Arrival, view.resolve("arrival", stranger) or 0)
    assert found is not None
    assert (found.state, found.holder) == ("not known at departure", "")
    slip = f"{stranger[:-1]}{(int(stranger[-1]) + 1) % 10}"
    made.office.give(ArrivalRequest(mrn=slip, office="IT015100"), "it.officer", administration="IT")
    assert refusals(made, "it.officer") == ["93"], "no office is asked about a slip of the pen (R0028)"


def test_row_07_a_stranger_who_learned_the_number_presents_nothing() -> None:
    made = movement()
    ask_arrival(made)
    notice = at(made, "IT015100")
    other = replace(notice.trader_at_destination, identification_number="ITEOS1000067890")
    made.office.give(replace(notice, trader_at_destination=other), "ITEOS1000067890")
    assert made.office.names("ITEOS1000067890") == ["CC057C"]
    assert made.case.state == "released"


def test_row_08_goods_cross_at_an_office_of_a_country_that_was_not_declared() -> None:
    made = movement("CH001251", "DE004055")
    made.decided(PassageRequest(mrn=made.mrn, office="IT015100"), "it.officer")
    assert passing(made, "IT").office_of_departure == "FR005350"
    assert tasks(made, "IT") == ["IT015100"]
    made.pass_frontier("IT015100")
    assert [office for office, _ in made.case.passages] == ["IT015100"]
    assert made.case.also_at == ("IT015100",)
    unseen = movement()
    unseen.decided(PassageRequest(mrn=unseen.mrn, office="IT015100"), "it.officer")
    invalidate(unseen)
    assert passing(unseen, "IT").state == "cancelled", "who asked is told, too"


def test_row_08_an_office_of_a_declared_country_asks_like_any_other() -> None:
    made = movement("CH001251", "DE004055")
    made.pass_frontier("DE005881")
    assert refusals(made, "de.officer") == ["14"]
    made.decided(PassageRequest(mrn=made.mrn, office="DE005881"), "de.officer")
    assert passing(made, "DE").offices == ("DE004055", "DE005881")
    made.pass_frontier("DE005881")
    assert [office for office, _ in made.case.passages] == ["DE005881"]
    assert tasks(made, "DE") == ["DE004055"]
    made.decided(PassageRequest(mrn=made.mrn, office="DE004055"), "de.officer")
    assert refusals(made, "de.officer") == ["14", "92"]


def test_row_08_a_movement_that_departure_does_not_know_does_not_cross() -> None:
    made = movement()
    invalidate(made)
    made.decided(PassageRequest(mrn=made.mrn, office="IT015100"), "it.officer")
    assert passing(made, "IT").state == "not known at departure"
    assert tasks(made, "IT") == []
    made.pass_frontier("IT015100")
    assert made.case.passages == ()


def test_row_08_nobody_asks_for_an_office_of_another_administration() -> None:
    made = Movement(normal(), Office(frozenset({"FR"})))
    away = Office(frozenset({"IT"}), clock=made.office.clock)
    away.give(PassageRequest(mrn=made.mrn, office="IT015100"), "it.officer", administration="IT")
    asked = away.sent("NTA.FR")[-1]
    made.office.give(asked, "NTA.ES", administration="FR")
    told = made.office.sent("NTA.ES")[-1]
    assert (told.transit_operation.request_rejection_reason_code, told.consignment) == ("1", None)
    made.office.give(asked, "NTA.IT", administration="FR")
    answer = made.office.sent("NTA.IT")[-1]
    assert (type(answer).__name__, check(answer)) == ("CD115C", ())
    away.give(answer, "NTA.ES", administration="IT")
    view = away.view("IT")
    found = view.get(PassageRecord, view.resolve("passage", made.mrn) or 0)
    assert found is not None
    assert found.state == "record requested", "an answer of somebody else is none"


def test_row_09_each_office_of_transit_of_one_country_records_its_passage() -> None:
    made = movement("CH001251", "CH003301", "DE004055")
    made.pass_frontier("CH003301")
    assert tasks(made, "CH") == ["CH001251"]
    made.pass_frontier("CH001251")
    assert [office for office, _ in made.case.passages] == ["CH003301", "CH001251"]
    assert tasks(made, "CH") == []
    made.pass_frontier("CH001251")
    assert refusals(made, "ch.officer") == ["92"]


@pytest.mark.parametrize(
    ("office", "days"), [("DE009999", 0), ("DE004055", -2600), ("DE004055", -1), ("DE004055", 1)],
    ids=["not declared", "2019", "before the release", "tomorrow"],
)  # fmt: skip
def test_row_10_a_passage_is_at_an_expected_office_on_a_possible_day(office: str, days: int) -> None:
    made = movement("CH001251", "DE004055")
    day = today(made) + dt.timedelta(days)
    made.decided(Passage(mrn=made.mrn, office=office, passed_on=day), "de.officer")
    assert refusals(made, "de.officer") == ["14"]
    assert (made.case.passages, tasks(made, "DE")) == ((), ["DE004055"])


def test_row_11_who_never_saw_the_goods_is_told_of_their_arrival() -> None:
    made = movement("CH001251", "DE004055")
    made.pass_frontier()
    made.arrive()
    assert tasks(made, "CH") == []
    assert passing(made, "CH").state == "arrived without passage"
    assert passing(made, "DE").state == "passed"
    view = made.office.view("FR")
    view.caller = trader(TRADER)
    shown = BEHAVIOUR.queries["transit.find_movement"].answer(view, MovementQuery(mrn=made.mrn))
    assert shown.not_crossed == ("CH001251",)


@pytest.mark.parametrize(("days", "kept"), [(0, True), (1, False)], ids=["before the end", "after the end"])
def test_a_passage_told_late_is_kept_where_it_was_before_the_end(days: int, *, kept: bool) -> None:
    """Germany reports by a slow way: arrival, results and write-off are known before its passage."""
    made = Movement(normal(), Office(frozenset({"FR", "AT"})))
    announced = next(each for each in made.office.sent("NTA.DE") if isinstance(each, CD050C))
    made.arrive()
    made.inspect()
    assert (made.case.state, made.case.passages) == ("discharged", ())
    told = crossing(Numbers(made.office.clock.now, bytes), announced, "DE004055")
    day = today(made) + dt.timedelta(days)
    late = replace(told, transit_operation=replace(told.transit_operation, passage_date=day))
    made.office.give(late, "NTA.DE", administration="FR")
    refused = [type(each).__name__ for each in made.office.sent("NTA.DE") if isinstance(each, CD906C)]
    assert (made.case.passages, refused) == (((("DE004055", day),), []) if kept else ((), ["CD906C"]))


def incident(made: Movement, office: str = "IT015100", **said: Any) -> None:
    """The carrier told an office on the way what happened."""
    told = {"code": "3", "text": "The lorry broke down; the goods go on by another.", "un_locode": "ITMIL",
            "means_type": "30", "means": "MI123AB", "means_nationality": "IT", "departure": "FR005350"}  # fmt: skip
    made.decided(IncidentReport(mrn=made.mrn, office=office, **{**told, **said}), f"{office[:2].lower()}.officer")


@pytest.mark.parametrize(("code", "seals", "counted"), [("2", (), "refused"), ("2", ("IT-1",), 1), ("4", (), None)])
def test_seals_are_counted_after_an_incident_as_they_are(code: str, seals: tuple[str, ...], counted: object) -> None:
    made = movement("CH001251", "DE004055")
    incident(made, code=code, seals=seals, means="", means_type="", means_nationality="")
    refusals = [each for each in made.office.sent("it.officer") if type(each).__name__ == "DeskRefusal"]
    assert [each.code for each in refusals] == (["13"] if counted == "refused" else [])
    if not refusals:
        (what,) = made.office.sent(TRADER)[-1].consignment.incident
        assert [each.number_of_seals for each in what.transport_equipment] == [counted]


def test_row_12_an_incident_is_told_to_holder_and_offices_ahead() -> None:
    made = movement("CH001251", "DE004055")
    made.pass_frontier("CH001251")
    incident(made)
    told = made.office.sent(TRADER)[-1]
    assert (type(told).__name__, check(told)) == ("CC182C", ())
    (what,) = told.consignment.incident
    assert (what.code, what.location.un_locode, what.transhipment.transport_means.identification_number) == (
        "3", "ITMIL", "MI123AB",
    )  # fmt: skip
    assert (arriving(made, "AT").incidents, passing(made, "DE").incidents) == (1, 1)
    assert passing(made, "CH").incidents == 0, "the goods have passed there (G0171)"
    incident(made, "CH003301", code="2", text="Seals broken, sealed anew.", seals=("CH-DOUANE-1",), means="")
    assert arriving(made, "AT").incidents == 2
    made.arrive()
    view = made.office.view("AT")
    (task,) = view.all_of(HumanTask, view.resolve("arrival", made.mrn) or 0)
    assert "2 incidents" in task.title


def test_row_12_a_record_that_is_asked_for_tells_what_happened() -> None:
    made = Movement(normal(), Office(frozenset({"FR", "CH"})))
    incident(made, "CH003301")
    away = Office(frozenset({"IT"}), clock=made.office.clock)
    away.give(ArrivalRequest(mrn=made.mrn, office="IT015100"), "it.officer", administration="IT")
    made.office.give(away.sent("NTA.FR")[-1], "NTA.IT", administration="FR")
    answer = made.office.sent("NTA.IT")[-1]
    assert (type(answer).__name__, check(answer)) == ("CD003C", ())
    assert [each.code for each in answer.consignment.incident] == ["3"]


def test_row_12_an_incident_of_a_movement_that_is_over_changes_nothing() -> None:
    made = movement()
    invalidate(made)
    told = made.told
    incident(made)
    assert made.told == told
    assert made.case.incidents == ()


def test_row_12_an_office_speaks_for_its_own_administration_only() -> None:
    made = movement()
    said = IncidentReport(mrn=made.mrn, office="IT015100", departure="FR005350", code="1", text="X", un_locode="ITMIL")
    made.decided(said, "de.officer")
    assert refusals(made, "de.officer") == ["14"]
    assert made.case.incidents == ()


def test_row_12_an_arrival_with_an_incident_is_not_forgotten() -> None:
    made = movement()
    notice = arrival()
    made.arrive(replace(notice, transit_operation=replace(notice.transit_operation, incident_flag=True)))
    assert arriving(made, "AT").incidents == 1
