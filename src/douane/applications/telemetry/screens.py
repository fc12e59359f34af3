"""The page on which the people of an administration see what their own connected systems told last."""

from __future__ import annotations

import datetime as dt
from typing import Final
from urllib.parse import urlencode

from douane.applications.telemetry.messages import Measurement, Signal, TelemetryShown
from douane.author.pages import (
    Button,
    Card,
    Chips,
    Column,
    Empty,
    Field,
    Form,
    Given,
    Inline,
    Link,
    Page,
    Ref,
    Row,
    Screen,
    Small,
    Table,
    Text,
    Time,
)

PATH: Final = "/telemetry"
_KINDS: Final = {Signal.TRACES: "Traces", Signal.METRICS: "Metrics", Signal.LOGS: "Logs"}
"""The kinds, as pages call them."""


def told(answer: TelemetryShown, given: Given) -> Page:
    """What the systems of the own administration told last, one kind at a time."""
    words, kind, source = given.words, _kind(given), given.query.get("source", "").strip()
    chips = Chips(tuple((Link(words.model(title), _at(each, source)), each is kind) for each, title in _KINDS.items()))
    field = Field("source", words.plain("System, as it calls itself"), source, type="search")
    form = Form(PATH, (Button(words.plain("Search"), look="btn second"),), (field,),
                hidden={"signal": kind.value}, method="get")  # fmt: skip
    shown = (
        _table(answer, given) if answer.items else Empty(words.say("None of your systems told anything of this kind."))
    )
    lead = words.say(
        "What systems of %(administration)s measure, as they told it; the last 500 of each kind are kept. Nobody of "
        "another administration sees it.", administration=answer.administration,
    )  # fmt: skip
    title = words.plain("Connected systems")
    return Page(title, (Text(lead), form, Card("told", title, (chips, shown), str(len(answer.items)))))


def _table(answer: TelemetryShown, given: Given) -> Table:
    words = given.words
    columns = (
        Column(words.plain("When")), Column(words.plain("System")), Column(words.plain("What")),
        Column(words.plain("Value"), number=True), Column(words.plain("More")),
    )  # fmt: skip
    rows = tuple(_row(each, by, given) for each, by in zip(answer.items, answer.by, strict=True))
    return Table(words.plain("Connected systems"), columns, rows, dense=True)


def _row(each: Measurement, by: str, given: Given) -> Row:
    value = "" if each.value is None else f"{each.value:g}"
    facts: list[Inline] = [" ".join(f"{one.name}={one.value}" for one in each.facts)]
    if each.trace:
        facts += [" ", Ref(each.trace)]
    when = Time(given.words.moment(each.at), _iso(each.at))
    return Row((when, (each.source or by, " ", Small(by)), (each.name, " ", Small(each.text)), value, tuple(facts)))


def _iso(at: int) -> str:
    return f"{dt.datetime.fromtimestamp(at / 1e6, dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def _kind(given: Given) -> Signal:
    asked = given.query.get("signal", "")
    return next((each for each in Signal if each.value == asked), Signal.TRACES)


def _at(kind: Signal, source: str) -> str:
    query = {"signal": kind.value, "source": source}
    return f"{PATH}?{urlencode({name: value for name, value in query.items() if value})}"


def _question(given: Given) -> dict[str, object]:
    return {"signal": _kind(given).value, "source": given.query.get("source", "").strip()[:120]}


SCREENS: Final = (
    Screen("telemetry.show", PATH, told, "Connected systems", _question, place=9, filters=("signal", "source")),
)
"""The page of connected systems."""
