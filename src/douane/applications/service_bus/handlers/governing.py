"""The governance of services: put forward, consulted about, decided step by step, each kept with its reason.

An owner alone acts, for its own services; who is asked answers for himself, while the consultation is open. What is
decided is checked against what runs: a version is *offered* where the bus or the product offers it, and never *retired*
under somebody who uses it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Final

from msgspec.structs import replace

from douane.applications.service_bus.contract import OWNER, ServiceBus, governed_of
from douane.applications.service_bus.handlers.platform import declared
from douane.applications.service_bus.messages.governance import (
    AnswerLine,
    CalendarLine,
    CallerSeen,
    CallersSeen,
    Candidate,
    Consultation,
    ConsultationAnswer,
    DecisionLine,
    DecisionRecord,
    Disposition,
    Governance,
    GovernanceChanged,
    GovernanceNotChanged,
    GovernanceQuery,
    GovernedLine,
    Life,
    LifeDecision,
    OpenConsultation,
    OpenConsultations,
    OpenConsultationsQuery,
    RecordQuery,
    RoundLine,
)
from douane.applications.service_bus.messages.registry import State
from douane.applications.service_bus.records import Consumer, Governed, offerings
from douane.applications.service_bus.rules.life import consultation_faults, step_faults
from douane.applications.service_bus.rules.offers import SEEN
from douane.author import Fault, NotFound, PartyKind
from douane.author.run import View, Work, answers, handles
from douane.model.graph import EdgeKind
from douane.reference_architecture.installed import installed_model

CENTRE: Final = "EU"
MOST: Final = 1_000
"""Governed versions that are told: more than a union has services."""
MOST_ANSWERS: Final = 500
"""Answers that a consultation takes."""


def refuse(work: Work, m: Any, faults: tuple[Fault, ...]) -> None:
    """Say what to mend."""
    _not_changed(work, m, [each.remedy for each in faults])


@handles(ServiceBus.put_forward, refuse=refuse)
def put_forward(work: Work, m: Candidate) -> None:
    """A version becomes a candidate."""
    reasons = [*_not_free(work, m)]
    if m.review <= work.today():
        reasons.append("Name a day of review after today.")
    if reasons:
        _not_changed(work, m, reasons)
        return
    work.alias(*governed_of(m, work.caller))
    work.put(Governed(m.service, m.version, m.owner, Life.CANDIDATE, m.answers_for, m.review, m.purpose))
    work.admit(work.caller.party, OWNER)
    _changed(work, m, Life.CANDIDATE)


def _not_free(work: Work, m: Candidate) -> Iterator[str]:
    """The centre's services are governed by the centre, those on the bus by who provides them; each once."""
    if (m.service in declared()) is not (m.owner == CENTRE):
        yield f"{m.service} is {'the centre' if m.service in declared() else 'no service of the centre'}'s to govern."
    providers = {each.provider for each in offerings(work, m.service, m.version)}
    if providers and m.owner not in providers:
        yield f"{m.service} is provided by {', '.join(sorted(providers))}; who provides it governs it."
    known = work.find(Governed, "by_service", m.service, m.version, limit=MOST)
    if known:
        yield f"Version {m.version} of {m.service} is governed by {known[0].owner} already."


@handles(ServiceBus.consult, reads=(Governed,), refuse=refuse)
def consult(work: Work, m: Consultation) -> None:
    """Ask those who consume it, and trade where it says so."""
    kept = work.need(Governed)
    reasons = [*step_faults(kept.life, m.step)]
    if m.until < work.today():
        reasons.append("Name a last day for answers that is not over.")
    if kept.rounds and kept.rounds[-1].until >= work.today():
        reasons.append(f"Consultation {len(kept.rounds)} is open until {kept.rounds[-1].until}; begin one after it.")
    if reasons:
        _not_changed(work, m, reasons)
        return
    asked = tuple(sorted(_consumers(work, kept)))
    begun = RoundLine(len(kept.rounds) + 1, m.step, m.question, m.until, m.trade, asked)
    work.put(replace(kept, rounds=(*kept.rounds, begun)))
    for each in asked:
        work.send(_told(m, kept.life, begun.number), f"NTA.{each}")
    _changed(work, m, kept.life, begun.number)


def _consumers(work: Work, kept: Governed) -> set[str]:
    """Administrations that asked to consume it, or were seen doing so lately; not its owner."""
    on_the_bus = {who for each in offerings(work, kept.service, kept.version) for who in each.consumers}
    return (on_the_bus | {each.administration for each in _calling(work, kept)}) - {kept.owner}


def _calling(work: Work, kept: Governed) -> Iterator[CallerSeen]:
    """Who called a service of the centre lately."""
    lately = work.limit(SEEN, work.administration).last_day
    return (each for each in kept.callers if each.day >= lately)


def note_unknown(_work: Work, _m: CallersSeen, _faults: tuple[Fault, ...]) -> None:
    """What is not governed has no callers to be asked."""


