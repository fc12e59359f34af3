"""Exchanges on the bus: a call is judged, handed to whoever provides the service, and brought to its one end."""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec.structs import replace

from douane.applications.service_bus.contract import CONSUMER, PROVIDER, ServiceBus
from douane.applications.service_bus.handlers.contents import back, forth, judge, operation_named
from douane.applications.service_bus.handlers.offering import note, own
from douane.applications.service_bus.messages.exchanges import (
    ConsumerSeen,
    ContractFault,
    ExchangeChanged,
    ExchangeNotChanged,
    ExchangeQuery,
    ServiceAnswer,
    ServiceCall,
    ServiceReply,
    ServiceRequest,
    ShownExchange,
    Stage,
)
from douane.applications.service_bus.messages.registry import OfferedOperation, Pattern, State
from douane.applications.service_bus.records import Consumer, Exchange, Offering, offering, offerings
from douane.author import (
    AnswerLate,
    BadRequest,
    DouaneError,
    Fault,
    Level,
    NotAuthorised,
    NotFound,
    PartnerRefused,
    Retired,
    SenderFault,
    administration,
    machine,
)
from douane.author.run import SECOND, Instant, SentRow, View, Work, answers, handles, process

exchanging = process("exchanging", Exchange, __name__)
ANSWERS: Final = "answers"
"""The box of answers that nobody waits for at a door."""
LANE: Final = "+bus:"


def lane_to(kept: Offering, consumer: str = "") -> str:
    """The lane to the provider of an offering, or to the callback of one of its consumers."""
    return f"{LANE}{kept.provider}/{kept.service}/v{kept.version}{f'/{consumer}' if consumer else ''}"


# --- the call


@handles(ServiceBus.call)
def call(work: Work, m: ServiceCall) -> None:
    """Judge a call and hand it over; what cannot be called is refused, with the reason, as the end of the exchange."""
    reference = f"{work.subject:016x}"
    case = Exchange(
        reference, own(work), m.provider, m.service, m.version, m.version, m.operation, Stage.WAITING, m.wait,
        0, work.row.id, work.remember(m),
    )  # fmt: skip
    try:
        kept, consumer = _callable(work, m)
        operation = _operation(kept, m)
        judge(operation.takes, m.form, m.body)
        forth(operation.request_steps, m.body)
    except SenderFault as refusal:
        work.put(replace(case, stage=Stage.REFUSED))
        _tell(work, case, _refusal(case, refusal))
        return
    work.alias("exchange", reference, issued=True)
    work.admit(work.caller.party, CONSUMER)
    work.admit(administration(kept.provider), PROVIDER)
    case = replace(
        case, provider=kept.provider, served=kept.offer.served_by or m.version,
        deadline=_deadline(work, kept, operation), answers=operation.answers is not None,
        callback=bool(consumer is not None and consumer.callback),
    )  # fmt: skip
    if consumer is None or consumer.seen != work.today():
        seen = ConsumerSeen(
            provider=kept.provider, service=m.service, version=m.version, consumer=case.consumer, day=work.today()
        )
        work.ask(ServiceBus.note_consumer, seen, administration=work.administration, waits=None)
    exchanging.start(work, case)


def _callable(work: Work, m: ServiceCall) -> tuple[Offering, Consumer | None]:
    """The offering that a call is for, and what is known of the caller there."""
    found = [each for each in offerings(work, m.service, m.version) if m.provider in ("", each.provider)]
    serving = [each for each in found if each.serves]
    if not serving:
        ended = next((each for each in found if each.state is State.RETIRED), None)
        if ended is not None:
            remedy = f"Call version {ended.successor}." if ended.successor else "GET /services lists what is offered."
            raise Retired(f"Version {m.version} of {m.service} is retired.", remedy=remedy)
        raise NotFound(f"Nobody provides version {m.version} of {m.service}.", remedy="GET /services lists them.")
    if len(serving) > 1:
        who = ", ".join(each.provider for each in serving)
        raise BadRequest(f"{m.service} is provided by {who}.", remedy="Name the provider (?provider=DE).")
    kept, caller = serving[0], own(work)
    consumer = work.get_of(Consumer, kept.subject, caller.encode())
    permitted = consumer is not None and consumer.state == "permitted"
    if not permitted and not kept.offer.open and caller != kept.provider:
        refusal = NotAuthorised(f"{kept.provider} does not permit {caller} to consume {m.service}.",
                                remedy="Ask it: service_bus.ask_to_consume.")  # fmt: skip
        raise refusal.because("services of administrations: who may consume", "a permission", kept.provider)
    return kept, consumer


