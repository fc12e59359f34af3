"""Instants of a log: what is committed never goes back, and what is received is believed of no door.

A clock that goes back stops its owner; two operators let it go on; inspection finds what was dated otherwise.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.backends.memory.backend import MemoryStore
from douane.model.circles import Platform
from douane.runtime.core.node import Node
from douane.runtime.core.owner import CLOCKS_DIFFER, GoesBack, Owner
from douane.runtime.door.link import LONGEST_AT_A_DOOR, DirectLink
from douane.runtime.store import keys
from douane.runtime.store.decided import went_back
from douane.runtime.store.envelope import JOURNAL, OWNER, Arrival, JournalRow, Receipt, RowKind, Word
from douane.runtime.store.ports import MINUTE, SECOND, Batch, Instant, Log
from douane.shared_services.auditing.leaf import TIMED, seal
from douane.shared_services.auditing.port import journal_facts
from douane.shared_services.auditing.walking import Walk
from douane.vocabulary.errors import ClocksDiffer, ClockWentBack, DouaneError, Overloaded
from tests.callers import with_origin
from tests.contracts import toy
from tests.contracts.test_link import Core, remote, up

LATER, EARLIER = 1_800_000_100 * SECOND, 1_800_000_000 * SECOND


def order(node: toy.Node, number: str = "O1") -> Arrival:
    return node.envelope("orders.place", toy.Order(number, "A", 1))


def rows(store: Any) -> list[JournalRow]:
    return [JOURNAL.read(raw) for _, raw in store.scan_log(Log.JOURNAL, 0, 1 << 48, 100)]


# --- committed


def test_a_start_with_a_clock_before_the_newest_leaf_is_refused() -> None:
    store = MemoryStore()
    node = toy.Node(store, clock=toy.Clock(LATER))
    node.run(order(node))
    with pytest.raises(ClockWentBack) as refused:
        toy.Node(store, clock=toy.Clock(EARLIER))
    assert "douane timekeeping open" in refused.value.remedy
    toy.Node(store, clock=toy.Clock(LATER - CLOCKS_DIFFER + SECOND))  # that little clocks may be behind


def test_a_clock_that_is_hardly_behind_dates_no_leaf_before_another() -> None:
    store = MemoryStore()
    node = toy.Node(store, clock=toy.Clock(LATER))
    node.run(order(node, "O1"))
    node.clock.at = LATER - SECOND
    node.run(order(node, "O2"))
    committed = [row.committed for row in rows(store)]
    assert committed == sorted(committed)
    assert committed[-1] >= LATER


def test_a_running_owner_ends_where_its_clock_goes_back() -> None:
    store, ended = MemoryStore(), list[BaseException]()
    node = toy.Node(store, clock=toy.Clock(LATER))
    driven = Node([node.owner], ended=ended.append)

    async def journey() -> None:
        assert isinstance(await driven.submit(order(node, "O1")), Receipt)
        node.clock.at = EARLIER
        with pytest.raises(ClockWentBack):
            await driven.submit(order(node, "O2"))

    asyncio.run(journey())
    assert [type(each) for each in ended] == [ClockWentBack]
    assert {row.id for row in rows(store) if row.operation == "orders.place"} == {"m1"}


def test_a_clock_that_jumps_ahead_is_followed() -> None:
    node = toy.Node(MemoryStore(), clock=toy.Clock(EARLIER))
    node.run(order(node, "O1"))
    node.clock.at = LATER
    node.run(order(node, "O2"))
    assert rows(node.store)[-1].committed > LATER


# --- received


CASES: list[tuple[int, Word]] = [
    (0, Word.DOOR), (-LONGEST_AT_A_DOOR + SECOND, Word.DOOR), (CLOCKS_DIFFER - SECOND, Word.DOOR),
    (-LONGEST_AT_A_DOOR - SECOND, Word.CORE), (CLOCKS_DIFFER + SECOND, Word.CORE), (-400 * MINUTE, Word.CORE),
    (1 << 60, Word.CORE),
]  # fmt: skip


@pytest.mark.parametrize(("away", "clock"), CASES)
def test_a_door_is_believed_an_instant_near_the_core_s_own(away: int, clock: Word, tmp_path: Path) -> None:
    core = Core(tmp_path)

    async def journey() -> None:
        link = DirectLink(Platform.SPEED2, core.end)
        said = core.made.clock.at + away
        await link.submit(Arrival(with_origin(core.order("O1").envelope, received=said)))
        row = next(row for row in rows(core.store) if row.operation == "orders.place")
        assert row.clock is clock
        assert (row.received == said) is (clock is Word.DOOR)
        assert abs(row.received - core.made.clock.at) <= LONGEST_AT_A_DOOR
        leaf = seal(journal_facts(row), row.salt)
        assert (leaf.form, leaf.committed, leaf.clock) == (TIMED, row.committed, clock)

    asyncio.run(journey())


def test_no_door_says_that_an_instant_is_the_core_s(tmp_path: Path) -> None:
    core = Core(tmp_path)

    async def journey() -> None:
        said = msgspec.structs.replace(core.order("O1").envelope, clock=Word.CORE)
        await DirectLink(Platform.SPEED2, core.end).submit(Arrival(said))

    asyncio.run(journey())
    assert [row.clock for row in rows(core.store) if row.operation == "orders.place"] == [Word.DOOR]


# --- a link


@dataclass
class Wrong:
    """The clock of a door beside that of the core."""

    right: toy.Clock
    away: int

    def now(self) -> int:
        return self.right.at + self.away


@pytest.mark.parametrize(("away", "opens"), [(0, True), (SECOND, True), (-3 * SECOND, False), (3 * SECOND, False)])
def test_a_link_whose_clocks_differ_is_not_opened(away: int, opens: bool, tmp_path: Path) -> None:
    core = Core(tmp_path)

    async def journey() -> None:
        await core.listeners.start()
        door = remote(core, patience=0.2)
        door._clock = Wrong(core.made.clock, away)
        async with up(door) as link:
            if opens:
                await link.submit(core.order("O1"))
            else:
                with pytest.raises(DouaneError):
                    await link.submit(core.order("O1"))
                assert isinstance(link.problem, ClocksDiffer)
        await core.listeners.stop()

    asyncio.run(journey())
    assert bool(core.problems) is not opens
    assert all(isinstance(each, ClocksDiffer) for each in core.problems)


@pytest.mark.parametrize(("behind", "told"), [(10, False), (20, True), (-3, True)])
def test_what_lay_unread_while_the_core_stood_still_says_nothing_of_clocks(
    behind: int, told: bool, tmp_path: Path
) -> None:  # fmt: skip
    """The link is not opened by that greeting in any case; the operator hears of clocks that differ alone."""
    core = Core(tmp_path)
    core.listeners.sessions._stood = lambda: 12.0

    async def journey() -> None:
        await core.listeners.start()
        door = remote(core, patience=0.2)
        door._clock = Wrong(core.made.clock, -behind * SECOND)
        async with up(door) as link:
            with pytest.raises(DouaneError):
                await link.submit(core.order("O1"))
            assert isinstance(link.problem, ClocksDiffer if told else Overloaded)
        await core.listeners.stop()

    asyncio.run(journey())
    assert bool(core.problems) is told


# --- what an inspection sees


def walked(store: Any) -> list[str]:
    return [each.text for each in Walk(0, toy.SIGNER.key).slice(store)]


def test_a_log_that_was_dated_back_is_found() -> None:
    store = MemoryStore()
    node = toy.Node(store, clock=toy.Clock(LATER))
    node.run(order(node, "O1"))
    assert walked(store) == []
    raw = store.read([keys.space(keys.OWNER, 0)])[0]
    assert raw is not None
    state = OWNER.read(raw)
    state.committed = 0  # as somebody does who wants it not to be noticed at the start
    batch = Batch()
    batch.put[keys.space(keys.OWNER, 0)] = OWNER.write(state)
    store.apply(batch, 0, store.take(0))
    back = toy.Node(store, clock=toy.Clock(EARLIER))
    back.run(order(back, "O2"))
    assert "It was committed before the leaf that it follows." in walked(store)


def test_what_two_operators_accepted_is_a_leaf_and_no_finding() -> None:
    store = MemoryStore()
    node = toy.Node(store, clock=toy.Clock(LATER))
    node.run(order(node, "O1"))
    back = toy.Node(store, clock=toy.Clock(EARLIER), begun=False)
    back.owner.ports.goes_back = lambda _newest, _now: GoesBack("ab" * 32, "eu.anna", "eu.ben", "the battery")
    back.owner = Owner(0, back.owner.ports)
    back.owner.begin()
    back.run(back.envelope("orders.place", toy.Order("O2", "A", 1), id="later"))
    assert walked(store) == []
    kinds = [row.kind for row in rows(store)]
    assert RowKind.CLOCK in kinds
    assert kinds.index(RowKind.CLOCK) < len(kinds) - 1
    (kept,) = went_back(store, 0)
    assert kept.before >= LATER > EARLIER + SECOND > kept.at >= EARLIER
    assert (kept.by, kept.second) == ("eu.anna", "eu.ben")
    (row,) = [each for each in rows(store) if each.kind is RowKind.CLOCK]
    assert row.leaf - 1 == kept.leaf


def test_a_log_goes_back_once_by_what_two_operators_agreed_on() -> None:
    store = MemoryStore()
    node = toy.Node(store, clock=toy.Clock(LATER))
    node.run(order(node, "O1"))

    def begun(at: Instant) -> None:
        again = toy.Node(store, clock=toy.Clock(at), begun=False)
        again.owner.ports.goes_back = lambda _newest, _now: GoesBack("ab" * 32, "eu.anna", "eu.ben", "the battery")
        again.owner = Owner(0, again.owner.ports)
        again.owner.begin()
        again.run(order(again, f"O{at}"))

    begun(EARLIER)
    ahead = toy.Node(store, clock=toy.Clock(LATER))
    ahead.run(order(ahead, "O2"))
    with pytest.raises(ClockWentBack):
        begun(EARLIER)
