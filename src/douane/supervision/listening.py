"""The listeners of a node: the operator's answers whatever the doors do, from a thread and an event loop of its own.

The doors share the loop of the core, where one long step keeps everybody waiting. Who has to tell whether the node
lives, is ready, and what it measures, may not wait with them. What both sides touch is read by the operator's side and
written by the other, but for counters of its own door, which only it writes.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from douane.configuration.ports import monotonic
from douane.model.circles import Platform
from douane.model.routes import Route
from douane.runtime.observing.pace import Pace
from douane.runtime.turns.pools import Purpose, beside
from douane.shared_services.web.listener import Address, Door, Listeners

BEAT_SECONDS = 1.0
LATELY = 5.0
"""For so many seconds it is remembered that the loop stood still."""


@dataclass(slots=True)
class Beat:
    """When the event loop of the doors last came round, and how late it comes round."""

    last: float = field(default_factory=monotonic)
    now: Callable[[], float] = monotonic
    _stood: float = 0.0
    _until: float = float("-inf")
    late: Pace = field(default_factory=lambda: Pace(monotonic))
    told: Callable[[], None] = lambda: None
    """Called each time that it came round."""

    @property
    def silence(self) -> float:
        """Seconds since then, beyond the one that it takes."""
        return max(0.0, self.now() - self.last - BEAT_SECONDS)

    def stood(self) -> float:
        """For how many seconds it stood still, now or until a moment ago; what came meanwhile is as old as that."""
        return max(self.silence, self._stood if self.now() - self._until <= LATELY else 0.0)

    def round(self) -> None:
        """It comes round."""
        if (silence := self.silence) > BEAT_SECONDS:
            before = self._stood if self.last - self._until <= LATELY else 0.0  # hardly moved since: one standstill
            self._stood, self._until = before + silence + BEAT_SECONDS, self.now()
        self.last = self.now()

    async def run(self) -> None:
        """Come round once a second, until cancelled."""
        while True:
            self.round()
            await asyncio.sleep(BEAT_SECONDS)
            self.late.took(monotonic() - self.last - BEAT_SECONDS)
            self.told()


class Apart:
    """Listeners in a thread and an event loop of their own."""

    def __init__(self, listeners: Listeners) -> None:
        self._listeners = listeners
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    async def start(self) -> None:
        """Serve from the other thread. Raises what the listeners raise."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="operations", daemon=True)
        self._thread.start()
        try:
            await self._there(self._listeners.start())
        except BaseException:
            await self._end()
            raise

    async def stop(self) -> None:
        """Let requests finish, then end the thread."""
        if self._loop is not None:
            await self._there(self._listeners.stop())
            await self._end()

    async def _there(self, work: Coroutine[Any, Any, None]) -> None:
        assert self._loop is not None
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    async def _end(self) -> None:
        loop, thread, self._loop = self._loop, self._thread, None
        assert loop is not None
        assert thread is not None
        loop.call_soon_threadsafe(loop.stop)
        await beside(Purpose.UPKEEP, thread.join)
        loop.close()


class NodeListeners:
    """All listeners of a process, started and stopped together; the operator's starts first and ends last."""

    def __init__(
        self, doors: Sequence[Door], *, failed: Callable[[BaseException], None], untrusted: Callable[[str], None]
    ) -> None:
        self.doors = tuple(doors)
        self.routes: Mapping[str, tuple[Route, ...]] = {door.settings.name: door.routes for door in self.doors}
        inside = [door for door in self.doors if door.settings.name != Platform.OPERATIONS.value]
        beside = [door for door in self.doors if door.settings.name == Platform.OPERATIONS.value]
        self._inside = Listeners(inside, failed=failed, untrusted=untrusted)
        self._beside = Listeners(beside, failed=failed, untrusted=untrusted)
        self._apart = Apart(self._beside) if beside else None

    @property
    def addresses(self) -> dict[str, Address]:
        """Where each door listens, in the order of the settings."""
        found = self._inside.addresses | self._beside.addresses
        return {name: found[name] for name in self.routes if name in found}

    def files(self) -> set[Path]:
        """What the TLS side of the doors is read from."""
        return self._inside.files() | self._beside.files()

    def contexts(self) -> list[ssl.SSLContext]:
        """The TLS side of each door as its files are now. Raises DeclarationFault."""
        return [*self._inside.contexts(), *self._beside.contexts()]

    def renew(self, contexts: Sequence[ssl.SSLContext]) -> None:
        """Serve every connection that begins from now on by these: one assignment each, which any thread may make."""
        inside = len(self.doors) - (1 if self._apart is not None else 0)
        self._inside.renew(contexts[:inside])
        self._beside.renew(contexts[inside:])

    async def start(self) -> None:
        """Bind every door, then serve. Raises DeclarationFault."""
        if self._apart is not None:
            await self._apart.start()
        try:
            await self._inside.start()
        except BaseException:
            if self._apart is not None:
                await self._apart.stop()
            raise

    async def stop(self) -> None:
        """Take no more connections, let requests finish, close."""
        await self._inside.stop()
        if self._apart is not None:
            await self._apart.stop()
