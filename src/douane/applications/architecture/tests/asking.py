"""Who asks about the architecture, and the page that each answer becomes; for the tests of this application."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from douane.applications.architecture.handlers import exploring as handlers
from douane.applications.architecture.messages import ElementQuery, ElementShown
from douane.applications.architecture.screens import element
from douane.model.circles import Circle
from douane.pages.blocks import Frame
from douane.pages.drawing import draw
from douane.pages.languages import Words
from douane.pages.screens import Given, Library
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


@cache
def apart(id: str) -> tuple[Any, ...]:
    """The pages of their own of those lists that the page of an element leads to, as a browser would read them."""
    words, found = Words("en"), []
    for address in page(id).xpath("//main//a[contains(@href, '?edge=')]/@href"):
        query = dict(parse_qsl(urlsplit(address).query))
        if "after" not in query:
            told = handlers.show(INSIDER, ElementQuery(id, edge=query["edge"], backward="backward" in query))
            found.append(parsed(draw(element.shown(told, Given(words, Library(), query=query)), FRAME, words)))
    return tuple(found)
