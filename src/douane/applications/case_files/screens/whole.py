"""The page of a case in one place, as its office sees it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from douane.applications.case_files.messages import Statement, WholeFile
from douane.applications.case_files.screens.case import letter
from douane.applications.case_files.screens.limits import time_limits
from douane.applications.case_files.screens.lists import clock, state_of, who_has
from douane.author import NCTS5, DouaneError, described
from douane.author.pages import (
    Block,
    Bullets,
    Card,
    Column,
    Columns,
    Details,
    Empty,
    Facts,
    Given,
    Inline,
    Link,
    Page,
    Ref,
    Row,
    Rows,
    Screen,
    Small,
    Table,
    Tag,
    Text,
    Tone,
    kind_words,
)
from douane.standards.forms.contents import Line, differences, lines
from douane.standards.ncts import phase5

MOST: Final = 600
"""Lines of a statement that are shown at most."""
_ENVELOPE: Final = frozenset({
    "messageSender", "messageRecipient", "preparationDateAndTime", "messageIdentification", "messageType",
    "correlationIdentifier", "PhaseID",
})  # fmt: skip


def whole(answer: WholeFile, given: Given) -> Page:
    """A case in one place: facts and risk, tasks and limits, documents, letters, and each statement line by line."""
    words, line = given.words, answer.line
    facts = Facts((
        (words.plain("Office"), Ref(line.office)), (words.plain("Administration"), Ref(answer.administration)),
        *((words.plain("Also known as"), Ref(name)) for name in line.names),
        (words.plain("Opened"), clock(line.opened, words)),
    ))  # fmt: skip
    case, limits = Card("facts", words.plain("The case"), (facts,)), time_limits(answer.limits, given)
    blocks: list[Block] = [
        Text((state_of(line, words, big=True), " ", words.model(kind_words(line.kind))), "state under"),
        Columns((case,), (_risk(answer, given),)),
        Columns((_tasks(answer, given),), (Card("limits", words.plain("Time limits"), (limits,)),)),
        _documents(answer, given),
    ]
    if answer.letters:
        written = tuple(letter(each, line.reference, given) for each in answer.letters)
        blocks.append(Card("letters", words.plain("Letters"), written))
    blocks += _statements(answer, given)
    crumbs = (Link(words.plain("Cases"), "/cases"), Link(line.reference, f"/cases/{line.reference}"))
    return Page(words.plain("File of %(mrn)s", mrn=line.reference), tuple(blocks), crumbs=crumbs)


def _risk(answer: WholeFile, given: Given) -> Card:
    words = given.words
    shown: Block = Empty(words.say("Nothing speaks for a control."))
    if answer.risk:
        shown = Bullets(tuple(words.reason(each) for each in answer.risk))
    return Card("risk", words.plain("Risk and control"), (shown,))


def _tasks(answer: WholeFile, given: Given) -> Card:
    words = given.words
    rows = tuple(((words.model(each.title), Small(who_has(each, words))), "") for each in answer.tasks)
    return Card("tasks", words.plain("Tasks"), (Rows(rows) if rows else Empty(words.say("No task waits for you.")),))


def _documents(answer: WholeFile, given: Given) -> Card:
    words = given.words
    if not answer.documents:
        return Card("documents", words.plain("Documents"), (Empty(words.say("Nothing was attached.")),))
    names = (words.plain("Name"), words.plain("Kind"), words.plain("Octets"), words.plain("Digest"))
    rows = tuple(Row((each.name, each.media, str(each.size), Ref(each.digest[:16]))) for each in answer.documents)
    table = Table(words.plain("Documents"), tuple(map(Column, names)), rows, dense=True)
    return Card("documents", words.plain("Documents"), (table,))


def _statements(answer: WholeFile, given: Given) -> Iterator[Block]:
    """What was stated, the latest of each kind in full, with what it changed in the one before of its kind."""
    words = given.words
    if answer.cut:
        yield Text(words.say("More was stated than is shown here; this is the latest."))
    stood: dict[str, tuple[Line, ...]] = {}
    last = {each.operation: each.leaf for each in answer.statements if not each.refused}
    for number, each in enumerate(answer.statements):
        told = _lines(each, given)
        shown: list[Block] = [Facts(_about(each, given))]
        before = stood.get(each.operation, ())
        if before and not each.refused:
            shown.append(_changes(before, told, given))
        if told:
            current = last.get(each.operation) == each.leaf
            shown.append(Details(words.plain("Line by line"), (_table(told, given),), open=current and not before))
        if not each.refused:
            stood[each.operation] = told
        yield Card(f"stated-{number}", words.model(given.title(each.operation)), tuple(shown))


def _about(each: Statement, given: Given) -> tuple[tuple[str, Inline], ...]:
    words = given.words
    refused = ((words.plain("State"), Tag(words.plain("refused"), Tone.BAD)),) if each.refused else ()
    return (
        (words.plain("When"), clock(each.at, words)), (words.plain("From"), Ref(each.by)),
        (words.plain("Identification"), Ref(each.message)), *refused,
    )  # fmt: skip


def _changes(before: tuple[Line, ...], now: tuple[Line, ...], given: Given) -> Block:
    words = given.words
    found = differences(before, now)
    if not found:
        return Text(words.say("It says the same as the one before."))
    names = (words.plain("Where"), words.plain("Before"), words.plain("Now"))
    rows = tuple(
        Row((each.label, words.dated(each.before) or "–", words.dated(each.now) or "–")) for each in found[:MOST]
    )
    return Table(words.plain("What it changed"), tuple(map(Column, names)), rows, dense=True)


def _table(told: tuple[Line, ...], given: Given) -> Table:
    words = given.words
    names = (words.plain("Where"), words.plain("Value"))
    rows = tuple(Row((each.label, words.dated(each.value))) for each in told[:MOST])
    return Table(words.plain("Line by line"), tuple(map(Column, names)), rows, dense=True)


def _lines(each: Statement, given: Given) -> tuple[Line, ...]:
    """What a statement says by the form of its message type; nothing where this release does not read it."""
    known = given.library.types.get(each.operation)
    if known is None:
        return ()
    type, family = known
    try:
        content: Any
        if family is NCTS5:
            octets = each.text.encode()
            message = phase5.read(octets) if each.xml else phase5.from_json(type, octets)
            (content,) = msgspec.json.decode(phase5.to_json(message)).values()
        else:
            content = None if each.xml else msgspec.json.decode(each.text)
    except (DouaneError, msgspec.DecodeError):
        return ()
    if not isinstance(content, dict):
        return ()
    inside = {tag: value for tag, value in content.items() if tag not in _ENVELOPE}
    return tuple(lines(described(type, family), inside))


SCREENS: Final = (
    Screen(
        "case_files.whole", "/files/{reference}", whole, "",
        lambda given: {"reference": given.path["reference"], "country": given.query.get("country", "")},
        file_of=("*", "Whole file"),
    ),
)  # fmt: skip
"""A case in one place."""
