"""What a process sees of its use, written down beside the store and read again at the next start: figures, the nodes
that were heard, when whoever collects gave its last sign of life.

They are written every few seconds, more often where nodes are forgotten sooner, and not synced: a process that is
killed loses the last moment of them, a machine that fails perhaps more. Nothing rests on them but what people see, and
who is asked about a governed service: that is kept in the store once it was noted.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from douane.configuration.settings import NodeSettings
from douane.platforms.speed2.agreements import Agreements
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.node import Node
from douane.runtime.door.link import Reader
from douane.runtime.observing.foreign import Foreign
from douane.runtime.observing.observed import Observed
from douane.runtime.observing.presence import TIMES, Presence
from douane.runtime.observing.signs import Signs
from douane.runtime.observing.uses import Uses
from douane.runtime.store.ports import Clock
from douane.runtime.store.ports import Reader as StoreReader
from douane.shared_services.archiving.forgetting import Over, arrival_of
from douane.supervision.noticing import Noticing
from douane.supervision.seen.silence import Silence
from douane.supervision.seen.written_down import FOLDER, file_of, read
from douane.supervision.telemetry import Telemetry
from douane.vocabulary.errors import Elsewhere, Overloaded, StoreUnavailable
from douane.vocabulary.time import SECOND

SECONDS: Final = 5.0
"""Between two writings at most."""


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
    silence: Silence | None = None
    """Who looks at whoever collects; None where nobody does."""

    async def run(self) -> None:
        """Every few seconds, until cancelled; beside it whoever collects is looked at."""
        looking = self.silence.run if self.silence is not None else _nobody
        await asyncio.gather(self._keeping(), looking())

    async def _keeping(self) -> None:
        while True:
            await asyncio.sleep(self.seconds)
            self.keep()

    def collects(self, reader: Reader) -> None:
        """A program reads the inbox of a party that is watched: a sign of life. A person who looks into it is none."""
        if reader.box or reader.caller.person or not reader.sees_all or self.silence is None:
            return
        if self.silence.watches(reader.place):
            self.observed.signs.collected[reader.place] = self.clock.now()

    def takes(self, reader: Reader) -> None:
        """Somebody took a message out of the inbox of a party that is watched, and confirmed it."""
        if self.silence is not None and self.silence.watches(reader.place):
            self.observed.signs.confirmed[reader.place] = self.clock.now()

    def notes(self) -> Mapping[str, str]:
        """For readiness: who is silent."""
        return self.silence.notes() if self.silence is not None else {}

    async def close(self) -> None:
        """Write down the last of it; a full disk keeps nobody from stopping."""
        with contextlib.suppress(OSError):
            self.keep()

    def keep(self) -> None:
        """Write down what there is now. Raises OSError."""
        if self.folder is None:
            return
        self.folder.mkdir(mode=0o700, exist_ok=True)
        path = file_of(self.folder, self.worker)
        fresh = path.with_suffix(".new")
        fresh.write_bytes(msgspec.msgpack.encode(self.observed.seen(self.clock.now())))
        os.replace(fresh, path)
        others = (each for each in range(self.workers) if each != self.worker)
        self.observed.fellows = tuple(seen for each in others if (seen := read(file_of(self.folder, each))) is not None)


async def _nobody() -> None:
    """Nobody is looked at."""


def observing(
    settings: NodeSettings, clock: Clock, reader: StoreReader, agreed: Callable[[], Agreements], telemetry: Telemetry
) -> Keeper:  # fmt: skip
    """What a process has seen until now, and goes on to see; of several workers the first tells who is silent."""
    folder = None if settings.store_address.startswith("memory:") else settings.data / FOLDER
    before = read(file_of(folder, settings.worker)) if folder is not None else None
    uses = before.uses if before is not None else Uses(clock.now())
    presence = Presence(gone_after=settings.presence_seconds * SECOND)
    foreign = Foreign(before.foreign) if before is not None else Foreign()
    signs = Signs(clock.now())
    if before is not None:
        told = before.signs
        signs.heard, signs.collected, signs.confirmed = told.heard, told.collected, told.confirmed
    observed, noticing = Observed(uses, presence, foreign=foreign, signs=signs), Noticing(uses, clock)
    silence = Silence(settings, reader, clock, observed, agreed, telemetry if settings.worker == 0 else None)
    observed.collectors = silence.found
    often = every(settings.presence_seconds)
    return Keeper(observed, noticing, clock, folder, settings.worker, settings.workers, often, silence)


def every(presence_seconds: float) -> float:
    """How often workers write down whom they heard, in seconds, so that none of them forgets a node that speaks.

    A word is one writing and one reading old when a fellow knows it, and the next but one may be the first to arrive.
    """
    return min(SECONDS, presence_seconds / (2 * TIMES))


class NotingCallers:
    """Notes with governed services what a node counts of their callers, so that whoever decides on them asks those.

    Counts are in memory and files of a process, and what a handler decides rests on the store alone, so that it can be
    played again: the core is told by messages. fresh: what is to be noted now, by a name that is another one on another
    day.
    """

    def __init__(self, node: Node, catalogue: Catalogue, fresh: Over) -> None:
        self._node, self._catalogue, self._fresh = node, catalogue, fresh

    async def run(self) -> None:
        """Look every few seconds, until cancelled."""
        while True:
            await asyncio.sleep(SECONDS)
            await self.note()

    async def note(self) -> int:
        """Note what is fresh; how much there was. What cannot be now is tried the next time."""
        sent = 0
        for name, message in self._fresh():
            with contextlib.suppress(Elsewhere, Overloaded, StoreUnavailable):
                await self._node.submit(arrival_of(self._node, self._catalogue, f"called {name}", message))
                sent += 1
        return sent
