"""The first page of the explorer, the lists of each kind, and what a search finds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from markupsafe import Markup

from douane.applications.architecture.messages import ElementLine, SearchAnswer
from douane.applications.architecture.screens.dating import as_of, told_on
from douane.applications.architecture.screens.naming import (
    HOME,
    KINDS,
    kind_title,
    linked,
    search_form,
    state_of,
)
from douane.author.pages import (
    Block,
    Card,
    Chips,
    Column,
    Columns,
    Empty,
    Facts,
    Given,
    Link,
    Page,
    Ref,
    Row,
    Rows,
    Screen,
    Table,
    Text,
    Words,
)

TITLE: Final = "Reference Architecture"


def first(answer: SearchAnswer, given: Given) -> Page:
    """Where the explorer begins: a search, the goals, and how much there is of each kind."""
    words = given.words
    rows = tuple(
        Row((Link(kind_title(each.kind, words, several=True), f"{HOME}/{each.kind}"), str(each.count)))
        for each in answer.counts
    )
    columns = (Column(words.plain("Kind")), Column(words.plain("How many"), number=True))
    kinds = Table(words.plain("Elements by kind"), columns, rows, dense=True)
    text = Text(words.say("Every element leads to those that it is connected to: from a goal by capabilities, services "
                          "and messages to a datum, and back."))  # fmt: skip
    goals = Rows(tuple((linked(each, words), "") for each in answer.lines))
    model = Facts(((words.plain("Model"), Ref(answer.model[:12])),))
    left = (
        Card("search", words.plain("Search everything"), (search_form(words),)),
        Card("goals", words.plain("Begin with a goal"), (text, goals)),
    )
    right: tuple[Block, ...] = (Card("kinds", words.plain("Everything by kind"), (kinds, model)),)
    if answer.inside:
        used, nodes = words.plain("What is used"), words.plain("Nodes that run")
        seen = Rows(((Link(used, f"{HOME}/usage"), ""), (Link(nodes, f"{HOME}/nodes"), "")))
        right = (Card("running", words.plain("What runs"), (seen,)), *right)
    lead = words.say("What the platform consists of, why, and what a change of it touches. It is computed from what is "
                     "installed here.")  # fmt: skip
    return as_of(Page(words.model(TITLE), (Columns(left, right),), state=lead), given, HOME)


def listed(answer: SearchAnswer, given: Given) -> Page:
    """Everything of a kind."""
    words, kind = given.words, given.path["kind"]
    title = kind_title(kind, words, several=True) if kind in KINDS else kind
    following = f"{HOME}/{kind}?{urlencode({'after': answer.after})}"
    shown: Block = Empty(words.say("There is none here."), Link(words.plain("Search everything"), HOME))
    if answer.lines:
        shown = _table(answer.lines, title, answer.after and following, words)
    count = next((str(each.count) for each in answer.counts if each.kind == kind), "")
    page = Page(title, (Card("list", words.plain("By name"), (shown,), count),), crumbs=crumbs(words))
    return as_of(page, given, f"{HOME}/{kind}")


def found(answer: SearchAnswer, given: Given) -> Page:
    """What a search finds, the best first."""
    words, said = given.words, given.query.get("q", "").strip()
    blocks: list[Block] = [Card("search", words.plain("Search everything"), (search_form(words, said),))]
    if not said:
        blocks.append(Empty(words.say("Write what you look for: CC015C, UCC 226, 18 04, guarantee.")))
    elif not answer.lines:
        told = words.say(
            "Nothing that you may see is called %(said)s. Try fewer words, a number, or begin with a goal.",
            said=said[:80],
        )
        blocks.append(Empty(told, Link(words.plain("Begin with a goal"), HOME)))
    else:
        chosen = given.query.get("kind", "")
        chips = tuple(
            (Link(Markup("{} {}").format(kind_title(each.kind, words, several=True), each.count),
                  _query(said, kind=each.kind)),
             each.kind == chosen)
            for each in answer.counts
        )  # fmt: skip
        if chosen:
            chips = ((Link(words.plain("All kinds"), _query(said)), False), *chips)
        following = _query(said, kind=chosen, after=answer.after) if answer.after else ""
        title = words.plain("What was found")
        table = _table(answer.lines, title, following, words, kinds=True)
        blocks.append(Card("found", title, (Chips(chips), table)))
    return as_of(Page(words.plain("Search"), tuple(blocks), crumbs=crumbs(words)), given, f"{HOME}/find")


def crumbs(words: Words, *kinds: str) -> tuple[Link, ...]:
    """The way back: the explorer, then the list of a kind."""
    first_page = Link(words.model(TITLE), HOME)
    return (first_page, *(Link(kind_title(each, words, several=True), f"{HOME}/{each}") for each in kinds))


def _query(said: str, **more: str) -> str:
    return f"{HOME}/find?{urlencode({'q': said, **{name: value for name, value in more.items() if value}})}"


def _table(lines: tuple[ElementLine, ...], title: str, following: str, words: Words, *, kinds: bool = False) -> Table:
    columns = [Column(words.plain("Element"))]
    columns += [Column(words.plain("Kind"))] if kinds else []
    columns += [Column(words.plain("State"))] if any(state_of(each, words) for each in lines) else []
    rows = []
    for each in lines:
        cells = [linked(each, words)]
        cells += [kind_title(each.kind, words)] if kinds else []
        cells += [state_of(each, words)] if len(columns) > len(cells) else []
        rows.append(Row(tuple(cells)))
    more = Link(words.plain("Next page"), following) if following else None
    return Table(title, tuple(columns), tuple(rows), dense=True, following=more)


def _question(given: Given) -> Mapping[str, object]:
    said = given.query.get("q", "")[:200]
    query = given.query
    return {"text": said, "kind": query.get("kind", "")[:20], "after": query.get("after", "")[:20], **told_on(given)}


SCREENS: Final = (
    Screen("architecture.find", HOME, first, TITLE, told_on, place=9),
    Screen("architecture.find", f"{HOME}/find", found, "", _question, searches=True, filters=("q", "kind", "on")),
    Screen(
        "architecture.find", f"{HOME}/{{kind}}", listed, "",
        lambda given: {"kind": given.path["kind"][:20], "after": given.query.get("after", "")[:20], **told_on(given)},
    ),
)  # fmt: skip
"""What the shells show of the explorer's lists."""
