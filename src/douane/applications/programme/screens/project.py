"""A project: law, gates, scores, what it must build, and whom it would hold up by opening later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec
from markupsafe import Markup

from douane.applications.programme.messages.judging import ProjectNotChanged
from douane.applications.programme.messages.telling import ProjectShown
from douane.applications.programme.screens.naming import (
    CASES,
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
from douane.author import Criterion, Fault, Gate
from douane.author.pages import (
    Act,
    Block,
    Bullets,
    Button,
    Card,
    Column,
    Columns,
    Empty,
    Entry,
    Facts,
    Field,
    Form,
    Given,
    Inline,
    Link,
    Note,
    Option,
    Page,
    Row,
    Rows,
    Screen,
    Situation,
    Small,
    Table,
    Tag,
    Text,
    Tone,
    Words,
    faulty,
    forms,
    outcome,
)


def shown(answer: ProjectShown, given: Given) -> Page:
    """The page of a project."""
    words, line = given.words, answer.line
    title = words.plain("To be built")
    absent: Block = Empty(words.say("Everything that this project brings is there."))
    if answer.absent:
        absent = elements(title, answer.absent, given)
    main = (
        *outcome(given),
        *forms(given),
        *_delays(answer, given),
        Card("gates", words.plain("Gates"), (_gates(answer, words), _not_said(words))),
        Card("scope", title, (absent,), str(len(answer.absent)) if answer.absent else ""),
        *_tests(answer, words),
        *_slip(answer, given),
        *_history(answer, words),
    )
    side = (Card("facts", words.plain("What is declared"), (_facts(answer, words),)), _scores(answer, words),
            _present(answer, words))  # fmt: skip
    crumbs = (Link(words.model(TITLE), HOME),)
    state = standing(line.standing, words), " ", words.model(line.text)
    return Page(line.name, (Columns(main, side, "cols"),), line.name, words.model("Project"), state, crumbs=crumbs,
                faulty=faulty(given))  # fmt: skip


def _facts(answer: ProjectShown, words: Words) -> Facts:
    line = answer.line
    items: list[tuple[str, Inline]] = [
        (words.plain("Goals"), Markup(", ").join(words.model(each) for each in answer.goals)),
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
        rows.append(Row((words.model(each.gate), day, passed, words.reason(each.because))))
    return Table(words.plain("Gates"), columns, tuple(rows), dense=True)


def _not_said(words: Words) -> Text:
    """What a gate that is passed does not say."""
    text = words.say("Business case passed says that a role gave a score with a reason: nobody has stated a business "
                     "case by that. Functional specification passed says that each task has an article and a role: "
                     "nobody has read a specification.")  # fmt: skip
    return Text((text, " ", Link(words.plain("Business cases"), CASES)), "small soft")


def _scores(answer: ProjectShown, words: Words) -> Card:
    rows = tuple(
        ((words.model(each.criterion), Small(words.say(
            "%(by)s, %(on)s: %(reason)s", by=words.model(each.by), on=words.day(each.on),
            reason=words.reason(each.reason)))), str(each.value))
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
    asked = given.query.get("slip_to", "")
    fault = ""
    if asked and _day(asked) is None:
        fault = words.plain("Write the day as 2027-12-01.")
    elif answer.refused:
        fault = words.reason(answer.refused)
    field = Field("slip_to", words.plain("What if its window opened on"), asked[:10], fault=fault, short=True,
                  type="date")  # fmt: skip
    form = Form(project_at(line.name), (Button(words.plain("Work it out"), look="btn second"),), (field,), method="get")
    blocks: list[Block] = [form, *_held(answer, words)] if asked else [form]
    yield Card("slip", words.plain("If it slips"), tuple(blocks))


def _held(answer: ProjectShown, words: Words) -> Iterator[Block]:
    """Whom a slip holds up."""
    if not answer.delayed:
        return
    columns = (
        Column(words.plain("Project")), Column(words.plain("Days"), number=True), Column(words.plain("Opens")),
        Column(words.plain("Administrations")), Column(words.plain("Deadline missed")),
    )  # fmt: skip
    rows = tuple(
        Row((project_link(each.project), str(each.days), words.day(each.opens),
             ", ".join(words.plain(name) for name in each.administrations), words.reason(each.misses)))
        for each in answer.delayed
    )  # fmt: skip
    told = words.count("%(number)s project is held up.", "%(number)s projects are held up.", len(answer.delayed))
    yield Note("", told, Tone.WARN)
    yield Table(words.plain("Whom it holds up"), columns, rows, dense=True)


def _delays(answer: ProjectShown, given: Given) -> Iterator[Card]:
    """The slip that happened, while none is asked about."""
    if answer.delayed and "slip_to" not in given.query:
        yield Card("slipped", given.words.plain("It opens later than it was declared"),
                   tuple(_held(answer, given.words)))  # fmt: skip


def _history(answer: ProjectShown, words: Words) -> Iterator[Card]:
    if not answer.history:
        return
    names = (words.plain("Day"), words.plain("Role"), words.plain("What"), words.plain("Said"), words.plain("Reason"))
    rows = tuple(
        Row((words.day(each.on), words.model(each.by), words.model(each.what),
             words.dated(each.said) or words.plain("as declared or derived"), each.reason))
        for each in answer.history
    )  # fmt: skip
    title = words.plain("What roles said")
    yield Card("history", title, (Table(title, tuple(map(Column, names)), rows, dense=True),), str(len(rows)))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _question(given: Given) -> Mapping[str, object]:
    day = _day(given.query.get("slip_to", ""))
    return {"name": named_in(given.path["project"])[:200], **({"slip_to": day.isoformat()} if day is not None else {})}


_OPEN: Final = ("project", "open")


def _situation(answer: ProjectShown, given: Given) -> Situation:
    """What is still to be built may be judged and planned."""
    tasks = frozenset() if answer.line.standing == "built" else frozenset({_OPEN})
    return Situation(tasks, {"project": answer.line.name, "today": given.today.isoformat()})


def refused(type: str, body: bytes) -> tuple[Fault, ...]:
    """Why it was not kept."""
    if type != ProjectNotChanged.__name__:
        return ()
    return tuple(Fault("", "14", each) for each in msgspec.json.decode(body, type=ProjectNotChanged).reasons)


def _options(values: Iterable[str]) -> tuple[Option, ...]:
    return tuple(Option(each, each) for each in values)


SCREENS: Final = (Screen("programme.project", PROJECT, shown, "", _question, _situation),)
"""The page of every project."""
_FIXED: Final = {"project": "project"}
ACTS: Final = (
    Act(
        "programme.judge", "Give a score",
        (Entry("criterion", options=_options(Criterion)), Entry("value"), Entry("reason")),
        _FIXED, refused, path=PROJECT, tasks=frozenset({_OPEN}),
    ),
    Act(
        "programme.move_gate", "Move a gate",
        (Entry("gate", options=_options(Gate)), Entry("day", "today"), Entry("reason")),
        _FIXED, refused, path=PROJECT, tasks=frozenset({_OPEN}),
    ),
)  # fmt: skip
"""What roles say to a project, on its page."""
