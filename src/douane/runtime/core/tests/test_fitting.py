"""How many messages fit into a tick."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from douane.model.caller import INNER
from douane.runtime.core.tests.test_arriving import coming
from douane.runtime.turns.arriving import Arriving
from douane.runtime.turns.fitting import BACKLOG, BURST, LEAST, Fitting

BUDGET = 20_000


def after(*ticks: tuple[int, int, int]) -> Fitting:
    """What is known after ticks that accepted, handled and took so much."""
    fitting = Fitting()
    for tick in ticks:
        fitting.took(*tick)
    return fitting


def test_a_tick_is_filled_with_what_ends_in_it() -> None:
    fitting = after((10, 40, 16_000))  # 400 us a message, four of them a unit
    assert fitting.most(64, 0, BUDGET) == 12
    assert fitting.most(64, 20, BUDGET) == 7
    assert fitting.most(64, 50, BUDGET) == LEAST


def test_what_became_dearer_is_learned_within_some_ticks() -> None:
    fitting = after((10, 40, 16_000), *[(10, 40, 32_000)] * 30)
    assert fitting.most(64, 0, BUDGET) == 6


@pytest.mark.parametrize(
    ("fitting", "waiting", "pending"),
    [
        (after(), 64, 0),
        (after((10, 40, 0)), 64, 0),  # time stands still
        (after((10, 0, 5_000)), 64, 0),  # nothing is handled
        (after((10, 40, 16_000)), 64, BACKLOG + 1),
        (after((10, 40, 16_000)), BURST + 1, 0),
    ],
    ids=["unknown", "simulated", "held", "backlog", "burst"],
)
def test_nothing_is_bounded_where_nothing_would_be_gained(fitting: Fitting, waiting: int, pending: int) -> None:
    assert fitting.most(waiting, pending, BUDGET) is None


@given(
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 900), st.integers(0, 900_000))),
    st.integers(0, 4_000), st.integers(0, 20_000),
)  # fmt: skip
def test_some_may_always_be_accepted(ticks: list[tuple[int, int, int]], waiting: int, pending: int) -> None:
    most = after(*ticks).most(waiting, pending, BUDGET)
    assert most is None or most >= LEAST


def test_parties_take_turns_within_it_and_other_partitions_are_not_bounded() -> None:
    loop = asyncio.new_event_loop()
    arriving = Arriving(0)
    for party in ("A", "A", "A", "B", "C", INNER, INNER, INNER):
        arriving.add(coming(loop, party), 1)
    assert [each.party for each in arriving.take(1, 2)] == [INNER, INNER, INNER, "A", "B"]
    assert [each.party for each in arriving.take(1, 2)] == ["C", "A"]
    assert [each.party for each in arriving.take(1)] == ["A"]
    loop.close()


def test_messages_of_which_nothing_follows_bound_nothing_however_many_they_were() -> None:
    """Refused ones are never handled: what follows from one goes to nothing, and no division by it fails."""
    fitting = Fitting()
    fitting.took(4, 16, 20_000)
    for _ in range(20_000):
        fitting.took(1, 0, 300)
        assert fitting.most(1, 0, BUDGET) is None
    assert fitting.most(BURST, BACKLOG, BUDGET) == LEAST, "what waits takes all of the tick"
