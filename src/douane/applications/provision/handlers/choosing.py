"""Provision at work: choices judged, kept and told; where cases are kept; what a choice would change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Final as Constant

from douane.applications.provision.contract import Provision
from douane.applications.provision.messages import (
    ConsumerLine,
    DataSetLine,
    FirstChoices,
    OfferKept,
    OfferLine,
    Preview,
    PreviewQuery,
    ProvisionChoice,
    ProvisionKept,
    ProvisionLine,
    ProvisionQuery,
    ProvisionRefused,
    ProvisionReturn,
    ProvisionShown,
    ProvisionTold,
    SystemOffer,
)
from douane.applications.provision.records import Choices, First, Offer, chosen, first, kept
from douane.applications.provision.rules import choosing as rules
from douane.author import ALL, DouaneError, Fault, Instant, NotFound, Provided, Service, instant, machine
from douane.author.run import CASES, FULL, Final, RecordKind, View, Work, answers, handles, kinds
from douane.author.run import Provision as KeptWhere
from douane.central_repository.data_sets import holding
from douane.model import discovery
from douane.model.discovery import application_of
from douane.reference_architecture.installed import installed_contracts
from douane.reference_architecture.landscape import of_the_union
from douane.standards.replication.statement import open_state
from douane.standards.transparency_log.note import parse_key

UNION: Constant = "EU"
SETTINGS: Constant = "settings"
"""Under whose name a node says what its settings say."""


def refuse(work: Work, m: ProvisionChoice | ProvisionReturn, found: tuple[Fault, ...]) -> None:
    """Say what to mend."""
    work.reply(ProvisionRefused(m.administration, m.of, tuple(each.remedy for each in found)))


def pass_over(_work: Work, _m: object, _found: tuple[Fault, ...]) -> None:
    """What somebody says who may not say it changes nothing; the journal has it."""


@handles(Provision.choose, reads=(Choices,), refuse=refuse)
def choose(work: Work, m: ProvisionChoice) -> None:
    """Keep a choice, and tell it to every system that it concerns."""
    line = _line(work, m, m.provider)
    lines = known_choices(work, m.administration)
    found = rules.faults(line, now=work.now, kept=lines, services=_services(), offers=_offers(_offered(work)))
    if found:
        work.reply(ProvisionRefused(m.administration, m.of, found))
        return
    _keep(work, m.administration, (*lines, line))
    work.reply(ProvisionKept(line))


@handles(Provision.go_back, reads=(Choices,), refuse=refuse)
def go_back(work: Work, m: ProvisionReturn) -> None:
    """Void what is not yet in force; else let the provider before serve again, once what was handed over is proven."""
    lines = known_choices(work, m.administration)
    last = rules.latest(lines, m.of)
    reasons: tuple[str, ...] = ()
    if last is None or last.said_by == SETTINGS:
        reasons = (f"{m.administration} has chosen nothing for {m.of} that could be taken back.",)
    elif last.since > work.now:
        _keep(work, m.administration, tuple(each for each in lines if each is not last))
        work.reply(ProvisionKept(last, void=True))
        return
    else:
        line = _line(work, m, rules.before(lines, last))
        reasons = rules.faults(line, now=work.now, kept=lines, services=_services(), offers=_offers(_offered(work)))
        reasons += _unproven(work, m, last)
        if not line.provider:
            reasons += (f"Nobody served {m.of} before: choose a provider instead.",)
        if not reasons:
            _keep(work, m.administration, (*lines, line))
            work.reply(ProvisionKept(line))
            return
    work.reply(ProvisionRefused(m.administration, m.of, reasons))


@handles(Provision.offer, reads=(Offer,), refuse=pass_over)
def offer(work: Work, m: SystemOffer) -> None:
    """Keep what a system offers, in place of what it offered before."""
    work.put(Offer(m.provider, m.services, m.guests, m.key))
    work.reply(OfferKept(m.provider, len(m.services)))


@handles(Provision.take_note, reads=(Choices,), refuse=pass_over)
def take_note(work: Work, m: ProvisionTold) -> None:
    """Keep the choices as the centre tells them."""
    work.put(Choices(m.administration, m.choices))


@handles(Provision.begin)
def begin(work: Work, m: FirstChoices) -> None:
    """Keep them, unless some are kept."""
    if not work.find(First, "by_node", limit=1):
        work.put(First(m.node, m.choices, m.key))


@answers(Provision.show)
def show(view: View, question: ProvisionQuery) -> ProvisionShown:
    """Choices and offers."""
    began = first(view)
    lines = {each.administration: each.lines for each in kept(view)}
    for each in began.lines if began is not None else ():
        if each.administration not in lines:
            lines[each.administration] = (each,)
    wanted = question.administration
    told = [
        line
        for code, held in sorted(lines.items()) if wanted in ("", code) and code != ALL
        for line in sorted(held, key=lambda each: -each.since)
    ]  # fmt: skip
    offers, _ = view.find(Offer, "by_provider", limit=1_000)
    return ProvisionShown(
        machine(view.now), tuple(told),
        tuple(OfferLine(each.provider, each.services, each.guests) for _, each in offers), ALL in lines,
    )  # fmt: skip


@answers(Provision.preview)
def preview(view: View, question: PreviewQuery) -> Preview:
    """What a choice would change."""
    began, of = first(view), question.of
    said = tuple(each for each in kept(view) if each.administration == question.administration)
    lines = said[0].lines if said else _seeded(began, question.administration)
    line = ProvisionLine(administration=question.administration, of=of, provider=question.provider,
                         since=instant(_aware(question.since)))  # fmt: skip
    offers, _ = view.find(Offer, "by_provider", limit=1_000)
    found = rules.faults(line, now=view.now, kept=lines, services=_services(), offers=_offers(e for _, e in offers))
    service = next((each for each in discovery.services() if each.name == of.partition(".")[0]), None)
    operations = [o for o in service.operations if of in (service.name, o.qualified)] if service is not None else []
    providers = Provided(map(chosen, lines)).providers(
        question.administration, operations[0].qualified if operations else of, Instant(view.now)
    )
    return Preview(
        faults=found, present=providers[0] if providers else "", former=providers[1:],
        operations=tuple(each.qualified for each in operations),
        contracts=(f"{of.partition('.')[0]} {installed_contracts()[:12]}",) if operations else (),
        level=service.level.name.lower() if service is not None else "",
        consumers=tuple(consumers(view, {each.qualified for each in operations})),
        cases=opened(view, question.administration, service), data_sets=tuple(_handed_over(view, service)),
    )  # fmt: skip


def consumers(view: View, operations: set[str]) -> Iterator[ConsumerLine]:
    """Who was seen calling these operations, since the node counts."""
    if view.observed is None:
        return
    for caller, figure in sorted(view.observed.every_use().calls.items()):
        operation, kind, whose = caller
        if operation in operations:
            yield ConsumerLine(f"{kind} {whose}".strip(), operation, figure.count)


def opened(view: View, administration: str, service: Service | None) -> int:
    """How many cases of a service were opened here for an administration; whatever is chosen, they end here."""
    room = application_of(service.declared_in) if service is not None else ""
    opened = view.counted(administration, CASES).items()  # by month, application and record type
    return sum(number for name, number in opened if name.partition(":")[2].startswith(f"{room}."))


def _handed_over(view: View, service: Service | None) -> Iterator[DataSetLine]:
    """The data sets of a service that whoever serves an administration keeps. entries: for whom may have them."""
    for final in _distributed(service):
        try:
            held = sum(each.state().count for each in holding(view, final.name, FULL).values())
        except NotFound:
            held = None
        yield DataSetLine(final.name, final.title, held)


def _distributed(service: Service | None) -> Iterator[Final]:
    found = (each.final for each in (_kinds(service) if service is not None else ()))
    return (each for each in found if each is not None and each.provision is KeptWhere.DISTRIBUTED)


def _kinds(service: Service) -> Iterator[RecordKind]:
    """The record types of the application that declares a service."""
    room = service.declared_in.partition(".contract")[0]
    return (each for each in kinds() if each.type.__module__.startswith(f"{room}."))


def _unproven(work: Work, m: ProvisionReturn, last: ProvisionLine) -> tuple[str, ...]:
    """Which data sets that were handed over are not proven equal with who gets them back."""
    service = next((each for each in discovery.services() if each.name == m.of.partition(".")[0]), None)
    wanted = {each.name for each in _distributed(service)}
    key = _key_of(work, last.provider)
    for note in m.proofs:
        try:
            said = open_state(note, parse_key(key))
        except DouaneError:
            continue
        if said.equal and said.at >= last.since:
            wanted.discard(said.data_set)
    return tuple(
        f"{name} was handed over: send what {last.provider} signed since, that a replica of it is equal."
        for name in sorted(wanted)
    )


def _key_of(work: Work, provider: str) -> str:
    if provider == UNION:
        began = work.find(First, "by_node", UNION, limit=1)
        return began[0].key if began else ""
    found = work.find(Offer, "by_provider", provider, limit=1)
    return found[0].key if found else ""


def known_choices(work: Work, administration: str) -> tuple[ProvisionLine, ...]:
    """The choices of an administration; before its first one, what this node was started with."""
    own = work.find(Choices, "by_administration", administration, limit=1)
    if own:
        return own[0].lines
    began = work.find(First, "by_node", limit=1)
    return _seeded(began[0] if began else None, administration)


def _seeded(began: First | None, administration: str) -> tuple[ProvisionLine, ...]:
    """What the settings said of an administration: by its name, else of everybody."""
    lines = began.lines if began is not None else ()
    named = tuple(each for each in lines if each.administration == administration)
    if named:
        return named
    return tuple(
        ProvisionLine(administration=administration, of=each.of, provider=each.provider, since=each.since,
                      said_by=each.said_by)
        for each in lines if each.administration == ALL
    )  # fmt: skip


def _keep(work: Work, administration: str, lines: tuple[ProvisionLine, ...]) -> None:
    lines = tuple(sorted(lines, key=lambda each: (each.since, each.of)))
    work.put(Choices(administration, lines))
    for system in sorted({administration, *(each.provider for each in lines)} - {UNION, ""}):
        told = ProvisionTold(told=system, administration=administration, choices=lines)
        work.send(told, f"NTA.{system}")


def _line(work: Work, m: ProvisionChoice | ProvisionReturn, provider: str) -> ProvisionLine:
    return ProvisionLine(
        administration=m.administration, of=m.of, provider=provider, since=instant(_aware(m.since)),
        decided_by=m.decided_by, reason=m.reason, said_by=work.caller.human, said_at=work.now,
    )  # fmt: skip


def _aware(at: dt.datetime) -> dt.datetime:
    return at if at.tzinfo is not None else at.replace(tzinfo=dt.UTC)


def _services() -> tuple[rules.Known, ...]:
    return tuple(
        rules.Known(each.name, frozenset(o.qualified for o in each.operations), of_the_union(each), each.legal)
        for each in discovery.services()
    )


def _offered(work: Work) -> list[Offer]:
    return list(work.find(Offer, "by_provider", limit=1_000))


def _offers(found: Iterable[Offer]) -> Mapping[str, rules.Offered]:
    return {each.provider: rules.Offered(each.services, each.guests) for each in found}
