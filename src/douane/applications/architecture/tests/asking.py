"""Who asks about the architecture, and the page that each answer becomes; for the tests of this application."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from douane.applications.architecture.handlers import exploring as handlers
from douane.applications.architecture.messages import ElementQuery, ElementShown
from douane.applications.architecture.screens import element
from douane.author import Circle
from douane.author.pages import Frame, Given, Library, Words
from douane.pages.drawing import draw
from douane.pages.tests.linting import parsed

FRAME = Frame("Desk", "/", "/explore")


def view(circle: Circle) -> Any:
    """Somebody of a circle, as a query sees him."""
    return SimpleNamespace(caller=SimpleNamespace(circle=circle), observed=None)


INSIDER, STRANGER = view(Circle.TRUSTED), view(Circle.UNTRUSTED)


@cache
def answer(id: str) -> ElementShown:
    """What an insider is told of an element."""
    return handlers.show(INSIDER, ElementQuery(id))


@cache
def drawn(id: str, language: str = "en") -> str:
    """The page of an element as it is sent to a browser."""
    words = Words(language)
    return draw(element.shown(answer(id), Given(words, Library())), FRAME, words)


@cache
def page(id: str) -> Any:
    """The same as a browser would read it."""
    return parsed(drawn(id))


class Listed(NamedTuple):
    """A list, or a part of one, on a page of its own. clicks: how many lead there from the page of the element."""

    told: ElementShown
    page: Any
    clicks: int


@cache
def apart(id: str) -> tuple[Listed, ...]:
    """The lists that the page of an element leads to, with all their further pages, as a browser would read them."""
    words, found, known = Words("en"), list[Listed](), set[str]()
    waiting = [(address, 1) for address in _lists(page(id))]
    for address, clicks in waiting:
        if address in known:
            continue
        known.add(address)
        query = dict(parse_qsl(urlsplit(address).query))
        question = ElementQuery(id, edge=query["edge"], backward="backward" in query, after=query.get("after", ""))
        told = handlers.show(INSIDER, question)
        shown = parsed(draw(element.shown(told, Given(words, Library(), query=query)), FRAME, words))
        found.append(Listed(told, shown, clicks))
        waiting += [(each, clicks + 1) for each in _lists(shown)]
    return tuple(found)


def _lists(shown: Any) -> list[str]:
    return [str(each) for each in shown.xpath("//main//a[contains(@href, '?edge=')]/@href")]
