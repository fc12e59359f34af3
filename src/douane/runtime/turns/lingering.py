"""How long a tick waits for more: what it costs by itself (a commit, a flush, a signature) is shared by what it holds.

Invariants:

1. Ticks of a partition that has something to accept begin at least ``LINGER`` apart, so nothing waits longer for that.
   A tick that lasted as long waits for nothing: who is busy all the time loses no time.
2. Nobody waits who is alone: messages of at least two parties, or two at once, came from outside within ``ABOUT``.
   Else nothing else is on its way, and waiting would be for nothing.
3. What is accepted and not handled never waits; nor does what came first after a rest.

Order, acceptance and commits are the same with and without it: only when a tick begins is decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from douane.model.caller import INNER
from douane.runtime.store.ports import SECOND
from douane.runtime.turns.arriving import ABOUT, Coming

LINGER: Final = 0.005
"""Seconds between the beginnings of two ticks of a partition: as long as a few units of work take."""
_NEVER: Final = -1e9
_COMPANY: Final = ABOUT / SECOND


@dataclass(slots=True)
class Lingering:
    """Of one node. ``least``: seconds between ticks; 0: none ever waits."""

    least: float = 0.0
    _began: dict[int, float] = field(default_factory=dict)  # by partition, its last tick
    _last: tuple[str, float] = ("", _NEVER)  # the party that sent something last, and when
    _company: float = _NEVER  # when two of them were about

    def wait(self, partition: int, now: float) -> float:
        """Seconds until the next tick of a partition should begin, as far as its messages are concerned."""
        if not self.least or now - self._company > _COMPANY:
            return 0.0
        return max(0.0, self._began.get(partition, _NEVER) + self.least - now)

    def begins(self, partition: int, coming: Sequence[Coming], now: float) -> None:
        """A tick begins with these messages."""
        if not self.least:
            return
        self._began[partition] = now
        outside = [party for each in coming if (party := each.party) != INNER]
        party, at = self._last
        if len(outside) > 1 or (outside and outside[0] != party and now - at <= _COMPANY):
            self._company = now
        if outside:
            self._last = outside[-1], now
