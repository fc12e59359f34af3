"""Rules of announcements (DDNTA: R0516, R0518, R0519, C0400), and how an announcement changes a schedule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from douane.applications.availability.messages import Fallback, Kind, Outage
from douane.author import (
    Calendar,
    Events,
    Fault,
    Instant,
    Length,
    LimitKind,
    Look,
    Silence,
    Start,
    Statutory,
    TimeLimit,
    Violation,
    broken,
    end_of,
    instant,
    missing,
    not_allowed,
    rule,
)
from douane.standards.ncts.alike import NUMBERING, correlated, misnumbered
from douane.standards.ncts.phase5 import CD070C, CD071C, CD971C, Action, Country01, Country02, Unavailability

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
        start=Statutory(_utc(given.start_date_and_time)),
        end=Statutory(_utc(given.end_date_and_time)) if given.end_date_and_time is not None else None,
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


Notice = CD070C | CD071C | CD971C


def _each(m: Notice) -> Iterator[tuple[str, str, Unavailability]]:
    """Country, pointer and unavailability; a full schedule names several countries."""
    name, several = type(m).__name__, isinstance(m, CD971C)
    countries: tuple[Country01 | Country02, ...] = m.country if isinstance(m, CD971C) else (m.country,)
    for c, country in enumerate(countries, 1):
        at = f"/{name}/Country[{c}]" if several else f"/{name}/Country"
        for a, action in enumerate(country.action, 1):
            for u, each in enumerate(action.unavailability, 1):
                yield country.country, f"{at}/Action[{a}]/Unavailability[{u}]", each


@rule(
    "C0511", CD070C, CD071C, CD971C, lists=("CL385", "CL610"),
    text="Name the message that is answered in an answer, and none in a message without a movement.",
)  # fmt: skip
def c0511(m: Notice, _: object, look: Look) -> Iterator[Violation]:
    place, due = f"/{type(m).__name__}/correlationIdentifier", correlated(m.message_type, look.has)
    if due and m.correlation_identifier is None:
        yield missing(place)
    if due is False and m.correlation_identifier is not None:
        yield not_allowed(place, m.correlation_identifier)


@rule(
    NUMBERING,
    CD070C,
    CD071C,
    CD971C,
    text="Number the repetitions of a group 1, 2, 3 in the order in which they stand.",
)
def r0987(m: Notice, *_: object) -> Iterator[Violation]:
    for place, number in misnumbered(m):
        yield broken(place, number)


@rule("R0516", CD070C, CD071C, text="Give every unavailability of one message the same type.")
def r0516(m: CD070C | CD071C, *_: object) -> Iterator[Violation]:
    """Not asked of a full schedule (IE971): its country has all kinds of them, and is named once."""
    first = m.country.action[0].unavailability[0].type
    for _country, place, each in _each(m):
        if each.type != first:
            yield broken(f"{place}/type", each.type)


@rule("R0518", CD070C, CD071C, CD971C, text="Announce a functionality, start and type once.")
def r0518(m: Notice, *_: object) -> Iterator[Violation]:
    seen: set[tuple[str, Key]] = set()
    for country, place, each in _each(m):
        key = country, key_of(each.type, each.functionality, each.start_date_and_time)
        if key in seen:
            yield broken(place, each.functionality)
        seen.add(key)


@rule("R0519", CD070C, CD071C, CD971C, text="Let it start before it ends.")
def r0519(m: Notice, *_: object) -> Iterator[Violation]:
    for _country, place, each in _each(m):
        if each.end_date_and_time is not None and each.start_date_and_time >= each.end_date_and_time:
            yield broken(f"{place}/endDateAndTime", each.end_date_and_time.isoformat())


@rule("C0400", CD070C, CD071C, CD971C, text="Say when a scheduled unavailability (S) ends.")
def c0400(m: Notice, *_: object) -> Iterator[Violation]:
    for _country, place, each in _each(m):
        if each.type == Kind.SCHEDULED and each.end_date_and_time is None:
            yield missing(f"{place}/endDateAndTime")


FALLBACKS: Final = (
    Fallback(
        system="transit", article="IA 2015/2447 Annex 72-04",
        text="A movement that begins under the fallback procedure ends under it. A declaration that was entered and "
        "not processed before the failure is withdrawn.",
    ),
    Fallback(
        system="", article="UCC art. 6(3)(b)",
        text="While a computerised system fails for a time, means other than electronic data processing may be used.",
    ),
)  # fmt: skip
"""What the law says is done meanwhile. Times and further details are the administration's, in what it announces."""
