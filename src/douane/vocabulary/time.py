"""Points in time and lengths of time. Nothing here reads a clock; periods of law are in ``vocabulary.counting``.

An :data:`Instant` is a whole number of microseconds since 1970-01-01T00:00:00 UTC: exact, ordered, cheap to store.
NCTS writes date and time without a zone; they are read and written as UTC.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import NewType

from douane.vocabulary.errors import BadTime

Instant = NewType("Instant", int)

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_NCTS = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}").fullmatch
_DURATION = re.compile(
    r"P(?=[0-9T])(?:([0-9]{1,4})Y)?(?:([0-9]{1,5})M)?(?:([0-9]{1,4})W)?(?:([0-9]{1,6})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,7})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,10})(?:\.([0-9]{1,6}))?S)?)?"
).fullmatch


def instant(moment: dt.datetime) -> Instant:
    """The instant of an aware date and time; BadTime where it has no zone."""
    if moment.tzinfo is None:
        raise BadTime(f"{moment.isoformat()} has no zone.", remedy="Say which zone it is in.")
    return Instant((moment - _EPOCH) // _MICROSECOND)


def moment(at: Instant) -> dt.datetime:
    """The date and time of an instant, in UTC."""
    return _EPOCH + at * _MICROSECOND


def date_of(at: Instant) -> dt.date:
    """The date of an instant, in UTC."""
    return moment(at).date()


def start_of(day: dt.date) -> Instant:
    """The first instant of a date, in UTC."""
    return Instant((day.toordinal() - _EPOCH.toordinal()) * DAY)


def from_ncts(text: str) -> Instant:
    """The instant that ``YYYY-MM-DDThh:mm:ss`` names; BadTime for other forms and impossible dates."""
    if _NCTS(text):
        try:
            return instant(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC))
        except ValueError:
            pass
    raise BadTime(f"{text[:40]!r} is not a date and time.", remedy="Give YYYY-MM-DDThh:mm:ss without a zone.")


def to_ncts(at: Instant) -> str:
    """``YYYY-MM-DDThh:mm:ss``; a fraction of a second is cut off."""
    return moment(at).strftime("%Y-%m-%dT%H:%M:%S") if at >= 0 else moment(at).isoformat()[:19]


def to_iso(at: Instant) -> str:
    """``YYYY-MM-DDThh:mm:ssZ`` with microseconds only where there are any (ICS2, web interfaces)."""
    return moment(at).replace(tzinfo=None).isoformat() + "Z"


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time: calendar months, days of 24 hours, and microseconds, which do not convert into each other."""

    months: int = 0
    days: int = 0
    microseconds: int = 0

    def after(self, at: Instant) -> Instant:
        """The instant this long after another; a month ends on the same day of the month, or on its last day."""
        if not self.months:
            return Instant(at + self.days * DAY + self.microseconds)
        start = moment(at)
        day = add_months(start.date(), self.months)
        within = (start - start.replace(hour=0, minute=0, second=0, microsecond=0)) // _MICROSECOND
        return Instant(start_of(day) + within + self.days * DAY + self.microseconds)

    def __str__(self) -> str:
        seconds, rest = divmod(self.microseconds, SECOND)
        minutes, second = divmod(seconds, 60)
        hour, minute = divmod(minutes, 60)
        fraction = f".{rest:06d}".rstrip("0") if rest else ""
        date = f"{self.months}M" * (self.months > 0) + f"{self.days}D" * (self.days > 0)
        time = f"{hour}H" * (hour > 0) + f"{minute}M" * (minute > 0)
        time += f"{second}{fraction}S" if second or rest else ""
        return f"P{date}T{time}" if time else f"P{date or '0D'}"


def parse_duration(text: str) -> Duration:
    """The length that an ISO 8601 duration names (``P28D``, ``PT72H``, ``P1M``); BadTime for other forms."""
    found = _DURATION(text)
    if found is None:
        raise BadTime(f"{text[:40]!r} is not a duration.", remedy="Give an ISO 8601 duration, as in P28D or PT72H.")
    years, months, weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[:7])
    fraction = int((found[8] or "").ljust(6, "0") or 0)
    return Duration(
        12 * years + months, 7 * weeks + days, hours * HOUR + minutes * MINUTE + seconds * SECOND + fraction
    )


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
