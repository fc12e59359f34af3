"""How long something takes just now: the middle of its last times, so that one slow time is no slow thing."""

from __future__ import annotations

import statistics
from collections import deque
from collections.abc import Callable
from typing import Final

LAST: Final = 5
FEWEST: Final = 3
OLD_SECONDS: Final = 60.0


class Pace:
    """The last times of something, in seconds. now: a clock that never goes back."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._times: deque[tuple[float, float]] = deque(maxlen=LAST)

    def took(self, seconds: float) -> None:
        """It happened, and took so long."""
        self._times.append((self._now(), seconds))

    @property
    def middle(self) -> float:
        """The middle of its last times within a minute; 0 where there were too few to tell. Any thread may ask."""
        since = self._now() - OLD_SECONDS
        times = [seconds for at, seconds in tuple(self._times) if at >= since]
        return statistics.median(times) if len(times) >= FEWEST else 0.0
