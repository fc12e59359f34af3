"""Who asks about the architecture, and the page that each answer becomes; for the tests of this application."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any

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
