"""The figures of use and the nodes that were heard, written down beside the store and read again at the next start.

They are written every few seconds, more often where nodes are forgotten sooner, and not synced: a process that is
killed loses the last moment of them, a machine that fails perhaps more. Nothing rests on them but what people see.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from douane.configuration.settings import NodeSettings
from douane.runtime.observing.foreign import Foreign
from douane.runtime.observing.observed import Observed, Seen
from douane.runtime.observing.presence import TIMES, Presence
from douane.runtime.observing.uses import Uses
from douane.runtime.store.ports import Clock
from douane.supervision.noticing import Noticing
from douane.vocabulary.time import SECOND

FOLDER: Final = "observed"
SECONDS: Final = 5.0
"""Between two writings at most."""
LARGEST: Final = 64 * 1024 * 1024
"""Octets of a file that is read."""


@dataclass(slots=True)
class Keeper:
    """Writes down what one process sees, and reads what its fellows wrote, every so many seconds.

    folder: None where nothing is kept.
    """

    observed: Observed
    noticing: Noticing
    clock: Clock
    folder: Path | None
    worker: int = 0
    workers: int = 1
    seconds: float = SECONDS
    _kept: bytes = b""

    async def run(self) -> None:
        """Every few seconds, until cancelled."""
        while True:
            await asyncio.sleep(self.seconds)
            self.keep()

    async def close(self) -> None:
        """Write down the last of it; a full disk keeps nobody from stopping."""
        with contextlib.suppress(OSError):
            self.keep()

    def keep(self) -> None:
        """Write down what there is now. Raises OSError."""
        if self.folder is None:
            return
        self.folder.mkdir(mode=0o700, exist_ok=True)
        path = _file(self.folder, self.worker)
        fresh = path.with_suffix(".new")
        now = msgspec.msgpack.encode(self.observed.seen(self.clock.now()))
        if now != self._kept:
            fresh.write_bytes(now)
            os.replace(fresh, path)
            self._kept = now
        others = (each for each in range(self.workers) if each != self.worker)
        self.observed.fellows = tuple(seen for each in others if (seen := read(_file(self.folder, each))) is not None)


def observing(settings: NodeSettings, clock: Clock) -> Keeper:
    """What a process has seen until now, and goes on to see."""
    folder = None if settings.store_address.startswith("memory:") else settings.data / FOLDER
    before = read(_file(folder, settings.worker)) if folder is not None else None
    uses = before.uses if before is not None else Uses(clock.now())
    presence = Presence(gone_after=settings.presence_seconds * SECOND)
    foreign = Foreign(before.foreign) if before is not None else Foreign()
    observed, noticing = Observed(uses, presence, foreign=foreign), Noticing(uses, clock)
    often = every(settings.presence_seconds)
    return Keeper(observed, noticing, clock, folder, settings.worker, settings.workers, often)


def every(presence_seconds: float) -> float:
    """How often workers write down whom they heard, in seconds, so that none of them forgets a node that speaks.

    A word is one writing and one reading old when a fellow knows it, and the next but one may be the first to arrive.
    """
    return min(SECONDS, presence_seconds / (2 * TIMES))


def read(path: Path) -> Seen | None:
    """What a process wrote down; None where there is nothing that can be read."""
    try:
        if path.stat().st_size > LARGEST:
            return None
        return msgspec.msgpack.decode(path.read_bytes(), type=Seen)
    except (OSError, msgspec.MsgspecError):
        return None


def _file(folder: Path, worker: int) -> Path:
    return folder / f"{worker}.msgpack"
