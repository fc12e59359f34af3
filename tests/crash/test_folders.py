"""A node that exchanges files ends at each step of it: one effect of each message, one answer to each file."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from douane.backends.memory.backend import MemoryStore
from douane.runtime.store.envelope import JOURNAL
from douane.runtime.store.ports import Log
from tests.transcripts.wire import Wire, load

STEPS = load("ccn-csi-1")["steps"]
ARRIVAL = next(step["given"] for step in STEPS if step["given"].get("file") == "AT000001.edi")


class Killed(BaseException):
    """The process ends here."""


@contextmanager
def killed_at(step: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Ends the process before the n-th rename or flush; 0: never, and counts them."""
    count = [0]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object) -> object:
            count[0] += 1
            if count[0] == step:
                raise Killed
            return real(*given)

        return call

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", counted(os.fsync))
        patched.setattr(Path, "rename", counted(Path.rename))
        yield count


async def life(folder: Path, store: MemoryStore, work: Callable[[Wire], Awaitable[None]]) -> None:
    """A process over what former ones left: it does its work, or ends in it."""
    wire = Wire(folder, store)
    wire.node.start()
    try:
        await work(wire)
    finally:
        await wire.node.stop()
        await wire.queues.close()


async def take(wire: Wire) -> None:
    """What the gateway does each half second."""
    wire.station.folder.recover()
    await wire.gateways[1].look(wire.station)


async def carry(wire: Wire) -> None:
    """What the lanes do when they begin."""
    wire.lanes.recover()
    for lane in list(wire.lanes.lanes.values()):
        if lane.channel == "csi_folder":
            await wire.lanes.turn(lane)


def drained(folder: Path) -> list[str]:
    """The names of what the program finds; it is gone then."""
    found = []
    for path in sorted((folder / "at" / "out").iterdir()):
        found.append(path.name)
        path.unlink()
    return found


def identifications(store: MemoryStore) -> list[str]:
    return [JOURNAL.read(raw).id for _, raw in store.scan_log(Log.JOURNAL, 0, 1 << 62, 1000)]


def test_a_file_has_one_effect_and_one_answer_at_whatever_step_the_node_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def give(wire: Wire) -> None:
        await wire.give(ARRIVAL)

    step, steps = 0, 1
    while step <= steps:
        folder, store = tmp_path / str(step), MemoryStore()
        folder.mkdir()
        asyncio.run(life(folder, store, give))
        with killed_at(step, monkeypatch) as count:
            try:
                asyncio.run(life(folder, store, take))
            except Killed:
                assert step
        steps = steps if step else count[0]
        found = drained(folder)
        for _ in range(2):
            asyncio.run(life(folder, store, take))
            found += drained(folder)
        assert [name[17:] for name in found] == ["-AT000001.edi.edi"], step
        assert identifications(store).count("AT000001") == 1, step
        assert (len(os.listdir(folder / "at" / "taken")), os.listdir(folder / "at" / "in")) == (1, []), step
        step += 1
    assert steps > 5


def test_a_message_goes_out_once_at_whatever_step_the_node_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lodge(wire: Wire) -> None:
        await wire.give({"trader": "declaration.xml"})

    step, steps = 0, 1
    while step <= steps:
        folder, store = tmp_path / str(step), MemoryStore()
        folder.mkdir()
        asyncio.run(life(folder, store, lodge))
        with killed_at(step, monkeypatch) as count:
            try:
                asyncio.run(life(folder, store, carry))
            except Killed:
                assert step
        steps = steps if step else count[0]
        found = drained(folder)  # the program takes it before the node has told anybody
        for _ in range(2):
            asyncio.run(life(folder, store, carry))
            found += drained(folder)
        assert [name[13:] for name in found] == ["-CD001C.edi"], step
        step += 1
    assert steps > 5
