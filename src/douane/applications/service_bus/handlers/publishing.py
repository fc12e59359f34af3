"""Events on the bus: a provider publishes, each subscription gets what its filters let through, counted by itself.

An event is handled in the case of its offering, where the subscriptions are: so events of one offering keep their
order, and the count of a subscription has no gaps. What was pushed and not taken waits in the subscription's box.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from msgspec.structs import replace

from douane.applications.service_bus.contract import ServiceBus
from douane.applications.service_bus.handlers.contents import judge, operation_named
from douane.applications.service_bus.handlers.exchanging import LANE
from douane.applications.service_bus.handlers.offering import done, not_changed, own, refuse
from douane.applications.service_bus.messages.events import EndSubscription, PublishedEvent, ServiceEvent, Subscribe
from douane.applications.service_bus.messages.registry import Form, OfferedOperation, Pattern
from douane.applications.service_bus.records import Consumer, Offering, Subscription
from douane.applications.service_bus.rules.filters import filter_faults, matches
from douane.applications.service_bus.rules.offers import address_faults
from douane.author import SenderFault, machine
from douane.author.run import Work, handles
from douane.standards.content_schema.checking import read_json

MOST: Final = 1_000
"""Subscriptions of one offering."""


def box_of(kept: Subscription) -> str:
    """The box of a subscription, beside the inbox of its subscriber."""
    return f"events/{kept.service}/v{kept.version}/{kept.name}"


@handles(ServiceBus.subscribe, reads=(Offering,), refuse=refuse)
def subscribe(work: Work, m: Subscribe) -> None:
    """Keep a subscription, or what is new about it."""
    kept, who = work.need(Offering), own(work)
    local = f"{who}/{m.name}"
    reasons = [*_hinders(work, kept, m), *address_faults(m.callback), *filter_faults(m.filters)]
    if local not in kept.subscriptions and len(kept.subscriptions) >= MOST:
        reasons.append(f"There are {MOST} subscriptions already; ask the provider.")
    if reasons:
        not_changed(work, m, reasons)
        return
    known = work.get(Subscription, local.encode())
    last = known.last if known is not None else 0
    work.put(
        Subscription(who, m.provider, m.service, m.version, m.operation, m.name, m.filters, m.callback, last),
        local.encode(),
    )
    if local not in kept.subscriptions:
        work.put(replace(kept, subscriptions=(*kept.subscriptions, local)))
    work.reply(done(m, "subscribed", who))


def _hinders(work: Work, kept: Offering, m: Subscribe) -> Iterator[str]:
    operation = _published(kept, m.operation)
    if operation is None:
        yield f"{m.service} does not publish {m.operation}; GET /services/SERVICE/vN lists what it does."
    elif m.filters and operation.takes.form is not Form.JSON:
        yield f"{m.operation} is {operation.takes.form.value}; filters look into JSON only."
    if not _may_follow(work, kept, own(work)):
        yield f"{kept.provider} does not permit you to consume {m.service}; ask it: service_bus.ask_to_consume."


def _published(kept: Offering, name: str) -> OfferedOperation | None:
    operation = operation_named(kept.offer.operations, name)
    return operation if operation is not None and operation.pattern is Pattern.PUBLISH else None


def _may_follow(work: Work, kept: Offering, who: str) -> bool:
    consumer = work.get(Consumer, who.encode())
    return kept.serves and (
        kept.offer.open or who == kept.provider or (consumer is not None and consumer.state == "permitted")
    )


@handles(ServiceBus.end_subscription, reads=(Offering,), refuse=refuse)
def end_subscription(work: Work, m: EndSubscription) -> None:
    """Nothing more is published to it."""
    kept, local = work.need(Offering), f"{own(work)}/{m.name}"
    if local not in kept.subscriptions:
        not_changed(work, m, [f"You have no subscription {m.name} here."])
        return
    work.remove(Subscription, local.encode())
    work.put(replace(kept, subscriptions=tuple(each for each in kept.subscriptions if each != local)))
    work.reply(done(m, "ended", own(work)))


@handles(ServiceBus.publish, reads=(Offering,), refuse=refuse)
def publish(work: Work, m: ServiceEvent) -> None:
    """Give an event to every subscription whose filters it passes."""
    kept = work.need(Offering)
    reasons = [*_not_published(work, kept, m)]
    if reasons:
        not_changed(work, m, reasons)
        return
    body: Any = read_json(m.body) if m.form is Form.JSON else None
    told = 0
    for local in kept.subscriptions:
        subscription = work.need(Subscription, local.encode())
        if subscription.operation != m.operation or not _may_follow(work, kept, subscription.consumer):
            continue
        if matches(body, subscription.filters):
            _tell(work, replace(subscription, last=subscription.last + 1), m)
            told += 1
    work.reply(done(m, f"published to {told}"))


def _not_published(work: Work, kept: Offering, m: ServiceEvent) -> Iterator[str]:
    operation = _published(kept, m.operation)
    if own(work) != kept.provider:
        yield f"Only {kept.provider} publishes for this service."
    elif not kept.serves:
        yield f"It is {kept.state.value}; only what is offered is published."
    elif operation is None:
        yield f"{m.service} has no operation {m.operation} that is published."
    else:
        try:
            judge(operation.takes, m.form, m.body)
        except SenderFault as problem:
            yield f"{problem.text} {problem.remedy}".strip()
            yield from (f"{fault.pointer}: {fault.remedy}" for fault in problem.faults)


def _tell(work: Work, kept: Subscription, m: ServiceEvent) -> None:
    event = PublishedEvent(
        subscription=kept.name, sequence=kept.last, provider=m.provider, service=m.service, version=m.version,
        operation=m.operation, published=machine(work.now), form=m.form, body=m.body,
    )  # fmt: skip
    lane = f"{LANE}{m.provider}/{m.service}/v{m.version}/{kept.consumer}/{kept.name}" if kept.callback else ""
    work.send(event, f"NTA.{kept.consumer}#{box_of(kept)}", lane=lane)
    work.put(kept, f"{kept.consumer}/{kept.name}".encode())
