"""Events inside a node: each follower handles them once, in a case of its own, and nobody outside can say one."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.model.caller import CORE
from douane.model.circles import Platform
from douane.model.declare import Level, Operation, event, service
from douane.runtime.catalogue.behaviour import Behaviour, Handler, handles
from douane.runtime.core.commands import Release
from douane.runtime.door.link import DirectLink
from douane.runtime.store import keys
from douane.runtime.store.envelope import Arrival, Receipt
from douane.runtime.store.ports import Store
from douane.runtime.store.records import Value, kind_of, record
from douane.vocabulary.errors import DeclarationFault, NotFound, WrongCircle
from tests.callers import admitted, who
from tests.contracts import toy
from tests.contracts.test_link import Core
from tests.contracts.test_partitions import PARTITIONS, Several, go, named


class Placed(msgspec.Struct, frozen=True):
    number: str
    account: str
    amount: int


@service("ordered", title="What was ordered", owner="tests", level=Level.GOLD)
class Ordered:
    """Events of the toy."""

    @event(Placed, by=(toy.TRADER,), task="T")
    def placed(self) -> None:
        """An order was placed."""


PLACED: Operation = Ordered.placed


@record(904)
class Seen(Value, frozen=True):
    orders: tuple[str, ...] = ()


def count(work: Any, m: Placed) -> None:
    """It keeps the orders of an account in one case, which the first event opens."""
    if m.amount == 13:
        raise RuntimeError("this follower cannot")
    seen = work.get(Seen) or Seen()
    work.put(Seen((*seen.orders, m.number)))


def log(work: Any, m: Placed) -> None:
    """It names no case, so each event opens one."""
    work.put(Seen((f"{m.number} logged",)))


def place(work: Any, m: toy.Order) -> None:
    work.put(toy.OrderRecord(m.number, m.trader, m.account, m.amount, "new", ""))
    work.publish(PLACED, Placed(m.number, m.account, m.amount))


FOLLOWERS = {
    "ordered.placed@counting": Handler(PLACED, count, concerns=lambda m: ("orders of", m.account), opens=True),
    "ordered.placed@logging": Handler(PLACED, log),
}


@pytest.fixture(autouse=True)
def publishing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Orders are published when they are placed; two applications follow."""
    placing = Handler(toy.Orders.place, place, (toy.OrderRecord,), refuse=toy.refuse_order)
    monkeypatch.setattr(toy.BEHAVIOUR, "handlers", {**toy.BEHAVIOUR.handlers, **FOLLOWERS, "orders.place": placing})
    monkeypatch.setattr(toy.BEHAVIOUR, "followers", {"ordered.placed": sorted(FOLLOWERS)})
    for name in FOLLOWERS:
        monkeypatch.setitem(toy.BY_OPERATION, name, Placed)


def kept(store: Store, partitions: tuple[int, ...] = (0,)) -> list[tuple[str, ...]]:
    """What followers have kept, over all of their cases."""
    found = []
    for partition in partitions:
        prefix = keys.space(keys.RECORD, partition)
        for key, raw in store.scan(prefix, keys.after(prefix), 1000):
            if key[13:15] == keys.u16(904):
                found.append(kind_of(Seen).stored.read(raw).orders)
    return sorted(found)


def test_each_follower_handles_an_event_in_a_case_of_its_own(node: toy.Node) -> None:
    receipts = node.run(*(node.envelope("orders.place", toy.Order(str(n), "A", 1)) for n in range(3)))
    assert all(isinstance(each, Receipt) for each in receipts)
    assert kept(node.store) == [("0", "1", "2"), ("0 logged",), ("1 logged",), ("2 logged",)]
    assert toy.sent_to(node.store, "feed:ordered.placed") == ["Placed"] * 3  # and those outside read it as before


def test_a_follower_that_fails_harms_neither_the_publisher_nor_the_others(node: toy.Node) -> None:
    (receipt,) = node.run(node.envelope("orders.place", toy.Order("1", "A", 13)))
    assert isinstance(receipt, Receipt)
    kept_order = toy.view(node).get(toy.OrderRecord, receipt.subject)
    assert kept_order is not None
    assert kept_order.state == "new"
    assert kept(node.store) == [("1 logged",)]
    (aside,) = node.owner.parked()
    assert (aside.operation, aside.subject == receipt.subject) == ("ordered.placed@counting", False)
    node.run(commands=(Release(aside.position),))
    assert [each.attempts for each in node.owner.parked()] == [2]


