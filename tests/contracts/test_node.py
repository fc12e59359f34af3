"""A node on its loop: backpressure, a store that refuses, an owner that ends, lanes to partners that do not answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from msgspec import structs

from douane.runtime.core import node as nodes
from douane.runtime.core.commands import Acknowledge, Release, Reported
from douane.runtime.core.owner import Owner
from douane.runtime.core.route import route
from douane.runtime.core.tick import Tick
from douane.runtime.core.work import Out, Work
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.delivery.lanes import LONGEST_PAUSE, Lane, Lanes, Terms
from douane.runtime.store import keys
from douane.runtime.store.envelope import DELIVERY, SENT, STEPS, Arrival, Receipt
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import SECOND, Attempt, Batch, Log, Offered, Outcome, Store
from douane.runtime.store.records import RecordKind, kind_of
from douane.runtime.turns import arriving
from douane.runtime.turns.fitting import Fitting
from douane.vocabulary.errors import DouaneError, NotFound, OurFault, Overloaded, StoreUnavailable
from tests.callers import sent_row
from tests.contracts import toy
from tests.contracts.toy import sent_to, view


class Failing:
    """A store whose medium refuses as long as ``full`` says so."""

    def __init__(self, inner: Store) -> None:
        self._inner, self.full, self.problem = inner, False, StoreUnavailable("The disk is full.")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def take(self, partition: int) -> int:
        if self.full:
            raise self.problem
        return self._inner.take(partition)

    def apply(self, batch: Batch, partition: int, epoch: int) -> None:
        if self.full:
            raise self.problem
        self._inner.apply(batch, partition, epoch)


@dataclass
class Loop:
    """A runtime node around the owner of a toy."""

    made: toy.Node
    problems: list[BaseException] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.node = nodes.Node([self.made.owner], ended=self.problems.append, pause=0.01)

    async def renewed(self) -> None:
        """Until an owner lives and has handled what was left."""
        while self.node.owners[0].ended or self.node.owners[0].pending:  # noqa: ASYNC110 - a node tells nobody
            await asyncio.sleep(0.005)

    async def order(self, number: str, amount: int = 1) -> Receipt:
        return await self.node.submit(self.made.envelope("orders.place", toy.Order(number, "A", amount)))


def over(store: Store, *, lane: str = "") -> toy.Node:
    made = toy.Node(store, router=toy.Router(lane=lane))
    made.run(made.envelope("accounts.open", toy.Open("A", 1000)))
    return made


# --- backpressure


def test_beyond_the_bound_of_waiting_messages_a_sender_is_told_to_come_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nodes, "WAITING_BOUND", 20)
    loop = Loop(over(store))

    async def flood() -> list[Any]:
        return await asyncio.gather(*(loop.order(f"O{n}") for n in range(50)), return_exceptions=True)

    results = asyncio.run(flood())
    assert [type(r) for r in results] == [Receipt] * 20 + [Overloaded] * 30
    assert sent_to(store, "T1") == ["Confirmed"] * 20


def test_beyond_the_bound_of_unhandled_messages_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "PENDING_BOUND", 5)
    made = over(store)
    made.owner.ports.budget = -1
    made.run(*(made.envelope("orders.place", toy.Order(f"O{n}", "A", 1)) for n in range(30)))
    with pytest.raises(Overloaded):
        asyncio.run(Loop(made).order("late"))


# --- parties in turn


def test_a_flood_of_one_party_lets_another_in_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "AT_ONCE", 10)
    made = over(store)
    loop = Loop(made)

    def place(number: int, sender: str) -> Arrival:
        return made.envelope("orders.place", toy.Order(f"{sender}-{number}", "A", 1), sender=sender)

    async def flood() -> list[str]:
        told: list[str] = []

        async def one(number: int, sender: str) -> None:
            await loop.node.submit(place(number, sender))
            told.append(f"{sender}-{number}")

        greedy = [asyncio.create_task(one(n, "T1")) for n in range(200)]
        await asyncio.sleep(0)  # all of them wait
        await asyncio.gather(*(one(n, "T2") for n in range(3)))
        await asyncio.gather(*greedy)
        return told

    told = asyncio.run(flood())
    assert [each for each in told if each.startswith("T2")] == ["T2-0", "T2-1", "T2-2"]
    assert told.index("T2-2") < 20, "in the first or second tick, beside as many of the other"
    assert [each for each in told if each.startswith("T1")] == [f"T1-{n}" for n in range(200)]
    assert len(sent_to(store, "T1")) == 203, "the toy tells T1 of every order"


@dataclass
class Real:
    """The time of this machine."""

    def now(self) -> int:
        return time.time_ns() // 1000


def test_who_sends_large_ones_rests_while_another_is_about_and_gets_every_receipt(store: Store) -> None:
    made = toy.Node(store, clock=Real())  # type: ignore[arg-type] # its form
    made.run(made.envelope("accounts.open", toy.Open("A", 1000)))
    loop, told = Loop(made), list[str]()

    def place(number: int, sender: str, size: int) -> Arrival:
        arrival = made.envelope("orders.place", toy.Order(f"{sender}-{number}", "A", 1), sender=sender)
        content = arrival.envelope.content
        padded = structs.replace(content, body=content.body.ljust(size))
        return Arrival(structs.replace(arrival.envelope, content=padded), arrival.message)

    async def one(number: int, sender: str, size: int) -> None:
        await loop.node.submit(place(number, sender, size))
        told.append(sender)

    async def flood() -> None:
        greedy = [asyncio.create_task(one(n, "T1", 300_000)) for n in range(6)]
        for number in range(6):
            await one(number, "T2", 1)
        await asyncio.gather(*greedy)
        await loop.node.stop()

    asyncio.run(flood())
    assert sorted(told) == ["T1"] * 6 + ["T2"] * 6
    assert told.index("T2") <= 1


def test_a_tick_ends_after_the_message_that_spent_its_budget(store: Store) -> None:
    """One alone may cost more than the budget: the next one is for the next tick, behind what came meanwhile."""
    made = over(store)
    made.owner.ports.budget = -1
    made.run(*(made.envelope("orders.place", toy.Order(f"O{n}", "A", 1)) for n in range(20)))
    left = [len(made.owner.pending)]
    while made.owner.pending:
        tick = Tick(made.owner)
        tick.run()
        assert tick.overlay.handled == 1
        left.append(len(made.owner.pending))
    assert left[0] >= 19
    assert sent_to(store, "T1") == ["Confirmed"] * 20


def test_what_waits_for_another_tick_is_read_ahead_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tick whose time is up leaves what it read; the next one does not read it all again."""
    asked: list[bytes] = []
    fetch = Owner.fetch

    def counted(self: Owner, wanted: Iterable[tuple[RecordKind, bytes]]) -> None:
        found = list(wanted)
        asked.extend(key for _, key in found)
        fetch(self, found)

    monkeypatch.setattr(Owner, "fetch", counted)
    made = over(store)
    made.owner.ports.budget = -1
    made.run(*(made.envelope("orders.place", toy.Order(f"O{n}", "A", 1)) for n in range(20)))
    while made.owner.pending:
        Tick(made.owner).run()
    assert sent_to(store, "T1") == ["Confirmed"] * 20
    orders = [key for key in asked if key.endswith(keys.kind_ending(kind_of(toy.OrderRecord).number))]
    assert len(orders) == len(set(orders)) == 20


