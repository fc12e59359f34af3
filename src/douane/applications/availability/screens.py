"""The page that says which systems of administrations are out of service, and what is done meanwhile."""

from __future__ import annotations

import datetime as dt
from typing import Final

from douane.applications.availability.messages import AvailabilityView, Kind, Outage
from douane.pages.blocks import Block, Card, Column, Empty, Inline, Page, Ref, Row, Table, Tag, Time, Tone
from douane.pages.screens import CHECKS, Given, Screen

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
    blocks = (
        Card("now", words.plain("Out of service now"), (now,), words.moment(int(answer.at.timestamp() * 1e6))),
        Card("next", words.plain("Announced"), (later,)),
    )
    return Page(words.plain("Availability of systems"), blocks, acts=CHECKS.links(given, AVAILABILITY))


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
