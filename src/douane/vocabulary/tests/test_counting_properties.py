"""What holds of every period, event and calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from douane.vocabulary.calendars import Calendar, Holiday, built_in
from douane.vocabulary.counting import Events, Paragraphs, count, end_of
from douane.vocabulary.limits import (
    By,
    Extension,
    Length,
    LimitKind,
    MayExtend,
    MaySuspend,
    Silence,
    Start,
    Suspension,
    TimeLimit,
)
from douane.vocabulary.time import DAY, HOUR, MINUTE, Instant, instant

KNOWN = [built_in().of(code) for code in built_in().known]
EVENTS = st.integers(0, 40 * 366 * 24 * 60).map(
    lambda minutes: Instant(instant(dt.datetime(2010, 1, 1, tzinfo=dt.UTC)) + minutes * MINUTE)
)
DAYS = st.one_of(
    st.builds(Length, days=st.integers(1, 400)), st.builds(Length, months=st.integers(1, 40)),
    st.builds(Length, years=st.integers(1, 5)), st.builds(Length, working_days=st.integers(1, 60)),
    st.builds(Length, days=st.integers(0, 30), months=st.integers(1, 5)),
)  # fmt: skip
PLACES = st.sampled_from(KNOWN)
PARAGRAPHS = st.builds(Paragraphs, st.booleans(), st.booleans())
each = settings(deadline=None, max_examples=200)


@each
@given(st.sampled_from([LimitKind.ACT, LimitKind.EFFECT, LimitKind.BACKWARD, LimitKind.DATE]), DAYS, EVENTS, PLACES)
def test_the_last_instant_is_the_end_of_the_last_local_day(
    kind: LimitKind, length: Length, event: Instant, place: Calendar
) -> None:
    end = count(kind, length, event, place)
    assert not end.late(Instant(end.last_instant - 1))
    assert end.late(end.last_instant)
    assert place.date(Instant(end.last_instant - 1)) == end.last_day
    assert place.date(end.last_instant) == end.last_day + dt.timedelta(1)


@each
@given(DAYS, EVENTS, PLACES, st.integers(0, 60 * 24 * 40), PARAGRAPHS)
def test_a_later_event_never_ends_earlier(
    length: Length, event: Instant, place: Calendar, later: int, applies: Paragraphs
) -> None:
    first = count(LimitKind.ACT, length, event, place, paragraphs=applies)
    second = count(LimitKind.ACT, length, Instant(event + later * MINUTE), place, paragraphs=applies)
    assert second.last_instant >= first.last_instant


@each
@given(DAYS, EVENTS, PLACES, st.sets(st.integers(-5, 500), max_size=40))
def test_more_holidays_never_end_earlier(length: Length, event: Instant, place: Calendar, extra: set[int]) -> None:
    began = place.date(event)
    more = [Holiday(str(began + dt.timedelta(n)), "declared", observed=False) for n in extra]
    fuller = Calendar("fuller", place.title, place.zone, (*place.holidays, *more))
    assert count(LimitKind.ACT, length, event, fuller).last_day >= count(LimitKind.ACT, length, event, place).last_day


@each
@given(DAYS, EVENTS, PLACES)
def test_a_period_for_an_act_ends_on_a_working_day_and_holds_two(
    length: Length, event: Instant, place: Calendar
) -> None:
    end = count(LimitKind.ACT, length, event, place)
    assert place.works(end.last_day)
    began = place.date(event)
    days = [began + dt.timedelta(n) for n in range(1, (end.last_day - began).days + 1)]
    assert sum(map(place.works, days)) >= min(2, sum((length.days, length.working_days, 31 * length.parts[0])))
    assert (not end.moves) == (end.last_day == count(LimitKind.EFFECT, length, event, place).last_day)


@each
@given(EVENTS, PLACES, st.integers(1, 400))
def test_effect_backward_dates_and_hours_are_never_moved(event: Instant, place: Calendar, n: int) -> None:
    began = place.date(event)
    assert count(LimitKind.EFFECT, Length(days=n), event, place).last_day == began + dt.timedelta(n)
    assert count(LimitKind.DATE, Length(days=n), event, place).last_day == began + dt.timedelta(n)
    assert count(LimitKind.BACKWARD, Length(days=n), event, place).last_day == began - dt.timedelta(n)
    end = count(LimitKind.HOURS, Length(hours=n), event, place)
    assert n * HOUR < end.last_instant - event <= (n + 1) * HOUR
    assert not end.moves


LIMIT = TimeLimit(
    id="X", article="art. 1", text="", kind=LimitKind.ACT, length=Length(days=60), start=Start("it"), place="it",
    silence=Silence.ESCALATES,
    extensions=(
        MayExtend("art. 2", "", By.LAW, Length(days=1000)), MayExtend("art. 3", "", By.ANNOUNCEMENT, Length(days=1000)),
    ),
)  # fmt: skip
EXTENSIONS = st.lists(
    st.one_of(
        st.tuples(st.integers(1, 60), st.just(0)),
        st.tuples(st.integers(1, 60), st.integers(1, 90)),
    ),
    max_size=5,
)  # fmt: skip


@each
@given(EVENTS, PLACES, EXTENSIONS, st.randoms())
def test_extensions_add_up_in_any_order(
    event: Instant, place: Calendar, drawn: list[tuple[int, int]], random: object
) -> None:
    made = [
        Extension("art. 3" if at else "art. 2", Length(days=n), "", Instant(event + at * DAY) if at else Instant(0))
        for n, at in drawn
    ]
    shuffled = list(made)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis gives a random.Random
    end = end_of(LIMIT, Events(event, tuple(made)), place)
    again = end_of(LIMIT, Events(event, tuple(shuffled)), place)
    assert (end.last_instant, end.last_day) == (again.last_instant, again.last_day)
    held = sum(extension.length.days for extension in end.extended)
    assert end.last_day == count(LimitKind.ACT, Length(days=60 + held), event, place).last_day
    without = tuple(extension for extension in made if extension not in end.extended)
    if not without and made:
        assert end_of(LIMIT, Events(event), place).last_day <= end.last_day


@each
@given(
    st.sampled_from([LimitKind.ACT, LimitKind.EFFECT, LimitKind.BACKWARD, LimitKind.HOURS, LimitKind.DATE]),
    DAYS, EVENTS, PLACES, st.integers(0, 2 * 24 * 60), st.booleans(),
)  # fmt: skip
def test_an_end_that_is_known_is_the_one_that_is_counted(
    kind: LimitKind, length: Length, event: Instant, place: Calendar, later: int, given_length: bool
) -> None:
    """Asked again, at another hour, by a fuller calendar of the same code, for a limit that took another's place."""
    hours = kind is LimitKind.HOURS
    length, declared = (Length(hours=1 + length.days), Length(hours=1)) if hours else (length, Length(days=1))
    began = place.date(event)
    more = [Holiday(str(began + dt.timedelta(n)), "declared") for n in range(1, 90, 3)]
    fuller = Calendar(place.code, place.title, place.zone, (*place.holidays, *more))
    for own in (length, length + length):  # a limit made anew each time: an id may come again
        limit = replace(LIMIT, kind=kind, length=declared if given_length else own)
        for at in (event, event, Instant(event + later * MINUTE)):
            for calendar in (place, fuller, place):
                end = end_of(limit, Events(at), calendar, length=own if given_length else None)
                assert end == count(kind, own, at, calendar)


