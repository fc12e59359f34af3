"""Dated cases of the statutory clock played at an office: the last minute counts, midnight is late, dates are local."""

from __future__ import annotations

import datetime as dt

import pytest

from douane.applications.transit.tests.base_declarations import prelodged
from douane.runtime.core.tick import Tick
from douane.runtime.core.work import Work
from douane.runtime.store.records import Timers
from douane.runtime.store.statutory import StatutoryClock
from douane.vocabulary.calendars import CalendarData, Holiday, built_in
from douane.vocabulary.errors import NoGround
from douane.vocabulary.identifiers import Mrn
from douane.vocabulary.limits import By, Extension, Length, LimitKind, MayExtend, Silence, Start, TimeLimit
from douane.vocabulary.statutory import NORMAL
from douane.vocabulary.time import DAY, HOUR, SECOND, Instant, instant
from tests.journeys.movements import Movement
from tests.journeys.office import Clock, Office

PARIS = built_in().of("FR")


def office_at(text: str) -> Office:
    return Office(clock=Clock(PARIS.read(text)))


def at(movement: Movement, text: str) -> None:
    """Set the machine's clock, and let nothing happen yet: what comes next comes at that time."""
    movement.office.clock.at = PARIS.read(text) - 1


def test_case_1b_presented_in_the_last_minute_of_the_last_day_it_is_accepted() -> None:
    movement = Movement(prelodged(), office=office_at("2026-11-26T10:00"))
    assert movement.case.deadline == PARIS.read("2026-12-29T00:00")
    at(movement, "2026-12-28T23:59")
    movement.present()
    assert "CC028C" in movement.told
    assert movement.case.accepted_on == dt.date(2026, 12, 28)


def test_case_1b_presented_as_the_next_day_begins_it_has_lapsed() -> None:
    """Though nobody had looked at the clock since: the limit ended before the message came."""
    movement = Movement(prelodged(), office=office_at("2026-11-26T10:00"))
    at(movement, "2026-12-29T00:00:00.000001")
    movement.present()
    assert movement.told[-2:] == ["CC056C", "CC056C"]
    assert movement.case.state == "lapsed"


def test_it_does_not_lapse_on_the_saturday() -> None:
    movement = Movement(prelodged(), office=office_at("2026-11-26T10:00"))
    at(movement, "2026-12-26T23:59")
    movement.office.wait(0)
    assert movement.case.state == "pre-lodged"
    movement.office.clock.at = PARIS.read("2026-12-29T00:00")
    movement.office.wait(0)
    assert movement.case.state == "lapsed"
    assert movement.case.over_on == dt.date(2026, 12, 29)


def test_case_37_accepted_after_midnight_in_paris_it_is_of_the_new_year() -> None:
    movement = Movement(office=Office(clock=Clock(instant(dt.datetime.fromisoformat("2026-12-31T23:30Z")))))
    assert movement.case.accepted_on == dt.date(2027, 1, 1)
    assert movement.mrn[:4] == "27FR"
    assert Mrn(movement.mrn)


def test_case_9_an_enquiry_begins_within_seven_days() -> None:
    movement = Movement(office=office_at("2026-12-21T09:00"))
    assert movement.case.limit_date == dt.date(2026, 12, 29)
    assert movement.case.deadline == PARIS.read("2027-01-06T00:00")
    at(movement, "2027-01-04T23:59")
    movement.office.wait(0)
    assert "CC140C" not in movement.told
    at(movement, "2027-01-05T00:00")  # with the last of the seven days: at its end it is too late
    movement.office.wait(2)
    asked = movement.office.sent(movement.sender)[-1].transit_operation
    assert asked.request_on_non_arrived_movement_date == dt.date(2027, 1, 5)
    assert asked.limit_for_response_date == dt.date(2027, 2, 2)


def limits_of(movement: Movement) -> dict[str, tuple[str, str]]:
    view = movement.office.view("FR")
    subject = view.resolve("mrn", movement.mrn)
    assert subject is not None
    kept = view.get(Timers, subject)
    return {each.limit: (each.place, str(PARIS.date(Instant(each.ends - 1)))) for each in kept.limits} if kept else {}


