from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from douane.model.caller import INNER
from douane.runtime.core.tests.test_arriving import coming
from douane.runtime.store.ports import SECOND
from douane.runtime.turns.arriving import ABOUT, Coming
from douane.runtime.turns.lingering import LINGER, Lingering

HERE, THERE, SINCE = 3, 4, ABOUT / SECOND
PARTIES = ("A", "B", INNER)


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = asyncio.new_event_loop()
    yield made
    made.close()


class Told:
    """A node's ticks, told as they begin."""

    def __init__(self, loop: asyncio.AbstractEventLoop, least: float = LINGER) -> None:
        self.lingering = Lingering(least)
        self.waiting: dict[str, Coming] = {party: coming(loop, party) for party in PARTIES}

    def tick(self, at: float, *parties: str, partition: int = HERE) -> None:
        self.lingering.begins(partition, [self.waiting[party] for party in parties], at)

    def wait(self, at: float, partition: int = HERE) -> float:
        return self.lingering.wait(partition, at)


def test_who_is_alone_never_waits_however_fast_he_sends(loop: asyncio.AbstractEventLoop) -> None:
    told = Told(loop)
    for n in range(100):
        told.tick(10 + n * LINGER / 4, "A")
        told.tick(10 + n * LINGER / 4 + LINGER / 10, INNER, INNER)  # what his message leads to
        assert told.wait(10 + n * LINGER / 4 + LINGER / 8) == 0


@pytest.mark.parametrize("together", [("A", "A"), ("A", "B")], ids=["two of one party", "one of each"])
def test_of_several_at_once_the_next_tick_waits_for_the_rest_of_the_time(
    loop: asyncio.AbstractEventLoop, together: tuple[str, str]
) -> None:
    told = Told(loop)
    told.tick(10, *together)
    assert told.wait(10 + LINGER / 3) == pytest.approx(LINGER * 2 / 3)
    assert told.wait(10 + LINGER) == 0


def test_two_parties_one_after_the_other_are_company_while_both_are_about(loop: asyncio.AbstractEventLoop) -> None:
    told = Told(loop)
    told.tick(10, "A")
    told.tick(10 + SINCE / 2, "B")
    assert told.wait(10 + SINCE / 2) > 0
    told = Told(loop)
    told.tick(10, "A")
    told.tick(11 + 2 * SINCE, "B")
    assert told.wait(11 + 2 * SINCE) == 0


def test_company_of_one_partition_counts_for_what_other_partitions_of_the_node_are_sent(
    loop: asyncio.AbstractEventLoop,
) -> None:
    told = Told(loop)
    told.tick(10, "A", "B")
    told.tick(10, INNER, partition=THERE)
    assert told.wait(10, partition=THERE) == pytest.approx(LINGER)


def test_what_comes_first_after_a_rest_does_not_wait(loop: asyncio.AbstractEventLoop) -> None:
    told = Told(loop)
    told.tick(10, "A", "B")
    assert told.wait(10 + 2 * LINGER) == 0
    assert told.wait(10 + LINGER / 2, partition=THERE) == 0


def test_company_that_is_gone_is_waited_for_no_more(loop: asyncio.AbstractEventLoop) -> None:
    told = Told(loop)
    told.tick(10, "A", "B")
    told.tick(11 + SINCE, "A")
    assert told.wait(11 + SINCE) == 0


def test_without_a_time_nobody_waits(loop: asyncio.AbstractEventLoop) -> None:
    told = Told(loop, least=0)
    told.tick(10, "A", "B")
    assert told.wait(10) == 0


@given(
    st.lists(st.tuples(st.floats(0, 2 * LINGER), st.sampled_from((HERE, THERE)), st.lists(st.sampled_from(PARTIES))))
)
def test_nothing_ever_waits_longer_than_said(ticks: list[tuple[float, int, list[str]]]) -> None:
    made = asyncio.new_event_loop()
    told, now = Told(made), 10.0
    made.close()
    for pause, partition, parties in ticks:
        now += pause
        told.tick(now, *parties, partition=partition)
        for each in (HERE, THERE):
            assert 0 <= told.wait(now, partition=each) <= LINGER + 1e-9
