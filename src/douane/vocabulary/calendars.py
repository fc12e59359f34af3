"""Calendars: which days are public holidays where, and when a local day begins and ends.

A limit is counted by the calendar of the place where the act is to be done (Regulation 1182/71 art. 2(1)), so there is
one for each Member State, and one for offices whose region has holidays of its own. Holidays are reference data, each
with the years in which it holds; ``calendars.json`` has those that are nation-wide, and a node may be given others in
the same form. A calendar is a value: it never changes, and what replaces it is another.

Zones come from the pinned package ``tzdata`` alone, never from the machine: two nodes count alike.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from zoneinfo import ZoneInfo

import msgspec
import tzdata

from douane.vocabulary.errors import BadTime, UnknownCalendar
from douane.vocabulary.time import Instant, instant, moment

ZONES = tzdata.IANA_VERSION
"""Version of the time-zone database that local days are taken from."""

UNION = "EU"
"""The place of what is the Union's own."""
FIRST, LAST = 1900, 2099
"""The years whose events are counted; the rule for the Easter of the Orthodox churches holds in them."""

_ONE = dt.timedelta(1)
_FIXED = re.compile("([0-9]{2})-([0-9]{2})").fullmatch
_ONCE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_EASTER = re.compile(r"(easter|orthodox)([+-][0-9]{1,2})").fullmatch
_WEEKDAY = re.compile("(first|last) (monday|friday) of ([0-9]{2})").fullmatch
_WEEKDAYS = {"monday": 0, "friday": 4}


