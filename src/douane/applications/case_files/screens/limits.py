"""The time limits of a case, as its pages show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from douane.applications.case_files.messages import Limit
from douane.applications.case_files.screens.lists import micros
from douane.author import Instant, built_in
from douane.author.pages import Block, Column, Empty, Given, Inline, Link, Ref, Row, Small, Table, Tag, Tone


def time_limits(limits: Sequence[Limit], given: Given) -> Block:
    """The limits of the case: when each ends, by which article, and what follows from silence."""
    words = given.words
    if not limits:
        return Empty(words.say("No time limit runs."))
    rows = []
    for each in limits:
        law = given.library.limits.get(each.limit)
        what: Inline = Ref(each.limit)
        if law is not None:
            why = given.why(f"limit:{each.limit}")
            link = (" ", Link(words.plain("Why?"), why)) if why else ()
            what = (words.model(law.text), *link, Small((words.say("else"), ": ", words.model(law.silence.value))))
        state: Inline = Tag(words.plain("runs", "time limit"), Tone.RUN) if each.runs else ""
        article = words.model(law.article) if law is not None else ""
        last = words.day(last_day(each))
        rows.append(Row((what, last, article, state), "soon" if each.runs else ""))
    names = (
        words.plain("What is to be done"),
        words.plain("Ends"),
        words.plain("Article"),
        words.plain("State"),
    )
    return Table(words.plain("Time limits"), tuple(Column(each) for each in names), tuple(rows))


def last_day(limit: Limit) -> dt.date:
    """The last day of a limit, as the calendar of its place names it: a limit ends where a local day ends."""
    return built_in().at(limit.place).date(Instant(micros(limit.ends) - 1))
