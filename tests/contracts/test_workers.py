"""Several workers over one store: leases, hand-over, what crosses between them, and doors that find the right one."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from douane.assembly.link import LinkListeners, UnixAddress, connection
from douane.model.caller import INNER
from douane.model.circles import Platform
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core import node as nodes
from douane.runtime.core.accept import home_partition
from douane.runtime.core.commands import Acknowledge
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.delivery.lanes import Lanes
from douane.runtime.delivery.recent import Recent
from douane.runtime.delivery.transfer import Fetching, Transfer
from douane.runtime.door.link import CoreEnd, Link, Question
from douane.runtime.store import keys
from douane.runtime.store.envelope import Arrival, Receipt
from douane.runtime.store.indexing import PROGRESS, Progress
from douane.runtime.store.ports import SECOND, Batch, Notice, SharedStore
from douane.runtime.store.queries import View
from douane.runtime.store.records import Value, kind_of
from douane.runtime.store.values import Stored
from douane.runtime.upkeep.tenancy import PRESENCE, Tenancy, keeper
from douane.shared_services.auditing.reads import Reads
from douane.shared_services.link import frames
from douane.shared_services.link.core_end import CoreSessions
from douane.shared_services.link.door_end import RemoteLink
from douane.shared_services.link.workers import Workers
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.errors import CoreUnreachable, Elsewhere, KnownIdChanged, OurFault, Overloaded
from tests.callers import reads
from tests.contracts import toy

PARTITIONS: tuple[int, ...] = (0, 1, 2, 3)
LONG, SHORT = 60 * SECOND, SECOND // 2
CATALOGUE = Catalogue([toy.Orders.__service__, toy.Accounts.__service__])  # type: ignore[attr-defined] # set by @service


def named(kind: str, partition: int, nth: int = 0) -> str:
    """A name whose home is a partition."""
    return [n for i in range(400) if home_partition("XX", kind, n := f"{kind}{i}", PARTITIONS) == partition][nth]


@dataclass
class Worker:
    """One worker: its node, its leases, its end of the links."""

    store: SharedStore
    place: int
    workers: int
    life: int = 0
    dead: set[str] = field(default_factory=set)
    term: int = LONG
    problems: list[BaseException] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = toy.Clock()
        made = [toy.Node(self.store, p, self.clock, partitions=PARTITIONS, begun=False) for p in PARTITIONS]
        self.maker = made[0]
        self.node = nodes.Node([m.owner for m in made], ended=self.problems.append, pause=0.01)
        self.node.away.update(PARTITIONS)
        self.recent = Recent()
        self.node.watchers.append(self.recent.watch)
        self.node.moved.append(self.recent.forget)
        self.holder = f"{self.place}.{self.life}"
        self.node.tenure = self.tenancy = Tenancy(
            self.store, self.node, self.holder, self.place, self.workers, lambda name: name in self.dead, self.term
        )
        self.lanes = Lanes(self.node, self.store, self.clock, {INNER: Transfer(self.node)})
        self.node.watchers.append(self.lanes.watch)
        self.fetching = Fetching(self.node, self.store, self.problems.append)
        self.node.moved.append(self._moved)

    def _moved(self, partition: int) -> None:
        self.fetching.moved(partition)
        self.lanes.recover()

    @property
    def owned(self) -> tuple[int, ...]:
        return tuple(o.partition for o in self.node.owners if not o.ended)

    def inbox(self) -> Inbox:
        return Inbox(self.store, PARTITIONS, self.recent)

    async def carry(self) -> bool:
        """Hand over, confirm and fetch what lies ready; whether there was anything."""
        more = await self.fetching.round()
        for lane in [lane for lane in self.lanes.lanes.values() if lane.waiting]:
            lane.next_attempt = 0
            before = len(self.lanes._waiting(lane))
            await self.lanes.turn(lane)
            more = more or len(self.lanes._waiting(lane)) != before
        return more or any(owner.pending for owner in self.node.owners)


@dataclass
class Crew:
    """Workers that share a store; messages go wherever they are told to."""

    store: SharedStore
    workers: list[Worker]

    @classmethod
    def of(cls, store: SharedStore, size: int, term: int) -> Crew:
        made = cls(store, [Worker(store, n, size, term=term) for n in range(size)])
        made.rounds(1)
        return made

    def rounds(self, count: int) -> None:
        for _ in range(count):
            for worker in self.workers:
                worker.tenancy.round()

    async def submit(self, arrival: Arrival, first: int = 0) -> Receipt:
        """As a door does it: ask one, go where it points."""
        worker = self.workers[first]
        while True:
            try:
                return await worker.node.submit(arrival)
            except Elsewhere as moved:
                worker = next(w for w in self.workers if moved.partition in w.owned)

    async def send(self, operation: str, message: object, id: str, first: int = 0) -> Receipt:
        return await self.submit(self.workers[0].maker.envelope(operation, message, id), first)

    async def settle(self) -> None:
        quiet = 0
        while quiet < 3:
            await asyncio.sleep(0)
            busy = [await worker.carry() for worker in self.workers]
            quiet = 0 if any(busy) else quiet + 1

    def view(self) -> View:
        return View(self.store, "XX", 0, toy.Look, partitions=PARTITIONS)

    def reserved(self, account: str) -> int:
        subject = self.view().resolve("account", account)
        assert subject is not None
        found = self.view().get(toy.Account, subject)
        assert found is not None
        assert sum(p.amount for p in self.view().all_of(toy.Reservation, subject)) == found.reserved
        return found.reserved


def go(store: SharedStore, journey: Callable[[Crew], Any], term: int = LONG) -> Crew:
    async def whole() -> Crew:
        crew = Crew.of(store, 2, term)
        await journey(crew)
        for worker in crew.workers:
            assert worker.problems == []
        return crew

    return asyncio.run(whole())


# --- who owns what


def test_a_partition_belongs_to_its_place_and_to_somebody_present_while_that_one_is_away() -> None:
    for workers in range(1, 6):
        for present in ({0}, {0, workers - 1}, set(range(workers))):
            for partition in range(20):
                place = keeper(partition, workers, present)
                assert place in present
                if partition % workers in present:
                    assert place == partition % workers


def test_each_claims_its_own_and_takes_over_from_one_that_is_gone(store: SharedStore) -> None:
    async def journey(crew: Crew) -> None:
        first, second = crew.workers
        assert (first.owned, second.owned) == ((0, 2), (1, 3))
        assert {lease.partition for lease in store.leases()} == {*PARTITIONS, PRESENCE, PRESENCE + 1}
        second.tenancy.stop()
        crew.workers.pop()
        crew.rounds(6)
        assert first.owned == PARTITIONS
        again = Worker(store, 1, 2, life=1)
        crew.workers.append(again)
        crew.rounds(2)
        assert (first.owned, again.owned) == ((0, 2), (1, 3))

    go(store, journey)


def test_who_came_and_went_is_not_waited_for_as_somebody_who_may_still_come(store: SharedStore) -> None:
    async def journey(crew: Crew) -> None:
        first, second = crew.workers
        first.tenancy.stop()
        second.tenancy.round()
        assert second.owned == PARTITIONS  # it had seen the first one
        second.tenancy.stop()
        again = Worker(store, 1, 2, life=1)
        again.tenancy.round()
        assert again.owned == (1, 3)  # it has not: both may be starting

    go(store, journey)


def test_what_a_dead_process_of_the_same_host_held_is_taken_at_once(store: SharedStore) -> None:
    async def journey(crew: Crew) -> None:
        gone = crew.workers.pop()
        again = Worker(store, 1, 2, life=1, dead={gone.holder})
        crew.workers.append(again)
        crew.rounds(1)
        assert again.owned == (1, 3)

    go(store, journey)


def test_a_worker_that_is_told_to_stop_owns_nothing_and_points_elsewhere(store: SharedStore) -> None:
    async def journey(crew: Crew) -> None:
        stopping, other = crew.workers
        stopping.tenancy.stop()
        assert stopping.owned == ()
        with pytest.raises(Elsewhere):
            await stopping.node.submit(crew.workers[0].maker.envelope("accounts.open", toy.Open("A", 1)))
        assert other.owned == (1, 3)

    go(store, journey)


def test_a_frozen_worker_loses_its_partitions_only_and_commits_nothing_of_them(store: SharedStore) -> None:
    async def journey(crew: Crew) -> None:
        first, frozen = crew.workers
        await crew.send("accounts.open", toy.Open(named("account", 1), 10), "a")
        crew.rounds(5)
        await asyncio.sleep(SHORT / SECOND * 1.1)  # nobody looks after the second one's leases
        while first.owned != PARTITIONS:
            first.tenancy.round()
            await asyncio.sleep(0.02)
        late = frozen.maker.envelope("accounts.open", toy.Open(named("account", 1, 1), 10), "late")
        with pytest.raises(Elsewhere):
            await frozen.node.submit(late)
        assert frozen.owned in ((), (3,))  # told by the refused commit, of that partition
        frozen.tenancy.round()
        assert frozen.owned == ()
        assert await crew.submit(late) == await crew.submit(late)
        async with asyncio.timeout(30):
            while [first.owned, frozen.owned] != [(0, 2), (1, 3)]:
                crew.rounds(1)
                await asyncio.sleep(0.01)

    crew = go(store, journey, SHORT)
    assert crew.view().resolve("account", named("account", 1, 1)) is not None


def test_it_is_fetched_where_a_notice_points_and_found_where_none_came(store: SharedStore) -> None:
    account, order = named("account", 1), toy.Order(named("order", 0), named("account", 1), 10)

    async def journey(crew: Crew) -> None:
        second = crew.workers[1]
        await crew.send("accounts.open", toy.Open(account, 1000), account)
        await crew.send("orders.place", order, order.number)
        fetched = second.fetching
        fetched.heard(Notice(0, frozenset({keys.lane_mark("as4:P1"), keys.lane_mark(f"{INNER}2")})))
        assert fetched._ways == set()  # another's lane
        fetched.heard(Notice(0, frozenset({keys.lane_mark(f"{INNER}1")})))
        assert fetched._ways == {(0, 1)}
        before = second.node.counters.accepted
        assert await fetched._look({(2, 1), (0, 3), (1, 0), (3, 1)}) == set()  # nothing lies there, or it is not ours
        assert second.node.counters.accepted == before
        assert await fetched._look({(0, 1)}) == {(0, 1)}
        assert second.node.counters.accepted == before + 1
        again = Fetching(second.node, store, second.problems.append)
        fetching = asyncio.create_task(again.run())
        async with asyncio.timeout(30):
            while again._after.get((0, 1)) is None:  # noqa: ASYNC110 - no notice tells it, and nobody else
                await asyncio.sleep(0.01)
        fetching.cancel()
        await crew.settle()

    assert go(store, journey).reserved(account) == 10


# --- two releases over one store


class LaterAccount(Value, frozen=True):
    """The account of the next release: it has one more field."""

    limit: int
    reserved: int = 0
    note: str = "kept"


KIND = kind_of(toy.Account)
AS_LATER = {"one field more": Stored(902, LaterAccount), "the next version": Stored(902, LaterAccount, 2, {1: list})}


def _put(store: SharedStore, rows: Mapping[bytes, bytes], epoch: int) -> None:
    batch = Batch()
    batch.put.update(rows)
    store.apply(batch, 1, epoch)


def write_as(store: SharedStore, worker: Worker, account: str, stored: Stored[LaterAccount]) -> bytes:
    """Have a worker's partition hold an account as the next release writes it; the key."""
    subject = View(store, "XX", 0, toy.Look, partitions=PARTITIONS).resolve("account", account)
    assert subject is not None
    key = keys.record_key(1, "XX", subject, KIND.number, b"")
    _put(store, {key: stored.write(LaterAccount(1000))}, worker.node.owners[1].epoch)
    return key


