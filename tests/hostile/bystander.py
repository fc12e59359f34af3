"""The second party: asks all the time while somebody else attacks, and says how it was served."""

from __future__ import annotations

import contextlib
import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator

import httpx

GENEROUS_SECONDS = 2.0
"""A bystander that waits longer than this for one of a hundred answers is harmed; undisturbed it waits 0.02 s."""
PAUSE_SECONDS, PATIENCE_SECONDS = 0.05, 12.0


class Bystander:
    """One party in a closed loop. call: one request of it, whose status is told. limit_seconds: its longest wait."""

    def __init__(self, name: str, call: Callable[[], int], limit_seconds: float = GENEROUS_SECONDS) -> None:
        self.name, self._call, self._limit_seconds = name, call, limit_seconds
        self.seconds: list[float] = []
        self.told: Counter[str] = Counter()
        self._stop = threading.Event()

    @property
    def refusals(self) -> int:
        """How many requests did not succeed."""
        return sum(count for status, count in self.told.items() if status != "200")

    @property
    def slowest_seconds(self) -> float:
        """The 99th percentile of its waiting, with few requests the longest."""
        ordered = sorted(self.seconds)
        return ordered[math.ceil(0.99 * len(ordered)) - 1] if ordered else math.inf

    @property
    def harmed(self) -> bool:
        """Whether it was refused anything, or waited too long."""
        return self.refusals > 0 or self.slowest_seconds > self._limit_seconds

    @property
    def seen(self) -> str:
        """In words."""
        refused = ", ".join(f"{count} x {status}" for status, count in self.told.items() if status != "200")
        waited = f"{len(self.seconds)} requests, p99 {self.slowest_seconds:.2f} s"
        return f"{self.name}: {waited}, {refused or 'none refused'}"

    @contextlib.contextmanager
    def asking(self) -> Iterator[None]:
        """Ask as long as this lasts, and at least once more after it."""
        thread = threading.Thread(target=self._ask, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join(PATIENCE_SECONDS * 2)

    def _ask(self) -> None:
        while True:
            last, began = self._stop.is_set(), time.monotonic()
            try:
                status = str(self._call())
            except httpx.HTTPError as problem:
                status = type(problem).__name__
            self.seconds.append(time.monotonic() - began)
            self.told[status] += 1
            if last:
                return
            time.sleep(PAUSE_SECONDS)
