"""Statutory time: the clock that time limits run by, apart from that of the machine.

In operation the two are one. In development statutory time can be set ahead (``douane clock advance``), and a show can
let limits pass faster (``time_scale``). Neither moves what keeps a node safe or alive: tokens, certificates,
revocation lists, leases, retries and the times of messages go by the machine alone.

A limit that runs out at an instant of the law is kept as a place on the *count*: the machine's time, plus what
statutory time was set ahead, plus what a show let pass. So a faster count and the return to the normal one move no
limit that is kept, only when it is reached; and after a show what is left of a limit takes as long as the law says. A
show moves no date.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from douane.vocabulary.errors import BadTime
from douane.vocabulary.time import DAY, Instant

FARTHEST = 40 * 366 * DAY
"""How far statutory time can be ahead."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How statutory time goes beside the machine's, all in microseconds; a value.

    advanced: how far dates are ahead. passed: how far the count was ahead of dates at ``since``. scale: how fast the
    count goes from then on.
    """

    advanced: int = 0
    passed: int = 0
    since: int = 0
    scale: int = 1

    @property
    def normal(self) -> bool:
        """Whether statutory time goes as fast as the machine's."""
        return self.scale == 1

    def date(self, now: int) -> Instant:
        """The statutory present: what local dates are taken from."""
        return Instant(now + self.advanced)

    def count(self, now: int) -> int:
        """Where the count of time limits stands."""
        return now + self.advanced + self._passed(now)

    def due(self, ends: int, now: int) -> int:
        """The place on the count at which a limit runs out that ends at an instant of statutory time."""
        return ends + self._passed(now)

    def reached(self, due: int) -> Instant:
        """When the machine's clock stands where the count reaches a place; it may lie in the past."""
        at = due - self.advanced - self.passed
        if at <= self.since or self.scale == 1:
            return Instant(at)
        return Instant(self.since - (self.since - at) // self.scale)

    def ahead(self, by: int) -> Pace:
        """With dates and limits so much later. Raises BadTime where that is back, or too far."""
        if not 0 <= by <= FARTHEST - self.advanced:
            raise BadTime("Statutory time goes forward, by forty years at most.", remedy="Give a number of days.")
        return replace(self, advanced=self.advanced + by)

    def at(self, scale: int, now: int) -> Pace:
        """At another speed from now on; 1 is that of the law."""
        return replace(self, passed=self._passed(now), since=now, scale=scale)

    def _passed(self, now: int) -> int:
        return self.passed + max(0, now - self.since) * (self.scale - 1)


NORMAL = Pace()
"""Statutory time in operation."""
