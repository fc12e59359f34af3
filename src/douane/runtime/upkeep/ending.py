"""How a part of a node is told to read its files again, and how it ends."""

from __future__ import annotations

import asyncio
import signal
from typing import Protocol


class Part(Protocol):
    """What serves until it is told to stop. ended: set where it failed. leave: accept nothing new."""

    @property
    def ended(self) -> asyncio.Event: ...
    def leave(self) -> None: ...


def hangups() -> asyncio.Event:
    """Set at each SIGHUP, which from now on does not end this process."""
    heard = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, heard.set)
    return heard


class Reads(Protocol):
    """What reads files while it runs."""

    def reread(self) -> None: ...


async def rereads(part: Reads, heard: asyncio.Event) -> None:
    """Let it read its files anew each time, until cancelled."""
    while True:
        await heard.wait()
        heard.clear()
        part.reread()


async def until_stopped(part: Part, stop: asyncio.Event, notice: float = 0.0) -> int:
    """Serve until told to stop, and through the notice (seconds), which being told again ends; 1 where it failed."""
    for seconds in (None, notice):
        waits = [asyncio.ensure_future(each.wait()) for each in (stop, part.ended)]
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        if part.ended.is_set():
            return 1
        stop.clear()
        part.leave()
    return 0
