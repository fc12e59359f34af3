"""As of which day the explorer is read: said on every page, and carried on by its links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from douane.applications.architecture.screens.naming import HOME
from douane.author.pages import Block, Button, Card, Field, Form, Given, Link, Note, Page, Text, Tone

ON: Final = "on"


def day_of(given: Given) -> dt.date | None:
    """The day that is asked for; today where none is, or none that is a day. None where nobody knows today."""
    try:
        return dt.date.fromisoformat(given.query.get(ON, ""))
    except ValueError:
        return given.today if given.today != dt.date.min else None


def told_on(given: Given) -> dict[str, object]:
    """The day as a question names it."""
    day = day_of(given)
    return {} if day is None else {ON: day.isoformat()}


def as_of(page: Page, given: Given, at: str) -> Page:
    """A page with the day as of which it is told, and the way to another one. ``at``: its own address."""
    day = day_of(given)
    if day is None:
        return page
    kept = (HOME, f"{ON}={day.isoformat()}") if day != given.today else ("", "")
    return replace(page, blocks=(*_note(day, given, at), *page.blocks, _card(day, given, at)), keeps=kept)


def _note(day: dt.date, given: Given, at: str) -> Iterator[Block]:
    if day != given.today:
        words = given.words
        back = Link(words.plain("Back to today"), f"{at}?{ON}={given.today.isoformat()}")
        yield Note("", (words.say("This page tells what holds on %(day)s.", day=words.day(day)), " ", back), Tone.WARN)


def _card(day: dt.date, given: Given, at: str) -> Card:
    words = given.words
    hidden = {name: value[:200] for name, value in given.query.items() if name not in (ON, "after", "part", "format")}
    field = Field(ON, words.plain("Day"), day.isoformat(), short=True, type="date")
    form = Form(at, (Button(words.plain("Show"), look="btn second"),), (field,), hidden=hidden, method="get")
    text = Text(words.say("Rules hold in their periods, operations until their last day. The model is that of the "
                          "release that is installed."), "small")  # fmt: skip
    return Card("as-of", words.plain("As of another day"), (form, text))


def of_now(given: Given) -> tuple[Block, ...]:
    """What a page says that is asked as of another day and has none."""
    day = day_of(given)
    if day is None or day == given.today:
        return ()
    return (Note("", given.words.say("This page tells what is so now: of another day nobody keeps it."), Tone.WARN),)
