from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from douane.assembly.apart import make_apart
from douane.assembly.node import make_node
from douane.configuration.settings import NodeSettings
from douane.runtime.upkeep import beside
from douane.runtime.upkeep.beside import end_all, kept_up, side_by_side


class Fails:
    """Works only when it is begun for the third time."""

    def __init__(self) -> None:
        self.begun, self.works = 0, asyncio.Event()

    async def run(self) -> None:
        self.begun += 1
        if self.begun < 3:
            raise KeyError(self.begun)
        self.works.set()


def test_what_ends_in_an_error_is_told_and_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "PAUSE", 0.0)

    async def story() -> list[str]:
        told: list[BaseException] = []
        work = Fails()
        await kept_up(work.run, told.append)
        return [repr(each) for each in told]

    assert asyncio.run(story()) == ["KeyError(1)", "KeyError(2)"]


def test_a_part_that_meets_a_cancellation_nobody_asked_for_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "PAUSE", 0.0)

    async def story() -> list[str]:
        told: list[BaseException] = []
        left = [asyncio.CancelledError("of a library")]

        async def work() -> None:
            if left:
                raise left.pop()

        await kept_up(work, told.append)
        return [type(each).__name__ for each in told]

    assert asyncio.run(story()) == ["CancelledError"]


def test_what_turns_its_cancellation_into_an_error_ends_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "AGAIN", 0.01)

    async def story() -> None:
        began = asyncio.Event()

        async def work() -> None:
            began.set()
            try:
                await asyncio.Event().wait()
            finally:
                raise KeyError("while it ended")

        working = asyncio.create_task(kept_up(work, lambda _problem: None))
        await began.wait()
        async with asyncio.timeout(30):
            await end_all([working])

    asyncio.run(story())


def test_what_lost_its_cancellation_is_not_left_behind_by_its_neighbour_and_is_told_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(beside, "AGAIN", 0.01)

    async def hears() -> None:
        await asyncio.Event().wait()

    async def loses(times: int) -> None:
        for _ in range(times):
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                continue
        await asyncio.Event().wait()

    async def story() -> None:
        working = asyncio.create_task(side_by_side(hears(), loses(3)))
        await asyncio.sleep(0)
        async with asyncio.timeout(30):
            await end_all([working])
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(story())


def test_an_error_among_neighbours_is_raised_when_all_have_ended() -> None:
    ended = []

    async def fails() -> None:
        raise KeyError

    async def ends() -> None:
        await asyncio.sleep(0.01)
        ended.append(1)

    with pytest.raises(KeyError):
        asyncio.run(side_by_side(fails(), ends()))
    assert ended == [1]


def test_what_is_cancelled_ends() -> None:
    async def story() -> bool:
        began = asyncio.Event()

        async def work() -> None:
            began.set()
            await asyncio.Event().wait()

        working = asyncio.create_task(kept_up(work, print))
        await began.wait()
        working.cancel()
        await asyncio.wait([working])
        return working.cancelled()

    assert asyncio.run(story())


def test_a_node_and_doors_without_a_core_go_on_with_all_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "PAUSE", 0.0)
    settings = NodeSettings(
        data=tmp_path, development=True, platforms=("operations",), ports={"operations": 0}, store="memory:"
    )

    async def story() -> None:
        node, part = make_node(settings), Fails()
        node.gateways.append(part)
        await node.start()
        async with asyncio.timeout(30):
            await part.works.wait()
        await node.stop()
        doors = make_apart(replace(settings, role="doors", links=("unix:nowhere",), store=""))
        link = Fails()
        doors.links = {"speed2": link}  # type: ignore[dict-item] # only its ``run`` is asked for
        await doors.start()
        async with asyncio.timeout(30):
            await link.works.wait()
        doors.links = {}
        await doors.stop()

    asyncio.run(story())
