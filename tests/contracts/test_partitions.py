"""Several partitions over one store: cases open where their name belongs, and reach each other by message only."""

from __future__ import annotations

import asyncio
import dataclasses
import random
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest

from douane.applications.eori.contract import EconomicOperators
from douane.model.caller import INNER
from douane.runtime.core import node as nodes
from douane.runtime.core.accept import home_partition, unnamed_home
from douane.runtime.core.commands import Acknowledge
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.delivery.lanes import Lanes
from douane.runtime.delivery.transfer import Transfer
from douane.runtime.store import keys
from douane.runtime.store.envelope import Arrival, Receipt, RowKind, SentRow
from douane.runtime.store.ports import SECOND, Batch, Log, Reader, Store
from douane.runtime.store.queries import View
from douane.vocabulary.errors import DeclarationFault, KnownIdChanged, NotAuthorised, Overloaded, StoreUnavailable
from tests.callers import admitted, who
from tests.contracts import toy

PARTITIONS = (0, 1, 2)


def named(kind: str, partition: int, nth: int = 0) -> str:
    """A name whose home is a partition."""
    return [n for i in range(200) if home_partition("XX", kind, n := f"{kind}{i}", PARTITIONS) == partition][nth]


class Several:
    """A node of three partitions, its inner lanes driven by hand."""

    def __init__(self, store: Store) -> None:
        self.store, self.clock, self.sent = store, toy.Clock(), 0
        self.problems: list[BaseException] = []
        self.begin()

    def begin(self) -> None:
        """A node from what the store holds."""
        made = [toy.Node(self.store, p, self.clock, partitions=PARTITIONS) for p in PARTITIONS]
        self.maker = made[0]
        self.node = nodes.Node([m.owner for m in made], ended=self.problems.append, pause=0.01)
        self.lanes = Lanes(self.node, self.store, self.clock, {INNER: Transfer(self.node)})
        self.node.watchers.append(self.lanes.watch)
        self.lanes.recover()

    async def restart(self) -> None:
        """Forget everything but the store."""
        await self.node.stop()
        self.begin()
        self.node.start()

    async def send(self, operation: str, message: object, id: str = "") -> Receipt:
        self.sent += 1
        return await self.node.submit(self.maker.envelope(operation, message, id or f"m{self.sent}"))

    async def settle(self) -> None:
        """Carry between partitions until nothing is on its way."""
        self.node.start()
        await asyncio.sleep(0)
        while any(owner.pending for owner in self.node.owners) or await self._turn():  # noqa: ASYNC110 - ticks tell nobody
            await asyncio.sleep(0)

    async def _turn(self) -> bool:
        busy = [lane for lane in self.lanes.lanes.values() if lane.waiting]
        for lane in busy:
            await self.lanes.turn(lane)
        return bool(busy)

    def view(self) -> View:
        return View(self.store, "XX", self.clock.now(), toy.Look, partitions=PARTITIONS)

    def order(self, number: str) -> toy.OrderRecord | None:
        subject = self.view().resolve("order", number)
        return self.view().get(toy.OrderRecord, subject) if subject else None

    def reserved(self, account: str) -> int:
        subject = self.view().resolve("account", account)
        assert subject is not None
        found = self.view().get(toy.Account, subject)
        assert found is not None
        parts = self.view().all_of(toy.Reservation, subject)
        assert sum(p.amount for p in parts) == found.reserved
        return found.reserved


Journey = Callable[[Several], Awaitable[None]]


def go(store: Store, journey: Journey) -> Several:
    several = Several(store)
    asyncio.run(journey(several))  # type: ignore[arg-type] # every journey is a coroutine function
    assert several.problems == []
    return several


def test_a_case_opens_in_the_home_of_its_name_and_asks_across_partitions(store: Store) -> None:
    account = named("account", 2)

    async def journey(node: Several) -> None:
        await node.send("accounts.open", toy.Open(account, 100))
        for p in PARTITIONS:
            receipt = await node.send("orders.place", toy.Order(named("order", p), account, 40))
            assert keys.subject_partition(receipt.subject) == p
        await node.settle()

    node = go(store, journey)
    assert node.reserved(account) == 80
    states = [(node.order(named("order", p)) or toy.OrderRecord("", "", "", 0, "", "")).state for p in PARTITIONS]
    assert sorted(states) == ["confirmed", "confirmed", "refused"]
    items, _ = Inbox(store, PARTITIONS).read("T1")
    assert sorted(i.row.type for i in items) == ["Confirmed", "Confirmed", "Refused"]