# --- a store that refuses


def test_while_the_store_refuses_intake_answers_so_and_goes_on_afterwards(store: Store) -> None:
    full = Failing(store)
    loop = Loop(over(full))  # the rest of the port is passed through

    async def journey() -> None:
        await loop.order("O1")
        full.full = True
        for number in ("O2", "O3", "O4"):
            with pytest.raises(StoreUnavailable):
                await loop.order(number)
        with pytest.raises(StoreUnavailable):
            await loop.node.command(Release(1))
        assert view(loop.made).resolve("order", "O1")  # reads go on
        full.full = False
        await loop.renewed()
        await loop.order("O2")

    asyncio.run(journey())
    assert loop.problems == []
    assert loop.node.counters.interrupted == 1
    assert sent_to(store, "T1") == ["Confirmed"] * 2
    auditor = loop.node.owners[0].ports.auditor
    assert auditor.size == loop.node.owners[0].state.leaf  # type: ignore[attr-defined]


def test_what_was_accepted_but_not_handled_is_handled_by_the_next_owner(store: Store) -> None:
    full = Failing(store)
    made = over(full)
    made.owner.ports.budget = -1
    made.run(*(made.envelope("orders.place", toy.Order(f"O{n}", "A", 1)) for n in range(40)))
    made.owner.ports.budget = 20_000
    loop = Loop(made)

    async def journey() -> None:
        full.full = True
        loop.node.start()
        await asyncio.sleep(0.02)
        assert loop.node.owners[0].ended
        full.full = False
        await loop.renewed()
        await loop.node.stop()

    asyncio.run(journey())
    assert sent_to(store, "T1") == ["Confirmed"] * 40


