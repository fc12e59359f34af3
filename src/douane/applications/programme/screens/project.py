"""A project: law, gates, scores, what it must build, and whom it would hold up by opening later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final

from douane.applications.programme.messages import ProjectShown
from douane.applications.programme.screens.naming import (
    HOME,
    PROJECT,
    deadline,
    elements,
    named_in,
    project_at,
    project_link,
    standing,
)
from douane.applications.programme.screens.road import TITLE
from douane.pages.blocks import (
    Block,
    Bullets,
    Button,
    Card,
    Column,
    Columns,
    Empty,
    Facts,
    Field,
    Form,
    Inline,
    Link,
    Note,
    Page,
    Row,
    Rows,
    Small,
    Table,
    Tag,
    Tone,
)
from douane.pages.languages import Words
from douane.pages.screens import Given, Screen


def shown(answer: ProjectShown, given: Given) -> Page:
    """The page of a project."""
    words, line = given.words, answer.line
    title = words.plain("To be built")
    absent: Block = Empty(words.say("Everything that this project brings is there."))
    if answer.absent:
        absent = elements(title, answer.absent, given)
    main = (
        Card("gates", words.plain("Gates"), (_gates(answer, words),)),
        Card("scope", title, (absent,), str(len(answer.absent)) if answer.absent else ""),
        *_tests(answer, words),
        *_slip(answer, given),
    )
    side = (Card("facts", words.plain("What is declared"), (_facts(answer, words),)), _scores(answer, words),
            _present(answer, words))  # fmt: skip
    crumbs = (Link(words.model(TITLE), HOME),)
    state = standing(line.standing, words), " ", words.model(line.text)
    return Page(line.name, (Columns(main, side, "cols"),), line.name, words.model("Project"), state, crumbs=crumbs)


def _facts(answer: ProjectShown, words: Words) -> Facts:
    line = answer.line
    items: list[tuple[str, Inline]] = [
        (words.plain("Goals"), ", ".join(str(words.model(each)) for each in answer.goals)),
        (words.plain("Deadline"), deadline(line, words)), (words.plain("Owner"), words.model(line.owner)),
        (words.plain("Administrations"), ", ".join(words.plain(each) for each in answer.administrations)),
    ]  # fmt: skip
    if answer.after:
        items.append((words.plain("Waits for"), tuple((project_link(each), " ") for each in answer.after)))
    return Facts(tuple(items))


def _gates(answer: ProjectShown, words: Words) -> Table:
    columns = (Column(words.plain("Gate")), Column(words.plain("Planned")), Column(words.plain("The model shows")),
               Column(words.plain("Because")))  # fmt: skip
    rows = []
    for each in answer.gates:
        passed = Tag(words.plain("passed"), Tone.GOOD) if each.passed else Tag(words.plain("open", "gate"))
        day = words.day(each.planned) if each.planned is not None else ""
        rows.append(Row((words.model(each.gate), day, passed, words.model(each.because))))
    return Table(words.plain("Gates"), columns, tuple(rows), dense=True)


def _scores(answer: ProjectShown, words: Words) -> Card:
    rows = tuple(
        ((words.model(each.criterion), Small(words.say("%(by)s, %(on)s: %(reason)s", by=each.by, on=words.day(each.on),
                                                       reason=each.reason))), str(each.value))
        for each in answer.scores
    )  # fmt: skip
    return Card("scores", words.plain("Scores"), (Rows(rows),), str(answer.total))


def _present(answer: ProjectShown, words: Words) -> Card:
    rows = tuple((words.model(each.kind.replace("-", " ")), str(each.number)) for each in answer.present)
    shown: Block = Rows(rows) if rows else Empty(words.say("Nothing of it is there."))
    return Card("present", words.plain("There already, and touched"), (shown,))


def _tests(answer: ProjectShown, words: Words) -> Iterator[Card]:
    if answer.tests:
        bullets = Bullets(tuple(words.model(each) for each in answer.tests))
        yield Card("tests", words.plain("Tests to write"), (bullets,), str(len(answer.tests)))


def _slip(answer: ProjectShown, given: Given) -> Iterator[Card]:
    words, line = given.words, answer.line
    if line.opens is None:
        return
    said = given.query.get("slip_to", "")
    fault = ""
    if said and _day(said) is None:
        fault = words.plain("Write the day as 2027-12-01.")
    elif answer.refused:
        fault = answer.refused
    field = Field("slip_to", words.plain("What if its window opened on"), said[:10], fault=fault, short=True)
    form = Form(project_at(line.name), (Button(words.plain("Work it out"), look="btn second"),), (field,), method="get")
    blocks: list[Block] = [form]
    if answer.delayed:
        columns = (
            Column(words.plain("Project")), Column(words.plain("Days"), number=True), Column(words.plain("Opens")),
            Column(words.plain("Administrations")), Column(words.plain("Deadline missed")),
        )  # fmt: skip
        rows = tuple(
            Row((project_link(each.project), str(each.days), words.day(each.opens),
                 ", ".join(words.plain(name) for name in each.administrations), words.model(each.misses)))
            for each in answer.delayed
        )  # fmt: skip
        told = words.count("%(number)s project is held up.", "%(number)s projects are held up.", len(answer.delayed))
        blocks += [Note("", told, Tone.WARN), Table(words.plain("Whom it holds up"), columns, rows, dense=True)]
    yield Card("slip", words.plain("If it slips"), tuple(blocks))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _question(given: Given) -> Mapping[str, object]:
    day = _day(given.query.get("slip_to", ""))
    return {"name": named_in(given.path["project"])[:200], **({"slip_to": day.isoformat()} if day is not None else {})}


SCREENS: Final = (Screen("programme.project", PROJECT, shown, "", _question),)
"""The page of every project."""
