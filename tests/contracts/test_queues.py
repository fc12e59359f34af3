"""Every carrier of queues keeps the same promises: on a broker, and in a file on one machine."""

from __future__ import annotations

import asyncio
import itertools
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from douane.backends.rabbitmq.backend import RabbitQueues
from douane.backends.sqlite.queues import EmbeddedQueues
from douane.channels.csi_queue import binding
from douane.configuration.ports import SystemClock
from douane.runtime.store.queues import Queues, Taken
from douane.runtime.upkeep import beside
from douane.standards.csi.message import ALL_REPORTS, Message, Qos, Report
from douane.vocabulary.errors import PartnerRefused, PartnerUnreachable
from tests.services.rabbitmq import broker, rabbitmq  # noqa: F401 - a fixture

_numbers = itertools.count(1)
Make = Callable[[], Queues]


@pytest.fixture(params=["rabbitmq", "embedded"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    def made() -> Queues:
        if request.param == "embedded":
            return EmbeddedQueues(tmp_path / "queues.db", SystemClock(), delivery_limit=2)
        return RabbitQueues(request.getfixturevalue("rabbitmq"), SystemClock(), delivery_limit=2, settle=0)

    return made


@pytest.fixture
def queue(tmp_path: Path) -> str:
    return f"CORE-RCT-TEST.{tmp_path.name}{next(_numbers)}"


def go(make: Make, journey: Callable[[Queues], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        queues = make()
        try:
            async with asyncio.timeout(60):
                return await journey(queues)
        finally:
            await queues.close()

    return asyncio.run(run())


def message(number: int, **qos: Any) -> Message:
    return Message(f"M{number}", b"<x/>" * 50, "CD001C", Qos(**qos))


def test_what_is_put_comes_back_whole_and_in_order(make: Make, queue: str) -> None:
    whole = message(
        1, priority=3, reply_to="CORE-RCT-TEST.EU", reports=ALL_REPORTS, report_to="REPORT-RCT-TEST.EU",
        correlation="M0", integrity=True, compression=True,
    )  # fmt: skip

    async def journey(queues: Queues) -> None:
        await queues.declare(queue)
        for each in (whole, message(2), message(3)):
            await queues.put(queue, each)
        taken = await queues.take(queue, 10, 5)
        assert [t.message.id for t in taken] == ["M1", "M2", "M3"]
        assert taken[0].message == whole
        for one in taken:
            await queues.delete(one)
        assert await queues.take(queue, 10, 0) == []
        assert await queues.depth(queue) == 0

    go(make, journey)


def test_what_was_taken_and_not_deleted_comes_again(make: Make, queue: str) -> None:
    async def journey(queues: Queues) -> None:
        await queues.declare(queue)
        await queues.put(queue, message(1))
        (first,) = await queues.take(queue, 10, 5)
        assert await queues.take(queue, 10, 0) == []  # nobody else sees it meanwhile
        await queues.give_back(first)
        (again,) = await queues.take(queue, 10, 5)
        assert (again.message, again.attempts) == (first.message, 2)
        await queues.delete(again)

    go(make, journey)


def test_queues_survive_their_process(make: Make, queue: str) -> None:
    async def leave(queues: Queues) -> None:
        await queues.declare(queue)
        await queues.declare(queue)
        for number in range(5):
            await queues.put(queue, message(number))

    async def find(queues: Queues) -> list[str]:
        return [t.message.id for t in await queues.take(queue, 10, 5)]

    go(make, leave)
    assert go(make, find) == [f"M{n}" for n in range(5)]


def test_an_unknown_queue_refuses(make: Make, queue: str) -> None:
    async def journey(queues: Queues) -> None:
        with pytest.raises(PartnerRefused, match="There is no queue"):
            await queues.put(queue, message(1))

    go(make, journey)


def test_what_expires_is_told_and_never_given_out(make: Make, queue: str) -> None:
    async def journey(queues: Queues) -> None:
        await queues.declare(queue)
        await queues.put(queue, message(1, expires=SystemClock().now() + 200_000))
        await asyncio.sleep(0.6)
        assert await queues.take(queue, 10, 0) == []
        (dead,) = await _until(lambda: queues.dead(queue, 10))
        assert (dead.message.id, dead.report) == ("M1", Report.EXPIRATION)
        await queues.bury(dead)
        assert await queues.dead(queue, 10) == []

    go(make, journey)


def test_what_is_given_back_too_often_is_set_aside_and_not_dropped(make: Make, queue: str) -> None:
    async def journey(queues: Queues) -> None:
        await queues.declare(queue)
        await queues.put(queue, message(1))
        for _ in range(3):
            (taken,) = await queues.take(queue, 10, 5)
            await queues.give_back(taken)
        assert await queues.take(queue, 10, 0) == []
        (dead,) = await _until(lambda: queues.dead(queue, 10))
        assert (dead.message.id, dead.report) == ("M1", Report.EXCEPTION)

    go(make, journey)


async def _until(ask: Callable[[], Awaitable[list[Any]]]) -> list[Any]:
    for _ in range(100):
        found = await ask()
        if found:
            return found
        await asyncio.sleep(0.1)
    return []


class Losing(EmbeddedQueues):
    """As the library of the broker under load: what reads core queues loses a cancellation, twice."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, SystemClock())
        self.lost, self.waiting = 0, asyncio.Event()

    async def take(self, queue: str, limit: int, wait: float) -> list[Taken]:
        """Wait for what never comes."""
        try:
            if queue.startswith("CORE"):
                self.waiting.set()
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            if not queue.startswith("CORE") or self.lost == 2:
                raise
            self.lost += 1
        raise PartnerUnreachable("The broker does not answer.")


def test_a_gateway_that_is_told_to_stop_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it left behind took messages unseen, and its process did not end."""
    monkeypatch.setattr(binding, "PAUSE", 0.0)
    monkeypatch.setattr(beside, "AGAIN", 0.01)

    async def journey() -> None:
        queues: Any = Losing(tmp_path / "queues.db")
        unused: Any = None
        stations = binding.Stations("NCTS", "EU", ["DE"])
        gateway = binding.QueueGateway(queues, stations, unused, unused, unused, SystemClock(), unused)
        working = asyncio.create_task(gateway.run())
        await queues.waiting.wait()
        await beside.end_all([working])
        assert queues.lost == 2
        assert asyncio.all_tasks() == {asyncio.current_task()}
        await queues.close()

    asyncio.run(journey())


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_a_broker_that_dies_under_load_loses_and_doubles_nothing() -> None:
    """Confirmed is kept; what has no answer is put again under its identification, which its taker knows."""
    with broker() as own:

        async def put(queues: Queues, numbers: range) -> None:
            for number in numbers:
                while True:
                    try:
                        await queues.put("Q", message(number))
                        break
                    except PartnerUnreachable:
                        await asyncio.sleep(0.2)

        async def journey() -> list[str]:
            queues, reader = RabbitQueues(own.address, SystemClock()), RabbitQueues(own.address, SystemClock())
            await queues.declare("Q")
            putting = asyncio.create_task(put(queues, range(300)))
            await asyncio.sleep(0.3)
            await asyncio.to_thread(own.end, signal.SIGKILL)
            await asyncio.to_thread(own.start)
            await putting
            seen: dict[str, None] = {}
            while len(seen) < 300:
                for taken in await reader.take("Q", 50, 10):
                    seen.setdefault(taken.message.id)
                    await reader.delete(taken)
            await queues.close()
            await reader.close()
            return list(seen)

        seen = asyncio.run(asyncio.wait_for(journey(), 200))
        assert seen == [f"M{n}" for n in range(300)]
