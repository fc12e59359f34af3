"""What makes each message of a run its own: the present, and references that no other run used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from douane.vocabulary.calendars import built_in
from douane.vocabulary.identifiers import Country, Grn
from douane.vocabulary.time import Instant

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Numbers:
    """Dates and references of the messages of one run, from a clock and a source of randomness."""

    def __init__(self, now: Callable[[], int], random: Callable[[int], bytes]) -> None:
        self._now, self._random, self._count = now, random, 0

    def moment(self, days: float = 0) -> dt.datetime:
        """The present in UTC to the second, some days on."""
        present = dt.datetime.fromtimestamp(self._now() / 1e6, dt.UTC).replace(microsecond=0, tzinfo=None)
        return present + dt.timedelta(days=days)

    def today(self, place: str = "FR") -> dt.date:
        """The local date at a customs office or in a country: late in the evening it is not that of UTC."""
        return built_in().at(place).date(Instant(self._now()))

    def message(self, sender: str = "LQ") -> str:
        """A message identification."""
        self._count += 1
        return f"{sender}{self.moment():%y%m%d%H%M%S}{self._count:04d}{self._letters(4)}"

    def lrn(self) -> str:
        """A local reference number of the trader."""
        return f"LQ{self.moment():%y}-{self._letters(9)}"

    def grn(self, country: str = "FR") -> str:
        """The reference number of a new guarantee."""
        digits = int.from_bytes(self._random(6), "big") % 10**12
        return str(Grn.issue(self.moment().year, Country(country), f"{digits:012d}"))

    def _letters(self, size: int) -> str:
        return "".join(LETTERS[byte % len(LETTERS)] for byte in self._random(size))
