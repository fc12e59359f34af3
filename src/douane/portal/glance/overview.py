"""The first page of the console at one look: figures with their last hour, ways to partners, cases, acts of operators.

Each picture stands beside the figure that it shows, so the page says the same to whoever sees none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from douane.pages.blocks import Card, Column, Empty, Inline, Link, Row, Small, Table, Tag, Text, Tone
from douane.pages.languages import Words
from douane.pages.pictures.curve import curve, days
from douane.pages.states import titled
from douane.portal.deeds import lane_at
from douane.portal.watched import Collecting, Curve, Days, Glance, Holder, Lane
from douane.vocabulary.time import HOUR, MINUTE

_WORD: Final = re.compile("([A-Z])")
SHOWN: Final = 8
"""Rows of a card of the first page."""
SOON_DAYS: Final = 30


def figures_card(glance: Glance, words: Words) -> Card:
    """The figures, each with the way of its last hour."""
    title = words.plain("Figures of the last hour")
    if not glance.curves:
        return Card("figures", title, (Empty(words.say("The first sample is taken within ten seconds.")),))
    columns = (Column(words.plain("Figure")), Column(words.plain("Now"), number=True),
               Column(words.plain("Most"), number=True), Column(words.plain("Last hour")))  # fmt: skip
    rows = tuple(_figure(each, words) for each in glance.curves)
    opened = words.count("%(number)s case was opened today", "%(number)s cases were opened today", glance.opened)
    return Card("figures", title, (Table(title, columns, rows, dense=True), Text(opened, "small")))


def _figure(each: Curve, words: Words) -> Row:
    now, most = (_seconds(value) if each.seconds else f"{value:.0f}" for value in (each.now, max(each.hour)))
    return Row((words.model(each.name), now, most, curve(each.hour)))


def _seconds(value: float) -> str:
    """A time as people read it: milliseconds below a second, minutes from two on."""
    if value < 1:
        return f"{value * 1000:.0f} ms"
    return f"{value:.0f} s" if value < 120 else f"{value / 60:.0f} min"


def ways_card(lanes: Sequence[Lane], collecting: Sequence[Collecting], at: int, words: Words) -> Card:
    """The ways to partners: what waits in each, for how long, and its last sign of life."""
    title = words.plain("Ways to partners")
    rows = [
        Row((Link(each.partner, lane_at(each)), each.channel, f"{each.waiting}{'+' if each.more else ''}",
             _age(each.oldest, at, words),
             words.plain("%(failures)s attempts in vain", failures=each.failures) if each.failures else ""))
        for each in lanes
    ]  # fmt: skip
    rows += [
        Row((each.name, words.plain("collects"), f"{each.waiting}{'+' if each.more else ''}",
             _age(each.oldest, at, words), _last(each, at, words)))
        for each in collecting
    ]  # fmt: skip
    if not rows:
        said = words.say("No message waits for a partner, and nobody who collects is watched.")
        return Card("ways", title, (Empty(said),))
    columns = (Column(words.plain("Partner")), Column(words.plain("Way")), Column(words.plain("Waiting"), number=True),
               Column(words.plain("For how long")), Column(words.plain("Last sign of life")))  # fmt: skip
    more = (Text(Link(words.plain("All of them"), "/lanes")),) if len(rows) > SHOWN else ()
    return Card("ways", title, (Table(title, columns, tuple(rows[:SHOWN]), dense=True), *more), str(len(rows)))


def _age(since: int, at: int, words: Words) -> str:
    """For how long something has waited."""
    if not since:
        return ""
    waited = max(0, at - since)
    if waited < MINUTE:
        return words.plain("less than a minute")
    return words.plain("%(minutes)s min", minutes=waited // MINUTE) if waited < 2 * HOUR else words.moment(since)


def _last(each: Collecting, at: int, words: Words) -> Inline:
    said = words.plain("none is known")
    if each.seen:
        said = words.plain("%(age)s ago", age=_age(each.seen, at, words))
    how = words.plain("confirms nothing") if each.reads else words.plain("silent")
    return (Tag(how, Tone.BAD), " ", said) if each.silent else said


def cases_card(glance: Glance, words: Words) -> Card:
    """The cases that changed within a day, by state and age."""
    title = words.plain("Cases that changed within a day")
    if not glance.cases:
        return Card("cases", title, (Empty(words.say("No case has changed since the node began.")),))
    columns = (Column(words.plain("Kind")), Column(words.plain("State")), Column(words.plain("Cases"), number=True),
               Column(words.plain("The oldest since")))  # fmt: skip
    rows = tuple(
        Row((words.model(_kind(each.kind)), words.model(titled(each.state)) if each.state else "", str(each.number),
             words.moment(each.oldest) if each.oldest else ""))
        for each in glance.cases
    )  # fmt: skip
    return Card("cases", title, (Table(title, columns, rows, dense=True),))


def _kind(name: str) -> str:
    """What a kind of case is called: ``PassageRecord`` is a passage record."""
    return _WORD.sub(r" \1", name).strip().capitalize()


def acts_card(glance: Glance, words: Words) -> Card:
    """What operators had done since the process began."""
    title = words.plain("Acts of operators")
    if not glance.acts:
        return Card("acts", title, (Empty(words.say("No operator has had anything done since the node began.")),))
    columns = (Column(words.plain("At")), Column(words.plain("Act")), Column(words.plain("By")),
               Column(words.plain("Why")))  # fmt: skip
    rows = tuple(Row((words.moment(each.at), (each.act, Small(each.on)), each.by, each.reason))
                 for each in glance.acts[:SHOWN])  # fmt: skip
    return Card("acts", title, (Table(title, columns, rows, dense=True),), str(len(glance.acts)))


def days_card(found: Sequence[Days], titles: dict[str, str], words: Words) -> Card:
    """Each door with a bar for each of thirty days."""
    title = words.plain("Doors in the last thirty days")
    columns = (Column(words.plain("Door")), Column(words.plain("Thirty days")),
               Column(words.plain("Days without a bad minute"), number=True),
               Column(words.plain("Days with one"), number=True),
               Column(words.plain("Not seen"), number=True))  # fmt: skip
    rows = tuple(
        Row((titles.get(each.door, each.door), days(each.shares), str(sum(share == 1 for share in each.shares)),
             str(sum(share is not None and share < 1 for share in each.shares)),
             str(sum(share is None for share in each.shares))))
        for each in found
    )  # fmt: skip
    if not rows:
        return Card("days", title, (Empty(words.say("No door has been looked at for a minute yet.")),))
    return Card("days", title, (Table(title, columns, rows, dense=True),))


def holders_table(found: Sequence[Holder], collecting: Sequence[Collecting], words: Words) -> Table:
    """The certificates of clients by holder: how many days they hold, and the holder's last sign of life where it is
    watched."""
    seen = {each.name: each.seen for each in collecting}
    columns = (Column(words.plain("Holder")), Column(words.plain("Client")), Column(words.plain("Until")),
               Column(words.plain("Last sign of life")))  # fmt: skip
    rows = tuple(
        Row((each.holder, each.client, (words.moment(each.until), " ", _left(each, words)),
             words.moment(seen[each.holder]) if seen.get(each.holder) else ""))
        for each in found
    )  # fmt: skip
    return Table(words.plain("Certificates of clients"), columns, rows, dense=True)


def _left(each: Holder, words: Words) -> Tag:
    tone = Tone.BAD if each.days < 0 else Tone.WARN if each.days < SOON_DAYS else Tone.GOOD
    said: str | Markup = words.plain("run out")
    if each.days >= 0:
        said = words.count("%(number)s day", "%(number)s days", each.days)
    return Tag(said, tone)
