"""What is left of calls that circle or role refused: every one is counted, a client that is known leaves an audit leaf.

Who proves nothing is counted only. A client that calls in vain again and again leaves one leaf a minute for the same
operation and reason, so nobody can flood the log.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Final, Protocol

from douane.model.caller import Caller
from douane.model.circles import Platform
from douane.runtime.door.link import Link
from douane.runtime.store.envelope import Arrival, Envelope, RowKind, pack_faults
from douane.runtime.store.origin import Content, Media, Origin, digest_of
from douane.runtime.store.ports import MINUTE, Clock, Instant
from douane.vocabulary.errors import DouaneError, Fault

MOST: Final = 10_000
"""Clients, operations and reasons that are remembered; beyond it they are forgotten together."""
NOTHING: Final = digest_of(b"", ())
"""The digest of a body that was not read."""


class Told(Protocol):
    """Counts a refusal."""

    def __call__(self, platform: Platform, problem: DouaneError, client: str = "", /) -> None:
        """``client``: the registered client that was refused, where one is known that is no person."""


def nobody(_platform: Platform, _problem: DouaneError, _client: str = "", /) -> None:
    """Count nothing."""


class Client(Protocol):
    """What a trace says of a client."""

    @property
    def id(self) -> str: ...
    @property
    def caller(self) -> Caller: ...


class Traces:
    """The traces of one door."""

    def __init__(self, platform: Platform, link: Link, clock: Clock, told: Told) -> None:
        self._platform, self._link, self._clock, self._told = platform, link, clock, told
        self._left: dict[tuple[str, str, str], Instant] = {}
        self._leaving: set[asyncio.Task[None]] = set()

    def count(self, problem: DouaneError) -> None:
        """A refusal that leaves a counter only: nobody is known, or another leaf tells of it."""
        self._told(self._platform, problem)

    def turned_away(self, caller: Client, operation: str, problem: DouaneError) -> None:
        """A known client may not do this here. The leaf is left beside the refusal, which does not wait for it."""
        self._told(self._platform, problem, "" if caller.caller.person else caller.id)
        now, what = self._clock.now(), (caller.id, operation, problem.code)
        if now - self._left.get(what, -MINUTE) < MINUTE:
            return
        if len(self._left) >= MOST:
            self._left.clear()
        self._left[what] = now
        task = asyncio.get_running_loop().create_task(self._leave(self._envelope(caller, operation, problem, now)))
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    async def _leave(self, envelope: Envelope) -> None:
        with contextlib.suppress(DouaneError):  # the core answers that it refuses, and has left the leaf by then
            await self._link.submit(Arrival(envelope))

    def _envelope(self, caller: Client, operation: str, problem: DouaneError, now: Instant) -> Envelope:
        faults = pack_faults((Fault("", problem.code, problem.text),))
        origin = Origin(caller.caller, f"{now:x}", now, self._platform.value)
        content = Content(Media.JSON, b"", NOTHING)
        administration = caller.caller.administration or "EU"
        return Envelope(RowKind.TURNED_AWAY, operation or "unknown", administration, origin, content, faults)
