"""When a time limit ends: Regulation (EEC, Euratom) 1182/71 art. 2 to 5, as an algorithm.

For a period for an act in days, months or years, event on the local day E:

1. the day of the event does not count; a month ends on the same day of the month, or on its last day (3(1), 3(2)(c));
2. an end on a Saturday, Sunday or public holiday moves to the next working day (3(4));
3. of a period of two days or more at least two days are working days (3(5));
4. it ends with the last hour of that day, on the clocks of the place (3(2)(b)).

The last instant is exclusive: who acts a microsecond before is in time, who acts at it is late.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from douane.vocabulary.calendars import Calendar
from douane.vocabulary.errors import BadLimit, NoGround
from douane.vocabulary.limits import (
    By,
    Extension,
    Length,
    LimitKind,
    Suspension,
    TimeLimit,
    must_go_together,
)
from douane.vocabulary.time import DAY, HOUR, Instant, add_months

NEVER = Instant((1 << 62) - 1)
"""The end of a limit that stands still."""

_ONE = dt.timedelta(1)
_TWO_WORKING_DAYS = 2


@dataclass(frozen=True, slots=True)
class Move:
    """The end of a period moved from one day to a later one, by which rule and why."""

    rule: str
    since: dt.date
    until: dt.date
    why: str


@dataclass(frozen=True, slots=True)
class Void:
    """An extension that has no effect, and why."""

    extension: Extension
    why: str


@dataclass(frozen=True, slots=True)
class End:
    """When a period ends: its last local day, the instant at which it is over (UTC), and what moved it there."""

    last_day: dt.date
    last_instant: Instant
    moves: tuple[Move, ...] = ()
    extended: tuple[Extension, ...] = ()
    void: tuple[Void, ...] = ()
    suspended_days: int = 0

    @property
    def stands_still(self) -> bool:
        """Whether a suspension has not ended yet."""
        return self.last_instant == NEVER

    def late(self, at: Instant) -> bool:
        """Whether an act at this instant comes too late."""
        return at >= self.last_instant


@dataclass(frozen=True, slots=True)
class Events:
    """What happened to a limit in one case: its event, and what lengthened or stopped it since."""

    at: Instant
    extensions: tuple[Extension, ...] = ()
    suspensions: tuple[Suspension, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Which of the paragraphs that move an end apply."""

    to_working_day: bool = True
    two_working_days: bool = True


_BOTH = Paragraphs()
_MOST = 4_096
_ends: dict[tuple[int, dt.date, Calendar, Length | None], tuple[TimeLimit, End]] = {}
"""The ends of limits that nothing lengthened or stopped, by the local day of their event: but for limits in hours it is
the same for every event of a day. The limit is kept beside its end, so that no other gets its id."""


def count(
    kind: LimitKind,
    length: Length,
    event: Instant,
    calendar: Calendar,
    *,
    paragraphs: Paragraphs = _BOTH,
    rest: int = 0,
) -> End:
    """The end of a period that an event begins. ``rest``: days for which it stood still.

    Raises BadLimit where kind and length do not go together, or the end lies beyond the calendar.
    """
    must_go_together(kind, length)
    try:
        if length.hours:
            return _hours(kind, length.hours, event, calendar, rest)
        began = calendar.date(event)
        if kind is LimitKind.BACKWARD:
            return _ended(_back(began, length, calendar), calendar)
        end = _after(began, length, calendar) + dt.timedelta(rest)
        moves: list[Move] = []
        if kind is LimitKind.ACT:
            if paragraphs.to_working_day:
                end = _to_working_day(end, calendar, moves)
            if paragraphs.two_working_days and _two_days_or_more(length):
                end = _with_two_working_days(began, end, calendar, moves)
        return _ended(end, calendar, moves)
    except (OverflowError, ValueError) as error:
        raise BadLimit("The period ends beyond the calendar.", remedy="Give a shorter one.") from error


def end_of(limit: TimeLimit, events: Events, calendar: Calendar, *, length: Length | None = None) -> End:
    """When a declared limit ends in one case. ``length``: what an office set in its place, where the law lets it.

    An extension that no article of the limit allows raises NoGround; one announced too late is void, and said so.
    """
    if events.extensions or events.suspensions or (length or limit.length).hours:
        return _end_of(limit, events, calendar, length)
    day = calendar.date(events.at)
    known = _ends.get((id(limit), day, calendar, length))
    if known is None:
        if len(_ends) >= _MOST:
            _ends.clear()
        known = _ends[id(limit), day, calendar, length] = limit, _end_of(limit, events, calendar, length)
    return known[1]


