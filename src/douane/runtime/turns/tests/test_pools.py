"""Threads by purpose: bounded, apart from each other, and rid of what its caller gave up."""

from __future__ import annotations

import asyncio
import contextvars
import threading

import pytest

from douane.runtime.turns.pools import Bound, Pool
from douane.vocabulary.errors import Overloaded


def test_a_call_returns_and_raises_what_it_does_in_a_thread_of_its_purpose() -> None:
    about = contextvars.ContextVar("about", default="")

    async def main() -> None:
        about.set("a trace")
        pool = Pool("names", Bound(1, 4, "a test"))
        assert await pool.run(lambda *, of: (threading.current_thread().name, about.get(), of), of=3) == (
            "douane-names_0", "a trace", 3,
        )  # fmt: skip
        with pytest.raises(ZeroDivisionError):
            await pool.run(lambda: 1 // 0)
        assert (pool.waiting, pool.busy) == (0, 0)

    asyncio.run(main())


def test_what_is_given_up_is_not_done_and_makes_room() -> None:
    async def main() -> None:
        pool, gate, done = Pool("names", Bound(1, 2, "a test")), threading.Event(), list[int]()
        first = asyncio.create_task(pool.run(gate.wait, 20))
        while not pool.busy:  # noqa: ASYNC110 - a thread takes it without an event
            await asyncio.sleep(0.01)
        left = [asyncio.create_task(pool.run(done.append, n)) for n in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Overloaded):
            await pool.run(done.append, 2)
        assert (pool.waiting, pool.refused) == (2, 1)
        for each in left:
            each.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        assert pool.waiting == 0
        last = asyncio.create_task(pool.run(done.append, 3))
        await asyncio.sleep(0)
        gate.set()
        await first
        await last
        assert done == [3]

    asyncio.run(main())
