"""The page that says which systems of administrations are out of service, and what is done meanwhile."""

from __future__ import annotations

import datetime as dt
from typing import Final

from douane.applications.availability.messages import MOST_WAITING, AvailabilityView, Kind, Load, Outage
from douane.author.pages import (
    CHECKS,
    Block,
    Card,
    Column,
    Empty,
    Given,
    Inline,
    Module,
    Page,
    Ref,
    Row,
    Screen,
    Table,
    Tag,
    Time,
    Tone,
    titled,
)

ACRONYM: Final = 4
AVAILABILITY: Final = "/availability"
_KINDS: Final = {
    Kind.SCHEDULED: ("planned", Tone.WAIT), Kind.UNSCHEDULED: ("not planned", Tone.BAD),
    Kind.NOT_IMPLEMENTED: ("not in use", Tone.WARN),
}  # fmt: skip


def availability(answer: AvailabilityView, given: Given) -> Page:
    """What is out of service now, and what is announced."""
    words = given.words
    now = _table(answer.now, given, words.say("Every system that announces itself is in service."))
    later = _table(answer.next, given, words.say("Nothing is announced."))
    blocks: tuple[Block, ...] = (
        Card("now", words.plain("Out of service now"), (now,), words.moment(int(answer.at.timestamp() * 1e6))),
        Card("next", words.plain("Announced"), (later,)),
    )
    loads, meanwhile = _loads(answer, given), _fallbacks(answer, given)
    blocks += (
        Card("loads", words.plain("How busy the systems are"), (loads,)),
        Card("meanwhile", words.plain("What is done while a system does not run"), (meanwhile,)),
    )
    return Page(words.plain("Availability of systems"), blocks, acts=CHECKS.links(given, AVAILABILITY))


def _loads(answer: AvailabilityView, given: Given) -> Block:
    """Per administration: cases by system and messages of this month, and what waits for it now."""
    words = given.words
    if not answer.loads:
        return Empty(words.say("Nothing was counted this month, and nothing waits."))
    names = (words.plain("Administration"), words.plain("Cases opened at this node this month"),
             words.plain("Messages for it this month"), words.plain("Waiting for it now"))  # fmt: skip
    columns = tuple(Column(name, number=at > 1) for at, name in enumerate(names))
    return Table(words.plain("How busy the systems are"), columns, tuple(_load(each, given) for each in answer.loads))


def _load(each: Load, given: Given) -> Row:
    words = given.words
    waits = words.plain("more than %(number)s", number=MOST_WAITING - 1) if each.waiting >= MOST_WAITING else ""
    opened = tuple(
        (", " if at else "", _system(one.system, given), f" {one.cases}") for at, one in enumerate(each.opened)
    )
    waiting: Inline = waits or str(each.waiting)
    if each.silent_since is not None:
        waiting = waiting, " ", Tag(words.plain("silent since"), Tone.BAD), " ", _time(each.silent_since, given)
    return Row((Ref(each.country), opened or "0", str(each.told), waiting))


def _fallbacks(answer: AvailabilityView, given: Given) -> Block:
    """By law, for each system that has a rule of its own, then for all others."""
    words = given.words
    names = (words.plain("System"), words.plain("Fallback procedure"), words.plain("Article"))
    rows = tuple(
        Row((_system(each.system, given) if each.system else words.plain("every other"), words.model(each.text),
             Ref(each.article)))
        for each in answer.fallbacks
    )  # fmt: skip
    return Table(words.plain("What is done while a system does not run"), tuple(map(Column, names)), rows)


def _system(name: str, given: Given) -> Inline:
    """An application by its name; one that is known by its letters (EORI) is no word."""
    return name.upper() if len(name) <= ACRONYM else given.words.model(titled(name.replace("_", " ")))


def _table(outages: tuple[Outage, ...], given: Given, nothing: str) -> Block:
    words = given.words
    if not outages:
        return Empty(nothing)
    names = (words.plain("Administration"), words.plain("Functionality"), words.plain("Kind"), words.plain("From"),
             words.plain("Until"), words.plain("Meanwhile"))  # fmt: skip
    return Table(words.plain("Times out of service"), tuple(map(Column, names)), tuple(_row(e, given) for e in outages))


def _row(each: Outage, given: Given) -> Row:
    words = given.words
    word, tone = _KINDS[each.kind]
    end: Inline = _time(each.end, given) if each.end is not None else words.plain("not known")
    usual = words.plain("fallback procedure") if each.fallback else words.plain("messages wait")
    return Row((Ref(each.country), Ref(each.functionality), Tag(words.model(word), tone), _time(each.start, given), end,
                each.fallback_text or usual))  # fmt: skip


def _time(at: dt.datetime, given: Given) -> Time:
    known = at if at.tzinfo is not None else at.replace(tzinfo=dt.UTC)
    return Time(given.words.moment(int(known.timestamp() * 1e6)), known.isoformat(timespec="seconds"))


SCREENS: Final = (Screen("availability.show", AVAILABILITY, availability, "Availability", lambda _given: {}, place=2),)
"""The page of availability."""

MODULE: Final = Module("availability", "Availability of systems", pages=(("Availability of systems", AVAILABILITY),))
"""The module of availability."""