def _operation(kept: Offering, m: ServiceCall) -> OfferedOperation:
    operation = operation_named(kept.offer.operations, m.operation)
    if operation is None:
        raise NotFound(f"{m.service} has no operation {m.operation}.", remedy="GET /services/SERVICE/vN lists them.")
    if operation.pattern is Pattern.PUBLISH:
        remedy = "Subscribe by service_bus.subscribe; its provider publishes by service_bus.publish."
        raise BadRequest(f"{m.operation} is published by its provider.", remedy=remedy)
    return operation


def _deadline(work: Work, kept: Offering, operation: OfferedOperation) -> Instant:
    limited = operation.pattern is Pattern.REQUEST
    return work.within(Level[kept.offer.level.name].seconds if limited else operation.within)


@exchanging.step("hand_over")
def hand_over(work: Work, case: Exchange) -> Exchange:
    """Put the request into the box of its provider, and where it has an address into the lane that leads there."""
    m: ServiceCall = work.journalled(case.call)
    called, kept = _offered(work, case)
    operation = operation_named(called.offer.operations, case.operation)
    assert operation is not None, case.operation
    request = ServiceRequest(
        reference=case.reference, consumer=case.consumer, service=case.service, version=case.served,
        operation=case.operation, form=m.form, body=forth(operation.request_steps, m.body),
        due=machine(case.deadline),
    )  # fmt: skip
    box = f"{kept.party}#{kept.service}/v{kept.version}"
    lane = lane_to(kept) if kept.address else ""
    work.send(request, box, correlation=case.reference, expires=case.deadline, lane=lane)
    return case if case.answers else replace(case, stage=Stage.TAKEN)


def _offered(work: Work, case: Exchange) -> tuple[Offering, Offering]:
    """The version that was called, and the one that its provider is asked in: as a rule the same."""
    called = _kept(work, case, case.version)
    return called, called if case.served == case.version else _kept(work, case, case.served)


def _kept(work: Work, case: Exchange, version: int) -> Offering:
    found = offering(work, case.provider, case.service, version)
    assert found is not None, case.service
    return found


@exchanging.when
def answer_expected(case: Exchange) -> bool:
    """The contract says that an answer belongs to the call."""
    return case.answers


@exchanging.deadline()
def time_limit(_work: Work, case: Exchange) -> Instant:
    """The time limit of the service's level, or that of a one-way operation."""
    return case.deadline


@exchanging.step("tell_late")
def tell_late(work: Work, case: Exchange) -> Exchange:
    """No reply came in time: the exchange ends, and a reply that comes now changes nothing."""
    late = AnswerLate(
        f"{case.provider} did not answer within the time limit.", remedy="Call again later, with a new identification."
    )
    _tell(work, case, _refusal(case, late, Stage.LATE))
    return replace(case, stage=Stage.LATE)


# --- the reply


def nobody_waits(work: Work, m: ServiceReply, faults: tuple[Fault, ...]) -> None:
    """A reply that belongs to no exchange."""
    work.reply(ExchangeNotChanged(m.reference, tuple(f.remedy for f in faults)))


@handles(ServiceBus.reply, reads=(Exchange,), refuse=nobody_waits)
def reply(work: Work, m: ServiceReply) -> None:
    """Take the provider's reply to the caller. One that breaks the contract ends the exchange as a refusal."""
    case = work.need(Exchange)
    if own(work) != case.provider:
        work.reply(ExchangeNotChanged(m.reference, ("No exchange with you has this reference.",)))
        return
    if not exchanging.waits_for(work, "reply"):
        work.reply(ExchangeNotChanged(m.reference, (f"The exchange has ended: {case.stage.value}.",)))
        return
    answer = _answer(work, case, m)
    _tell(work, case, answer)
    exchanging.receive(work, "reply", replace(case, stage=answer.stage))
    work.reply(ExchangeChanged(m.reference, answer.stage))


