"""What a process asks within a tick: it sees what the tick did so far, as everybody sees it once it is committed."""

from __future__ import annotations

import random
from typing import Any

import pytest

from douane.backends.memory.backend import MemoryStore
from douane.model.declare import Operation
from douane.runtime.catalogue.behaviour import Answer, Handler
from douane.runtime.store.envelope import Arrival
from douane.runtime.store.records import HumanTask
from tests.contracts import toy
from tests.contracts.toy import OrderRecord, view

FIND: Operation = toy.Orders.find
TRADERS = ("T1", "T2", "T3")
STATES = ("new", "open", "closed")


def seen(view: Any, _: Any) -> list[object]:
    """All that a query can read of orders: by name, one by one, by the index both ways and in pages, all of a case."""
    found: list[object] = []
    for number in range(8):
        subject = view.resolve("order", str(number))
        found.append((subject, subject and view.get(OrderRecord, subject), subject and view.all_of(HumanTask, subject)))
    for trader in TRADERS:
        for reverse in (False, True):
            found.append(view.find(OrderRecord, "by_trader", trader, reverse=reverse)[0])
            found.append(view.find(OrderRecord, "by_trader", trader, "open", low=3, high=7, reverse=reverse)[0])
            pages, after = [], b""
            for _ in range(20):
                page, after = view.find(OrderRecord, "by_trader", trader, limit=2, after=after, reverse=reverse)
                pages += page
                if not after:
                    break
            found.append(pages)
    return found


class Scene:
    """Random work on orders, within one tick and over several; the last message of a tick asks what there is."""

    def __init__(self, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.dice = random.Random(seed)
        self.told: list[object] = []
        handlers = {
            "orders.place": Handler(toy.Orders.place, self.place, (OrderRecord,)),
            "orders.amend": Handler(toy.Orders.amend, self.amend, (OrderRecord,)),
            "accounts.open": Handler(toy.Accounts.open, self.ask),
        }
        for name, handler in handlers.items():
            monkeypatch.setitem(toy.BEHAVIOUR.handlers, name, handler)
        monkeypatch.setitem(toy.BEHAVIOUR.queries, FIND.qualified, Answer(FIND, seen))

    def record(self, number: str) -> OrderRecord:
        dice = self.dice
        return OrderRecord(number, dice.choice(TRADERS), "A", dice.randrange(9), dice.choice(STATES), "")

    def place(self, work: Any, m: toy.Order) -> None:
        work.put(self.record(m.number))
        if self.dice.random() < 0.1:
            raise RuntimeError("nothing of this is seen")

    def amend(self, work: Any, m: toy.Amend) -> None:
        what = self.dice.choice(("change", "change", "remove", "task", "fail"))
        if what == "remove":
            work.remove(OrderRecord)
        elif what == "task":
            work.put(
                HumanTask("p", "n", 1, "XX1", "officer", f"t{self.dice.randrange(9)}", 0),
                bytes([self.dice.randrange(3)]),
            )
        else:
            work.put(self.record(m.number))
        if what == "fail":
            raise RuntimeError("nothing of this is seen")

    def ask(self, work: Any, m: toy.Open) -> None:
        self.told = work.query(FIND, toy.Find(""), administration="XX")


@pytest.mark.parametrize("begin", range(0, 30, 10))
def test_a_query_within_a_tick_sees_what_one_after_it_sees(begin: int, monkeypatch: pytest.MonkeyPatch) -> None:
    changes = 0
    for seed in range(begin, begin + 10):
        scene = Scene(seed, monkeypatch)
        node = toy.Node(MemoryStore(toy.Clock()))
        node.owner.ports.budget = 1 << 60
        placed: list[str] = []
        for tick in range(6):
            arrivals: list[Arrival] = []
            for _ in range(scene.dice.randrange(1, 6)):
                if len(placed) < 8 and (not placed or scene.dice.random() < 0.5):
                    placed.append(str(len(placed)))
                    arrivals.append(node.envelope("orders.place", toy.Order(placed[-1], "A", 1)))
                else:
                    arrivals.append(node.envelope("orders.amend", toy.Amend(scene.dice.choice(placed), 1)))
            node.run(*arrivals, node.envelope("accounts.open", toy.Open(f"A{tick}", 1)))
            assert scene.told == seen(view(node), None), (seed, tick)
            changes += len(arrivals)
    assert changes > 100