@pytest.mark.parametrize("form", AS_LATER)
def test_a_worker_leaves_alone_what_a_later_release_wrote_and_loses_no_message(store: SharedStore, form: str) -> None:
    account, order = named("account", 1), toy.Order(named("order", 0), named("account", 1), 10)

    async def journey(crew: Crew) -> None:
        first, later = crew.workers
        await crew.send("accounts.open", toy.Open(account, 1000), account)
        key = write_as(store, later, account, AS_LATER[form])
        crew.workers.pop().tenancy.stop()
        crew.rounds(6)
        assert first.owned == PARTITIONS
        before = store.read([key])
        await crew.send("orders.place", order, order.number)
        await crew.settle()
        crew.rounds(6)
        assert first.owned == (0, 2, 3)  # it met the account, and serves what it can read
        assert store.read([key]) == before
        with pytest.raises(Elsewhere):
            await first.node.submit(first.maker.envelope("accounts.open", toy.Open(named("account", 1, 1), 1), "b"))
        assert first.node.owners[1].parked() == []
        again = Worker(store, 1, 2, life=1)  # reads it: here by the form that both know
        lease = store.claim(1, "by hand", LONG)
        assert lease is not None
        _put(store, {key: KIND.stored.write(toy.Account(1000))}, lease.epoch)
        store.release(lease)
        crew.workers.append(again)
        crew.rounds(8)
        assert again.owned == (1, 3)
        assert again.node.owners[1].parked() == []
        for lane in first.lanes.lanes.values():
            lane.next_attempt = 0
        await crew.settle()

    assert go(store, journey).reserved(account) == 10


