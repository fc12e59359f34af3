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


class WallClock:
    """The system's clock as it is, also where it was set back: what commits must see that, and not go on beside it."""

    __slots__ = ()

    def now(self) -> int:
        """Microseconds since 1970 (UTC)."""
        return time.time_ns() // 1000


def lead() -> float:
    """By how many seconds the system's clock leads the monotonic one: it changes where somebody sets the clock."""
    return time.time() - time.monotonic()


def monotonic() -> float:
    """Seconds since some moment, for pauses and rates: it goes on whatever happens to the system's clock."""
    return time.monotonic()


def cpu_ns() -> int:
    """Nanoseconds of CPU that this thread has used."""
    return time.thread_time_ns()


class SystemIds:
    """Randomness of the operating system."""

    def random(self, size: int) -> bytes:
        """Unpredictable bytes."""
        return os.urandom(size)


def sleep(seconds: float) -> None:
    """Let others have the processor for so long: for work in a thread of its own."""
    time.sleep(seconds)
