"""An inbox answers the same from memory and from the store, whatever was sent, taken, dropped or missed meanwhile."""

from __future__ import annotations

import random

import pytest

from douane.backends.memory.backend import MemoryStore
from douane.runtime.core.commands import Acknowledge
from douane.runtime.core.tick import Tick
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.delivery.recent import Recent
from tests.contracts import toy


@pytest.mark.parametrize(("count", "seed"), [(20_000, 1), (12, 2), (12, 3), (1, 4)])
def test_memory_and_store_agree(count: int, seed: int) -> None:
    chance, store, recent = random.Random(seed), MemoryStore(), Recent(count)
    node = toy.Node(store)
    plain, quick = Inbox(store, [0]), Inbox(store, [0], recent)
    node.run(node.envelope("accounts.open", toy.Open("A", 10_000)))
    cursors = {f"T{n}": [""] for n in range(3)}
    from_memory = 0
    for number in range(200):
        party = chance.choice(list(cursors))
        tick = Tick(node.owner)
        taken = [Acknowledge(party, item.position, 5) for item in plain.read(party)[0] if chance.random() < 0.2]
        tick.run([node.envelope("orders.place", toy.Order(f"x{number}", "A", 1), sender=party)], taken)
        if chance.random() < 0.05:
            continue  # nobody learns of this commit before the next one
        recent.watch(tick)
        reader, limit = chance.choice(list(cursors)), chance.choice((1, 3, 50))
        cursor = chance.choice(cursors[reader][-4:])
        from_memory += recent.after(reader, plain.parse(cursor), 1) is not None
        expected = plain.read(reader, cursor, limit)
        assert quick.read(reader, cursor, limit) == expected
        cursors[reader].append(expected[1])
    assert from_memory > 3


def test_bodies_beyond_the_bound_are_left_to_the_store() -> None:
    store, small, large = MemoryStore(), Recent(size=100), Recent()
    node = toy.Node(store)
    node.run(node.envelope("accounts.open", toy.Open("A", 100)))
    for number in range(20):
        tick = Tick(node.owner)
        tick.run([node.envelope("orders.place", toy.Order(f"x{number}", "A", 1))])
        small.watch(tick)
        large.watch(tick)
    after = {0: 0}
    kept = large.after("T1", after, 50)
    assert kept is not None
    assert len(kept) == 20
    assert small.after("T1", after, 50) is None
    newest = small.after("T1", {0: kept[-2].position}, 50)
    assert newest == kept[-1:]
