"""Goods that leave the security area: at declared offices of exit, at others, and what these offices learn (row 31)."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from douane.applications.transit.messages import (
    DeskRefusal,
    IncidentReport,
    Leaving,
    LeavingRequest,
    MovementQuery,
    OfficeInvalidation,
    PassageRequest,
)
from douane.applications.transit.records.arrival import LeavingRecord, PassageRecord
from douane.applications.transit.tests.base_declarations import TRADER, leaving_security_area
from douane.runtime.store.records import HumanTask
from douane.standards.ncts.phase5 import (
    CD160C,
    CD168C,
    CD906C,
    CustomsOfficeOfExitForTransitActual02,
    TransitOperation46,
    check,
)
from tests.callers import trader
from tests.journeys.movements import Movement
from tests.journeys.office import BEHAVIOUR, Office

ALL = frozenset({"FR", "AT", "PL", "SI"})


def movement(*exits: str, kept: frozenset[str] = ALL) -> Movement:
    """A movement to Wien through Serbia, that leaves the security area at these offices."""
    return Movement(leaving_security_area(*exits or ("PL301040",)), Office(kept))


def at_exit(made: Movement, country: str = "PL") -> LeavingRecord:
    view = made.office.view(country)
    found = view.get(LeavingRecord, view.resolve("leaving", made.mrn) or 0)
    assert found is not None
    return found


def tasks(made: Movement, country: str = "PL", kind: str = "leaving") -> list[str]:
    view = made.office.view(country)
    found = view.all_of(HumanTask, view.resolve(kind, made.mrn) or 0)
    return [each.office for each in found if not each.done]


def leave(made: Movement, office: str = "PL301040", days: int = 0) -> None:
    day = dt.datetime.fromtimestamp(made.office.clock.at / 1e6, dt.UTC).date() + dt.timedelta(days=days)
    made.decided(Leaving(mrn=made.mrn, office=office, passed_on=day), f"{office[:2].lower()}.officer")


def refusals(made: Movement, officer: str = "pl.officer") -> list[str]:
    return [each.code for each in made.office.sent(officer) if isinstance(each, DeskRefusal)]


def test_row_31_goods_leave_the_security_area_at_the_declared_office() -> None:
    made = movement()
    assert (at_exit(made).state, tasks(made)) == ("expected", ["PL301040"])
    leave(made)
    assert (at_exit(made).state, tasks(made)) == ("passed", [])
    assert [office for office, _ in made.case.leavings] == ["PL301040"]


def test_row_31_what_is_told_to_an_office_of_exit_is_what_was_released() -> None:
    made = movement(kept=frozenset({"FR"}))
    (record,) = (each for each in made.office.sent("NTA.PL") if isinstance(each, CD160C))
    assert check(record) == ()
    assert record.consignment.gross_mass == made.declaration.consignment.gross_mass
    assert [each.reference_number for each in record.customs_office_of_exit_for_transit_declared] == ["PL301040"]
    (outside,) = made.office.sent("NTA.RS")
    assert outside.customs_office_of_exit_for_transit_declared == (), "not told outside the security area (C0812)"


def test_row_31_goods_leave_at_an_office_that_was_not_declared() -> None:
    made = movement()
    leave(made, "SI001034")
    assert refusals(made, "si.officer") == ["90"], "nobody there knows of it yet"
    made.decided(LeavingRequest(mrn=made.mrn, office="SI001034"), "si.officer")
    assert at_exit(made, "SI").state == "expected"
    leave(made, "SI001034")
    assert [office for office, _ in made.case.leavings] == ["SI001034"]
    made.arrive()
    assert at_exit(made).state == "arrived without passage"
    assert tasks(made) == []
    answer = BEHAVIOUR.queries["transit.find_movement"].answer
    view = answer(made.office.view("FR", trader(TRADER), made_by_holder()), MovementQuery(made.mrn))
    assert "PL301040" in view.not_crossed


def made_by_holder() -> tuple[str, ...]:
    return ("holder of the transit procedure",)


@pytest.mark.parametrize(("office", "days"), [("PL999999", 0), ("PL301040", 1), ("PL301040", -400)])
def test_an_exit_is_at_an_office_that_is_expected_between_release_and_today(office: str, days: int) -> None:
    made = movement()
    leave(made, office, days)
    assert refusals(made) == ["14"]
    assert made.case.leavings == ()


def test_goods_leave_at_each_office_once() -> None:
    made = movement("SI001034", "SI006044")
    leave(made, "SI001034")
    assert tasks(made, "SI") == ["SI006044"]
    leave(made, "SI001034")
    assert refusals(made, "si.officer") == ["92"]
    leave(made, "SI006044")
    assert (at_exit(made, "SI").state, len(made.case.leavings)) == ("passed", 2)


def test_offices_of_exit_learn_that_goods_do_not_come() -> None:
    made = movement()
    made.decided(OfficeInvalidation(mrn=made.mrn, justification="By mistake."))
    assert (at_exit(made).state, tasks(made)) == ("cancelled", [])
    leave(made)
    assert refusals(made) == ["92"]


def test_one_message_tells_offices_of_transit_and_of_exit_of_one_administration() -> None:
    made = movement("AT330200", "PL301040")  # destination and exit in one administration
    assert tasks(made, "AT") == ["AT330200"]
    made.decided(OfficeInvalidation(mrn=made.mrn, justification="By mistake."))
    assert (tasks(made, "AT"), at_exit(made, "AT").state) == ([], "cancelled")
    crossed = movement()
    crossed.decided(PassageRequest(mrn=crossed.mrn, office="PL301050"), "pl.officer")
    crossed.decided(OfficeInvalidation(mrn=crossed.mrn, justification="By mistake."))
    view = crossed.office.view("PL")
    passing = view.get(PassageRecord, view.resolve("passage", crossed.mrn) or 0)
    assert passing is not None
    assert (passing.state, at_exit(crossed).state) == ("cancelled", "cancelled")


def test_offices_of_exit_learn_of_incidents() -> None:
    made = movement()
    said = IncidentReport(
        mrn=made.mrn, office="SI001034", departure="FR005350", code="4", text="Danger.", un_locode="SILJU"
    )
    made.decided(said, "si.officer")
    assert at_exit(made).incidents == 1


def test_who_is_no_office_of_exit_of_a_movement_tells_nothing_of_it() -> None:
    made = movement()
    told = CD168C(
        message_sender="NTA.HR", message_recipient="NTA.FR",
        preparation_date_and_time=dt.datetime(2026, 11, 26, 9),
        message_identification="HR1", message_type="CD168C",
        transit_operation=TransitOperation46(mrn=made.mrn, passage_date=dt.date(2026, 11, 26)),
        customs_office_of_departure=made.declaration.customs_office_of_departure,
        customs_office_of_exit_for_transit_actual=CustomsOfficeOfExitForTransitActual02(reference_number="HR030236"),
    )  # fmt: skip
    made.office.give(told, "NTA.HR")
    refused = made.office.sent("NTA.HR")[-1]
    assert isinstance(refused, CD906C)
    assert [each.error_code for each in refused.functional_error] == ["90"]
    assert made.case.leavings == ()


def test_a_record_for_an_office_of_exit_is_given_on_the_way_alone() -> None:
    made = movement()
    made.decided(OfficeInvalidation(mrn=made.mrn, justification="By mistake."))
    made.decided(LeavingRequest(mrn=made.mrn, office="SI001034"), "si.officer")
    assert at_exit(made, "SI").state == "not known at departure"
    nobody = movement(kept=frozenset({"FR", "SI"}))
    invented = replace(LeavingRequest(mrn=nobody.mrn, office="SI001034"), mrn="26FR005350999999J5")
    nobody.decided(invented, "si.officer")
    view = nobody.office.view("SI")
    kept = view.get(LeavingRecord, view.resolve("leaving", invented.mrn) or 0)
    assert kept is not None
    assert (kept.state, kept.holder) == ("not known at departure", ""), "nothing else is told"
    nobody.decided(replace(invented, mrn="26FR005350999999J0"), "si.officer")
    assert refusals(nobody, "si.officer") == ["93"]
