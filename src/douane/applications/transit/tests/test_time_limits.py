from __future__ import annotations

import datetime as dt

from douane.applications.transit.rules import time_limits
from douane.applications.transit.rules.time_limits import ENQUIRY, JOURNEY, PRESENTATION, date_accepted
from douane.author import Events, TimeLimit, built_in, end_of

FR = built_in().of("FR")
RELEASE = dt.date(2026, 12, 21)


def test_an_enquiry_begins_seven_days_after_the_limit() -> None:
    """Case 9: the limit date is 29 December 2026; at the latest on 5 January somebody asks."""
    journey = end_of(JOURNEY, Events(FR.begins(RELEASE)), FR)
    assert journey.last_day == dt.date(2026, 12, 29)
    asked = end_of(ENQUIRY, Events(FR.begins(journey.last_day)), FR)
    assert asked.last_day == dt.date(2027, 1, 5)


def test_a_limit_date_is_not_moved_to_a_working_day() -> None:
    assert end_of(JOURNEY, Events(FR.begins(dt.date(2026, 12, 18))), FR).last_day == dt.date(2026, 12, 26)


def test_a_declared_limit_counts_unless_it_is_past() -> None:
    assert date_accepted(dt.date(2026, 12, 23), RELEASE) == dt.date(2026, 12, 23)
    assert date_accepted(RELEASE, RELEASE) == RELEASE
    assert date_accepted(dt.date(2026, 12, 20), RELEASE) is None
    assert date_accepted(None, RELEASE) is None


def test_a_declaration_lodged_before_the_goods_lapses_on_a_working_day() -> None:
    assert end_of(PRESENTATION, Events(FR.read("2026-11-26T10:00")), FR).last_day == dt.date(2026, 12, 28)


def test_every_limit_says_who_sets_it() -> None:
    declared = [each for each in vars(time_limits).values() if isinstance(each, TimeLimit)]
    assert len({each.id for each in declared}) == len(declared) > 8
    assert all("art." in each.article and each.text.endswith(".") for each in declared)