def test_a_tick_that_raises_ends_the_owner_and_answers_everybody(store: Store) -> None:
    broken = Failing(store)
    loop = Loop(over(broken))

    async def journey() -> list[Any]:
        broken.full, broken.problem = True, RuntimeError("a bug")  # type: ignore[assignment]
        waiting = [loop.order(f"O{n}") for n in range(3)]
        return await asyncio.gather(*waiting, loop.node.command(Acknowledge("T1", 1, 0)), return_exceptions=True)

    results = asyncio.run(journey())
    assert [type(r) for r in results] == [OurFault] * 4
    assert [str(p) for p in loop.problems] == ["a bug"]
    assert loop.node.owners[0].ended
    with pytest.raises(DouaneError):
        asyncio.run(loop.order("late"))


def test_what_fails_around_a_tick_ends_the_owner_and_answers_whoever_waits(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is measured of ticks once failed there, and the node stood still without a word."""
    loop = Loop(over(store))
    monkeypatch.setattr(Fitting, "most", lambda *_: 1 // 0)

    async def journey() -> list[Any]:
        waiting = [loop.order(f"O{n}") for n in range(3)]
        return await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 10)

    assert [type(r) for r in asyncio.run(journey())] == [OurFault] * 3
    assert [type(p) for p in loop.problems] == [ZeroDivisionError]
    assert loop.node.owners[0].ended


def test_a_command_for_no_partition_of_this_node_is_refused(store: Store) -> None:
    loop = Loop(over(store))
    with pytest.raises(NotFound):
        asyncio.run(loop.node.command(Release(7 << 48 | 1)))


# --- lanes


@dataclass
class Partner:
    """A transport whose partner answers as told, and counts what it is asked."""

    answers: Callable[[Mapping[str, str]], Outcome] = lambda headers: Outcome.ARRIVED
    alive: bool = True
    attempts: int = 0
    taken: list[str] = field(default_factory=list)
    reason: str = "as told"
    after: float = 0.0

    async def send(self, lane: str, items: Sequence[Offered]) -> list[Attempt]:
        self.attempts += 1
        if not self.alive:
            return []
        self.taken += [headers["id"] for _, headers, _ in items]
        return [Attempt(self.answers(headers), self.reason, self.after) for _, headers, _ in items]


def fill(made: toy.Node, count: int) -> None:
    """Messages that wait in a lane, written as a tick writes them, many at once."""
    row = sent_row(
        "NTA.XX", "Confirmed", "m", b"{}", subject=1, media=Media.JSON, administration="XX", lane="rest:dead"
    )
    raw = SENT.write(row)
    prefix = keys.LANE + keys.u16(0) + keys.text("rest:dead")
    for start in range(1, count + 1, 10_000):
        batch = Batch()
        for position in range(start, min(start + 10_000, count + 1)):
            batch.append(Log.SENT, position, raw)
            batch.put[prefix + keys.u64(position)] = b""
        made.store.apply(batch, 0, made.owner.epoch)


def lanes_of(loop: Loop, partner: Partner) -> Lanes:
    clock = loop.made.clock
    lanes = Lanes(loop.node, loop.made.store, clock, {"rest": partner}, pace=clock.now)
    loop.node.watchers.append(lanes.watch)
    lanes.recover()
    return lanes


async def drive(lanes: Lanes, clock: toy.Clock, until: int) -> None:
    """Carry on a virtual clock: a turn whenever a lane is due, then the clock leaps to the next attempt."""
    while clock.at < until:
        now = clock.at
        due = [lane for lane in lanes.lanes.values() if lane.waiting and lane.next_attempt <= now]
        for lane in due:
            await lanes.turn(lane)
        if not due:
            clock.at = min([until, *(lane.next_attempt for lane in lanes.lanes.values() if lane.waiting)])


def test_a_hundred_thousand_messages_to_a_dead_partner_cost_one_attempt_an_interval(store: Store) -> None:
    made = toy.Node(store)
    fill(made, 100_000)
    loop, partner = Loop(made), Partner(alive=False)
    lanes = lanes_of(loop, partner)
    start = made.clock.at
    asyncio.run(drive(lanes, made.clock, start + 3600 * SECOND))
    (lane,) = lanes.lanes.values()
    # pauses of 1, 2, 4 ... 32 seconds, then one a minute
    assert partner.attempts == lane.attempts == 6 + (3600 - 63) // (LONGEST_PAUSE // SECOND) + 1
    partner.alive = True

    async def recover() -> None:
        await drive(lanes, made.clock, lane.next_attempt + 1)
        for _ in range(4):
            await lanes.turn(lane)

    asyncio.run(recover())
    assert lane.failures == 0
    assert len(partner.taken) >= 4 * 64


def test_a_lane_tries_again_although_the_clock_stands_still(store: Store) -> None:
    """A clock set back within a process stands still until time has caught up; deliveries do not wait for that."""
    made = toy.Node(store)
    fill(made, 1)
    loop, partner = Loop(made), Partner(alive=False)
    still = toy.Clock()
    still.now = lambda: still.at  # type: ignore[method-assign]
    terms = {"rest:dead": Terms(first=1_000)}
    lanes = Lanes(loop.node, store, still, {"rest": partner}, terms)
    lanes.recover()

    async def carry() -> None:
        carrying = asyncio.create_task(lanes.run())
        while partner.attempts < 3:  # noqa: ASYNC110 - what the partner counts tells nobody
            await asyncio.sleep(0.001)
        carrying.cancel()

    asyncio.run(asyncio.wait_for(carry(), 20))


def order_in_lane(store: Store, partner: Partner) -> tuple[Loop, Lanes]:
    made = over(store, lane="rest:partner")
    loop = Loop(made)
    return loop, lanes_of(loop, partner)


def delivery(store: Store, position: int) -> tuple[str, str] | None:
    found = Inbox(store, [0]).delivery(position)
    return (found.state, found.reason) if found else None


@pytest.mark.parametrize(("answer", "state"), [(Outcome.ARRIVED, "arrived"), (Outcome.REFUSED, "exception")])
def test_a_delivery_ends_as_the_partner_answers(store: Store, answer: Outcome, state: str) -> None:
    loop, lanes = order_in_lane(store, Partner(lambda headers: answer))

    async def journey() -> None:
        await loop.order("O1")
        assert delivery(store, 1) is None
        await lanes.turn(lanes.lanes["rest:partner"])

    asyncio.run(journey())
    assert delivery(store, 1) == (state, "as told")


def test_a_partner_is_left_alone_as_long_as_it_asks(store: Store) -> None:
    loop, lanes = order_in_lane(store, Partner(lambda headers: Outcome.FAILED, after=30))

    async def journey() -> None:
        await loop.order("O1")
        await lanes.turn(lanes.lanes["rest:partner"])

    asyncio.run(journey())
    pause = lanes.lanes["rest:partner"].next_attempt - loop.made.clock.at
    assert 29 * SECOND < pause <= 30 * SECOND


def test_each_attempt_that_failed_is_kept_and_what_came_after_it(store: Store) -> None:
    partner = Partner(lambda headers: Outcome.FAILED)
    loop = Loop(over(store, lane="+rest:partner"))
    lanes = lanes_of(loop, partner)

    async def journey() -> None:
        await loop.order("O1")
        lane = lanes.lanes["+rest:partner"]
        await lanes.turn(lane)
        await lanes.turn(lane)
        assert [item.position for item in Inbox(store, [0]).read("T1")[0]] == [1]
        partner.answers = lambda headers: Outcome.ARRIVED
        await lanes.turn(lane)
        await lanes.turn(lane)
        await loop.node.command(Acknowledge("T1", 1, 7))
        await loop.node.command(Reported(1, "exception", 9, "too late"))

    asyncio.run(journey())
    found = Inbox(store, [0]).delivery(1)
    assert found is not None
    assert (found.state, found.at, found.attempts) == ("delivered", 7, 3)
    assert [step.state for step in found.earlier] == ["tried", "tried", "arrived"]
    assert found.earlier[0].reason == "as told"


def test_a_report_that_comes_before_the_confirmation_counts(store: Store) -> None:
    partner = Partner()
    loop, lanes = order_in_lane(store, partner)

    async def journey() -> None:
        await loop.order("O1")
        await loop.node.command(Reported(1, "delivered", 5))
        await loop.node.command(Reported(99, "delivered", 5))
        await lanes.turn(lanes.lanes["rest:partner"])

    asyncio.run(journey())
    found = Inbox(store, [0]).delivery(1)
    assert found is not None
    assert (found.state, found.at, found.attempts) == ("delivered", 5, 1)
    assert [step.state for step in found.earlier] == ["arrived"]
    assert Inbox(store, [0]).delivery(99) is None
    assert lanes.lanes["rest:partner"].failures == 0


def test_of_many_attempts_the_newest_are_kept(store: Store) -> None:
    partner = Partner(lambda headers: Outcome.FAILED)
    loop, lanes = order_in_lane(store, partner)

    async def journey() -> None:
        await loop.order("O1")
        for _ in range(20):
            await lanes.turn(lanes.lanes["rest:partner"])

    asyncio.run(journey())
    found = Inbox(store, [0]).delivery(1)
    assert found is not None
    assert (found.state, found.attempts, len(found.earlier)) == ("tried", 20, STEPS)


def test_what_a_party_takes_from_its_inbox_is_delivered(store: Store) -> None:
    loop = Loop(over(store))

    async def journey() -> None:
        await loop.order("O1")
        ((item,), _) = Inbox(store, [0]).read("T1")
        await loop.node.command(Acknowledge("T1", item.position, 5))
        await loop.node.command(Acknowledge("T1", item.position, 9))

    asyncio.run(journey())
    found = Inbox(store, [0]).delivery(1)
    assert found is not None
    assert (found.state, found.at) == ("delivered", 5)
    assert Inbox(store, [0]).read("T1")[0] == []


def test_what_waits_longer_than_it_may_expires_and_is_never_offered(store: Store) -> None:
    partner = Partner()
    loop, lanes = order_in_lane(store, partner)
    made = loop.made
    tick = Tick(made.owner)
    row = made.owner.journal_row(1)
    route(tick.overlay, Work(tick.overlay, row, 1), Out(toy.Confirmed("O"), "P", expires=made.clock.at + SECOND))
    tick.run()
    made.clock.at += 2 * SECOND
    lanes.recover()
    asyncio.run(lanes.turn(lanes.lanes["rest:partner"]))
    assert delivery(store, 1) == ("expired", "its time to live ended before delivery")
    assert (partner.taken, partner.attempts, lanes.lanes["rest:partner"].failures) == ([], 0, 0)


def test_a_lane_waits_while_the_own_store_refuses_and_offers_again(store: Store) -> None:
    full, partner = Failing(store), Partner()
    loop, lanes = order_in_lane(full, partner)
    lane: Lane

    async def journey() -> None:
        nonlocal lane
        await loop.order("O1")
        lane = lanes.lanes["rest:partner"]
        full.full = True
        await lanes.turn(lane)
        assert lane.failures == 1
        full.full = False
        await loop.renewed()
        await lanes.turn(lane)

    asyncio.run(journey())
    assert lane.failures == 0
    assert delivery(store, 1) == ("arrived", "as told")
    assert DELIVERY.kind == 8


# --- stopping


def test_a_node_that_stops_lets_waiting_inboxes_answer(store: Store) -> None:
    loop = Loop(over(store))

    async def journey() -> None:
        waiting = asyncio.create_task(loop.node.changed(3600))
        await asyncio.sleep(0)
        loop.node.leave()
        await waiting
        await loop.node.changed(3600)  # who comes later does not wait either
        await loop.order("O1")
        await loop.node.stop()

    asyncio.run(journey())
    assert sent_to(store, "T1") == ["Confirmed"]


def test_a_node_that_stops_finishes_what_was_handed_in(store: Store) -> None:
    loop = Loop(over(store))

    async def journey() -> None:
        coming = [asyncio.create_task(loop.order(f"O{n}")) for n in range(3)]
        await asyncio.sleep(0)
        await loop.node.stop()
        assert all(isinstance(each.result(), Receipt) for each in coming)
        with pytest.raises(Overloaded):
            await loop.order("late")

    asyncio.run(journey())


# --- waiting inboxes


def test_a_commit_wakes_only_the_inboxes_that_it_fills(store: Store) -> None:
    loop = Loop(over(store))

    async def journey() -> None:
        mine = asyncio.create_task(loop.node.changed(3600, "T1"))
        theirs = asyncio.create_task(loop.node.changed(3600, "T2"))
        await asyncio.sleep(0)
        await loop.order("O1")
        await asyncio.wait_for(mine, 10)
        assert not theirs.done()
        theirs.cancel()
        await loop.node.stop()

    asyncio.run(journey())
