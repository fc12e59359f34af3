"""The functional specification of a process: to read, and to print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from douane.applications.programme.messages.telling import SpecificationShown
from douane.applications.programme.screens.naming import HOME, SPECIFICATION, elements, named_in
from douane.applications.programme.screens.road import TITLE
from douane.author.pages import Block, Card, Column, Facts, Given, Inline, Link, Page, Ref, Row, Screen, Table, Words
from douane.pages.pictures.process import process


def shown(answer: SpecificationShown, given: Given) -> Page:
    """The document."""
    words = given.words
    blocks: list[Block] = [Card("facts", words.plain("What is declared"), (_facts(answer, words),))]
    known = given.procedure(answer.process.rpartition(".")[2]) if answer.file else None
    if known is not None:
        picture = process(known.source, known.definition, (), (), words)
        blocks.append(Card("picture", words.plain("The procedure"), (picture,)))
    if answer.steps:
        blocks.append(Card("steps", words.plain("Tasks"), (_steps(answer, words),), str(len(answer.steps))))
    blocks += _parts(answer, given)
    title = words.plain("Functional specification of %(process)s", process=answer.process)
    lead = words.say("Written from the model: what runs is what stands here. Print it with your browser.")
    return Page(title, tuple(blocks), title, state=lead, crumbs=(Link(words.model(TITLE), HOME),))


def _facts(answer: SpecificationShown, words: Words) -> Facts:
    items: list[tuple[str, Inline]] = [(words.plain("Process"), Ref(answer.process))]
    items += [(words.plain("File"), Ref(answer.file)), (words.plain("Version"), Ref(answer.version[:16]))] * bool(
        answer.file
    )
    items += [(words.plain("Parties"), words.model(answer.parties))] * bool(answer.parties)
    return Facts(tuple(items))


def _steps(answer: SpecificationShown, words: Words) -> Table:
    columns = (Column(words.plain("Task")), Column(words.plain("Who does it")), Column(words.plain("Article")),
               Column(words.plain("Operations")))  # fmt: skip
    rows = tuple(
        Row((words.model(each.title), words.model(each.role), ", ".join(each.articles), ", ".join(each.calls)))
        for each in answer.steps
    )
    return Table(words.plain("Tasks"), columns, rows, dense=True)


def _parts(answer: SpecificationShown, given: Given) -> Iterator[Block]:
    words = given.words
    parts = (
        ("tasks", words.plain("Business tasks"), answer.tasks),
        ("operations", words.plain("Operations"), answer.operations),
        ("requirements", words.plain("Requirements"), answer.requirements),
        ("messages", words.plain("Messages"), answer.messages), ("rules", words.plain("Business rules"), answer.rules),
        ("limits", words.plain("Time limits"), answer.limits),
    )  # fmt: skip
    for name, title, lines in parts:
        if lines:
            yield Card(name, title, (elements(title, lines, given),), str(len(lines)))


SCREENS: Final = (
    Screen("programme.specify", SPECIFICATION, shown, "",
           lambda given: {"process": named_in(given.path["process"])[:200]}),
)  # fmt: skip
"""The specification of every process."""