def test_a_worker_that_cannot_read_what_is_its_own_counts_as_absent(store: SharedStore) -> None:
    async def journey(crew: Crew) -> None:
        first, second = crew.workers
        account = named("account", 1)
        await crew.send("accounts.open", toy.Open(account, 1000), account)
        write_as(store, second, account, AS_LATER["one field more"])
        second.node.owners[1].records.clear()
        second.node.owners[1].minted.clear()
        order = toy.Order(named("order", 1), account, 10)
        with contextlib.suppress(Elsewhere):
            await second.node.submit(second.maker.envelope("orders.place", order, order.number))
        await asyncio.sleep(0.05)
        crew.rounds(8)
        assert second.owned == ()
        assert PRESENCE + 1 not in {lease.partition for lease in store.leases()}
        assert first.owned == PARTITIONS

    go(store, journey)


def test_a_partition_with_an_index_of_a_later_release_is_not_taken(store: SharedStore) -> None:
    """What this release wrote there would lack its entries."""

    async def journey(crew: Crew) -> None:
        first, second = crew.workers
        key = keys.space(keys.BUILT, 1) + KIND.mark + bytes((3,))
        _put(store, {key: PROGRESS.write(Progress())}, second.node.owners[1].epoch)
        crew.workers.pop().tenancy.stop()
        crew.rounds(6)
        assert first.owned == (0, 2, 3)

    go(store, journey)


