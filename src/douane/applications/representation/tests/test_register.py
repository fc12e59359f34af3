"""What holds of a power on a day, by what was stated when."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from douane.applications.representation.contract import Representing
from douane.applications.representation.rules import Statement, held, withdrawn

MONDAY = dt.date(2026, 11, 16)
NOW = 1_795_000_000_000_000


def day(number: int) -> dt.date:
    """A day counted from a Monday."""
    return MONDAY + dt.timedelta(days=number)


def power(at: int, first: int, last: int | None = None) -> Statement:
    """A direct power stated at an instant."""
    return Statement(NOW + at, day(first), None if last is None else day(last), Representing.DIRECT)


def test_without_a_statement_nothing_holds() -> None:
    assert held((), MONDAY, NOW) is None


def test_a_power_holds_from_its_first_day_to_its_last() -> None:
    stated = (power(0, 0, 2),)
    assert [held(stated, day(n), NOW) is not None for n in (-1, 0, 2, 3)] == [False, True, True, False]


def test_what_was_not_stated_yet_was_not_known() -> None:
    stated = (power(10, -30),)
    assert held(stated, MONDAY, NOW + 9) is None
    assert held(stated, MONDAY, NOW + 10) is not None


def test_a_withdrawal_ends_what_was_stated_before_also_for_later_days() -> None:
    stated = withdrawn((power(0, 0), power(1, 20)), NOW + 2, day(5))
    assert [held(stated, day(n), NOW + 2) is not None for n in (4, 5, 25)] == [True, False, False]
    assert held(stated, day(25), NOW + 1) is not None


def test_a_withdrawal_from_before_the_first_day_leaves_nothing() -> None:
    stated = withdrawn((power(0, 0),), NOW + 1, day(-30))
    assert all(held(stated, day(n), NOW + 1) is None for n in (-30, 0, 400))


def test_a_withdrawal_that_was_withdrawn_already_adds_nothing() -> None:
    once = withdrawn((power(0, 0),), NOW + 1, day(1))
    assert withdrawn(once, NOW + 2, day(1)) == withdrawn(once, NOW + 2, day(9)) == once
    assert withdrawn(once, NOW + 2, day(0)) != once


DAYS = st.integers(-20, 20)
SAID = st.lists(st.one_of(st.tuples(DAYS, st.none() | st.integers(0, 20)), DAYS), max_size=8)
"""A power by its first day and length, or a withdrawal by its day."""


@given(said=SAID, first=DAYS, on=DAYS)
def test_after_a_withdrawal_nothing_holds_from_its_day_on(
    said: list[tuple[int, int | None] | int], first: int, on: int
) -> None:
    stated: tuple[Statement, ...] = ()
    for at, each in enumerate(said):
        if isinstance(each, int):
            stated = withdrawn(stated, NOW + at, day(each))
        else:
            stated = (*stated, power(at, each[0], None if each[1] is None else each[0] + each[1]))
    stated = withdrawn(stated, NOW + 100, day(min(first, on)))
    assert held(stated, day(on), NOW + 100) is None
