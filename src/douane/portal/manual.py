"""The product's documentation as pages of every shell: anybody may read them, and search them."""

from __future__ import annotations

from typing import Final

from douane.channels.browser.visits import Answer, View, Visit, page
from douane.model.routes import Opening
from douane.pages.blocks import (
    Block,
    Bullets,
    Button,
    Card,
    Column,
    Details,
    Empty,
    Field,
    Form,
    Inline,
    Link,
    Page,
    Prose,
    Row,
    Rows,
    Small,
    Table,
    Text,
)
from douane.pages.catalogue import terms
from douane.pages.languages import COMPLETE, LANGUAGES, Words
from douane.pages.manual import FIRST, LONGEST, MOST, UNDER, Found, address, manual
from douane.vocabulary.errors import NotFound

EXPLORER: Final = "/explore"
GLOSSARY: Final = "glossary"
PARTS: Final = 3
"""From so many parts on, a page lists them first."""


async def _first(visit: Visit) -> Answer:
    words, said = visit.words, visit.query.get("find", "")[:LONGEST]
    search = _search(words, said)
    if said:
        return Page(words.plain("Search the documentation"), (search, _found(manual().search(said), words)),
                    crumbs=_crumbs(words))  # fmt: skip
    shown = manual().page(FIRST, under=UNDER, model=_model(visit))
    text: tuple[Block, ...] = (Prose(shown.html),) if shown is not None else ()
    return Page(words.plain("Documentation"), (search, *_english(words), *text, *_further(words)))


async def _page(visit: Visit) -> Answer:
    return _shown(visit, visit.path["page"])


async def _decision(visit: Visit) -> Answer:
    return _shown(visit, f"decisions/{visit.path['page']}")


def _shown(visit: Visit, name: str) -> Page:
    words = visit.words
    found = manual().page(name, under=UNDER, model=_model(visit)) if name != FIRST else None
    if found is None:
        raise NotFound("There is no such page of the documentation.", remedy="Search it, or begin at its first page.")
    parts = [(id, text) for level, id, text in found.headings if level == 2]
    blocks: list[Block] = [*_english(words)]
    if len(parts) >= PARTS:
        items: tuple[tuple[Inline, Inline], ...] = tuple((Link(text, f"#{id}"), "") for id, text in parts)
        blocks.append(Details(words.plain("On this page"), (Rows(items),)))
    blocks.append(Prose(found.html))
    if name == GLOSSARY:
        blocks.append(_terms(words))
    return Page(found.title, tuple(blocks), crumbs=_crumbs(words))


def _further(words: Words) -> tuple[Block, ...]:
    """Pages that the first one does not name."""
    first = manual().sources.get(FIRST, "")
    rest = [each for each in manual().sources if "/" not in each and each != FIRST and f"({each}.md)" not in first
            and manual().whole(each) == each]  # fmt: skip
    titles = {part.page: part.title for part in manual().parts}
    if not rest:
        return ()
    items = tuple(Link(titles.get(each, each), address(each, UNDER)) for each in rest)
    return (Card("further", words.plain("Further pages"), (Bullets(items),)),)


def _model(visit: Visit) -> str:
    """Where elements of the model have their pages on this site; empty where they have none."""
    return EXPLORER if any(view.route.path.startswith(f"{EXPLORER}/") for view in visit.site.views) else ""


def _search(words: Words, said: str) -> Form:
    field = Field("find", words.plain("Search the documentation"), said, type="search")
    return Form(UNDER, (Button(words.plain("Find")),), (field,), method="get")


def _found(found: tuple[Found, ...], words: Words) -> Card:
    title = words.plain("What was found")
    if not found:
        text = words.say("No part holds all of these words. Try fewer, or the number of a message, a rule or an error.")
        return Card("found", title, (Empty(text, Link(words.plain("All pages"), UNDER)),))
    items = tuple(
        ((Link(each.part.heading, address(each.part.page, UNDER) + (f"#{each.part.id}" if each.part.id else "")),
          Small(each.line)), each.part.title if each.part.id else "")
        for each in found[:MOST]
    )  # fmt: skip
    shown: tuple[Block, ...] = (Rows(items),)
    if len(found) > MOST:
        shown += (Text(words.say("There are more: add a word."), "small soft"),)
    return Card("found", title, shown)


def _terms(words: Words) -> Card:
    """The words of the law, in the languages that have them."""
    columns = (*(Column(LANGUAGES[each]) for each in COMPLETE), Column(words.plain("Article")))
    rows = tuple(
        Row((*(term.words.get(each, "") for each in COMPLETE), term.article)) for _, term in sorted(terms().items())
    )
    title = words.plain("Words of the law")
    told = words.count(
        "This is %(number)s term, not the vocabulary of the model: its elements have their own pages.",
        "These are %(number)s terms, not the vocabulary of the model: its elements have their own pages.", len(rows),
    )  # fmt: skip
    return Card("terms", title, (Text(told, "small soft"), Table(title, columns, rows)))


def _english(words: Words) -> tuple[Block, ...]:
    if words.language == "en":
        return ()
    return (Text(words.say("The documentation is written in English."), "small soft"),)


def _crumbs(words: Words) -> tuple[Link, ...]:
    return (Link(words.plain("Documentation"), UNDER),)


MANUAL: Final = (
    View(page("GET", UNDER, Opening.ANYBODY), _first),
    View(page("GET", f"{UNDER}/{{page}}", Opening.ANYBODY), _page),
    View(page("GET", f"{UNDER}/decisions/{{page}}", Opening.ANYBODY), _decision),
)
