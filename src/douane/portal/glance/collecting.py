"""Whoever collects, as the console shows it: who is silent, since when, what waits, and which cases that hits; and how
it goes with whoever is delivered to."""

from __future__ import annotations

from collections.abc import Sequence

from douane.pages.blocks import Card, Column, Inline, Note, Row, Table, Tag, Text, Tone
from douane.pages.languages import Words
from douane.portal.deeds import references
from douane.portal.watched import Collecting, Going


def silent_note(each: Collecting, words: Words) -> Note:
    """One who is silent."""
    hit: Inline = (" ", words.say("Cases hit:"), " ", references(each.hit)) if each.hit else ""
    return Note(each.name, (silent_said(each, words), ".", hit), Tone.BAD)


def silent_said(each: Collecting, words: Words) -> Inline:
    """Since when somebody is silent, how many messages wait, and how many cases that hits."""
    messages = words.count("%(number)s message", "%(number)s messages", each.waiting)
    if each.more:
        messages = words.say("more than %(number)s messages", number=each.waiting)
    cases = words.count("%(number)s case", "%(number)s cases", each.cases)
    if each.reads:
        return words.say("reads and confirms nothing since %(since)s, %(messages)s, %(cases)s",
                         since=words.moment(each.since), messages=messages, cases=cases)  # fmt: skip
    return words.say("silent since %(since)s, %(messages)s, %(cases)s", since=words.moment(each.since),
                     messages=messages, cases=cases)  # fmt: skip


def away_note(each: Collecting, words: Words) -> Note:
    """One of whom no node is heard, while nothing waits for it."""
    said = words.say("No node of it has been heard since %(since)s; nothing waits for it.",
                     since=words.moment(each.seen))  # fmt: skip
    return Note(each.name, said, Tone.WARN)


def collecting_card(found: Sequence[Collecting], words: Words) -> tuple[Card, ...]:
    """All who collect, with their last sign of life; nothing where nobody is watched."""
    if not found:
        return ()
    title = words.plain("Who collects")
    columns = (
        Column(words.plain("Partner")), Column(words.plain("State")), Column(words.plain("Last sign of life")),
        Column(words.plain("Waiting"), number=True), Column(words.plain("Oldest")), Column(words.plain("Cases hit")),
    )  # fmt: skip
    text = words.say(
        "An administration of which a node was heard, and partners whose agreement says within what time they collect. "
        "Others may read when they like, and nobody waits for them."
    )
    table = Table(title, columns, tuple(_row(each, words) for each in found))
    return (Card("collecting", title, (table, Text(text, "small")), str(len(found))),)


def going_card(found: Sequence[Going], words: Words) -> tuple[Card, ...]:
    """The partners that answered deliveries, with their rate and how long they take; nothing where none did."""
    if not found:
        return ()
    title = words.plain("Who is delivered to")
    columns = (
        Column(words.plain("Partner")), Column(words.plain("Channel")),
        Column(words.plain("Messages in the last hour"), number=True),
        Column(words.plain("Takes to answer"), number=True), Column(words.plain("Last answer")),
    )  # fmt: skip
    rows = tuple(
        Row((each.partner, each.channel, str(each.an_hour), f"{each.answers_ms} ms", words.moment(each.last)))
        for each in found
    )
    text = words.say("Since this process began; how long it takes is the middle of its last five answers.")
    return (Card("going", title, (Table(title, columns, rows), Text(text, "small")), str(len(found))),)


def _row(each: Collecting, words: Words) -> Row:
    number = words.plain("more than %(number)s", number=each.waiting) if each.more else str(each.waiting)
    return Row((
        each.name, _state(each, words), words.moment(each.seen) if each.seen else words.plain("none is known"), number,
        words.moment(each.oldest) if each.oldest else "", references(each.hit),
    ))  # fmt: skip


def _state(each: Collecting, words: Words) -> Tag:
    match each.sign:
        case "silent":
            return Tag(words.plain("confirms nothing") if each.reads else words.plain("silent"), Tone.BAD)
        case "away":
            return Tag(words.plain("no node is heard"), Tone.WARN)
        case "announced":
            return Tag(words.plain("out of service, as announced"), Tone.WAIT)
        case _:
            return Tag(words.plain("collects"), Tone.GOOD)
