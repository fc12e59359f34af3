"""What the keeper of a case says of it now, beside what it told last: a page of its own, which that of the case fetches
once and links. It never waits for the other system."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote, urlencode

from douane.applications.case_files.messages import CaseFile, CaseLine, CaseLive, CaseShown, Direction
from douane.applications.case_files.screens.limits import time_limits
from douane.applications.case_files.screens.lists import called, clock, ending, in_words, known_of, state_of
from douane.author import Known, Says, Why
from douane.author.pages import (
    Block,
    Card,
    Column,
    Empty,
    Facts,
    Given,
    Inline,
    Link,
    Live,
    Note,
    Page,
    Ref,
    Row,
    Screen,
    Table,
    Text,
    Tone,
    Words,
)

PATH: Final = "/cases/{reference}/live"
_PART: Final = "keeper"


def beside(line: CaseLine, given: Given) -> Iterator[Live]:
    """On the page of a case that another system keeps: what that says now, fetched once by a script, else by the
    link."""
    if not line.kept_by or not given.opens(PATH):
        return
    words = given.words
    link = Link(words.plain("Ask the system of %(country)s now", country=line.kept_by), _address(line))
    yield Live(_PART, _address(line, _PART), (_card(line, (Text((link,)),), words),), when="load")


def live(answer: CaseLive, given: Given) -> Page:
    """What the keeper says now, what it told last, and where they differ; or why it says nothing."""
    words, line = given.words, answer.line
    shown = tuple(_shown(answer, answer.shown, given) if answer.shown is not None else _unknown(answer, words))
    part = Live(_PART, _address(line, _PART), (_card(line, shown, words),), when="")
    name = called(line)
    crumbs = (Link(words.plain("Cases"), "/cases"), Link(name, _case(line)))
    return Page(name, (part,), Ref(name), words.say("The case as its keeper shows it now"), crumbs=crumbs)


def _card(line: CaseLine, blocks: tuple[Block, ...], words: Words) -> Card:
    title = words.plain("What the system of %(country)s says now", country=line.kept_by or line.administration)
    return Card("keeper", title, blocks)


def _shown(answer: CaseLive, shown: CaseShown, given: Given) -> Iterator[Block]:
    """The case as it is shown, after what differs from the summary."""
    words, line = given.words, shown.file.line
    when: tuple[Inline, ...] = (words.say("as of"), " ", *_both(shown.as_of, shown.by_law, words))
    yield Text((state_of(line, words, big=True), " ", *when), "state under")
    yield from _differences(answer, shown, words)
    limit: Inline = ending(line.deadline, words) if line.deadline else "–"
    yield Facts((
        (words.plain("Office"), Ref(line.office)), (words.plain("Waits until"), limit),
        (words.plain("Opened"), clock(line.opened, words)),
    ))  # fmt: skip
    yield time_limits(shown.file.limits, given)
    yield _messages(shown.file, given)
    yield _told(shown.file, words)


def _differences(answer: CaseLive, shown: CaseShown, words: Words) -> Iterator[Block]:
    """Where what is said now differs from the summary that was told last: both, each with when it is of."""
    before, now = answer.line, shown.file.line
    if before.summary is None:
        return

    def day(at: dt.datetime | None) -> Inline:
        return ending(at, words) if at is not None else "–"

    pairs: tuple[tuple[str, object, object, Inline, Inline], ...] = (
        (words.plain("State"), before.state, now.state, in_words(before.state, words), in_words(now.state, words)),
        (words.plain("Office"), before.office, now.office, Ref(before.office), Ref(now.office)),
        (words.plain("Waits until"), before.deadline, now.deadline, day(before.deadline), day(now.deadline)),
    )  # fmt: skip
    rows = tuple(Row((name, told, said)) for name, was, at_present, told, said in pairs if was != at_present)
    if rows:
        text = words.say("The summary that the lists show differs from what the system says now.")
        told: Inline = (text, " ", words.say("The summary is as of"), " ", *known_of(before, words))
        yield Note(words.plain("Summary and live part differ"), told, Tone.WARN)
        columns = (words.plain("What"), words.plain("In the summary"), words.plain("Now"))
        yield Table(words.plain("What differs"), tuple(map(Column, columns)), rows)


def _both(as_of: dt.datetime, by_law: dt.datetime, words: Words) -> tuple[Inline, ...]:
    """An instant of the machine, with the statutory one where that is another."""
    found: tuple[Inline, ...] = (clock(as_of, words, seconds=True),)
    if by_law != as_of:
        found += (" (", words.say("by the clock of the law"), " ", clock(by_law, words), ")")
    return found


def _messages(file: CaseFile, given: Given) -> Block:
    """What was said in the case, as its keeper has it."""
    words = given.words
    ways = {Direction.IN: words.plain("you sent"), Direction.OUT: words.plain("you were told"),
            Direction.INSIDE: words.plain("inside")}  # fmt: skip
    rows = tuple(
        Row((words.model(given.title(each.type)), ways[each.direction], clock(each.at, words)))
        for each in file.messages
    )
    if not rows:
        return Empty(words.say("No message is shown."))
    columns = (words.plain("Message"), words.plain("Direction"), words.plain("At"))
    return Table(words.plain("Messages that its system has"), tuple(map(Column, columns)), rows)


def _told(file: CaseFile, words: Words) -> Block:
    """For whom of the party the case was shown so before."""
    if not file.shown_to:
        return Empty(words.say("Its system showed it by this page to nobody before. It keeps that it shows it now."))
    rows = tuple(
        Row((clock(each.at, words, seconds=True), Ref(each.person or each.account), Ref(each.by) if each.by else "–"))
        for each in reversed(file.shown_to)
    )
    columns = (words.plain("At"), words.plain("Who"), words.plain("Delegate"))
    return Table(words.plain("To whom its system showed it by this page"), tuple(map(Column, columns)), rows)


def _unknown(answer: CaseLive, words: Words) -> Iterator[Block]:
    """Why nothing is shown, and what holds meanwhile."""
    yield Note(words.plain("Not known now"), _why(answer.known, answer, words), Tone.WARN)
    if answer.line.summary is not None:
        yield Text((words.say("What it told last is as of"), " ", *known_of(answer.line, words)))
    else:
        yield Text(words.say("The page of the case shows what was sent and answered by the centre."))


def _why(known: Known, answer: CaseLive, words: Words) -> Inline:
    assert known.says is Says.NOT_KNOWN
    keeper = answer.line.kept_by
    match known.why:
        case Why.UNREACHABLE if known.since is not None:
            since = clock(known.since, words, seconds=True)
            return (words.say("The system of %(country)s gives no answer since", country=keeper), " ", since, ".")
        case Why.UNREACHABLE:
            return words.say("The system of %(country)s gives no answer.", country=keeper)
        case Why.REFUSED:
            return words.say(
                "The system of %(country)s shows it at its own doors alone, was asked too often, or does not know you.",
                country=keeper,
            )
        case Why.NO_WAY:
            return words.say("No way leads from here to the system of %(country)s.", country=keeper)
        case _ if answer.asks is None:
            return words.say("The system of %(country)s has given this case no name yet.", country=keeper)
        case _:
            return words.say("UUM&DS states nothing here to the system of %(country)s on who you are.", country=keeper)


def _case(line: CaseLine) -> str:
    return f"/cases/{quote(line.reference, safe='')}?{urlencode({'country': line.administration})}"


def _address(line: CaseLine, part: str = "") -> str:
    query = {"country": line.administration} | ({"part": part} if part else {})
    return f"/cases/{quote(line.reference, safe='')}/live?{urlencode(query)}"


SCREENS: Final = (
    Screen(
        "case_files.live", PATH, live, "",
        lambda given: {"reference": given.path["reference"], "country": given.query.get("country", "")}, stated=True,
    ),
)  # fmt: skip
"""The live part of a case."""
