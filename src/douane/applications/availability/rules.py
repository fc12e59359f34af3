"""Rules of announcements (DDNTA: R0516, R0518, R0519, C0400), and how an announcement changes a schedule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from douane.applications.availability.messages import Kind, Outage
from douane.model.rules import Violation, broken, missing, rule
from douane.standards.ncts.phase5 import CD070C, Action, Unavailability
from douane.vocabulary.calendars import Calendar
from douane.vocabulary.counting import Events, end_of
from douane.vocabulary.errors import Fault
from douane.vocabulary.limits import Length, LimitKind, Silence, Start, TimeLimit
from douane.vocabulary.time import Instant, instant

CREATE, UPDATE, DELETE = "C", "U", "D"
"""CL024."""
KEPT: Final = TimeLimit(
    id="AVA-KEPT", article="ours: no article says how long", kind=LimitKind.EFFECT, length=Length(days=31),
    text="An outage that is over is told on request.",
    start=Start("the outage ends"), place="administration that is out of service", silence=Silence.CEASES,
)  # fmt: skip
MOST: Final = 9 * 99
"""Outages of one country: what one IE971 can carry of it."""
Key = tuple[str, str, dt.datetime]
"""Kind, functionality and start: unique for a country (R0518)."""


def key_of(kind: str, functionality: str, start: dt.datetime) -> Key:
    """Under which an outage of a country is known."""
    return kind, functionality, _utc(start)


def outage_of(country: str, given: Unavailability) -> Outage:
    """An unavailability as the family writes it; its times carry no zone and are UTC."""
    fallback = given.fallback
    return Outage(
        country=country, kind=Kind(given.type), functionality=given.functionality,
        start=_utc(given.start_date_and_time),
        end=_utc(given.end_date_and_time) if given.end_date_and_time is not None else None,
        explanation=given.explanation, text=given.text or "",
        fallback=fallback is not None and fallback.flag == "1", fallback_text=(fallback and fallback.text) or "",
    )  # fmt: skip


def _utc(given: dt.datetime) -> dt.datetime:
    return dt.datetime(given.year, given.month, given.day, given.hour, given.minute, given.second,
                       given.microsecond, tzinfo=dt.UTC)  # fmt: skip


def known(outages: Iterable[Outage]) -> dict[Key, Outage]:
    """Outages of one country by their keys."""
    return {key_of(each.kind, each.functionality, each.start): each for each in outages}


def changed(
    outages: Mapping[Key, Outage], country: str, actions: Iterable[Action]
) -> tuple[dict[Key, Outage], tuple[Fault, ...]]:
    """The outages of a country after its announcement, and what contradicts what is known.

    Who only takes note of it keeps the result and leaves the faults: what is repeated or was missed changes nothing.
    """
    result, faults = dict(outages), []
    for a, action in enumerate(actions, 1):
        for u, each in enumerate(action.unavailability, 1):
            key = key_of(each.type, each.functionality, each.start_date_and_time)
            place = f"/CD070C/Country/Action[{a}]/Unavailability[{u}]"
            if action.operation == CREATE and key in result:
                faults.append(Fault(place, "14", "It is announced already: update it (U).", rule="R0518"))
            if action.operation != CREATE and key not in result:
                faults.append(Fault(place, "14", "It is not announced: create it (C).", rule="G0210"))
            if action.operation == DELETE:
                result.pop(key, None)
            else:
                result[key] = outage_of(country, each)
    if len(result) > MOST:
        faults.append(Fault("/CD070C/Country", "14", f"Announce at most {MOST} times; delete what is over."))
    return result, tuple(faults)


def without_old(outages: Mapping[Key, Outage], now: int, calendar: Calendar) -> tuple[Outage, ...]:
    """What is still kept, by start."""
    held = [
        each for each in outages.values()
        if each.end is None or not end_of(KEPT, Events(instant(each.end)), calendar).late(Instant(now))
    ]  # fmt: skip
    return tuple(sorted(held, key=lambda each: (each.start, each.kind, each.functionality)))


def holding(outages: Iterable[Outage]) -> Iterator[tuple[Instant, Instant | None]]:
    """The times in which deliveries wait: those in which something does not run, not what was never implemented."""
    for each in outages:
        if each.kind is not Kind.NOT_IMPLEMENTED:
            yield instant(each.start), instant(each.end) if each.end is not None else None


# --- official rules


def _each(m: CD070C) -> Iterator[tuple[str, Unavailability]]:
    for a, action in enumerate(m.country.action, 1):
        for u, each in enumerate(action.unavailability, 1):
            yield f"/CD070C/Country/Action[{a}]/Unavailability[{u}]", each


@rule("R0516", CD070C, text="Give every unavailability of one message the same type.")
def r0516(m: CD070C, *_: object) -> Iterator[Violation]:
    first = m.country.action[0].unavailability[0].type
    for place, each in _each(m):
        if each.type != first:
            yield broken(f"{place}/type", each.type)


@rule("R0518", CD070C, text="Announce a functionality, start and type once.")
def r0518(m: CD070C, *_: object) -> Iterator[Violation]:
    seen: set[Key] = set()
    for place, each in _each(m):
        key = key_of(each.type, each.functionality, each.start_date_and_time)
        if key in seen:
            yield broken(place, each.functionality)
        seen.add(key)


@rule("R0519", CD070C, text="Let it start before it ends.")
def r0519(m: CD070C, *_: object) -> Iterator[Violation]:
    for place, each in _each(m):
        if each.end_date_and_time is not None and each.start_date_and_time >= each.end_date_and_time:
            yield broken(f"{place}/endDateAndTime", each.end_date_and_time.isoformat())


@rule("C0400", CD070C, text="Say when a scheduled unavailability (S) ends.")
def c0400(m: CD070C, *_: object) -> Iterator[Violation]:
    for place, each in _each(m):
        if each.type == Kind.SCHEDULED and each.end_date_and_time is None:
            yield missing(f"{place}/endDateAndTime")