STOPPED = TimeLimit(
    id="stopped", article="art. 1", text="", kind=LimitKind.EFFECT, length=Length(days=1), start=Start("x"), place="",
    silence=Silence.NEXT_STEP, suspensions=(MaySuspend("art. 2", "x"), MaySuspend("art. 3", "y")),
)  # fmt: skip


def day_by_day(days: int, began: dt.date, stops: list[tuple[dt.date, dt.date]]) -> dt.date:
    """The last day of a period, counted one day after the other: a stopped day does not count."""
    today = began
    while days:
        today += dt.timedelta(1)
        days -= not any(since <= today < until for since, until in stops)
    return today


@each
@given(
    st.integers(1, 60), EVENTS, PLACES,
    st.lists(st.tuples(st.integers(-20, 90), st.integers(0, 30), st.sampled_from(["art. 2", "art. 3"])), max_size=6),
)  # fmt: skip
def test_suspensions_stop_the_days_that_they_last_and_each_day_once(
    days: int, event: Instant, place: Calendar, drawn: list[tuple[int, int, str]]
) -> None:
    """In any order, beside each other or one in another; before the event they count nothing, after the end neither."""
    began = place.date(event)
    stops = [(began + dt.timedelta(n), began + dt.timedelta(n + long)) for n, long, _ in drawn]
    made = tuple(
        Suspension(article, place.begins(since), place.begins(until))
        for (since, until), (_, _, article) in zip(stops, drawn, strict=True)
    )
    end = end_of(STOPPED, Events(event, (), made), place, length=Length(days=days))
    assert end.last_day == day_by_day(days, began, stops)
    assert end_of(STOPPED, Events(event, (), made[::-1]), place, length=Length(days=days)).last_day == end.last_day
    assert {each.since for each in end.idle} <= {each.since for each in made if each.since >= end.last_instant}


@each
@given(st.integers(1, 400), EVENTS, PLACES, st.booleans())
def test_hours_are_counted_from_the_instant_or_from_the_hour(
    n: int, event: Instant, place: Calendar, exact: bool
) -> None:
    length, paragraphs = Length(hours=n), Paragraphs(exact=exact)
    after = count(LimitKind.HOURS, length, event, place, paragraphs=paragraphs).last_instant - event
    before = event - count(LimitKind.BACKWARD, length, event, place, paragraphs=paragraphs).last_instant
    if exact:
        assert after == before == n * HOUR
    else:
        assert n * HOUR < after <= (n + 1) * HOUR
        assert n * HOUR <= before < (n + 1) * HOUR
    assert count(LimitKind.HOURS, Length(minutes=n), event, place).last_instant == event + n * MINUTE


@each
@given(st.integers(1, 60), EVENTS, PLACES)
def test_a_period_in_weeks_ends_on_the_weekday_of_its_event(n: int, event: Instant, place: Calendar) -> None:
    end = count(LimitKind.EFFECT, Length(weeks=n), event, place)
    assert end.last_day - place.date(event) == dt.timedelta(7 * n)