def test_a_case_keeps_what_its_limits_were_counted_from() -> None:
    movement = Movement(office=office_at("2026-12-21T09:00"))
    assert limits_of(movement) == {
        "TRA-JOURNEY": ("FR005350", "2026-12-29"), "TRA-ENQUIRY": ("FR005350", "2027-01-05"),
    }  # fmt: skip
    movement.arrive()
    assert limits_of(movement)["TRA-RESULTS"] == ("FR005350", "2026-12-28")


def test_set_ahead_dates_and_limits_move_and_the_machine_does_not() -> None:
    office = office_at("2026-11-26T10:00")
    movement = Movement(prelodged(), office=office)
    statutory = office.owner.ports.statutory
    statutory.pace = NORMAL.ahead(33 * DAY)
    office.owner.next_timer = 0
    office.wait(HOUR)
    assert movement.case.state == "lapsed"
    assert movement.case.over_on == dt.date(2026, 12, 29)
    assert movement.office.sent(movement.sender)[-1].preparation_date_and_time.date() == dt.date(2026, 11, 26)


@pytest.mark.parametrize("over", [False, True], ids=["goes on", "ends"])
def test_a_show_lets_limits_pass_and_afterwards_the_law_holds_again(over: bool) -> None:
    office = office_at("2026-11-26T10:00")
    office.owner.ports.statutory.pace = NORMAL.at(86_400, office.clock.at)
    movement = Movement(prelodged(), office=office)
    if over:
        office.owner.ports.statutory.pace = office.owner.ports.statutory.pace.at(1, office.clock.at)
        office.owner.next_timer = 0
    movement.office.wait(40 * SECOND)
    assert movement.case.state == ("pre-lodged" if over else "lapsed")
    if over:
        movement.office.wait(33 * DAY)
        assert movement.case.state == "lapsed"


def test_a_holiday_declared_meanwhile_puts_the_end_off_and_nobody_is_late() -> None:
    office = office_at("2026-11-26T10:00")
    movement = Movement(prelodged(), office=office)
    mourning = CalendarData("France", "decree", within="FR", offices=("FR005350",), holidays=(
        Holiday("2026-12-28", "Day of mourning"),
    ))  # fmt: skip
    office.owner.ports.statutory = StatutoryClock(calendars=built_in().with_({"FR-M": mourning}))
    at(movement, "2026-12-29T00:00")
    office.wait(1)
    assert movement.case.state == "pre-lodged"
    at(movement, "2026-12-29T23:00")
    movement.present()
    assert movement.case.accepted_on == dt.date(2026, 12, 29)


def test_put_off_once_it_ends_when_it_says() -> None:
    office = office_at("2026-11-26T10:00")
    movement = Movement(prelodged(), office=office)
    mourning = CalendarData("France", "decree", within="FR", offices=("FR005350",), holidays=(
        Holiday("2026-12-28", "Day of mourning"),
    ))  # fmt: skip
    office.owner.ports.statutory = StatutoryClock(calendars=built_in().with_({"FR-M": mourning}))
    at(movement, "2026-12-29T00:00")
    office.wait(1)
    at(movement, "2026-12-30T00:00")
    office.wait(1)
    assert movement.case.state == "lapsed"


def test_what_lengthened_a_limit_is_kept_until_it_is_counted_anew_without() -> None:
    owner, began = Movement(prelodged()).office.owner, built_in().of("DE").read("2026-03-02T09:00")
    work = Work(Tick(owner).overlay, owner.journal_row(owner.state.journal), 1)
    asked = Extension("DA art. 13(1)", Length(days=20), "information")
    limit = TimeLimit(
        id="TEST", article="UCC art. 22(3)", text="It is decided.", kind=LimitKind.ACT, length=Length(days=120),
        start=Start("acceptance"), place="authority", silence=Silence.REFUSED,
        extensions=(MayExtend("DA art. 13(1)", "information", By.LAW, Length(days=30)),),
    )  # fmt: skip
    end = work.limit(limit, "DE", event=began, extensions=(asked,))
    assert str(end.last_day) == "2026-07-20"
    limits, changed = work.counted_limits()
    assert [each.limit for each in limits if each.limit == "TEST"] == [each.limit for each in changed] == ["TEST"]
    assert changed[0].events(0).extensions == (asked,)
    with pytest.raises(NoGround, match=r"UCC art\. 55\(1\)"):
        work.limit(limit, "DE", extensions=(Extension("as a favour", Length(days=5), "asked nicely"),))
    work.limit(limit, "DE", event=began)
    assert work.counted_limits()[1] == ()
