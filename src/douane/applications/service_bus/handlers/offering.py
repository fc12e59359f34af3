"""Offers of administrations: taken, approved, consumed by permission, moved, deprecated, retired."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from douane.applications.service_bus.contract import CONSUMER, PROVIDER, ServiceBus, offering_of
from douane.applications.service_bus.handlers.platform import declared, knows
from douane.applications.service_bus.messages.registry import (
    ConsumerDecision,
    ConsumerRequest,
    LifeChange,
    OfferDecision,
    ServiceChanged,
    ServiceMove,
    ServiceNotChanged,
    ServiceOffer,
    State,
)
from douane.applications.service_bus.records import Consumer, Offering, offering, offerings
from douane.applications.service_bus.rules.offers import SEEN, address_faults, faults_of, same_contract
from douane.author import Fault
from douane.author.run import Work, handles
from douane.standards.internet.addresses import network_faults


def own(work: Work) -> str:
    """The administration that sent the message."""
    return work.caller.administration


def refuse(work: Work, m: Any, faults: tuple[Fault, ...]) -> None:
    """Nothing is known under the name of an offering."""
    not_changed(work, m, [f"{f.remedy} GET /services lists what is offered." for f in faults])


@handles(ServiceBus.offer)
def offer(work: Work, m: ServiceOffer) -> None:
    """Take an offer, to be approved by the operator of the bus."""
    reasons = [*faults_of(m, declared(), knows), *_stands_against(work, m)]
    if reasons:
        not_changed(work, m, reasons)
        return
    work.alias(*offering_of(m, work.caller))
    state = State.ASKED
    kept = Offering(m.service, m.version, m.provider, work.subject, m, state, m.address, offered_at=work.now)
    work.put(kept)
    work.admit(work.caller.party, PROVIDER)
    work.reply(done(m, state.value))


def _stands_against(work: Work, m: ServiceOffer) -> Iterator[str]:
    """What others have offered already, and who may offer at all."""
    if m.provider != own(work):
        yield f"{own(work)} cannot offer for {m.provider}; offer in your own name."
    known = offerings(work, m.service, m.version)
    if any(each.provider == m.provider for each in known):
        yield f"Version {m.version} of {m.service} is offered already; move it, or offer the next version."
    if any(not same_contract(each.offer, m) for each in known if each.state is not State.REFUSED):
        yield f"Version {m.version} of {m.service} has another contract by now; keep to it, or offer another version."
    if m.served_by:
        later = offering(work, m.provider, m.service, m.served_by)
        missing = {o.name for o in m.operations} - {o.name for o in later.offer.operations} if later else {""}
        if later is None or later.offer.served_by:
            yield f"Version {m.served_by} of {m.service} is not yours, or is served by another itself; offer it first."
        elif missing:
            yield f"Version {m.served_by} has no operation {', '.join(sorted(missing))}."


@handles(ServiceBus.decide, reads=(Offering,), refuse=refuse)
def decide(work: Work, m: OfferDecision) -> None:
    """Approve or refuse what was asked; an approved version may be called from now on."""
    kept = work.need(Offering)
    reasons = [*network_faults(m.networks)]
    if kept.state not in (State.ASKED, State.OFFERED, State.REFUSED):
        reasons.append(f"It is {kept.state.value}; nothing is left to decide.")
    if reasons:
        not_changed(work, m, reasons)
        return
    state = State.OFFERED if m.approved else State.REFUSED
    work.put(replace(kept, state=state, networks=m.networks, decided_by=work.row.sender))
    decided = done(m, state.value)
    work.send(decided, kept.party)
    work.reply(decided)


@handles(ServiceBus.ask_to_consume, reads=(Offering,), refuse=refuse)
def ask_to_consume(work: Work, m: ConsumerRequest) -> None:
    """Ask for permission; who has it keeps it and may change where its answers go."""
    kept, who = work.need(Offering), own(work)
    reasons = [*address_faults(m.callback)]
    if not kept.serves:
        reasons.append(f"It is {kept.state.value}; only what is offered is consumed.")
    if reasons:
        not_changed(work, m, reasons)
        return
    known = work.get(Consumer, who.encode())
    state = "permitted" if kept.offer.open or who == kept.provider else "asked"
    if known is not None and known.state == "permitted":
        state = known.state
    note(work, kept, Consumer(who, state, m.callback, known.seen if known is not None else None))
    work.admit(work.caller.party, CONSUMER)
    if state == "asked":
        work.send(done(m, state, who), kept.party)
    work.reply(done(m, state, who))


@handles(ServiceBus.permit, reads=(Offering,), refuse=refuse)
def permit(work: Work, m: ConsumerDecision) -> None:
    """The provider decides about a consumer, whether that one has asked or not."""
    kept = work.need(Offering)
    reasons = list(_not_the_provider(work, kept))
    if reasons:
        not_changed(work, m, reasons)
        return
    known = work.get(Consumer, m.consumer.encode()) or Consumer(m.consumer, "")
    state = "permitted" if m.permitted else "refused"
    note(work, kept, replace(known, state=state))
    work.send(done(m, state, m.consumer), f"NTA.{m.consumer}")
    work.reply(done(m, state, m.consumer))


@handles(ServiceBus.move, reads=(Offering,), refuse=refuse)
def move(work: Work, m: ServiceMove) -> None:
    """From now on requests go to another address, or wait to be collected; those that wait already go there too."""
    kept = work.need(Offering)
    reasons = [*_not_the_provider(work, kept), *address_faults(m.address)]
    if reasons:
        not_changed(work, m, reasons)
        return
    work.put(replace(kept, address=m.address))
    work.reply(done(m, kept.state.value))


@handles(ServiceBus.change_life, reads=(Offering,), refuse=refuse)
def change_life(work: Work, m: LifeChange) -> None:
    """Deprecate a version with its last day, or retire it; consumers that were seen are told."""
    kept = work.need(Offering)
    reasons = [*_not_the_provider(work, kept), *_too_early(work, kept, m)]
    if reasons:
        not_changed(work, m, reasons)
        return
    state = State.RETIRED if m.retired else State.DEPRECATED
    work.put(
        replace(
            kept, state=state, sunset=m.sunset or kept.sunset, successor=m.successor or kept.successor,
            deprecated_at=kept.deprecated_at or work.now,
        )
    )  # fmt: skip
    for who in kept.consumers:
        if who != kept.provider:
            work.send(done(m, state.value, who), f"NTA.{who}")
    work.reply(done(m, state.value))


def note(work: Work, kept: Offering, consumer: Consumer) -> None:
    """Keep a consumer in the case of its offering."""
    work.put(consumer, consumer.administration.encode())
    if consumer.administration not in kept.consumers:
        work.put(replace(kept, consumers=(*kept.consumers, consumer.administration)))


def _too_early(work: Work, kept: Offering, m: LifeChange) -> Iterator[str]:
    """A deploy that would break a consumer seen within 90 days is told before it happens, with their names."""
    if not kept.serves:
        yield f"It is {kept.state.value}; only what is offered is ended."
        return
    if not m.retired:
        if m.sunset is None or m.sunset < work.today():
            yield "Name the last day on which it is served (sunset), not before today."
        return
    if kept.sunset is not None and kept.sunset < work.today():
        return
    lately = work.limit(SEEN, work.administration).last_day
    consumers = [work.get(Consumer, who.encode()) for who in kept.consumers]
    seen = [f"{c.administration} on {c.seen}" for c in consumers if c is not None and c.seen and c.seen >= lately]
    if seen:
        yield f"Consumers were seen lately: {', '.join(seen)}. Deprecate it first, and retire it after its last day."


def _not_the_provider(work: Work, kept: Offering) -> Iterator[str]:
    if own(work) != kept.provider:
        yield f"Only {kept.provider} decides about this service."


def done(m: Any, state: str, consumer: str = "") -> ServiceChanged:
    """What was asked is done; ``state`` is how it stands now."""
    return ServiceChanged(provider=m.provider, service=m.service, version=m.version, state=state, consumer=consumer)


def not_changed(work: Work, m: Any, reasons: Iterable[str]) -> None:
    """Tell the sender why nothing was changed."""
    work.reply(ServiceNotChanged(provider=m.provider, service=m.service, version=m.version, reasons=tuple(reasons)))
