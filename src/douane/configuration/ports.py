"""Clock and identity of a real node: the only places where time and randomness enter."""

from __future__ import annotations

import os
import time


class SystemClock:
    """The system's clock, which within a process neither goes back nor stands still.

    Where the system steps back, this one goes on at half the pace of the monotonic clock until it is caught up: what
    has a time limit (tokens, sessions, leases) ends after at most twice as long.
    """

    __slots__ = ("_anchor",)

    def __init__(self) -> None:
        self._anchor = (0, 0)  # the system's clock when it last led, and the monotonic one at that moment

    def now(self) -> int:
        """Microseconds since 1970 (UTC)."""
        present, ticks = time.time_ns() // 1000, time.monotonic_ns() // 1000
        led, since = self._anchor
        paced = led + (ticks - since) // 2
        if present <= paced:
            return paced
        self._anchor = present, ticks  # as one value: the operator's door reads in a thread of its own
        return present


def lead() -> float:
    """By how many seconds the system's clock leads the monotonic one: it changes where somebody sets the clock."""
    return time.time() - time.monotonic()


def monotonic() -> float:
    """Seconds since some moment, for pauses and rates: it goes on whatever happens to the system's clock."""
    return time.monotonic()


class SystemIds:
    """Randomness of the operating system."""

    def random(self, size: int) -> bytes:
        """Unpredictable bytes."""
        return os.urandom(size)
