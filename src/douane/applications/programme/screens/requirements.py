"""Requirements: what tests of this build say of each, who asked for it, and which role accepted it for him."""

from __future__ import annotations

from collections import Counter
from typing import Final

import msgspec

from douane.applications.programme.messages.requiring import RequirementLine, RequirementRefused, Requirements
from douane.applications.programme.screens.naming import HOME, REQUIREMENT, REQUIREMENTS
from douane.applications.programme.screens.road import TITLE
from douane.author import Fault
from douane.author.pages import (
    Act,
    Block,
    Bullets,
    Button,
    Card,
    Column,
    Empty,
    Entry,
    Field,
    Form,
    Given,
    Inline,
    Link,
    Page,
    Row,
    Rows,
    Screen,
    Situation,
    Small,
    Table,
    Tag,
    Tone,
    Words,
    faulty,
    forms,
    outcome,
)

_ASK, _ACCEPT = ("requirements", "ask"), ("requirements", "accept")
_TONES: Final = {"passed": Tone.GOOD, "failed": Tone.BAD, "not built": Tone.WARN}


def requirement_at(name: str) -> str:
    """The page of a requirement."""
    return REQUIREMENT.format(requirement=name)


def listed(answer: Requirements, given: Given) -> Page:
    """Every requirement that fits what was asked."""
    words = given.words
    field = Field("q", words.plain("Words"), given.query.get("q", "")[:200], short=True, type="search")
    form = Form(REQUIREMENTS, (Button(words.plain("Search"), look="btn second"),), (field,), method="get")
    counts = Counter(each.outcome for each in answer.requirements)
    lead = words.say(
        "%(number)s requirements: %(passed)s passed, %(failed)s failed in the tests of this build.",
        number=len(answer.requirements), passed=counts["passed"], failed=counts["failed"],
    )  # fmt: skip
    shown: Block = Empty(words.say("No requirement holds all of that."), Link(words.plain("All of them"), REQUIREMENTS))
    if answer.requirements:
        columns = (Column(words.plain("Requirement")), Column(words.plain("Tests of this build")),
                   Column(words.plain("Asked for by")))  # fmt: skip
        rows = tuple(_row(each, words) for each in answer.requirements)
        shown = Table(words.plain("Requirements"), columns, rows, dense=True)
    title = words.plain("Requirements")
    card = Card("requirements", title, (shown,), str(len(answer.requirements)))
    blocks = (*outcome(given), *forms(given), form, card)
    crumbs = (Link(words.model(TITLE), HOME),)
    return Page(title, blocks, state=lead, crumbs=crumbs, faulty=faulty(given))


def _row(each: RequirementLine, words: Words) -> Row:
    asked = ", ".join(
        words.plain("%(administration)s (accepted)", administration=e.administration) if e.accepted_on
        else e.administration for e in each.asked
    )  # fmt: skip
    name = Link(each.requirement, requirement_at(each.requirement)), Small(words.model(each.text))
    return Row((name, _outcome(each.outcome, words), asked))


def _outcome(said_of: str, words: Words) -> Tag:
    return Tag(words.model(said_of), _TONES.get(said_of, Tone.WAIT))


