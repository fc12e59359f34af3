"""Pages of the governance of services: where each stands and what is to come; consultations, and an answer to one."""

from __future__ import annotations

from typing import Final

import msgspec

from douane.applications.service_bus.messages.governance import (
    AnswerLine,
    Governance,
    GovernanceNotChanged,
    GovernedLine,
    Life,
    OpenConsultation,
    OpenConsultations,
    RoundLine,
)
from douane.author import Fault
from douane.author.pages import (
    Act,
    Block,
    Card,
    Column,
    Details,
    Empty,
    Entry,
    Given,
    Inline,
    Link,
    Note,
    Option,
    Page,
    Row,
    Screen,
    Situation,
    Small,
    Table,
    Tag,
    Tone,
    Words,
    faulty,
    outcome,
)

GOVERNANCE: Final = "/governance"
CONSULTATIONS: Final = "/service-consultations"
ONE: Final = f"{CONSULTATIONS}/{{owner}}/{{service}}/{{version}}/{{round}}"
_TONES: Final = {Life.OFFERED: Tone.GOOD, Life.DEPRECATED: Tone.WARN, Life.RETIRED: Tone.BAD}
_OPEN: Final = ("consultation", "open")


def governance(answer: Governance, given: Given) -> Page:
    """Every governed version, the calendar of changes, and what was asked and answered."""
    words = given.words
    title = words.plain("Governance of services")
    services: Block = Empty(words.say("No service is governed yet."))
    if answer.services:
        names = (words.plain("Service"), words.plain("Owner"), words.plain("Life"), words.plain("Who answers for it"),
                 words.plain("Review"), words.plain("Last decision"), words.plain("Used by"))  # fmt: skip
        rows = tuple(_service(each, words) for each in answer.services)
        services = Table(title, tuple(map(Column, names)), rows, dense=True)
    calendar: Block = Empty(words.say("Nothing is to come."))
    if answer.calendar:
        days = (words.plain("Day"), words.plain("Service"), words.plain("What"))
        rows = tuple(Row((words.day(e.day), f"{e.service}/v{e.version}", words.model(e.what))) for e in answer.calendar)
        calendar = Table(words.plain("What is to come"), tuple(map(Column, days)), rows, dense=True)
    rounds = tuple(_round(line, each, words) for line in answer.services for each in reversed(line.rounds))
    blocks = (
        Card("services", words.plain("Services"), (services,), str(len(answer.services))),
        Card("calendar", words.plain("What is to come"), (calendar,)),
        *rounds,
    )
    return Page(title, blocks, acts=(Link(words.plain("Consultations"), CONSULTATIONS, "btn second"),))


def _service(each: GovernedLine, words: Words) -> Row:
    last = each.decisions[-1] if each.decisions else None
    decided = (words.day(last.effective), Small(last.reason)) if last is not None else ""
    review = (words.day(each.review), " ", Tag(words.plain("late"), Tone.BAD)) if each.late else words.day(each.review)
    life = Tag(words.model(each.life.value), _TONES.get(each.life, Tone.WAIT))
    return Row((
        (f"{each.service}/v{each.version}", Small(each.purpose)), each.owner, life, each.answers_for, review, decided,
        ", ".join(used.administration for used in each.callers),
    ))  # fmt: skip


def _round(line: GovernedLine, each: RoundLine, words: Words) -> Block:
    """A consultation with its answers, and what became of each."""
    title = words.plain("Consultation %(number)s about %(service)s: %(step)s", number=each.number,
                        service=f"{line.service}/v{line.version}", step=words.model(each.step.value))  # fmt: skip
    asked = ", ".join((*each.asked, *(str(words.plain("trade")) for _ in range(each.trade))))
    said = Note("", words.say("%(question)s Asked: %(asked)s; until %(day)s.", question=each.question,
                              asked=asked or "-", day=words.day(each.until)))  # fmt: skip
    if not each.answers:
        return Details(title, (said, Empty(words.say("Nobody answered."))))
    names = (words.plain("Who"), words.plain("Answer"), words.plain("What became of it"))
    rows = tuple(_answer(given, words) for given in each.answers)
    return Details(title, (said, Table(title, tuple(map(Column, names)), rows, dense=True)))