def test_without_a_name_that_it_knows_a_follower_meets_no_case_of_its_own(
    node: toy.Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told, and leaves the name to whoever opens a case under it."""
    follower = Handler(PLACED, count, concerns=lambda m: ("orders of", m.account))
    monkeypatch.setitem(toy.BEHAVIOUR.handlers, "ordered.placed@counting", follower)
    for n in range(2):
        node.run(node.envelope("orders.place", toy.Order(str(n), "A", 1)))
    assert kept(node.store) == [("0",), ("0 logged",), ("1",), ("1 logged",)]
    assert toy.view(node).resolve("orders of", "A") is None


def test_what_a_handler_published_before_it_failed_is_told_to_nobody(
    node: toy.Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(work: Any, m: toy.Order) -> None:
        place(work, m)
        raise RuntimeError("afterwards")

    monkeypatch.setitem(toy.BEHAVIOUR.handlers, "orders.place", Handler(toy.Orders.place, fails))
    node.run(node.envelope("orders.place", toy.Order("1", "A", 1)))
    assert kept(node.store) == []


def test_an_event_that_was_not_handled_yet_is_handled_by_who_owns_the_partition_next(store: Store) -> None:
    """Once: the publication is committed, the process ends before its followers had their turn."""
    clock = toy.Clock()
    node = toy.Node(store, clock=clock)
    node.owner.ports.budget = 0  # nothing is handled after the first message of a tick
    node.run(node.envelope("orders.place", toy.Order("1", "A", 1)))
    assert kept(store) == []
    again = toy.Node(store, clock=clock)
    again.run()
    assert kept(store) == [("1",), ("1 logged",)]
    toy.Node(store, clock=clock).run()
    assert kept(store) == [("1",), ("1 logged",)]


def test_an_event_reaches_the_partition_of_the_case_that_it_concerns(store: Store) -> None:
    account = next(name for p in PARTITIONS for name in [named("orders of", 2)])

    async def journey(node: Several) -> None:
        for n in range(6):
            await node.send("orders.place", toy.Order(named("order", n % 3, n // 3), account, 1))
        await node.settle()

    several = go(store, journey)
    orders = sorted(named("order", n % 3, n // 3) for n in range(6))
    (counted,) = (each for each in kept(store, (2,)) if len(each) == 6)
    assert sorted(counted) == orders
    assert sum(len(each) for each in kept(store, PARTITIONS)) == 12
    assert several.view().resolve("orders of", account) is not None


@pytest.mark.parametrize("name", ["ordered.placed", "ordered.placed@counting"])
def test_nobody_outside_says_an_event(name: str, tmp_path: Path) -> None:
    """Not a trader, and not a door that was captured."""

    async def journey(core: Core) -> None:
        link = DirectLink(Platform.SPEED2, core.end)
        body = msgspec.json.encode(Placed("1", "A", 1))
        for caller in (who("T1", "untrusted", "XX"), CORE):
            arrival = Arrival(admitted(caller, name, body, id="e1", platform="speed2", channel="rest"))
            with pytest.raises((NotFound, WrongCircle)):
                await link.submit(arrival)

    core = Core(tmp_path)
    asyncio.run(journey(core))
    assert kept(core.store) == []


def test_two_functions_of_one_application_do_not_follow_one_event() -> None:
    def first(work: Any, m: Placed) -> None: ...
    def second(work: Any, m: Placed) -> None: ...

    module = type(pytest)("douane.applications.counting.handlers")
    for function in (first, second):
        function.__module__ = module.__name__
        setattr(module, function.__name__, handles(PLACED)(function))
    with pytest.raises(DeclarationFault, match="two handlers"):
        Behaviour.of([module])
    del module.second
    assert Behaviour.of([module]).followers == {"ordered.placed": ["ordered.placed@counting"]}