# --- messages


def test_a_message_goes_to_the_owner_of_its_case_whoever_is_asked_first(store: SharedStore) -> None:
    async def journey(crew: Crew) -> None:
        for n, p in enumerate(PARTITIONS):
            receipts = [await crew.send("accounts.open", toy.Open(named("account", p), 9), f"a{p}", f) for f in (0, 1)]
            assert receipts[0] == receipts[1]
            assert receipts[0].position >> 48 == p
            with pytest.raises(KnownIdChanged):
                await crew.send("accounts.open", toy.Open(named("account", p, 1), 9), f"a{p}", n % 2)

    go(store, journey)


def test_questions_and_answers_cross_between_workers_with_one_effect(store: SharedStore) -> None:
    accounts = [named("account", p) for p in PARTITIONS]

    async def journey(crew: Crew) -> None:
        for account in accounts:
            await crew.send("accounts.open", toy.Open(account, 1000), account)
        chance = random.Random(3)
        for p in PARTITIONS:
            for n in range(6):
                order = toy.Order(named("order", p, n), chance.choice(accounts), 10)
                await crew.send("orders.place", order, order.number, chance.randrange(2))
        await crew.settle()
        lying = [w.lanes._waiting(lane) for w in crew.workers for lane in w.lanes.lanes.values()]
        assert not any(lying)
        items, _ = crew.workers[0].inbox().read("T1", limit=100)
        assert sorted(i.row.type for i in items) == ["Confirmed"] * 24
        assert crew.workers[1].inbox().read("T1", limit=100)[0] == items
        for item in items[:5]:
            owner = next(w for w in crew.workers if item.position >> 48 in w.owned)
            other = next(w for w in crew.workers if w is not owner)
            with pytest.raises(Elsewhere):
                await other.node.command(Acknowledge("T1", item.position, 1))
            await owner.node.command(Acknowledge("T1", item.position, 1))
        assert len(crew.workers[0].inbox().read("T1", limit=100)[0]) == 19

    crew = go(store, journey)
    assert sum(crew.reserved(account) for account in accounts) == 240


