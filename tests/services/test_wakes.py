"""Two nodes on one database: who waits for an inbox at one of them is woken by what the other commits."""

from __future__ import annotations

import asyncio

from douane.backends.postgresql.backend import open_store
from douane.runtime.core import node as nodes
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.delivery.notices import follow
from douane.runtime.store.ports import Notice
from tests.contracts import toy
from tests.services.postgresql import database, postgresql

LONG = 600.0
"""Nobody waits so long: the test ends long before."""


def test_an_inbox_that_another_process_fills_wakes_who_waits_for_it(database: str) -> None:
    stores = [open_store(database) for _ in range(2)]
    made = [toy.Node(store, p) for p, store in enumerate(stores)]

    async def journey() -> None:
        here, there = (nodes.Node([m.owner], ended=lambda problem: None) for m in made)
        listening = asyncio.Event()

        def heard(notice: Notice) -> None:
            here.heard(notice)
            listening.set()

        following = asyncio.create_task(follow(stores[0].notices, heard))
        async with asyncio.timeout(20):
            await listening.wait()
            waiting, other = (asyncio.create_task(here.changed(LONG, party)) for party in ("T1", "T2"))
            await asyncio.sleep(0)
            await there.submit(made[1].envelope("accounts.open", toy.Open("A", 100)))
            await there.submit(made[1].envelope("orders.place", toy.Order("O1", "A", 1)))
            await waiting
        assert [item.row.type for item in Inbox(stores[0], (0, 1)).read("T1")[0]] == ["Confirmed"]
        assert not other.done()
        for task in (following, other):
            task.cancel()
        await asyncio.gather(following, other, return_exceptions=True)

    asyncio.run(journey())
    for store in stores:
        store.close()


__all__ = ["database", "postgresql"]
