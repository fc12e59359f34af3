"""Work on virtual time: pauses of minutes pass at once, and to the microsecond."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from douane.simulator.union.loop import VirtualLoop

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """What a piece of work gives on a loop of its own, which begins at the second 0."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)


def passed() -> float:
    """Virtual seconds since the work began."""
    return asyncio.get_running_loop().time()
