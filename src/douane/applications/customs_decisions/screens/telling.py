"""What pages of decisions share: time limits with their articles, acts, what became of a form, and why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

import msgspec

from douane.applications.customs_decisions.messages.applying import ApplicationNotRegistered, NotPossible
from douane.applications.customs_decisions.messages.showing import LetterShown, TermShown
from douane.applications.customs_decisions.messages.words import ActKind
from douane.applications.customs_decisions.screens.composing import place_of
from douane.author import Fault, instant
from douane.author.pages import (
    Block,
    Card,
    Column,
    Details,
    Facts,
    Given,
    Inline,
    Link,
    Note,
    Page,
    Ref,
    Row,
    Small,
    Table,
    Tag,
    Text,
    Tone,
    Words,
    outcome,
    wrong,
)

_TONES = {"in force": Tone.GOOD, "suspended": Tone.WARN, "revoked": Tone.BAD, "annulled": Tone.BAD,
          "refused": Tone.BAD, "not accepted": Tone.BAD}  # fmt: skip

OPERATORS = frozenset({"AEOC", "AEOS", "AEOF"})
"""Types of decision that have a questionnaire."""


def questionnaire(at: str, words: Words) -> Link:
    """The way from a case to its questionnaire. at: the page of the case."""
    return Link(words.plain("Questionnaire"), f"{at}/questionnaire", "btn second")


class Shown(Protocol):
    """What both the applicant and the officer see of a case."""

    @property
    def type(self) -> object: ...
    @property
    def decision(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def received_on(self) -> dt.date: ...
    @property
    def accepted_on(self) -> dt.date | None: ...
    @property
    def accepted_by_silence(self) -> bool: ...
    @property
    def decided_by(self) -> dt.date | None: ...
    @property
    def terms(self) -> tuple[TermShown, ...]: ...
    @property
    def revoked_from(self) -> dt.date | None: ...


class ActTold(Protocol):
    """What both see of an act."""

    @property
    def number(self) -> int: ...
    @property
    def act(self) -> ActKind: ...
    @property
    def article(self) -> str: ...
    @property
    def reasons(self) -> str: ...
    @property
    def hearing(self) -> str: ...
    @property
    def signed_at(self) -> dt.datetime | None: ...
    @property
    def received_at(self) -> dt.datetime | None: ...
    @property
    def effect_from(self) -> dt.datetime | None: ...
    @property
    def effect_to(self) -> dt.datetime | None: ...
    @property
    def formalities(self) -> str: ...


def state_of(shown: Shown, words: Words) -> Tag:
    """The state of a case."""
    return Tag(words.model(shown.state), tone_of(shown.state))


def tone_of(state: str) -> Tone:
    """What a state means to its reader."""
    return _TONES.get(state, Tone.WAIT)


def facts(shown: Shown, given: Given, more: Iterable[tuple[str, Inline]] = ()) -> Block:
    """What a case is, and until when the law wants it decided."""
    words = given.words
    found: list[tuple[str, Inline]] = [(words.plain("Type"), str(shown.type)), *more]
    found += [(words.plain("Decision"), shown.decision)] if shown.decision else []
    found.append((words.plain("Received on"), words.day(shown.received_on)))
    if shown.accepted_on:
        said = words.plain("by silence (IA 2015/2447 art. 12(3))") if shown.accepted_by_silence else ""
        found.append((words.plain("Accepted on"), " ".join(filter(None, (words.day(shown.accepted_on), said)))))
    if shown.decided_by:
        found.append((words.plain("To be decided by"), f"{words.day(shown.decided_by)} (UCC art. 22(3))"))
    if shown.revoked_from:
        found.append((words.plain("Revoked from"), f"{words.day(shown.revoked_from)} (UCC art. 28(4))"))
    return Facts(tuple(found))


def clock(terms: tuple[TermShown, ...], given: Given) -> Iterator[Block]:
    """What made the time limit for the decision longer, each with its article."""
    words = given.words
    if terms:
        names = (words.plain("Article"), words.plain("Days"), words.plain("Reason"), words.plain("Announced"))
        rows = tuple(
            Row((each.article, str(each.days), words.model(each.reason),
                 words.moment(instant(each.announced)) if each.announced else words.plain("by operation of law")))
            for each in terms
        )  # fmt: skip
        table = Table(words.plain("What made the limit longer"), tuple(map(Column, names)), rows)
        yield Card("clock", words.plain("What made the limit longer"), (table,))


def acts(told: Iterable[ActTold], given: Given, at: str) -> Iterator[Block]:
    """The acts of a case, with the right of appeal against them. at: the page of the case, below which letters are."""
    words = given.words
    rows = tuple(
        Row((_letters(each, f"{at}/letters/{each.number}", words) if each.signed_at else str(each.number),
             words.model(each.act.value), each.article, each.reasons, words.model(each.hearing),
             _at(each.signed_at, words), _at(each.received_at, words), _period(each, words)))
        for each in told
    )  # fmt: skip
    if not rows:
        return
    names = tuple(
        Column(each) for each in (
            words.plain("Number"), words.plain("Act"), words.plain("Article"), words.plain("Reasons"),
            words.plain("Hearing"), words.plain("Signed"), words.plain("Received"), words.plain("Effect"),
        )
    )  # fmt: skip
    appeal = Note("", words.say("Against each act an appeal may be lodged (UCC art. 44)."))
    yield Card("acts", words.plain("Acts"), (Table(words.plain("Acts"), names, rows, dense=True), appeal))


def _letters(act: ActTold, at: str, words: Words) -> Inline:
    """The ways to the letter about an act: as a page, and as a file to keep."""
    return (
        Ref(str(act.number), at),
        Small(Link(words.plain("Letter %(number)s as PDF", number=act.number), f"{at}?format=file")),
    )


def _at(moment: dt.datetime | None, words: Words) -> str:
    return words.moment(instant(moment)) if moment else "–"


def _period(act: ActTold, words: Words) -> str:
    if act.formalities:
        return words.plain("when this was completed: %(formalities)s", formalities=act.formalities)
    begins, ends = _at(act.effect_from, words), words.until(instant(act.effect_to)) if act.effect_to else ""
    return f"{begins} – {ends}" if ends else begins


def forms(given: Given) -> Iterator[Block]:
    """What became of the form that led here, and what may be done now, each in a part that is opened for it."""
    words = given.words
    yield from outcome(given)
    for form in given.acts:
        opened = wrong(form) or len(given.acts) == 1
        yield Details(words.model(form.title), (replace(form, title=""),), open=opened)


def letter(answer: LetterShown, given: Given, at: str) -> Page:
    """The letter about an act, and the same text signed."""
    words = given.words
    lines = tuple(Text(each) for each in answer.text.splitlines() if each)
    signed = words.plain("The text as it is signed")
    blocks: tuple[Block, ...] = (
        Card("letter", words.plain("Letter"), lines),
        Details(signed, tuple(Text(each) for each in answer.note.splitlines() if each)),
    )
    crumbs = (Link(answer.reference, at),)
    file = Link(
        words.plain("Letter %(number)s as PDF", number=answer.number),
        f"{at}/letters/{answer.number}?format=file",
        "btn",
    )
    return Page(words.plain("Letter about act %(number)s", number=answer.number), blocks, crumbs=crumbs,
                acts=(file,))  # fmt: skip


def pdf(answer: LetterShown) -> tuple[str, bytes]:
    """The letter as a file."""
    return f"{answer.reference}-{answer.number}.pdf", answer.pdf


def letter_question(given: Given) -> dict[str, object]:
    """Which letter an address means, in the language of its visitor."""
    number = given.path["number"]
    known = number.isdecimal() and number.isascii() and len(number) < 5
    return {
        "reference": given.path["reference"], "number": int(number) if known else 0,
        "language": given.words.language if given.words.language in ("en", "fr", "de") else "en",
        "pdf": given.query.get("format") == "file",
    }  # fmt: skip


def refused(type: str, body: bytes) -> tuple[Fault, ...]:
    """Why a step was not recorded, or an application not registered: each fault at its data element."""
    if type == ApplicationNotRegistered.__name__ and body:
        told = msgspec.json.decode(body, type=ApplicationNotRegistered)
        return tuple(Fault(place_of(f.element), "14", f.remedy, rule=f.article, value=f.value) for f in told.faults)
    if type != NotPossible.__name__:
        return ()
    why = msgspec.json.decode(body, type=NotPossible) if body else NotPossible("", "", "")
    possible = f" {', '.join(why.possible)}." if why.possible else ""
    return (Fault("/", "92", f"{why.reason} ({why.article}){possible}"),)