def _end_of(limit: TimeLimit, events: Events, calendar: Calendar, length: Length | None) -> End:
    paragraphs = Paragraphs(limit.applies_3_4, limit.applies_3_5)
    whole, rest, open_ = length or limit.length, 0, False
    for each in events.suspensions:
        _must_suspend(limit, each)
        open_ = open_ or each.until is None
        rest += (calendar.date(each.until) - calendar.date(each.since)).days if each.until is not None else 0
    announced = []
    taken: dict[str, Length] = {}
    for each_extension in sorted(events.extensions, key=lambda e: e.announced):
        taken[each_extension.article] = taken.get(each_extension.article, Length()) + each_extension.length
        if _must_extend(limit, each_extension, taken[each_extension.article]) is By.LAW:
            whole = whole + each_extension.length
        else:
            announced.append(each_extension)
    end = count(limit.kind, whole, events.at, calendar, paragraphs=paragraphs, rest=rest)
    void = []
    for each_extension in announced:
        if not open_ and end.late(each_extension.announced):
            void.append(Void(each_extension, f"announced when the limit had ended, on {end.last_day}"))
            continue
        whole = whole + each_extension.length
        end = count(limit.kind, whole, events.at, calendar, paragraphs=paragraphs, rest=rest)
    missed = {id(each.extension) for each in void}
    held = tuple(e for e in events.extensions if id(e) not in missed)
    last = NEVER if open_ else end.last_instant
    return End(end.last_day, last, end.moves, held, tuple(void), rest)


def received(sent: Instant, told: Instant | None, limit: TimeLimit, calendar: Calendar) -> Instant:
    """When a notice that begins a limit counts as received: when its receiver says so, at the latest when deemed."""
    if not limit.start.deemed:
        if told is None:
            raise BadLimit(f"{limit.id} begins with receipt, and nobody says when that was.", remedy="Say when.")
        return told
    deemed = count(LimitKind.EFFECT, limit.start.deemed, sent, calendar).last_day
    begins = calendar.begins(deemed)
    return begins if told is None or told > begins else told


def _must_extend(limit: TimeLimit, extension: Extension, taken: Length) -> By:
    for each in limit.extensions:
        if each.article == extension.article:
            if not taken.within(each.longest):
                raise NoGround(
                    f"{each.article} lengthens {limit.id} by {each.longest} at most, not by {taken} (UCC art. 55(1)).",
                    remedy="Keep to what the article allows.",
                )
            if each.by is By.ANNOUNCEMENT and not extension.announced:
                raise NoGround(f"{each.article} lengthens {limit.id} by announcement alone.", remedy="Say when it was.")
            return each.by
    allowed = ", ".join(each.article for each in limit.extensions) or "none"
    raise NoGround(
        f"No article lets anybody lengthen or shorten {limit.id} so: UCC art. 55(1).", remedy=f"Articles: {allowed}."
    )


def _must_suspend(limit: TimeLimit, suspension: Suspension) -> None:
    if suspension.article not in {each.article for each in limit.suspensions}:
        raise NoGround(f"No article lets {limit.id} stand still so: UCC art. 55(1).", remedy="Name the article.")
    if suspension.until is not None and suspension.until < suspension.since:
        raise BadLimit("A suspension ends before it begins.", remedy="Say when it ended.")


def _hours(kind: LimitKind, hours: int, event: Instant, calendar: Calendar, rest: int) -> End:
    """The hour of the event does not count, and hours pass on every day (3(1), 3(2)(a))."""
    local = calendar.local(event)
    into = ((local.minute * 60 + local.second) * 1_000_000) + local.microsecond
    hour = Instant(event - into)
    backward = kind is LimitKind.BACKWARD
    last = Instant(hour - hours * HOUR if backward else hour + (1 + hours) * HOUR + rest * DAY)
    return End(calendar.date(last if backward else Instant(last - 1)), last)


def _after(began: dt.date, length: Length, calendar: Calendar) -> dt.date:
    months, days, working_days, _ = length.parts
    end = add_months(began, months) + dt.timedelta(days)
    for _ in range(working_days):
        end += _ONE
        while not calendar.works(end):
            end += _ONE
    return end


def _back(began: dt.date, length: Length, calendar: Calendar) -> dt.date:
    months, days, working_days, _ = length.parts
    end = add_months(began, -months) - dt.timedelta(days)
    for _ in range(working_days):
        end -= _ONE
        while not calendar.works(end):
            end -= _ONE
    return end


def _two_days_or_more(length: Length) -> bool:
    months, days, working_days, _ = length.parts
    return bool(months) or days + working_days >= _TWO_WORKING_DAYS


def _to_working_day(end: dt.date, calendar: Calendar, moves: list[Move]) -> dt.date:
    first, why = end, []
    while rest := calendar.rest(end):
        why.append(f"{end} is {rest}")
        end += _ONE
    if end != first:
        moves.append(Move("1182/71 art. 3(4)", first, end, "; ".join(why)))
    return end


def _with_two_working_days(began: dt.date, end: dt.date, calendar: Calendar, moves: list[Move]) -> dt.date:
    first, working = end, _working_days(began, end, calendar)
    while working < _TWO_WORKING_DAYS:
        end += _ONE
        working += calendar.works(end)
    if end != first:
        why = f"fewer than two working days after {began} until {first}"
        moves.append(Move("1182/71 art. 3(5)", first, end, why))
    return end


def _working_days(began: dt.date, end: dt.date, calendar: Calendar) -> int:
    """Working days after one day until another; two are enough to know."""
    found = 0
    while began < end and found < _TWO_WORKING_DAYS:
        began += _ONE
        found += calendar.works(began)
    return found


def _ended(last: dt.date, calendar: Calendar, moves: Iterable[Move] = ()) -> End:
    return End(last, calendar.begins(last + _ONE), tuple(moves))


__all__ = ["NEVER", "End", "Events", "Move", "Paragraphs", "Void", "count", "end_of", "received"]