class Holiday(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A public holiday: its day in a year, its name, and the years in which it holds.

    day: ``12-25``, ``2026-05-04`` (once), ``easter+1``, ``orthodox-2`` or ``first monday of 05``. observed: where it
    falls on a Saturday or Sunday, the next day that is neither and no other holiday is one too. sunday: where it falls
    on a Sunday it is kept so many days later (-1: the day before).
    """

    day: str
    name: str
    since: int = 1
    until: int = 9999
    observed: bool = False
    sunday: int = 0

    def in_year(self, year: int) -> dt.date | None:
        """The date of this holiday in a year; None where it has none."""
        if not self.since <= year <= self.until:
            return None
        found = _date(self.day, year)
        return found + dt.timedelta(self.sunday) if found is not None and found.weekday() == 6 else found


def _date(rule: str, year: int) -> dt.date | None:
    try:
        return _named_date(rule, year)
    except ValueError:
        raise BadTime(f"{rule[:40]!r} is no day of a month.", remedy="Give a day that every year has.") from None


def _named_date(rule: str, year: int) -> dt.date | None:
    if fixed := _FIXED(rule):
        return dt.date(year, int(fixed[1]), int(fixed[2]))
    if _ONCE(rule):
        once = dt.date.fromisoformat(rule)
        return once if once.year == year else None
    if movable := _EASTER(rule):
        easter = easter_sunday(year) if movable[1] == "easter" else orthodox_easter_sunday(year)
        return easter + dt.timedelta(int(movable[2]))
    if weekday := _WEEKDAY(rule):
        return _weekday_of_month(weekday[1], _WEEKDAYS[weekday[2]], year, int(weekday[3]))
    raise BadTime(f"{rule[:40]!r} names no day of a year.", remedy="Give 12-25, 2026-05-04, easter+1 or the like.")


def _weekday_of_month(which: str, weekday: int, year: int, month: int) -> dt.date:
    first = dt.date(year, month, 1)
    if which == "first":
        return first + dt.timedelta((weekday - first.weekday()) % 7)
    last = (first + dt.timedelta(31)).replace(day=1) - _ONE
    return last - dt.timedelta((last.weekday() - weekday) % 7)


def easter_sunday(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (the rule of Meeus, Jones and Butcher)."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon + 15) % 30
    leaps, rest = divmod(in_century, 4)
    to_sunday = (32 + 2 * century_rest + 2 * leaps - epact - rest) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def orthodox_easter_sunday(year: int) -> dt.date:
    """Easter Sunday of the Julian calendar, as the Gregorian date that it falls on (1900 to 2099)."""
    epact = (19 * (year % 19) + 15) % 30
    to_sunday = (2 * (year % 4) + 4 * (year % 7) - epact + 34) % 7
    month, day = divmod(epact + to_sunday + 114, 31)
    return dt.date(year, month, day + 1) + dt.timedelta(13)


class CalendarData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A calendar as reference data holds it. within: the calendar whose holidays and zone hold here too.

    offices: the customs offices that it is the calendar of; that of a country is the calendar of all its others.
    """

    title: str
    source: str
    zone: str = ""
    within: str = ""
    offices: tuple[str, ...] = ()
    holidays: tuple[Holiday, ...] = ()


class Calendar:
    """The working days and the local time of one place; a value."""

    __slots__ = ("_years", "_zone", "code", "holidays", "title", "zone")

    def __init__(self, code: str, title: str, zone: str, holidays: Iterable[Holiday]) -> None:
        self.code, self.title, self.zone = code, title, zone
        self.holidays = tuple(holidays)
        self._zone = zone_named(zone)
        self._years: dict[int, Mapping[dt.date, str]] = {}
        self.named(2026)  # what names no day is refused now, not when a limit meets it

    def __repr__(self) -> str:
        return f"<Calendar {self.code}, {self.zone}, {len(self.holidays)} holidays>"

    def named(self, year: int) -> Mapping[dt.date, str]:
        """The holidays of a year, by date."""
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = dict(self._of_year(year))
        return found

    def _of_year(self, year: int) -> Iterator[tuple[dt.date, str]]:
        kept = [(day, each) for each in self.holidays if (day := each.in_year(year)) is not None]
        taken = {day for day, _ in kept}
        for day, each in kept:
            yield day, each.name
        for day, each in sorted(kept, key=lambda pair: pair[0]):
            if each.observed and day.weekday() > 4:
                while day in taken or day.weekday() > 4:
                    day += _ONE
                taken.add(day)
                yield day, f"{each.name}, observed"

    def rest(self, day: dt.date) -> str:
        """Why a day is no working day (Saturday, Sunday or a holiday by name); empty where it is one."""
        return self.named(day.year).get(day, "") or {5: "Saturday", 6: "Sunday"}.get(day.weekday(), "")

    def works(self, day: dt.date) -> bool:
        """Whether a day is neither Saturday, Sunday nor public holiday (Regulation 1182/71 art. 2(2))."""
        return not self.rest(day)

    def local(self, at: Instant) -> dt.datetime:
        """Date and time on the clocks of this place."""
        return moment(at).astimezone(self._zone)

    def date(self, at: Instant) -> dt.date:
        """The local date of an instant."""
        return self.local(at).date()

    def begins(self, day: dt.date) -> Instant:
        """The first instant of a local day; also that at which the day before has ended."""
        return instant(dt.datetime.combine(day, dt.time(), self._zone))

    def ends(self, day: dt.date) -> Instant:
        """The first instant after a local day."""
        return self.begins(day + _ONE)

    def read(self, text: str) -> Instant:
        """The instant that an ISO 8601 date, or date and time, names; without a zone it is the time of this place."""
        try:
            said = dt.datetime.fromisoformat(text)
        except ValueError:
            raise BadTime(f"{text[:40]!r} is no date and time.", remedy="Give it as 2026-11-26T10:00+01:00.") from None
        if not FIRST <= said.year <= LAST:
            raise BadTime(
                f"{text[:40]!r} lies outside of what is counted.", remedy=f"Give a year from {FIRST} to {LAST}."
            )
        return instant(said if said.tzinfo is not None else said.replace(tzinfo=self._zone))


class Calendars:
    """The calendars that a node counts by; a value."""

    def __init__(self, known: Mapping[str, CalendarData]) -> None:
        self.known = dict(known)
        self._made: dict[str, Calendar] = {}
        self._offices = {office: code for code, each in self.known.items() for office in each.offices}
        for code in self.known:
            self.of(code)

    def of(self, place: str) -> Calendar:
        """The calendar of a place: a calendar's own code, a customs office or a country; UnknownCalendar if none."""
        code = self._offices.get(place) or (place if place in self.known else place[:2])
        if code not in self.known:
            known = ", ".join(sorted(self.known))
            raise UnknownCalendar(f"No calendar is known for {place[:20]!r}.", remedy=f"Name one of: {known}.")
        found = self._made.get(code)
        if found is None:
            found = self._made[code] = self._make(code)
        return found

    def at(self, place: str) -> Calendar:
        """The calendar of a place; where none is known Saturdays and Sundays alone count, in UTC.

        The Commission, too, has none here, since the days of its staff change from year to year; its dates are those of
        Brussels.
        """
        try:
            return self.of(place)
        except UnknownCalendar:
            return BRUSSELS if place == UNION else PLAIN

    def with_(self, changes: Mapping[str, CalendarData]) -> Calendars:
        """These calendars with others added, or in the place of those of the same code."""
        return Calendars({**self.known, **changes})

    def _make(self, code: str, within: tuple[str, ...] = ()) -> Calendar:
        data, holidays, zone = self.known[code], self.known[code].holidays, self.known[code].zone
        if data.within:
            if data.within not in self.known or data.within in (code, *within):
                raise UnknownCalendar(f"Calendar {code} lies within {data.within}, which is not known.")
            outer = self._make(data.within, (code, *within))
            holidays, zone = (*outer.holidays, *holidays), zone or outer.zone
        return Calendar(code, data.title, zone, holidays)


def read_calendars(data: bytes) -> dict[str, CalendarData]:
    """Calendars by code from JSON; BadTime where they cannot be read."""
    try:
        found = msgspec.json.decode(data, type=dict[str, CalendarData])
    except msgspec.MsgspecError as error:
        raise BadTime(f"These are no calendars: {error}", remedy="Write them as docs/time-limits.md shows.") from error
    for code, each in found.items():
        for holiday in each.holidays:
            _date(holiday.day, 2026)
        if not code or not (each.zone or each.within):
            raise BadTime(f"Calendar {code!r} has no zone.", remedy="Give zone, or within.")
    return found


@functools.cache
def zone_named(name: str) -> ZoneInfo:
    """A time zone from the pinned database, never from that of the machine."""
    path = resources.files(tzdata).joinpath("zoneinfo", *name.split("/"))
    if not re.fullmatch("[A-Za-z_]+(/[A-Za-z_]+){0,2}", name) or not path.is_file():
        raise BadTime(f"{name[:40]!r} is no time zone.", remedy="Name one of the IANA database, as Europe/Paris.")
    with path.open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


@functools.cache
def built_in() -> Calendars:
    """The calendars that come with the product."""
    return Calendars(read_calendars(resources.files("douane.vocabulary").joinpath("calendars.json").read_bytes()))


PLAIN = Calendar("--", "Saturdays and Sundays alone", "UTC", ())
"""What a place without a calendar is counted by."""
BRUSSELS = Calendar("--", "Saturdays and Sundays alone, in Brussels", "Europe/Brussels", ())
"""What the Union's own is counted by."""
