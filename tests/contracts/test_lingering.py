"""A node whose ticks wait for more: fewer of them, the same receipts in the same order, and nobody alone waits."""

from __future__ import annotations

import asyncio

from douane.runtime.core import node as nodes
from douane.runtime.core.tick import Tick
from douane.runtime.store import keys
from douane.runtime.store.ports import Store
from tests.contracts import toy, virtual
from tests.contracts.virtual import passed

LINGER = 0.01
STEP = 0.001


class Lingers:
    """A node over a toy, on virtual time; what it ticked and when."""

    def __init__(self, store: Store) -> None:
        self.made = toy.Node(store)
        self.made.run(self.made.envelope("accounts.open", toy.Open("A", 100_000)))
        self.problems: list[BaseException] = []
        self.node = nodes.Node([self.made.owner], ended=self.problems.append, linger=LINGER)
        self.ticks: list[float] = []
        self.node.watchers.append(self._watch)
        self.placed: list[tuple[int, str]] = []
        self.longest = 0.0

    def _watch(self, _tick: Tick) -> None:
        self.ticks.append(passed())

    async def order(self, number: str, sender: str) -> None:
        """Place an order; remember where it stands."""
        began = passed()
        receipt = await self.node.submit(self.made.envelope("orders.place", toy.Order(number, "A", 1), sender=sender))
        self.placed.append((receipt.position, number))
        self.longest = max(self.longest, passed() - began)


def test_a_client_alone_waits_for_nothing(store: Store) -> None:
    made = Lingers(store)

    async def alone() -> float:
        for n in range(30):
            await made.order(f"O{n}", "T1")
        return passed()

    assert virtual.run(alone()) == 0
    assert made.problems == []


def test_of_many_each_waits_at_most_so_long_and_fewer_ticks_hold_them_in_their_order(store: Store) -> None:
    made, count = Lingers(store), 100

    async def many() -> None:
        orders = []
        for n in range(count):
            orders.append(asyncio.create_task(made.order(f"O{n:03}", f"T{n % 2 + 1}")))
            await asyncio.sleep(STEP)
        await asyncio.gather(*orders)

    virtual.run(many())
    assert made.problems == []
    assert [number for _, number in sorted(made.placed)] == [f"O{n:03}" for n in range(count)]
    assert made.longest <= LINGER + STEP
    assert len(made.ticks) <= count * STEP / LINGER + 3


def test_what_is_accepted_goes_on_at_once(store: Store) -> None:
    made = Lingers(store)
    made.made.owner.ports.budget = -1  # one message a tick

    async def handled() -> float:
        await asyncio.gather(*(made.order(f"O{n}", f"T{n}") for n in range(10)))
        began = passed()
        while made.node.owners[0].pending:  # noqa: ASYNC110 - a node tells nobody
            await asyncio.sleep(0)
        return passed() - began

    assert virtual.run(handled()) == 0
    assert keys.position_number(max(made.placed)[0]) <= made.node.owners[0].state.cursor


def test_who_waits_when_the_node_stops_has_his_receipt(store: Store) -> None:
    made = Lingers(store)

    async def stopped() -> None:
        await asyncio.gather(made.order("O1", "T1"), made.order("O2", "T2"))
        last = asyncio.create_task(made.order("O3", "T1"))
        await asyncio.sleep(0)
        assert not last.done()
        await made.node.stop()
        await last

    virtual.run(stopped())
    assert [number for _, number in made.placed] == ["O1", "O2", "O3"]
