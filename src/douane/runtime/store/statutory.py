"""The statutory clock of a node: how statutory time goes, and the calendars by which limits are counted.

One for all partitions of a node. ``Work`` reads dates and counts limits through it; the tick looks up which limits have
run out. It is a holder: development sets another pace while the node runs (``vocabulary.statutory``).
"""

from __future__ import annotations

import datetime as dt

from douane.vocabulary.calendars import Calendar, Calendars, built_in
from douane.vocabulary.statutory import NORMAL, Pace
from douane.vocabulary.time import MINUTE, Instant

_QUARTER = 15 * MINUTE
REMEMBERED = 4_096
"""Places whose calendar and date are kept at hand."""


class StatutoryClock:
    """Pace and calendars in force."""

    __slots__ = ("_days", "_places", "calendars", "pace")

    def __init__(self, pace: Pace = NORMAL, calendars: Calendars | None = None) -> None:
        self.pace = pace
        self.calendars = calendars if calendars is not None else built_in()
        self._places: dict[str, Calendar] = {}
        self._days: dict[str, tuple[int, int, dt.date]] = {}  # when a local day begins and ends

    def calendar(self, place: str) -> Calendar:
        """The calendar of a customs office or country."""
        found = self._places.get(place)
        if found is None:
            if len(self._places) >= REMEMBERED:
                self._places.clear()
            found = self._places[place] = self.calendars.at(place)
        return found

    def today(self, now: int, place: str) -> dt.date:
        """The statutory date at a place."""
        at = now + self.pace.advanced  # as ``Pace.date``; asked a dozen times for each message
        found = self._days.get(place)
        if found is None or not found[0] <= at < found[1]:
            calendar = self.calendar(place)
            day = calendar.date(self.pace.date(now))
            if len(self._days) >= REMEMBERED:
                self._days.clear()
            found = self._days[place] = calendar.begins(day), calendar.begins(day + dt.timedelta(1)), day
        return found[2]

    def quarter(self, now: int) -> int:
        """Which quarter of an hour it is, by statutory time: a local day begins with one, wherever it does."""
        return (now + self.pace.advanced) // _QUARTER

    def date(self, at: int, place: str) -> dt.date:
        """The local date of an instant at a place."""
        return self.calendar(place).date(Instant(at))
