"""Lists of the console: narrowed down by words, and kept under a name by whoever operates the node.

The console tells whether the core works, so it asks no core: what an operator keeps lies beside the node's own files.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import fields, replace
from typing import Any, Final, TypeVar
from urllib.parse import quote, urlencode

from douane.channels.browser.visits import Answer, Redirect, Visit
from douane.pages.blocks import Block, Button, Details, Empty, Field, Form, Page
from douane.pages.languages import Words
from douane.portal.deeds import person_of
from douane.portal.kept_lists import FORGET, KEEP, LONGEST, offered
from douane.portal.watched import Node
from douane.vocabulary.errors import BadQuery, NotFound

ASKED: Final = "text"
LONGEST_TEXT: Final = 200
LISTS: Final = frozenset({"/lanes", "/aside", "/events", "/calendar", "/levels"})
"""The lists of the console: each is asked by words."""

R = TypeVar("R")


def asked(visit: Visit) -> str:
    """The words that a list is asked by."""
    return " ".join(visit.query.get(ASKED, "")[:LONGEST_TEXT].split())


def narrowed(rows: Sequence[R], visit: Visit) -> list[R]:
    """The rows in which every word that was asked for occurs, without regard to case."""
    wanted = asked(visit).lower().split()
    return [each for each in rows if all(word in _said(each) for word in wanted)]


def _said(row: Any) -> str:
    values = (getattr(row, each.name) for each in fields(row))
    return " ".join(_text(value) for value in values).lower()


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(map(_text, value))
    return value if isinstance(value, str) else ""


def part_of(path: str, part: str, visit: Visit) -> str:
    """Where the live part of a list is fetched, as it is asked for."""
    said = asked(visit)
    return f"{path}?part={part}" + (f"&{ASKED}={quote(said)}" if said else "")


def nothing(words: Words) -> Empty:
    """What stands in place of a list that was narrowed down too far."""
    return Empty(words.say("Nothing here holds all of these words."))


def listed(page: Page, node: Node, visit: Visit) -> Page:
    """A page of a list with the form that narrows it down, and what its visitor kept of it."""
    path, said, words = visit.address.partition("?")[0], asked(visit), visit.words
    if path not in LISTS or "part" in visit.query:
        return page
    field = Field(ASKED, words.plain("Words"), said, short=True, type="search")
    form = Form(path, (Button(words.plain("Show"), look="btn second"),), (field,), method="get")
    above: list[Block] = [Details(words.plain("Choose what is shown"), (form,), open=bool(said))]
    kept = sorted((e for e in node.kept_lists.of(person_of(visit)) if e.path == path), key=lambda each: each.name)
    query = urlencode({ASKED: said}) if said else ""
    if kept or query:
        above.insert(0, offered(kept, path, query, words))
    return replace(page, blocks=(*above, *page.blocks))


async def _keep(node: Node, visit: Visit) -> Answer:
    path, said, name = _given(visit)
    if not name:
        raise BadQuery("A list is kept under a name.", remedy="Go back and write how you want to find it again.")
    query = urlencode({ASKED: said}) if said else ""
    node.kept_lists.keep(person_of(visit), path, query, name)
    return Redirect(f"{path}?{query}" if query else path)


async def _forget(node: Node, visit: Visit) -> Answer:
    path, said, name = _given(visit)
    node.kept_lists.forget(person_of(visit), path, name)
    return Redirect(path + (f"?{urlencode({ASKED: said})}" if said else ""))


def _given(visit: Visit) -> tuple[str, str, str]:
    """List, words and name of a form. Raises NotFound for what is no list of the console."""
    path = visit.form.get("path", "")
    if path not in LISTS:
        raise NotFound("There is no such list here.", remedy="Go back to the list that you want to keep.")
    said = " ".join(visit.form.get(ASKED, "")[:LONGEST_TEXT].split())
    return path, said, " ".join(visit.form.get("name", "").split())[:LONGEST]


KEPT: Final[tuple[tuple[str, str, Callable[[Node, Visit], Awaitable[Answer]]], ...]] = (
    ("POST", KEEP, _keep), ("POST", FORGET, _forget),
)  # fmt: skip
"""Where the forms lead: verb, path, and what does it."""
