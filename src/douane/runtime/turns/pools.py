"""Work that blocks, in threads beside the event loop: one bounded pool for each purpose, and no other.

What waits for one purpose never waits for another: a resolver that hangs takes the threads of names, and revocations
are read all the same. Work that its caller gave up before a thread took it is dropped. Calls to servers of others are
no work of threads at all: they wait on the event loop.
"""

from __future__ import annotations

import asyncio
import contextvars
import enum
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeVar

from douane.vocabulary.errors import Overloaded

T = TypeVar("T")


class Purpose(enum.StrEnum):
    """What threads are for."""

    TRUST = "trust"
    SECRETS = "secrets"
    UPLOADS = "uploads"
    READING = "reading"
    NAMES = "names"
    DOORS = "doors"
    INSPECTION = "inspection"
    WITNESS = "witness"
    UPKEEP = "upkeep"
    PULSE = "pulse"


@dataclass(frozen=True, slots=True)
class Bound:
    """How much of one purpose is done at once, and how much may wait. what: for whom."""

    threads: int
    waiting: int
    what: str


BOUNDS: Final[Mapping[Purpose, Bound]] = {
    Purpose.TRUST: Bound(1, 64, "files that callers are judged by: revocations, clients, keys, agreements"),
    Purpose.SECRETS: Bound(1, 64, "hashes of secrets that clients show"),
    Purpose.UPLOADS: Bound(4, 256, "attachments that are synced to disk"),
    Purpose.READING: Bound(2, 64, "telemetry and files of exchange folders that are parsed"),
    Purpose.NAMES: Bound(4, 64, "names of partners' servers that the system's resolver is asked for"),
    Purpose.DOORS: Bound(1, 64, "the doors of this node, called as from outside for the ledger of service levels"),
    Purpose.INSPECTION: Bound(1, 64, "rows and leaves that are compared"),
    Purpose.WITNESS: Bound(1, 64, "the folder or service that keeps checkpoints of the log"),
    Purpose.UPKEEP: Bound(2, 64, "what a node does for itself: statements, the archive, what runs out"),
    Purpose.PULSE: Bound(1, 4, "the database, asked whether it answers"),
}


class Pool:
    """The threads of one purpose. refused: how often too much waited already."""

    def __init__(self, name: str, bound: Bound) -> None:
        self._name, self.bound, self.refused = name, bound, 0
        self._threads: ThreadPoolExecutor | None = None
        # Sets, which event loop and threads change in one step each: numbers would want a lock.
        self._waiting, self._busy = set[object](), set[object]()

    @property
    def waiting(self) -> int:
        """How much waits for a thread."""
        return len(self._waiting)

    @property
    def busy(self) -> int:
        """How many threads work."""
        return len(self._busy)

    async def run(self, call: Callable[..., T], *args: Any, **named: Any) -> T:
        """What a call returns or raises. Raises Overloaded where too much waits."""
        if len(self._waiting) >= self.bound.waiting:
            self.refused += 1
            raise Overloaded(f"Too much waits for {self._name}.", remedy="Try again in a moment.")
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self.bound.threads, f"douane-{self._name}")
        job, context = object(), contextvars.copy_context()
        self._waiting.add(job)
        try:
            work = partial(self._work, job, partial(context.run, call, *args, **named))
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting.discard(job)

    def _work(self, job: object, call: Callable[[], T]) -> T:
        self._waiting.discard(job)
        self._busy.add(job)
        try:
            return call()
        finally:
            self._busy.discard(job)


POOLS: Final[Mapping[Purpose, Pool]] = {each: Pool(each.value, bound) for each, bound in BOUNDS.items()}
"""Of this process."""


async def beside(purpose: Purpose, call: Callable[..., T], *args: Any, **named: Any) -> T:
    """What a call returns or raises that blocks, done by a thread of its purpose. Raises Overloaded."""
    return await POOLS[purpose].run(call, *args, **named)
