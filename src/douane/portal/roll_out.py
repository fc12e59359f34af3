"""The roll-out on the desks of the trusted circle: each step as it is planned, and as live edges show it.

The plan is asked of its operation like by everybody else; what is live is handed to the page, as to the landscape.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import msgspec
from markupsafe import Markup

from douane.channels.browser import safety
from douane.channels.browser.visits import Answer, View, Visit, page
from douane.model.architecture import Step
from douane.model.routes import Opening
from douane.pages.blocks import (
    Block,
    Bullets,
    Card,
    Chips,
    Column,
    Empty,
    Figure,
    Inline,
    Link,
    Note,
    Page,
    Row,
    Small,
    Table,
    Tag,
    Text,
    Tone,
)
from douane.pages.languages import Words
from douane.pages.pictures.plan import Bar, plan
from douane.portal.landscape import Landscapes
from douane.reference_architecture.exchange.cpsv_ap import BASE
from douane.reference_architecture.exchange.library import Shelf, adms
from douane.reference_architecture.programme.steps import Fact, calendar, facts
from douane.shared_services.web.answers import Response

PATH: Final = "/programme/steps"
TITLE: Final = "Roll-out"
MODEL: Final = "/explore"
PROGRAMME: Final = "/programme"
LIBRARY: Final = f"{PROGRAMME}/library.ttl"


def roll_out_views(source: Landscapes, operation: str, library: str = "") -> tuple[View, ...]:
    """The page of the roll-out, the same as a calendar, and the library of initiatives for catalogues of others.

    operation: that says what is planned. library: that tells of initiatives; empty where nobody does.
    """

    async def show(visit: Visit) -> Answer:
        answer = await visit.ask(operation)
        planned = steps_of(answer)
        today = source.today()
        if visit.query.get("format") == "ics":
            return _as_calendar(planned, today)
        return shown(facts(planned, source.columns(), today), today, visit.words, visit.query.get("of", ""))

    async def catalogue(visit: Visit) -> Answer:
        shelf = msgspec.convert(msgspec.to_builtins(await visit.ask(library)), Shelf)
        return _file(adms(shelf, base=BASE), "library.ttl", "text/turtle")

    views = (View(page("GET", PATH, Opening.OPERATION, operation), show),)
    return (*views, View(page("GET", LIBRARY, Opening.OPERATION, library), catalogue)) if library else views


def _file(content: bytes, name: str, media: str) -> Response:
    headers = (safety.saved_as(name), ("cache-control", "private, no-cache"))
    return Response(200, content, f"{media}; charset=utf-8", headers)


def steps_of(answer: Any) -> tuple[Step, ...]:
    """The steps of the answer."""
    return tuple(
        Step(line.administration, line.service, each.stage, each.day, each.of, each.said_done)
        for line in answer.lines
        for each in line.steps
    )


def _as_calendar(planned: Sequence[Step], today: dt.date) -> Response:
    stamp = dt.datetime.combine(today, dt.time())
    return _file(calendar(planned, stamp).encode(), "roll-out.ics", "text/calendar")


def shown(found: Sequence[Fact], today: dt.date, words: Words, chosen: str) -> Page:
    """Every step, narrowed to one administration where one is chosen."""
    countries = sorted({each.step.administration for each in found})
    mine = [each for each in found if chosen not in countries or each.step.administration == chosen]
    counts = Counter("late" if each.late else "done" if each.done else "planned" for each in mine)
    lead = words.say(
        "%(steps)s steps: %(done)s are done as live edges show it, %(late)s are late.",
        steps=len(mine), done=counts["done"], late=counts["late"],
    )  # fmt: skip
    chips = Chips((
        (Link(words.plain("All administrations"), PATH), chosen not in countries),
        *((Link(each, f"{PATH}?of={each}"), each == chosen) for each in countries),
    ))  # fmt: skip
    table: Block = Empty(words.say("No step is planned."))
    blocks: list[Block] = [chips]
    if mine:
        table = _table(mine, words)
        blocks += [_late(mine, words)] * bool(counts["late"])
    told = words.say("A live edge says that a node of the administration serves operations of the service. It does not "
                     "tell legacy, phase 5, wrapped and service apart: which of them it is, the administration says in "
                     "its plan.")  # fmt: skip
    blocks.append(Card("steps", words.plain("Each step"), (Text(told, "small soft"), table), str(len(mine))))
    if mine:
        blocks.append(Card("plan", words.plain("When"), (_picture(mine, today, words),)))
    acts = (Link(words.plain("This plan as a calendar"), f"{PATH}?format=ics", "btn second", "text/calendar"),)
    crumbs = (Link(words.model("Programme"), PROGRAMME),)
    return Page(words.model(TITLE), tuple(blocks), state=lead, acts=acts, crumbs=crumbs)


def _late(found: Sequence[Fact], words: Words) -> Note:
    held = sorted({each for fact in found for each in fact.holds_up})
    told = words.count("%(number)s step waits for late ones.", "%(number)s steps wait for late ones.", len(held))
    return Note(words.plain("Late"), told, Tone.WARN)


def _table(found: Sequence[Fact], words: Words) -> Table:
    columns = (
        Column(words.plain("Administration")), Column(words.plain("Service")), Column(words.plain("Step")),
        Column(words.plain("Planned")), Column(words.plain("What live edges show")),
        Column(words.plain("Whom it holds up")),
    )  # fmt: skip
    rows = tuple(_row(each, words) for each in found)
    return Table(words.plain("Each step"), columns, rows, dense=True)


def _row(each: Fact, words: Words) -> Row:
    step = each.step
    stage: Inline = words.model(step.stage.value)
    if step.of:
        stage = (stage, Small(words.plain("of %(administration)s", administration=step.of)))
    state, tone = _state(each, words)
    seen = Tag(state, tone), Small(words.reason(each.because))
    service = Link(step.service, f"{MODEL}/service/{step.service}")
    return Row(
        (
            step.administration,
            service,
            stage,
            words.day(step.day),
            seen,
            Markup(", ").join(map(words.reason, each.holds_up)),
        )
    )


def _state(each: Fact, words: Words) -> tuple[str, Tone]:
    if each.done:
        return words.plain("done"), Tone.GOOD
    return (words.plain("late"), Tone.BAD) if each.late else (words.plain("not done"), Tone.WAIT)


def _picture(found: Sequence[Fact], today: dt.date, words: Words) -> Figure:
    """One bar for each way: from its first step to its last."""
    ways: dict[tuple[str, str], list[Fact]] = {}
    for each in found:
        ways.setdefault((each.step.administration, each.step.service), []).append(each)
    bars = []
    for (administration, service), several in ways.items():
        days = [each.step.day for each in several]
        stages = ", ".join(f"{words.plain(each.step.stage.value)} {words.day(each.step.day)}" for each in several)
        late = any(each.late for each in several)
        look = "changes" if late else "passed" if all(each.done for each in several) else ""
        title = words.plain("%(administration)s, %(service)s: %(stages)s", administration=administration,
                            service=service, stages=stages)  # fmt: skip
        href = f"{PATH}?of={administration}"
        bars.append(Bar(f"{administration} {service}", min(days), max(days), title, href, look))
    label = words.plain("Plan by months, scrolls sideways")
    twin = Bullets(tuple(each.title for each in bars))
    return Figure(plan(bars, today, label, words), label, (twin,), words.plain("The same in words"))