def one(answer: Requirements, given: Given) -> Page:
    """A requirement: what it is tied to, what tests say, who asks and who accepted."""
    words = given.words
    crumbs = (Link(words.model(TITLE), HOME), Link(words.plain("Requirements"), REQUIREMENTS))
    name = given.path["requirement"][:60]
    found = next(iter(answer.requirements), None)
    if found is None:
        text = words.say("The registry has no such requirement, and nobody asked for it.")
        return Page(name, (*outcome(given), *forms(given), Empty(text)), crumbs=crumbs, faulty=faulty(given))
    blocks: list[Block] = [
        *outcome(given),
        *forms(given),
        Card("asked", words.plain("Who asks for it"), (_asked(found, words),)),
    ]
    if found.tests:
        rows = tuple((each.test, _outcome(each.outcome, words)) for each in found.tests)
        blocks.append(Card("tests", words.plain("Tests of this build"), (Rows(rows),)))
    blocks += [
        Card(mark, title, (Bullets(tuple(_element(kind, each, given) for each in names)),))
        for mark, title, kind, names in (
            ("tasks", words.plain("Business tasks"), "task", found.tasks),
            ("operations", words.plain("Operations"), "operation", found.operations),
        ) if names
    ]  # fmt: skip
    state = (_outcome(found.outcome, words), " ", words.model(found.text))
    acts = (Link(words.plain("Ask for it"), f"{REQUIREMENTS}?ask={name}", "btn second"),)
    return Page(name, tuple(blocks), kicker=words.plain("Requirement"), state=state, acts=acts, crumbs=crumbs,
                faulty=faulty(given))  # fmt: skip


def _element(kind: str, name: str, given: Given) -> Inline:
    at = given.why(f"{kind}:{name}")
    return Link(name, at) if at else name


def _asked(each: RequirementLine, words: Words) -> Block:
    if not each.asked:
        return Empty(words.say("No administration asked for it: it is the product's own."))
    names = (words.plain("Administration"), words.plain("Asked for"), words.plain("What must hold"),
             words.plain("Accepted for it by"))  # fmt: skip
    rows = tuple(
        Row((
            e.administration, words.day(e.on), e.text,
            (words.model(e.accepted_by), Small(words.day(e.accepted_on))) if e.accepted_on is not None
            else words.plain("nobody yet"),
        ))
        for e in each.asked
    )  # fmt: skip
    return Table(words.plain("Who asks for it"), tuple(map(Column, names)), rows, dense=True)


def _asking(answer: Requirements, given: Given) -> Situation:
    """An administration asks for what is there, or for something new."""
    own = (e.turn for line in answer.requirements for e in line.asked if e.administration == given.country)
    known: dict[str, str | int] = {"administration": given.country, "wanted": given.query.get("ask", "")[:60],
                                   "turn": sum(own)}  # fmt: skip
    return Situation(frozenset({_ASK}), known)


def _situation(answer: Requirements, given: Given) -> Situation:
    """An administration accepts what it asked for, where the tests of this build show it."""
    found = next(iter(answer.requirements), None)
    own = next((e for e in found.asked if e.administration == given.country), None) if found is not None else None
    if found is None or own is None or found.outcome != "passed":
        return Situation()
    known: dict[str, str | int] = {"administration": given.country, "requirement": found.requirement, "turn": own.turn}
    return Situation(frozenset({_ACCEPT}), known)


def refused(type: str, body: bytes) -> tuple[Fault, ...]:
    """Why it was not kept."""
    if type != RequirementRefused.__name__:
        return ()
    return tuple(Fault("", "14", each) for each in msgspec.json.decode(body, type=RequirementRefused).reasons)


_FROM: Final = {"administration": "administration", "turn": "turn"}
_FIXED: Final = {**_FROM, "requirement": "requirement"}
SCREENS: Final = (
    Screen("programme.requirements", REQUIREMENTS, listed, "", lambda given: {"text": given.query.get("q", "")[:200]},
           _asking, filters=("q",)),
    Screen("programme.requirements", REQUIREMENT, one, "",
           lambda given: {"requirement": given.path["requirement"][:60]}, _situation),
)  # fmt: skip
"""All requirements, and the page of each."""
ACTS: Final = (
    Act("programme.accept_requirement", "Accept it", (), _FIXED, refused, path=REQUIREMENT, tasks=frozenset({_ACCEPT})),
    Act("programme.ask_requirement", "Ask for a requirement",
        (Entry("requirement", "wanted"), Entry("text"), Entry("task")), _FROM, refused,
        path=REQUIREMENTS, tasks=frozenset({_ASK})),
)  # fmt: skip
"""What an administration says to a requirement, on its page."""