def _answer(work: Work, case: Exchange, m: ServiceReply) -> ServiceAnswer:
    """What the caller is told: the answer in the version that it called, or what is wrong with it."""
    if m.refused:
        refused = PartnerRefused(
            f"{case.provider} refuses the request.", remedy="Read its reason, and change the call."
        )
        return replace(_refusal(case, refused), form=m.form, body=m.body)
    called, served = (operation_named(each.offer.operations, case.operation) for each in _offered(work, case))
    assert served is not None
    assert served.answers is not None
    assert called is not None
    assert called.answers is not None
    try:
        judge(served.answers, m.form, m.body)
        body = back(called.answer_steps, m.body)
        if case.served != case.version:
            judge(called.answers, m.form, body)
    except DouaneError as problem:
        broken = PartnerRefused(
            f"{case.provider} answered against its contract: {problem.text}", faults=problem.faults,
            remedy="Tell the provider; the faults name the places.",
        )  # fmt: skip
        return _refusal(case, broken)
    return _ended(case, Stage.ANSWERED, form=m.form, body=body)


def _ended(case: Exchange, stage: Stage, **more: object) -> ServiceAnswer:
    empty = ServiceAnswer(
        reference=case.reference, service=case.service, version=case.version, operation=case.operation,
        provider=case.provider, stage=stage,
    )  # fmt: skip
    return replace(empty, **more)


def _refusal(case: Exchange, error: DouaneError, stage: Stage = Stage.REFUSED) -> ServiceAnswer:
    faults = tuple(ContractFault(f.pointer, f.remedy, f.line) for f in error.faults)
    return _ended(case, stage, code=error.code, detail=error.text, remedy=error.remedy, faults=faults)


def _tell(work: Work, case: Exchange, answer: ServiceAnswer) -> None:
    """Tell the caller the end: in the box of this exchange where it waits, else pushed or in its box of answers."""
    box = case.reference if case.wait else ANSWERS
    lane = ""
    if case.callback and not case.wait:
        lane = lane_to(_kept(work, case, case.version), case.consumer)
    work.send(answer, f"NTA.{case.consumer}#{box}", correlation=case.message, lane=lane)


def note_unknown(_work: Work, _m: ConsumerSeen, _faults: tuple[Fault, ...]) -> None:
    """What is not in the registry has no consumers."""


@handles(ServiceBus.note_consumer, reads=(Offering,), refuse=note_unknown)
def note_consumer(work: Work, m: ConsumerSeen) -> None:
    """Keep the last day on which a consumer was seen; who has not asked, since the service is open, is kept as such.

    Calls are cases of their own, so a note of yesterday may come after one of today; it changes nothing.
    """
    known = work.get(Consumer, m.consumer.encode()) or Consumer(m.consumer, "open")
    if known.seen is None or m.day > known.seen:
        note(work, work.need(Offering), replace(known, seen=m.day))


# --- looking


@answers(ServiceBus.exchange)
def exchange(view: View, question: ExchangeQuery) -> ShownExchange:
    """An exchange for the two that take part in it; for others it does not exist."""
    subject = int(question.reference, 16)
    case = view.get(Exchange, subject)
    if case is None or not view.admits(ServiceBus.exchange, subject):
        raise NotFound(f"You have no exchange {question.reference}.", remedy="Check the reference.")
    kept = offering(view, case.provider, case.service, case.version)
    ended = kept is not None and kept.deprecated_at
    return ShownExchange(
        reference=case.reference, consumer=case.consumer, provider=case.provider, service=case.service,
        version=case.version, operation=case.operation, stage=case.stage, wait=case.wait,
        seconds=max(0.0, (case.deadline - view.now) / SECOND), answer=_told(view, subject),
        deprecated=view.date(kept.deprecated_at) if kept and ended else None,
        sunset=kept.sunset if kept else None, successor=kept.successor if kept else 0,
    )  # fmt: skip


def _told(view: View, subject: int) -> ServiceAnswer | None:
    """What the caller was told, from the log of sent messages."""
    for _, row in view.timeline(subject):
        if isinstance(row, SentRow) and row.type == ServiceAnswer.__name__:
            return msgspec.json.decode(view.body(row), type=ServiceAnswer)
    return None
