"""The road: the order of what is not built with its reasons, the plan as bars, every project; and what is covered."""

from __future__ import annotations

import datetime as dt
from typing import Final

from douane.applications.programme.messages.telling import PlaceLine, ProjectLine, Roadmap
from douane.applications.programme.screens.naming import (
    CASES,
    COVERAGE,
    HOME,
    LIBRARY,
    PLANS,
    REQUIREMENTS,
    deadline,
    project_at,
    project_link,
    specification_at,
    standing,
)
from douane.author.pages import (
    Block,
    Bullets,
    Card,
    Column,
    Empty,
    Figure,
    Given,
    Inline,
    Link,
    Page,
    Row,
    Rows,
    Screen,
    Small,
    Table,
    Tag,
    Text,
    Tone,
    Words,
)
from douane.pages.pictures.plan import Bar, plan

TITLE: Final = "Programme"


def road(answer: Roadmap, given: Given) -> Page:
    """What is built next and why, when, and how far everything is."""
    words = given.words
    built = sum(each.standing == "built" for each in answer.projects)
    late = sum(each.late for each in answer.projects)
    lead = words.say(
        "%(projects)s projects: %(built)s are built, %(late)s are late by the law. What is reached is read off the "
        "model.",
        projects=len(answer.projects), built=built, late=late,
    )  # fmt: skip
    blocks: tuple[Block, ...] = (
        Card("order", words.plain("In this order"), _order(answer.order, words), str(len(answer.order))),
        Card("plan", words.plain("When"), _plan(answer, words)),
        Card("projects", words.plain("Every project"), (_projects(answer, words),)),
        Card("specifications", words.plain("Functional specifications"), (_processes(answer, words),)),
    )
    acts = (Link(words.plain("What is covered"), COVERAGE, "btn second"),
            Link(words.plain("Business cases"), CASES, "btn second"),
            Link(words.plain("Library"), LIBRARY, "btn second"),
            Link(words.plain("Requirements"), REQUIREMENTS, "btn second"),
            Link(words.plain("Plan own steps"), PLANS, "btn second"))  # fmt: skip
    return Page(words.model(TITLE), blocks, state=lead, acts=acts)


def _order(order: tuple[PlaceLine, ...], words: Words) -> tuple[Block, ...]:
    if not order:
        return (Empty(words.say("Everything is built.")),)
    names = [words.model(each.criterion) for each in order[0].scores]
    columns = (
        Column(words.plain("Project")), *(Column(each, number=True) for each in names),
        Column(words.plain("In all"), number=True),
    )  # fmt: skip
    rows = tuple(
        Row((
            (f"{each.number}. ", project_link(each.project), Small(words.reason(each.because))),
            *(f"{score.value}*" if score.overridden else str(score.value) for score in each.scores),
            str(each.total),
        ))
        for each in order
    )  # fmt: skip
    text = Text(words.say("Scores are 0 to 4. The page of a project says who gave each, when and why; a star stands at "
                          "those that replace a derived one."), "small soft")  # fmt: skip
    told = words.say("Feasibility counts what is declared and not built yet: a project of which little is declared "
                     "scores high. That is no estimate of effort; who knows better gives another score on the page of "
                     "the project.")  # fmt: skip
    silent = Text(told, "small soft")
    return text, silent, Table(words.plain("In this order"), columns, rows, dense=True)


def _plan(answer: Roadmap, words: Words) -> tuple[Block, ...]:
    planned = [each for each in answer.projects if each.specified is not None and each.opens is not None]
    if not planned:
        return (Empty(words.say("No day is planned.")),)
    rows = sorted(planned, key=lambda each: (each.opens or dt.date.max, each.name))
    bars = [_bar(each, words) for each in rows]
    label = words.plain("Plan by months, scrolls sideways")
    twin = Bullets(tuple(each.title for each in bars))
    return (Figure(plan(bars, answer.today, label, words), label, (twin,), words.plain("The same in words")),)


def _bar(each: ProjectLine, words: Words) -> Bar:
    assert each.specified is not None
    assert each.opens is not None
    title = words.plain(
        "%(project)s: functional specification %(specified)s, window opens %(opens)s",
        project=each.name, specified=words.day(each.specified), opens=words.day(each.opens),
    )  # fmt: skip
    look = "running" if each.fulfilled else ""
    return Bar(each.name, each.specified, each.opens, title, project_at(each.name), look)


def _projects(answer: Roadmap, words: Words) -> Table:
    columns = (
        Column(words.plain("Project")), Column(words.plain("State")),
        Column(words.plain("Tasks fulfilled"), number=True), Column(words.plain("Deadline")),
        Column(words.plain("Window opens")), Column(words.plain("Owner")),
    )  # fmt: skip
    rows = tuple(
        Row((
            project_link(each.name), standing(each.standing, words), f"{each.fulfilled} / {each.tasks}",
            deadline(each, words), _opens(each, words), words.model(each.owner),
        ))
        for each in answer.projects
    )  # fmt: skip
    return Table(words.plain("Every project"), columns, rows, dense=True)


def _opens(each: ProjectLine, words: Words) -> Inline:
    """The day of its window, and whom it waits for longer."""
    if each.opens is None:
        return ""
    if each.held_until is None:
        return words.day(each.opens)
    until = words.plain("held up by %(project)s until %(day)s", project=each.held_by, day=words.day(each.held_until))
    return words.day(each.opens), " ", Tag(until, Tone.WARN)


def _processes(answer: Roadmap, words: Words) -> Rows:
    return Rows(
        tuple((Link(each.name, specification_at(each.name)), words.model(each.state)) for each in answer.processes)
    )


def covered(answer: Roadmap, given: Given) -> Page:
    """The systems of the strategy, set against the model."""
    words = given.words
    columns = (
        Column(words.plain("System")), Column(words.plain("State")), Column(words.plain("Law")),
        Column(words.plain("Project")), Column(words.plain("What is missing")),
    )  # fmt: skip
    rows = tuple(
        Row((
            (each.system, Small(words.model(each.title))), standing(each.standing, words), words.model(each.law),
            tuple((project_link(name), " ") for name in each.projects), ", ".join(each.missing),
        ))
        for each in answer.systems
    )  # fmt: skip
    title = words.plain("What is covered")
    lead = words.say("Platforms of the strategy and systems of Regulation (EU) 2025/512. Built is what the model "
                     "shows: each task of it is fulfilled here.")  # fmt: skip
    table = Table(title, columns, rows, dense=True)
    return Page(title, (Card("systems", title, (table,)),), state=lead, crumbs=(Link(words.model(TITLE), HOME),))


SCREENS: Final = (
    Screen("programme.roadmap", HOME, road, TITLE, lambda _given: {}, place=9),
    Screen("programme.roadmap", COVERAGE, covered, "", lambda _given: {}),
)
"""The road, and the coverage."""
