"""How a lane goes: what its other end answered in the last hour, minute by minute, and how long it takes to answer."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Final

from douane.runtime.store.ports import SECOND, Instant

MINUTE: Final[Instant] = 60 * SECOND
MINUTES: Final = 60
LOOKED_AT: Final = 5
"""Answers of which the middle is told: one that was slow by accident is no trouble."""


@dataclass(slots=True)
class Going:
    """What one lane carried. Instants are the pace's, so that no correction of a clock takes part; last: the clock's,
    when the other end last answered, 0 for never."""

    last: Instant = 0
    _minutes: deque[tuple[Instant, int]] = field(default_factory=lambda: deque(maxlen=MINUTES + 1))
    _lasted: deque[Instant] = field(default_factory=lambda: deque(maxlen=LOOKED_AT))

    def carried(self, now: Instant, taken: int, lasted: Instant) -> None:
        """Count an attempt that was answered: of how many messages, and how long that took (microseconds)."""
        self._lasted.append(lasted)
        minute, before = now // MINUTE, self._minutes[-1] if self._minutes else (-1, 0)
        if before[0] == minute:
            self._minutes[-1] = (minute, before[1] + taken)
        elif taken:
            self._minutes.append((minute, taken))

    def an_hour(self, now: Instant) -> int:
        """How many messages it answered in the last hour, the present minute included."""
        return sum(taken for minute, taken in self._minutes if minute > now // MINUTE - MINUTES)

    @property
    def answers(self) -> Instant:
        """The middle of the last answers (microseconds); 0 where there was none."""
        return sorted(self._lasted)[len(self._lasted) // 2] if self._lasted else 0