@handles(ServiceBus.note_callers, reads=(Governed,), refuse=note_unknown)
def note_callers(work: Work, m: CallersSeen) -> None:
    """Keep the last day of each; an older note changes nothing."""
    kept = work.need(Governed)
    days = {each.administration: each.day for each in kept.callers}
    for each in m.callers:
        days[each.administration] = max(each.day, days.get(each.administration, each.day))
    callers = tuple(CallerSeen(who, day) for who, day in sorted(days.items()))
    if callers != kept.callers:
        work.put(replace(kept, callers=callers))


@handles(ServiceBus.answer_consultation, reads=(Governed,), refuse=refuse)
def answer_consultation(work: Work, m: ConsultationAnswer) -> None:
    """Take an answer while its consultation is open; trade answers where trade is asked."""
    kept = work.need(Governed)
    about = next((each for each in kept.rounds if each.number == m.round), None)
    reasons = [*_cannot_answer(work, about)]
    if about is None or reasons:
        _not_changed(work, m, reasons or [f"There is no consultation {m.round}; service_bus.consultations lists them."])
        return
    mine = AnswerLine(_who(work), m.agrees, m.text, work.today())
    others = tuple(each for each in about.answers if each.who != mine.who)
    if len(others) >= MOST_ANSWERS:
        _not_changed(work, m, [f"It took {MOST_ANSWERS} answers already: answer together with others."])
        return
    work.put(_with(kept, replace(about, answers=(*others, mine))))
    _changed(work, m, kept.life, m.round)


def _cannot_answer(work: Work, about: RoundLine | None) -> Iterator[str]:
    if about is None:
        return
    if about.until < work.today():
        yield f"The consultation was closed on {about.until}; write to the owner."
    trader = work.caller.party.kind is not PartyKind.ADMINISTRATION
    if trader and not about.trade:
        yield "Trade is not asked here; only administrations are."


def _who(work: Work) -> str:
    return work.caller.party.identifier


@handles(ServiceBus.dispose_of_answer, reads=(Governed,), refuse=refuse)
def dispose_of_answer(work: Work, m: Disposition) -> None:
    """Say what becomes of an answer, and tell whoever gave it."""
    kept = work.need(Governed)
    about = next((each for each in kept.rounds if each.number == m.round), None)
    given = next((each for each in about.answers if each.who == m.who), None) if about is not None else None
    if about is None or given is None:
        _not_changed(work, m, [f"{m.who} gave no answer to consultation {m.round}."])
        return
    if about.until >= work.today():
        _not_changed(work, m, [f"The consultation is open until {about.until}; dispose of answers after it."])
        return
    told = replace(given, followed=m.followed, disposition=m.reason)
    work.put(_with(kept, replace(about, answers=tuple(told if e.who == m.who else e for e in about.answers))))
    _changed(work, m, kept.life, m.round)


@handles(ServiceBus.decide_life, reads=(Governed,), refuse=refuse)
def decide_life(work: Work, m: LifeDecision) -> None:
    """The next step of its life, where everything before it is done and nobody is broken by it."""
    kept, today = work.need(Governed), work.today()
    reasons = [*step_faults(kept.life, m.to), *consultation_faults(m.to, kept.rounds, today)]
    if m.effective < today:
        reasons.append("Name a day that is not over (effective).")
    if m.review is not None and m.review <= today:
        reasons.append("Name a day of review after today.")
    if not reasons:
        reasons = [*_not_so(work, kept, m.to)]
    if reasons:
        _not_changed(work, m, reasons)
        return
    about = max((each.number for each in kept.rounds if each.step is m.to), default=0)
    line = DecisionLine(m.to, m.reason, today, m.effective, about)
    work.put(replace(kept, life=m.to, review=m.review or kept.review, decisions=(*kept.decisions, line)))
    for each in sorted(_consumers(work, kept)):
        work.send(_told(m, m.to), f"NTA.{each}")
    _changed(work, m, m.to, about)


def _not_so(work: Work, kept: Governed, to: Life) -> Iterator[str]:
    """What runs against a decision: an offer that is not there, a consumer that would be broken."""
    there = [each for each in offerings(work, kept.service, kept.version) if each.serves]
    if to is Life.OFFERED and not there and kept.service not in declared():
        yield "Nobody offers it on the bus: offer it, and have the operator approve it first."
    if to is not Life.RETIRED:
        return
    lately = work.limit(SEEN, work.administration).last_day
    for each in offerings(work, kept.service, kept.version):
        if each.state is State.RETIRED:
            continue
        for who in each.consumers:
            consumer = work.get_of(Consumer, each.subject, who.encode())
            if consumer is not None and consumer.seen is not None and consumer.seen >= lately:
                yield f"It would break {who}, who used it on {consumer.seen}: agree on another service first."
    for seen in _calling(work, kept):
        if seen.administration != kept.owner:
            yield f"It would break {seen.administration}, who used it on {seen.day}: agree on another service first."
    calling = sorted(_callers(kept.service)) if kept.service in declared() else []
    if calling:
        yield f"It would break {', '.join(calling)}: release them without it first."


