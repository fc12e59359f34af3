"""A coroutine's own cost: what others do while it waits is not in it, and it hears whatever is thrown at it."""

from __future__ import annotations

import asyncio

import pytest

from douane.runtime.turns.stepping import Stepped


class Meter:
    """A meter that a test moves."""

    def __init__(self) -> None:
        self.ns = 0

    def __call__(self) -> int:
        return self.ns


def test_only_its_own_steps_count() -> None:
    meter = Meter()

    async def other() -> None:
        meter.ns += 1_000

    async def mine() -> str:
        meter.ns += 5
        await asyncio.create_task(other())
        meter.ns += 7
        return "done"

    async def run() -> int:
        stepped = Stepped(mine(), meter)
        assert await stepped == "done"
        return stepped.ns

    assert asyncio.run(run()) == 12


def test_what_it_raises_and_what_it_did_until_then_are_known() -> None:
    meter = Meter()

    async def mine() -> None:
        meter.ns += 3
        await asyncio.sleep(0)
        meter.ns += 4
        raise ValueError("mine")

    async def run() -> int:
        stepped = Stepped(mine(), meter)
        with pytest.raises(ValueError, match="mine"):
            await stepped
        return stepped.ns

    assert asyncio.run(run()) == 7


def test_it_hears_that_it_is_cancelled() -> None:
    heard: list[str] = []

    async def mine() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            heard.append("cancelled")
            raise

    async def whole() -> None:
        await Stepped(mine(), Meter())

    async def run() -> None:
        task = asyncio.create_task(whole())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())
    assert heard == ["cancelled"]


def test_a_time_limit_within_it_holds() -> None:
    async def mine() -> str:
        try:
            async with asyncio.timeout(0.01):
                await asyncio.sleep(60)
        except TimeoutError:
            return "late"
        return "never"

    async def whole() -> str:
        return await Stepped(mine(), Meter())

    assert asyncio.run(whole()) == "late"
