"""How what is declared is used: the card of an element, the columns of its edges, and the list of all operations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from douane.applications.architecture.messages import InUse, UsageAnswer, UsageLine, Used, UserSeen
from douane.applications.architecture.screens.dating import of_now
from douane.applications.architecture.screens.lists import crumbs
from douane.applications.architecture.screens.naming import HOME, linked, state_of
from douane.author.pages import (
    Block,
    Button,
    Card,
    Chips,
    Column,
    Empty,
    Facts,
    Field,
    Form,
    Given,
    Inline,
    Link,
    Note,
    Page,
    Row,
    Rows,
    Screen,
    Small,
    Table,
    Tag,
    Text,
    Time,
    Tone,
    Words,
)

PATH: Final = f"{HOME}/usage"
_KINDS: Final = {
    "trader": "traders", "third_country": "third countries", "partner_service": "partner services",
    "member_state": "system", "officer": "officers", "commission": "Commission", "service": "procedures",
    "operator": "operators of nodes", "public": "the public",
}  # fmt: skip


def times(used: Used, words: Words) -> Inline:
    """How often: a count, or that it was never used."""
    if not used.count:
        return Tag(words.plain("never used"), Tone.WAIT)
    return words.count("%(number)s time", "%(number)s times", used.count)


def moment(at: dt.datetime | None, words: Words) -> Inline:
    """When it was used last."""
    return Time(words.moment(int(at.timestamp() * 1e6)), at.isoformat(timespec="seconds")) if at is not None else ""


def duration(micros: int | None) -> str:
    """A time that a call took, with three figures at most."""
    if micros is None:
        return ""
    return f"{micros / 1e6:.3g} s" if micros >= 1_000_000 else f"{micros / 1e3:.3g} ms"


def name_of(each: UserSeen, words: Words) -> Inline:
    """Who used it: an administration with what of it, else a kind of caller."""
    kind = words.model(_KINDS.get(each.kind, each.kind))
    return (each.administration, Small(kind)) if each.administration else kind


def use_columns(words: Words) -> list[Column]:
    """The columns of edges that are counted."""
    return [Column(words.plain("Used")), Column(words.plain("Last"))]


def use_cells(used: Used | None, words: Words) -> tuple[Inline, ...]:
    """The cells of an edge; empty for one that nobody counts."""
    if used is None:
        return "", ""
    failed = words.count("%(number)s failed", "%(number)s failed", used.failed) if used.failed else ""
    within = words.plain("99 of 100 within %(time)s", time=duration(used.within)) if used.within is not None else ""
    more = " · ".join(each for each in (failed, within) if each)
    return (times(used, words), Small(more)) if more else times(used, words), moment(used.last, words)


def use_card(in_use: InUse, words: Words, kind: str = "") -> Card:
    """How an element of a kind is used, and by whom; and what of it nobody counts."""
    used = in_use.used
    items: list[tuple[str, Inline]] = [(words.plain("Used"), times(used, words))]
    if used.count or used.failed:
        items += [(words.plain("Last"), moment(used.last, words)), (words.plain("Failed"), str(used.failed))]
    if used.within is not None:
        items.append((words.plain("99 of 100 within"), duration(used.within)))
    blocks: list[Block] = [Facts(tuple(items))]
    if in_use.users:
        blocks.append(Rows(tuple((name_of(each, words), times(each.used, words)) for each in in_use.users)))
    blocks.append(Text(_since(in_use.since, words), "small"))
    if kind == "type":
        blocks.append(Text(words.say("Which of its data are filled in is not counted."), "small"))
    return Card("use", words.plain("In use"), tuple(blocks))


def _since(at: dt.datetime, words: Words) -> Inline:
    return words.say(
        "Counted at this node since %(moment)s; what a door refused before is not in it.",
        moment=words.moment(int(at.timestamp() * 1e6)),
    )


def listed(answer: UsageAnswer, given: Given) -> Page:
    """All operations by how often they are used, or those that nobody ever used."""
    words, said = given.words, given.query.get("q", "").strip()
    unused = given.query.get("unused") == "yes"
    field = Field("q", words.plain("Name, article, number of an element or message, or words of a title"), said,
                  type="search")  # fmt: skip
    hidden = {"unused": "yes"} if unused else {}
    form = Form(PATH, (Button(words.plain("Search"), look="btn second"),), (field,), hidden=hidden, method="get")
    chips = Chips((
        (Link(words.plain("All operations"), _query(said)), not unused),
        (Link(words.plain("Never used"), _query(said, unused="yes")), unused),
    ))  # fmt: skip
    shown: Block = Empty(words.say("Nothing here is what you asked for."))
    if answer.lines:
        following = _query(said, unused="yes" if unused else "", after=answer.after) if answer.after else ""
        shown = _table(answer, following, words)
    told = words.count("%(number)s operation was never used here", "%(number)s operations were never used here",
                       answer.unused)  # fmt: skip
    of = words.plain("of %(number)s that are declared", number=answer.declared)
    note = Note("", (f"{told}, {of}. ", _since(answer.since, words)), Tone.RUN)
    title = words.plain("What is used")
    return Page(
        title,
        (*of_now(given), note, form, Card("usage", title, (chips, shown), str(answer.count))),
        crumbs=crumbs(words),
    )


def _table(answer: UsageAnswer, following: str, words: Words) -> Table:
    columns = (
        Column(words.plain("Operation")), Column(words.plain("Used")), Column(words.plain("Failed"), number=True),
        Column(words.plain("99 of 100 within"), number=True), Column(words.plain("Last")), Column(words.plain("By")),
    )  # fmt: skip
    more = Link(words.plain("Next page"), following) if following else None
    rows = tuple(_row(each, words) for each in answer.lines)
    return Table(words.plain("What is used"), columns, rows, dense=True, following=more)


def _row(each: UsageLine, words: Words) -> Row:
    used = each.used
    who = ", ".join(words.plain(_KINDS[name]) if name in _KINDS else name for name in each.users)
    name = linked(each.line, words), " ", state_of(each.line, words) if each.line.status != "offered" else ""
    failed = str(used.failed) if used.count or used.failed else ""
    return Row((name, times(used, words), failed, duration(used.within), moment(used.last, words), who))


def _query(said: str, **more: str) -> str:
    query = urlencode({name: value for name, value in {"q": said, **more}.items() if value})
    return f"{PATH}?{query}" if query else PATH


def _question(given: Given) -> Mapping[str, object]:
    query = given.query
    return {
        "text": query.get("q", "")[:200], "unused": query.get("unused") == "yes", "after": query.get("after", "")[:20]
    }  # fmt: skip


SCREENS: Final = (Screen("architecture.usage", PATH, listed, "", _question, place=0, filters=("q", "unused")),)
"""The list of what is used."""
