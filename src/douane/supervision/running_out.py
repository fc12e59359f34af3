"""What runs out, told as its end comes nearer: by days, by hours of its last day, and the moment it has run out.

The files are read when something that the node goes by was swapped, and every few minutes besides; what they said is
compared with the clock each second, so that an end at night is told then and not at the next look of the day.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from douane.configuration.ports import monotonic
from douane.runtime.store.ports import SECOND, Clock
from douane.runtime.turns.pools import Purpose, beside
from douane.shared_services.logging.events import Event
from douane.shared_services.monitoring import catalogue as known
from douane.supervision.telemetry import Telemetry
from douane.trust.expiring import OWN, Expiring

EVERY: Final = 1.0
"""Seconds between two looks at the clock."""
READ_EVERY: Final = 600.0
"""Seconds after which files are read again, though nothing was swapped."""
SOON_DAYS: Final = 30
HOURS: Final = (1, 3, 6, 12, 24)
"""So many hours before its end each is told once more."""

_HOUR, _DAY = 3600, 86_400
Stage = tuple[Event, int]
"""How near an end is: the event of it, and its days or hours."""


def stage(left: float) -> Stage | None:
    """How near something is that has so many seconds left; None where nobody has to know yet."""
    if left <= 0:
        return Event.EXPIRED, int(-left // _DAY)
    if left <= _DAY:
        return Event.EXPIRES_TODAY, next(hours for hours in HOURS if left <= hours * _HOUR)
    days = int(left // _DAY)
    return (Event.EXPIRES_SOON, days) if days < SOON_DAYS else None


@dataclass(slots=True)
class RunningOut:
    """The looks of one process. read: what runs out, from files."""

    read: Callable[[], Sequence[Expiring]]
    clock: Clock
    telemetry: Telemetry
    found: Sequence[Expiring] = ()
    _told: dict[tuple[str, dt.datetime], Stage] = field(default_factory=dict)
    _next: float = 0.0

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            if monotonic() >= self._next:
                self._next = monotonic() + READ_EVERY  # first: what is swapped while it is read is read again
                self.found = await beside(Purpose.UPKEEP, self.read)
            self.look()
            await asyncio.sleep(EVERY)

    def swapped(self, files: Sequence[str]) -> None:
        """Other files hold: log it, and read again."""
        self.telemetry.swapped(files)
        self._next = 0.0

    def look(self) -> None:
        """The first end of each kind as a metric, and each that came nearer as an event."""
        first, told = dict[str, float](), dict[tuple[str, dt.datetime], Stage]()
        for each in self.found:
            until = each.until.timestamp()
            first[each.kind] = min(first.get(each.kind, until), until)
            if (now := stage(self._left(each))) is None:
                continue
            thing = each.what, each.until
            told[thing] = now
            if self._told.get(thing) != now:
                event, count = now
                self.telemetry.note(event, count=count, client=each.client, outcome=each.kind)
        self._told = told
        self.telemetry.metrics.show(known.EXPIRY, first)

    def notes(self) -> Mapping[str, str]:
        """For readiness: how soon the first of what the node itself shows or judges by runs out; it names nothing."""
        left = min((self._left(each) for each in self.found if each.kind in OWN), default=float(_DAY + 1))
        near = stage(left)
        if near is None or near[0] is Event.EXPIRES_SOON:
            return {}
        when = "has run out" if near[0] is Event.EXPIRED else f"runs out within {near[1]} hours"
        return {"expiry": f"a certificate or list {when}: douane doctor"}

    def _left(self, each: Expiring) -> float:
        return each.until.timestamp() - self.clock.now() / SECOND