def _callers(service: str) -> set[str]:
    """What of the product calls operations of a service of the centre, beside itself."""
    model = installed_model()
    offered = [each.target for each in model.out(f"service:{service}") if each.kind is EdgeKind.OFFERS]
    calling = {e.source.partition(":")[2] for id in offered for e in model.into(id) if e.kind is EdgeKind.CALLS}
    return {each for each in calling if each.partition(".")[0] != service}


@answers(ServiceBus.governance)
def governance(view: View, question: GovernanceQuery) -> Governance:
    """Every governed version, and what is to come, by day."""
    del question
    today = view.today()
    lines = tuple(_line(each, today) for each in _all(view))
    calendar = sorted(
        (each for line in lines for each in _to_come(line, today)), key=lambda each: (each.day, each.service, each.what)
    )
    return Governance(lines, tuple(calendar))


def _all(view: View) -> Iterator[Governed]:
    found, _ = view.find(Governed, "by_service", limit=MOST)
    return (each for _, each in found)


def _line(kept: Governed, today: dt.date) -> GovernedLine:
    return GovernedLine(kept.owner, kept.service, kept.version, kept.life, kept.answers_for, kept.review,
                        kept.life is not Life.RETIRED and kept.review < today, kept.purpose, kept.rounds,
                        kept.decisions, kept.callers)  # fmt: skip


def _to_come(line: GovernedLine, today: dt.date) -> Iterator[CalendarLine]:
    def said(day: dt.date, what: str) -> CalendarLine:
        return CalendarLine(day, line.service, line.version, what)

    if line.life is not Life.RETIRED:
        yield said(line.review, "review is overdue" if line.late else "review")
    yield from (said(e.until, f"consultation about {e.step.value} ends") for e in line.rounds if e.until >= today)
    yield from (said(e.effective, f"{e.to.value} from this day") for e in line.decisions if e.effective >= today)


@answers(ServiceBus.decision_record)
def decision_record(view: View, question: RecordQuery) -> DecisionRecord:
    """Decisions with their reasons, consultations with answers and dispositions, signed by this node."""
    asked = question.owner, question.service, question.version
    kept = next((each for each in _all(view) if (each.owner, each.service, each.version) == asked), None)
    if kept is None:
        raise NotFound("This version is not governed.", remedy="service_bus.governance lists those that are.")
    return DecisionRecord(view.signed("\n".join(_written(kept)) + "\n"))


def _written(kept: Governed) -> Iterable[str]:
    yield f"{kept.service}/v{kept.version} of {kept.owner}: {kept.life.value}"
    for each in kept.decisions:
        yield f"{each.on} {each.to.value} from {each.effective}, consultation {each.round or '-'}: {_one(each.reason)}"
    for about in kept.rounds:
        asked = ", ".join((*about.asked, *("trade" for _ in range(about.trade)))) or "nobody consumes it"
        head = f"consultation {about.number} about {about.step.value} until {about.until} ({asked})"
        yield f"{head}: {_one(about.question)}"
        for given in about.answers:
            word = "agrees" if given.agrees else "does not agree"
            became = f"{'followed' if given.followed else 'not followed'}: {_one(given.disposition)}"
            yield f"  {given.on} {given.who} {word}: {_one(given.text)} | {became if given.disposition else 'open'}"


def _one(text: str) -> str:
    """A text on one line: no writer begins a line of the record himself."""
    return " ".join(text.split())


@answers(ServiceBus.consultations)
def consultations(view: View, question: OpenConsultationsQuery) -> OpenConsultations:
    """Consultations that take answers today: to trade, those that ask it."""
    del question
    trader = not view.caller.administration
    today = view.today()
    return OpenConsultations(tuple(
        OpenConsultation(kept.owner, kept.service, kept.version, each.number, each.step, each.question, each.until)
        for kept in _all(view) for each in kept.rounds
        if each.until >= today and (each.trade or not trader)
    ))  # fmt: skip


def _with(kept: Governed, changed: RoundLine) -> Governed:
    return replace(kept, rounds=tuple(changed if each.number == changed.number else each for each in kept.rounds))


def _told(m: Any, life: Life, round: int = 0) -> GovernanceChanged:
    return GovernanceChanged(owner=m.owner, service=m.service, version=m.version, life=life, round=round)


def _changed(work: Work, m: Any, life: Life, round: int = 0) -> None:
    work.reply(_told(m, life, round))


def _not_changed(work: Work, m: Any, reasons: Iterable[str]) -> None:
    work.reply(GovernanceNotChanged(owner=m.owner, service=m.service, version=m.version, reasons=tuple(reasons)))