def test_later_messages_are_routed_by_name_and_find_sees_every_partition(store: Store) -> None:
    account, numbers = named("account", 0), [named("order", p) for p in PARTITIONS]

    async def journey(node: Several) -> None:
        await node.send("accounts.open", toy.Open(account, 100))
        for number in numbers:
            await node.send("orders.place", toy.Order(number, account, 1))
        await node.settle()
        for number in numbers:
            await node.send("orders.amend", toy.Amend(number, 7))

    node = go(store, journey)
    for number in numbers:
        order = node.order(number)
        assert order is not None
        assert order.note == "7/3 "  # the handler found all three orders of the trader


def test_a_case_is_found_by_a_further_name_that_would_be_at_home_elsewhere(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, further = named("account", 0), named("account", 1)

    def open_under_two_names(work: Any, m: toy.Open) -> None:
        work.put(toy.Account(m.limit))
        work.alias("account", further)

    handler = toy.BEHAVIOUR.handlers["accounts.open"]
    monkeypatch.setitem(
        toy.BEHAVIOUR.handlers, "accounts.open", dataclasses.replace(handler, handle=open_under_two_names)
    )

    async def journey(node: Several) -> None:
        await node.send("accounts.open", toy.Open(first, 100))
        await node.settle()
        for p in PARTITIONS:
            await node.send("orders.place", toy.Order(named("order", p), further, 7))
        await node.settle()

    node = go(store, journey)
    assert node.reserved(first) == 21
    assert all((found := node.order(named("order", p))) and found.state == "confirmed" for p in PARTITIONS)


def test_an_unknown_name_is_refused_across_partitions_and_the_token_gets_its_answer(store: Store) -> None:
    async def journey(node: Several) -> None:
        await node.send("orders.place", toy.Order(named("order", 0), named("account", 1), 1))
        await node.settle()

    order = go(store, journey).order(named("order", 0))
    assert order is not None
    assert order.state == "refused"


def test_a_known_id_is_known_in_whatever_partition_its_content_points_to(store: Store) -> None:
    async def journey(node: Several) -> None:
        first = await node.send("orders.place", toy.Order(named("order", 0), "none", 1), id="same")
        again = await node.send("orders.place", toy.Order(named("order", 0), "none", 1), id="same")
        assert again == first
        with pytest.raises(KnownIdChanged):
            await node.send("orders.place", toy.Order(named("order", 1), "none", 1), id="same")
        twins = [node.send("orders.place", toy.Order(named("order", p, 1), "none", 1), id="twin") for p in (1, 2)]
        results = await asyncio.gather(*twins, return_exceptions=True)
        assert [type(r) for r in results] == [Receipt, KnownIdChanged]

    node = go(store, journey)
    assert node.order(named("order", 1)) is None
    assert node.order(named("order", 2, 1)) is None


def test_what_is_passed_on_about_one_case_stands_together_in_its_order(store: Store) -> None:
    async def journey(node: Several) -> None:
        receipts = []
        for n in range(-2, 12):
            own_id, sender, to = (f"p{n}", "NTA.XX", "T9") if n >= 0 else (f"q{n}", "T9", "NTA.XX")
            arrival = node.maker.envelope("Confirmed", toy.Confirmed(str(n)), own_id, sender)
            passed = msgspec.structs.replace(
                arrival.envelope, kind=RowKind.RELAY, relay_to=to, about=f"26XX{n % 2:013}J0"
            )
            receipts.append(await node.node.submit(Arrival(passed)))
        assert len({receipt.subject for receipt in receipts}) == 2
        await node.settle()
        items, _ = Inbox(store, PARTITIONS).read("T9")
        assert [each.row.id for each in items if int(each.row.id[1:]) % 2] == [f"p{n}" for n in range(1, 12, 2)]

    go(store, journey)


def test_an_administration_reaches_nobody_by_a_reference_that_it_made_up(store: Store) -> None:
    invented, given = "26XX0000000000007J0", "26XX0000000000008J0"

    async def told(node: Several, own_id: str, about: str, *, answers: str = "", to: str = "T9") -> None:
        arrival = node.maker.envelope("Confirmed", toy.Confirmed(own_id), own_id, "NTA.XX")
        origin = msgspec.structs.replace(arrival.envelope.origin, correlation=answers)
        relayed = {"kind": RowKind.RELAY, "relay_to": to, "about": about, "origin": origin}
        await node.node.submit(Arrival(msgspec.structs.replace(arrival.envelope, **relayed)))

    async def journey(node: Several) -> None:
        with pytest.raises(NotAuthorised):
            await told(node, "p1", invented)
        asked = node.maker.envelope("orders.place", toy.Order("O1", "A", 1), "q1", "T9").envelope
        await node.node.submit(Arrival(msgspec.structs.replace(asked, kind=RowKind.RELAY, relay_to="NTA.XX")))
        await told(node, "p2", given, answers="q1")  # from here on the reference is one of theirs
        await told(node, "p3", given)
        for about, to in ((invented, "T9"), (given, "T8")):
            with pytest.raises(NotAuthorised):
                await told(node, f"p{about}{to}", about, to=to)
        await node.settle()
        items, _ = Inbox(store, PARTITIONS).read("T9")
        assert sorted(each.row.id for each in items) == ["p2", "p3"]

    go(store, journey)


def test_a_case_that_opened_elsewhere_meanwhile_takes_nothing_here(store: Store) -> None:
    clock = toy.Clock()
    there, here = (toy.Node(store, p, clock, partitions=(0, 1)) for p in (0, 1))
    (opened,) = there.run(there.envelope("orders.place", toy.Order("O1", "A", 1)))
    assert isinstance(opened, Receipt)
    amendment = there.envelope("orders.amend", toy.Amend("O1", 5))
    (refused,) = here.run(amendment)
    assert isinstance(refused, Overloaded)
    assert store.scan_log(Log.JOURNAL, keys.log_position(1, 0), keys.log_position(2, 0), 5) == []
    (taken,) = there.run(amendment)
    assert isinstance(taken, Receipt)
    assert taken.subject == opened.subject


def test_an_acknowledgement_finds_the_partition_of_its_message(store: Store) -> None:
    account = named("account", 1)

    async def journey(node: Several) -> None:
        await node.send("accounts.open", toy.Open(account, 100))
        await node.send("orders.place", toy.Order(named("order", 2), account, 1))
        await node.settle()
        ((item,), _) = Inbox(store, PARTITIONS).read("T1")
        await node.node.command(Acknowledge("T1", item.position, 1))
        assert Inbox(store, PARTITIONS).read("T1")[0] == []

    go(store, journey)


class Dying:
    """A store that refuses one commit, after which everything that memory held is lost."""

    def __init__(self, inner: Store, chance: random.Random) -> None:
        self._inner, self._chance, self.rate = inner, chance, 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def apply(self, batch: Batch, partition: int, epoch: int) -> None:
        before = self._chance.random() < 0.5
        fails = self._chance.random() < self.rate
        if fails and before:
            raise StoreUnavailable("It went away before the commit.")
        self._inner.apply(batch, partition, epoch)
        if fails:
            raise StoreUnavailable("It went away after the commit, before the answer.")


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_cut_off_every_message_between_partitions_has_one_effect(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    dying = Dying(store, chance)
    accounts = [named("account", p) for p in PARTITIONS]
    numbers = [named("order", p, n) for p in PARTITIONS for n in range(8)]

    async def journey(node: Several) -> None:
        for account in accounts:
            await node.send("accounts.open", toy.Open(account, 1000))
        dying.rate = 0.3
        for n, number in enumerate(numbers):
            await _insist(node, toy.Order(number, chance.choice(accounts), 10), f"order{n}")
            for lane in list(node.lanes.lanes.values()):
                await node.lanes.turn(lane)
            if chance.random() < 0.2:
                dying.rate = 0.0
                await node.restart()
                dying.rate = 0.3
        dying.rate = 0.0
        await node.restart()
        await node.settle()

    node = go(dying, journey)  # the rest of the port is passed through
    assert sum(node.reserved(account) for account in accounts) == 10 * len(numbers)
    items, _ = Inbox(store, PARTITIONS).read("T1", limit=500)
    assert sorted(i.row.type for i in items) == ["Confirmed"] * len(numbers)


async def _insist(node: Several, order: toy.Order, id: str) -> None:
    while True:
        try:
            await node.send("orders.place", order, id=id)
        except StoreUnavailable:
            await asyncio.sleep(0.012)
        else:
            return


def test_no_cursor_skips_a_message_that_commits_late(store: Store) -> None:
    """Partitions commit in any order; a reader that pages by cursor meanwhile sees every message once, in order."""
    made = [toy.Node(store, p, toy.Clock(), partitions=PARTITIONS) for p in PARTITIONS]
    for p, node in enumerate(made):
        node.run(node.envelope("accounts.open", toy.Open(named("account", p), 10_000), f"a{p}"))
    chance, inbox = random.Random(7), Inbox(store, PARTITIONS)
    cursor, seen, count = "", list[int](), 0
    for _ in range(120):
        p = chance.choice(PARTITIONS)
        batch = []
        for _ in range(chance.randrange(4)):
            count += 1
            batch.append(
                made[p].envelope("orders.place", toy.Order(f"x{count}", named("account", p), 1), f"{p}-{count}")
            )
        made[p].run(*batch)
        if chance.random() < 0.5:
            items, cursor = inbox.read("T1", cursor, chance.choice((1, 2, 50)))
            seen += [i.position for i in items]
    while True:
        items, cursor = inbox.read("T1", cursor)
        if not items:
            break
        seen += [i.position for i in items]
    assert len(seen) == len(set(seen)) == count
    for p in PARTITIONS:
        mine = [position for position in seen if position >> 48 == p]
        assert mine == sorted(mine)
        numbers = [keys.position_number(position) for position, _ in _log(store, Log.SENT, p)]
        assert numbers == list(range(1, len(numbers) + 1))


def _log(store: Reader, log: Log, partition: int) -> list[tuple[int, bytes]]:
    return store.scan_log(log, keys.log_position(partition, 0), keys.log_position(partition + 1, 0) - 1, 100_000)


def test_a_timer_in_any_partition_fires(store: Store) -> None:
    account = named("account", 0)

    async def journey(node: Several) -> None:
        await node.send("accounts.open", toy.Open(account, 100))
        await node.send("orders.place", toy.Order(named("order", 2), account, 1))
        await node.settle()
        node.clock.at += 11 * SECOND
        await node.settle()

    order = go(store, journey).order(named("order", 2))
    assert order is not None
    assert order.state == "closed"


def test_owners_that_do_not_know_each_other_make_no_node(store: Store) -> None:
    made = [toy.Node(store, p).owner for p in (0, 1)]
    with pytest.raises(DeclarationFault):
        nodes.Node(made, ended=lambda problem: None)


def test_nothing_crosses_where_there_is_one_partition(store: Store) -> None:
    node = toy.Node(store)
    node.run(node.envelope("accounts.open", toy.Open("A", 100)))
    node.run(node.envelope("orders.place", toy.Order("O1", "A", 1)))
    assert not any(isinstance(row, SentRow) and row.lane for row in _rows(node))


def _rows(node: toy.Node) -> list[Any]:
    subject = toy.view(node).resolve("order", "O1")
    assert subject is not None
    return [row for _, row in toy.view(node).timeline(subject)]


def test_messages_that_replace_each_other_meet_in_one_partition() -> None:
    """Deliveries of one register: a later one takes the place of what an earlier one said, so none may be elsewhere."""
    partitions = tuple(range(8))
    sent = [admitted(who("NTA.DE", "trusted"), "eori.deliver", id=f"m{n}", administration="EU") for n in range(40)]
    assert len({unnamed_home(each, partitions) for each in sent}) > 1
    assert len({unnamed_home(each, partitions, together=True) for each in sent}) == 1
    assert EconomicOperators.deliver.together
