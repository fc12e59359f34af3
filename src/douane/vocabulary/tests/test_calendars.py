"""Calendars: holidays of each country, their years, and local days by the pinned time-zone database."""

from __future__ import annotations

import datetime as dt

import pytest

from douane.vocabulary.calendars import (
    PLAIN,
    ZONES,
    Calendar,
    Calendars,
    Holiday,
    built_in,
    easter_sunday,
    orthodox_easter_sunday,
    read_calendars,
    zone_named,
)
from douane.vocabulary.errors import BadTime, UnknownCalendar

D = dt.date
MEMBER_STATES = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905


@pytest.mark.parametrize("code", MEMBER_STATES)
def test_every_member_state_has_a_calendar_with_its_holidays(code: str) -> None:
    calendar = built_in().of(code)
    assert not calendar.works(D(2026, 1, 1))
    assert not calendar.works(D(2026, 12, 25))
    assert len(calendar.named(2026)) > 7
    assert built_in().of(f"{code}000101") is calendar


@pytest.mark.parametrize(
    ("code", "days"),
    [
        ("FR", "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25"),
        ("DE", "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26"),
        ("AT", "01-01 01-06 04-06 05-01 05-14 05-25 06-04 08-15 10-26 11-01 12-08 12-25 12-26"),
        ("BE", "01-01 04-06 05-01 05-14 05-25 07-21 08-15 11-01 11-11 12-25"),
        ("IE", "01-01 02-02 03-17 04-06 05-04 06-01 08-03 10-26 12-25 12-26 12-28"),
    ],
)
def test_the_holidays_of_2026(code: str, days: str) -> None:
    assert sorted(day.strftime("%m-%d") for day in built_in().of(code).named(2026)) == days.split()


def test_easter() -> None:
    assert [easter_sunday(year) for year in (2024, 2026, 2027, 2038)] == [
        D(2024, 3, 31), D(2026, 4, 5), D(2027, 3, 28), D(2038, 4, 25),
    ]  # fmt: skip
    assert [orthodox_easter_sunday(year) for year in (2024, 2025, 2026)] == [
        D(2024, 5, 5), D(2025, 4, 20), D(2026, 4, 12),
    ]  # fmt: skip


def test_a_holiday_holds_in_its_years_only() -> None:
    denmark = built_in().of("DK")
    assert denmark.rest(D(2023, 5, 5)) == "Great Prayer Day"
    assert denmark.works(D(2024, 4, 26))


def test_a_holiday_on_a_sunday_is_kept_when_the_law_says() -> None:
    assert built_in().of("NL").rest(D(2025, 4, 26)) == "King's Day"
    assert built_in().of("BG").rest(D(2026, 5, 25)) == "Day of Bulgarian education and culture, observed"


def test_the_calendar_of_an_office_adds_to_that_of_its_country() -> None:
    alsace = read_calendars(
        b'{"FR-67": {"title": "Alsace", "source": "Code du travail art. L3134-13", "within": "FR",'
        b' "offices": ["FR006700"], "holidays": [{"day": "12-26", "name": "Saint Stephen"}]}}'
    )
    known = built_in().with_(alsace)
    saint_stephen = D(2025, 12, 26)
    assert known.of("FR006700").rest(saint_stephen) == "Saint Stephen"
    assert known.of("FR006700").rest(D(2026, 7, 14)) == "National Day"
    assert known.of("FR000101").works(saint_stephen)
    assert known.of("FR-67").zone == "Europe/Paris"
    assert built_in().of("FR006700").works(saint_stephen)


def test_an_unknown_place_is_refused_or_counted_by_weekends_alone() -> None:
    with pytest.raises(UnknownCalendar):
        built_in().of("ZZ")
    assert built_in().at("ZZ000001") is PLAIN
    assert PLAIN.works(D(2026, 12, 25))


@pytest.mark.parametrize(
    "wrong",
    [
        b"[]", b"{", b'{"FR": {"title": "x", "source": "y"}}',
        b'{"FR": {"title": "x", "source": "y", "zone": "Z", "extra": 1}}',
        b'{"FR": {"title": "x", "source": "y", "zone": "Europe/Paris", "holidays": [{"day": "someday", "name": "n"}]}}',
        b'{"FR": {"title": "x", "source": "y", "zone": "Europe/Paris", "holidays": [{"day": "13-40", "name": "n"}]}}',
    ],
)  # fmt: skip
def test_what_is_no_calendar_is_refused(wrong: bytes) -> None:
    with pytest.raises(BadTime):
        read_calendars(wrong)


def test_calendars_that_lie_in_each_other_are_refused() -> None:
    circle = read_calendars(
        b'{"A": {"title": "a", "source": "", "within": "B"}, "B": {"title": "b", "source": "", "within": "A"}}'
    )
    with pytest.raises(UnknownCalendar):
        Calendars(circle)


def test_zones_come_from_the_pinned_database() -> None:
    assert ZONES
    assert zone_named("Europe/Vienna").key == "Europe/Vienna"
    for wrong in ("../../etc/passwd", "Europe/Atlantis", "/etc/localtime", ""):
        with pytest.raises(BadTime):
            zone_named(wrong)


def test_local_days_follow_summer_time() -> None:
    paris = built_in().of("FR")
    short, long = D(2026, 3, 29), D(2026, 10, 25)
    for day, hours in ((short, 23), (long, 25), (D(2026, 6, 1), 24)):
        assert paris.begins(day + dt.timedelta(1)) - paris.begins(day) == hours * 3600 * 1_000_000


def test_a_day_of_no_month_is_no_holiday() -> None:
    with pytest.raises(BadTime):
        Calendar("X", "x", "UTC", [Holiday("30-02", "never")])
