"""When a time limit ends: Regulation (EEC, Euratom) 1182/71 art. 2 to 5, as an algorithm.

For a period for an act in days, months or years, event on the local day E:

1. the day of the event does not count; a month ends on the same day of the month, or on its last day (3(1), 3(2)(c));
2. an end on a Saturday, Sunday or public holiday moves to the next working day (3(4));
3. of a period of two days or more at least two days are working days (3(5));
4. it ends with the last hour of that day, on the clocks of the place (3(2)(b)).

A period in hours begins with the hour after that of its event (3(1)), unless its limit says that it is exact; one in
minutes, of which the regulation says nothing, is counted from the instant.

A suspension stops the limit for its days: those of several together count once, days before the event do not count,
and none revives a limit that had ended when it began.

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
from douane.vocabulary.time import DAY, HOUR, MINUTE, Instant, add_months

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
    idle: tuple[Suspension, ...] = ()
    """Suspensions without effect: they began when the limit had ended."""

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
    """Which of the paragraphs that move an end apply. exact: hours are counted from the instant, not the hour."""

    to_working_day: bool = True
    two_working_days: bool = True
    exact: bool = False


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
        if length.by_the_clock:
            return _by_the_clock(kind, length, event, calendar, rest=rest, exact=paragraphs.exact)
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
    if events.extensions or events.suspensions or (length or limit.length).by_the_clock:
        return _end_of(limit, events, calendar, length)
    day = calendar.date(events.at)
    known = _ends.get((id(limit), day, calendar, length))
    if known is None:
        if len(_ends) >= _MOST:
            _ends.clear()
        known = _ends[id(limit), day, calendar, length] = limit, _end_of(limit, events, calendar, length)
    return known[1]


def _end_of(limit: TimeLimit, events: Events, calendar: Calendar, length: Length | None) -> End:
    """What happened is taken in its order: each is held against the end that the limit had by then."""
    paragraphs = Paragraphs(limit.applies_3_4, limit.applies_3_5, bool(limit.exact))
    whole, announced = _by_law(limit, events, length or limit.length)
    happened: list[Extension | Stop] = [*announced, *_stops(limit, events, calendar)]
    rest, open_ = 0, False
    void: list[Void] = []
    idle: list[Suspension] = []
    end = count(limit.kind, whole, events.at, calendar, paragraphs=paragraphs)
    for each in sorted(happened, key=lambda one: one.since if isinstance(one, Stop) else one.announced):
        if isinstance(each, Stop):
            if end.late(each.since) and not open_:
                idle += each.of
                continue
            rest, open_ = rest + each.days, open_ or each.open
        elif not open_ and end.late(each.announced):
            void.append(Void(each, f"announced when the limit had ended, on {end.last_day}"))
            continue
        else:
            whole = whole + each.length
        end = count(limit.kind, whole, events.at, calendar, paragraphs=paragraphs, rest=rest)
    missed = {id(each.extension) for each in void}
    held = tuple(e for e in events.extensions if id(e) not in missed)
    last = NEVER if open_ else end.last_instant
    return End(end.last_day, last, end.moves, held, tuple(void), rest, tuple(idle))


def _by_law(limit: TimeLimit, events: Events, whole: Length) -> tuple[Length, list[Extension]]:
    """The length with what the law itself adds, and the extensions that were announced. Raises NoGround."""
    announced, taken = [], dict[str, Length]()
    for each in sorted(events.extensions, key=lambda e: e.announced):
        taken[each.article] = taken.get(each.article, Length()) + each.length
        if _must_extend(limit, each, taken[each.article]) is By.LAW:
            whole = whole + each.length
        else:
            announced.append(each)
    return whole, announced


@dataclass(frozen=True, slots=True)
class Stop:
    """A time for which a limit stands still: suspensions that touch each other. days: of it, without the event's."""

    since: Instant
    until: dt.date
    days: int
    open: bool
    of: tuple[Suspension, ...]


def _stops(limit: TimeLimit, events: Events, calendar: Calendar) -> list[Stop]:
    """The suspensions of a limit as times that do not overlap. Raises NoGround for one that no article allows."""
    found: list[Stop] = []
    first = calendar.date(events.at) + _ONE
    for each in sorted(events.suspensions, key=lambda one: one.since):
        _must_suspend(limit, each)
        began, open_ = max(calendar.date(each.since), first), each.until is None
        until = max(calendar.date(each.until), began) if each.until is not None else began
        last = found[-1] if found else None
        if last is not None and (last.open or began <= last.until):
            more = max((until - last.until).days, 0)
            found[-1] = Stop(last.since, max(until, last.until), last.days + more, last.open or open_, (*last.of, each))
        else:
            found.append(Stop(each.since, until, (until - began).days, open_, (each,)))
    return found


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


def _by_the_clock(
    kind: LimitKind, length: Length, event: Instant, calendar: Calendar, *, rest: int, exact: bool
) -> End:  # fmt: skip
    """Hours and minutes pass on every day (3(2)(a)); the hour of the event does not count (3(1)), unless exact."""
    local = calendar.local(event)
    into = ((local.minute * 60 + local.second) * 1_000_000) + local.microsecond
    from_instant = exact or bool(length.minutes)
    hour = event if from_instant else Instant(event - into)
    long = length.hours * HOUR + length.minutes * MINUTE
    if kind is LimitKind.BACKWARD:
        last = Instant(hour - long)
        return End(calendar.date(last), last)
    last = Instant(hour + long + (0 if from_instant else HOUR) + rest * DAY)
    return End(calendar.date(Instant(last - 1)), last)


def _after(began: dt.date, length: Length, calendar: Calendar) -> dt.date:
    months, days, working_days, *_ = length.parts
    end = add_months(began, months) + dt.timedelta(days)
    for _ in range(working_days):
        end += _ONE
        while not calendar.works(end):
            end += _ONE
    return end


def _back(began: dt.date, length: Length, calendar: Calendar) -> dt.date:
    months, days, working_days, *_ = length.parts
    end = add_months(began, -months) - dt.timedelta(days)
    for _ in range(working_days):
        end -= _ONE
        while not calendar.works(end):
            end -= _ONE
    return end


def _two_days_or_more(length: Length) -> bool:
    months, days, working_days, *_ = length.parts
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