def test_what_the_receiving_partition_could_not_take_is_fetched_again(
    store: SharedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts = [named("account", p) for p in PARTITIONS]

    async def journey(crew: Crew) -> None:
        for account in accounts:
            await crew.send("accounts.open", toy.Open(account, 1000), account)
        for p, account in zip(PARTITIONS, reversed(accounts), strict=True):
            await crew.send("orders.place", toy.Order(named("order", p), account, 10), f"o{p}")
        with monkeypatch.context() as full:
            full.setattr(nodes, "WAITING_BOUND", 0)
            for worker in crew.workers:
                with pytest.raises(Overloaded):
                    await worker.fetching.round()
        await crew.settle()

    crew = go(store, journey)
    assert [crew.reserved(account) for account in accounts] == [10] * 4


@pytest.mark.parametrize("seed", range(3))
def test_partitions_that_change_hands_all_the_time_lose_and_double_nothing(store: SharedStore, seed: int) -> None:
    chance = random.Random(seed)
    accounts = [named("account", p) for p in PARTITIONS]

    async def insist(crew: Crew, order: toy.Order) -> None:
        arrival = crew.workers[0].maker.envelope("orders.place", order, order.number)
        for _ in range(200):
            with contextlib.suppress(OurFault, StopIteration, RuntimeError):
                await crew.submit(arrival, chance.randrange(2))
                return
            crew.rounds(1)
            await asyncio.sleep(0.005)
        raise AssertionError("nobody takes it")

    async def journey(crew: Crew) -> None:
        for account in accounts:
            await crew.send("accounts.open", toy.Open(account, 1000), account)
        orders = [toy.Order(named("order", p, n), chance.choice(accounts), 10) for p in PARTITIONS for n in range(6)]
        chance.shuffle(orders)
        for n, order in enumerate(orders):
            await insist(crew, order)
            if n % 6 == 5:
                place = chance.randrange(2)
                if chance.random() < 0.5:
                    crew.workers[place].tenancy.stop()  # told to stop
                gone = crew.workers[place]
                crew.workers[place] = Worker(store, place, 2, life=n, dead={gone.holder})
                crew.rounds(2)
            for worker in crew.workers:
                with contextlib.suppress(OurFault):
                    await worker.carry()
        crew.rounds(8)
        await crew.settle()

    crew = go(store, journey)
    assert sum(crew.reserved(account) for account in accounts) == 240
    items, _ = Inbox(store, PARTITIONS).read("T1", limit=500)
    assert sorted(i.row.type for i in items) == ["Confirmed"] * 24


# --- a door before several workers


def _answer(question: Question) -> Any:
    return toy.Confirmed(question.request.number)


@contextlib.asynccontextmanager
async def door(crew: Crew, folder: Path) -> AsyncIterator[Link]:
    """A door linked to every worker."""
    listeners, links = [], []
    for worker in crew.workers:
        end = CoreEnd(
            CATALOGUE, worker.node.submit, worker.inbox(), worker.node.changed, _answer,
            worker.node.command, worker.clock, Reads().note,
        )  # fmt: skip
        sessions = CoreSessions(
            welcome=lambda w=worker: frames.Welcome(frames.VERSION, w.holder, w.owned, PARTITIONS),  # type: ignore[misc]
            failed=worker.problems.append,
        )
        worker.tenancy.told = sessions.announce
        address = UnixAddress(folder / str(worker.place))
        listeners.append(LinkListeners([address], DevelopmentIdentity(folder), end, sessions))
        await listeners[-1].start()
        connect = connection(address, Platform.SPEED2, DevelopmentIdentity(folder))
        links.append(
            RemoteLink(
                Platform.SPEED2, name="door", connect=connect, catalogue=CATALOGUE, clock=toy.Clock(), patience=0.0
            )
        )
    made = Workers(links, CATALOGUE, patience=20.0)
    task = asyncio.create_task(made.run())
    yield made
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    for each in listeners:
        await each.stop()


def test_a_door_finds_the_owner_and_follows_when_a_partition_moves(store: SharedStore, tmp_path: Path) -> None:
    async def journey(crew: Crew) -> None:
        maker = crew.workers[0].maker
        async with door(crew, tmp_path) as link:
            for p in PARTITIONS:
                account = named("account", p)
                receipt = await link.submit(maker.envelope("accounts.open", toy.Open(account, 100), account))
                assert receipt.position >> 48 == p
            crew.workers[1].tenancy.stop()
            takes_over = asyncio.create_task(_rounds(crew.workers[0]))
            order = toy.Order(named("order", 1), named("account", 1), 5)
            await link.submit(maker.envelope("orders.place", order, "o"))
            takes_over.cancel()
            waiting = asyncio.create_task(link.collect(reads("T1"), "", 10, 10.0))
            await crew.settle()
            ((item,), _) = await waiting
            assert item.row.type == "Confirmed"
            name = f"{item.position:x}"
            assert await link.claim(reads("T1"), [name], 900) == (name, "", "")
            await link.note(reads("T1"), name, b"sent")
            assert await link.claim(reads("T1"), [name], 900) == ("", "", "")
            assert await link.noted(name) == ("T1", b"sent")
            assert await link.noted("7fff000000000001") == ("", b""), "of a partition that there is not"
            await link.acknowledge(reads("T1"), f"{item.position:x}", "rest")
            assert (await link.collect(reads("T1"), "", 10, 0.0))[0] == []

    go(store, journey)


async def _rounds(worker: Worker) -> None:
    while True:
        worker.tenancy.round()
        await asyncio.sleep(0.02)


def test_where_nobody_owns_a_partition_a_door_says_so_in_time(store: SharedStore, tmp_path: Path) -> None:
    async def journey(crew: Crew) -> None:
        async with door(crew, tmp_path) as link:
            assert isinstance(link, Workers)
            link._patience = 0.2
            crew.workers[1].tenancy.stop()
            envelope = crew.workers[0].maker.envelope("accounts.open", toy.Open(named("account", 1), 1), "x")
            with pytest.raises(CoreUnreachable):
                await link.submit(envelope)

    go(store, journey)
