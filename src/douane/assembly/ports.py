"""Clock and identity of a real node: the only places where time and randomness enter."""

from __future__ import annotations

import os
import time


class SystemClock:
    """The system's clock, which never goes back within a process: a step back waits until time has caught up."""

    __slots__ = ("_last",)

    def __init__(self) -> None:
        self._last = 0

    def now(self) -> int:
        """Microseconds since 1970 (UTC)."""
        present = time.time_ns() // 1000
        self._last = max(present, self._last)
        return self._last


def monotonic() -> float:
    """Seconds since some moment, for pauses and rates: it goes on whatever happens to the system's clock."""
    return time.monotonic()


class SystemIds:
    """Randomness of the operating system."""

    def random(self, size: int) -> bytes:
        """Unpredictable bytes."""
        return os.urandom(size)