def _answer(each: AnswerLine, words: Words) -> Row:
    agrees = Tag(words.plain("agrees"), Tone.GOOD) if each.agrees else Tag(words.plain("does not agree"), Tone.WARN)
    became: Inline = words.plain("open", "answer")
    if each.disposition:
        became = words.plain("followed") if each.followed else words.plain("not followed"), Small(each.disposition)
    return Row((each.who, (agrees, Small(each.text)), became))


def consultations(answer: OpenConsultations, given: Given) -> Page:
    """What one may answer today."""
    words = given.words
    title = words.plain("Consultations")
    shown: Block = Empty(words.say("Nobody asks anything today."))
    if answer.consultations:
        names = (words.plain("Service"), words.plain("Step"), words.plain("Question"), words.plain("Until"))
        rows = tuple(
            Row((Link(f"{e.service}/v{e.version}", _at(e)), words.model(e.step.value), e.question, words.day(e.until)))
            for e in answer.consultations
        )
        shown = Table(title, tuple(map(Column, names)), rows)
    return Page(title, (Card("open", title, (shown,), str(len(answer.consultations))),))


def _at(each: OpenConsultation) -> str:
    return ONE.format(owner=each.owner, service=each.service, version=each.version, round=each.round)


def one(answer: OpenConsultations, given: Given) -> Page:
    """A consultation, with the form of an answer for whoever may give one."""
    words, found = given.words, _chosen(answer, given)
    crumbs = (Link(words.plain("Consultations"), CONSULTATIONS),)
    title = words.plain("Consultation")
    if found is None:
        closed = Empty(words.say("This consultation takes no answers, or no longer."))
        return Page(title, (closed,), crumbs=crumbs)
    told = Note(f"{found.service}/v{found.version}", words.say(
        "%(question)s Until %(day)s.", question=found.question, day=words.day(found.until)))  # fmt: skip
    done = words.say("Your answer is recorded. Until the last day you may give another one.")
    forms = tuple(Card(f"act-{n}", words.model(e.title), (e,)) for n, e in enumerate(given.acts))
    return Page(title, (*outcome(given, done), told, *forms), crumbs=crumbs, faulty=faulty(given))


def _chosen(answer: OpenConsultations, given: Given) -> OpenConsultation | None:
    wanted = tuple(given.path.get(name, "") for name in ("owner", "service", "version", "round"))
    return next((each for each in answer.consultations
                 if (each.owner, each.service, str(each.version), str(each.round)) == wanted), None)  # fmt: skip


def _situation(answer: OpenConsultations, given: Given) -> Situation:
    found = _chosen(answer, given)
    if found is None:
        return Situation()
    known: dict[str, str | int] = {"owner": found.owner, "service": found.service, "version": found.version,
                                   "round": found.round}  # fmt: skip
    return Situation(frozenset({_OPEN}), known)


def refused(type: str, body: bytes) -> tuple[Fault, ...]:
    """Why an answer was not taken."""
    if type != GovernanceNotChanged.__name__:
        return ()
    return tuple(Fault("", "14", each) for each in msgspec.json.decode(body, type=GovernanceNotChanged).reasons)


SCREENS: Final = (
    Screen("service_bus.governance", GOVERNANCE, governance, "Governance", lambda _given: {}, place=9),
    Screen("service_bus.consultations", CONSULTATIONS, consultations, "Consultations", lambda _given: {}, place=9),
    Screen("service_bus.consultations", ONE, one, "", lambda _given: {}, _situation),
)
"""The pages."""
ACTS: Final = (
    Act(
        "service_bus.answer_consultation", "Answer",
        (Entry("agrees", options=(Option("true", "I agree"), Option("false", "I do not agree"))), Entry("text")),
        {name: name for name in ("owner", "service", "version", "round")}, refused, path=ONE, tasks=frozenset({_OPEN}),
    ),
)  # fmt: skip
"""What who is asked does there."""
