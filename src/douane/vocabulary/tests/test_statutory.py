"""Statutory time beside the machine's: set ahead, faster, and back to normal."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from douane.vocabulary.errors import BadTime
from douane.vocabulary.statutory import FARTHEST, NORMAL, Pace
from douane.vocabulary.time import DAY, HOUR, SECOND

NOW = 1_795_000_000 * SECOND
TIMES = st.integers(NOW, NOW + 400 * DAY)
PACES = st.builds(Pace, st.integers(0, 400 * DAY), st.integers(0, 400 * DAY), st.just(NOW), st.integers(1, 1_000_000))


def test_in_operation_both_are_one() -> None:
    assert NORMAL.date(NOW) == NORMAL.count(NOW) == NOW
    assert NORMAL.due(NOW + DAY, NOW) == NORMAL.reached(NOW + DAY) == NOW + DAY


@settings(deadline=None)
@given(PACES, TIMES, st.integers(0, 400 * DAY))
def test_a_limit_is_reached_when_the_count_says_so(pace: Pace, now: int, left: int) -> None:
    due = pace.due(pace.date(now) + left, now)
    at = pace.reached(due)
    assert pace.count(max(at, now)) >= due
    if at > now:
        assert pace.count(at - 1) < due


def test_a_day_takes_a_second_and_a_kept_limit_the_rest_of_its_time_after_the_show() -> None:
    show = NORMAL.at(86_400, NOW)
    due = show.due(NOW + 28 * DAY, NOW)
    assert show.reached(due) == NOW + 28 * SECOND
    over = show.at(1, NOW + 8 * SECOND)
    assert over.reached(due) == NOW + 8 * SECOND + 20 * DAY
    assert over.date(NOW + 8 * SECOND) == NOW + 8 * SECOND, "a show moves no date"


def test_set_ahead_dates_and_limits_move_together() -> None:
    due = NORMAL.due(NOW + 28 * DAY, NOW)
    ahead = NORMAL.ahead(10 * DAY)
    assert ahead.date(NOW) == NOW + 10 * DAY
    assert ahead.reached(due) == NOW + 18 * DAY
    assert ahead.reached(ahead.due(ahead.date(NOW) + HOUR, NOW)) == NOW + HOUR


@pytest.mark.parametrize("by", [-1, FARTHEST + 1])
def test_it_goes_forward_and_not_for_ever(by: int) -> None:
    with pytest.raises(BadTime):
        NORMAL.ahead(by)
