"""Where a message goes that left a unit of work: another case of this node, a waiting token, or a party outside."""

from __future__ import annotations

import dataclasses
from typing import Any

import msgspec

from douane.model.caller import CORE, INNER, OFFICE_OF, Caller, of_the_core
from douane.model.circles import Platform
from douane.model.declare import Operation
from douane.runtime.catalogue.behaviour import FOLLOWS
from douane.runtime.core.accept import concerned, home_partition, place
from douane.runtime.core.admission import address_of, refusal_of
from douane.runtime.core.expecting import expect
from douane.runtime.core.overlay import Overlay
from douane.runtime.core.relaying import HERE, Keeper, begins, keeper, sure
from douane.runtime.core.work import Out, Work
from douane.runtime.store import keys
from douane.runtime.store.envelope import (
    BOX,
    ENVELOPE,
    FEED,
    FROM,
    Envelope,
    JournalRow,
    ReplyTo,
    RowKind,
    SentKind,
    SentRow,
)
from douane.runtime.store.origin import Content, Media, Origin, kept
from douane.runtime.store.ports import Instant

ADMINISTRATION = OFFICE_OF
_CCN2 = Platform.CCN2.value
LANES = "@@"
"""Under which the places in lanes are counted: a series of no administration."""


def route(tick: Overlay, work: Work, out: Out) -> None:
    """Inside when this node provides the operation for the administration, else out by lane or inbox.

    An event goes to its feed, and to each application of this node that follows it.
    """
    if out.kind is SentKind.EVENT:
        send(tick, work, out)
        for name in tick.owner.ports.behaviour.followers.get(out.party.removeprefix(FEED), ()):
            _tell(tick, work, out, name)
        return
    if out.reply_to is not None:
        waits = out.reply_to
        there = keys.subject_partition(waits.subject)
        if there != tick.partition:
            transfer(tick, work, out, there, RowKind.ANSWER, "", out.administration, waits)
            return
        internal(tick, RowKind.ANSWER, "", out.message, waits.subject, out.administration, cause=work, answers=waits)
        return
    router = tick.owner.ports.router
    administration = out.administration or _administration(out.party)
    operation = out.operation or (router.operation_for(type(out.message)) if administration else "")
    if not administration or not operation:
        send(tick, work, out)
        return
    caller = of_the_core(work.administration)
    keeps = _keeper(tick, out.message, administration, operation, caller)
    if keeps.who != HERE:
        if keeps.who is not None and out.party == f"{ADMINISTRATION}{administration}":
            out = dataclasses.replace(out, party=f"{ADMINISTRATION}{keeps.who}", lane=out.lane or keeps.lane)
        send(tick, work, out)
        return
    declared = tick.owner.ports.behaviour.handlers[operation].operation
    if tick.owner.ports.partitions:
        there = _whereabouts(tick, declared, out.message, administration, caller)
        if there != tick.partition:
            transfer(tick, work, out, there, RowKind.MESSAGE, operation, administration, out.expects)
            return
    subject, conflict = 0, refusal_of(declared, caller, out.message)
    if conflict:
        subject = tick.fresh_subject()
    else:
        subject, conflict = place(tick, declared, out.message, administration, caller)
    internal(
        tick, RowKind.MESSAGE, operation, out.message, subject, administration, cause=work, conflict=conflict,
        reply_to=out.expects,
    )  # fmt: skip


def _keeper(tick: Overlay, message: Any, administration: str, operation: str, caller: Caller) -> Keeper:
    """Who handles a message that leaves a unit of work."""
    providers = tick.owner.ports.router.providers(administration, operation)
    if len(providers) < 2:
        return sure(providers)
    handler = tick.owner.ports.behaviour.handlers.get(operation)
    address = address_of(handler.operation, message, caller) if handler is not None else None
    there = keeper(tick, administration, operation, address)
    if there.who and not there.lane:
        begins(tick, administration, operation, address, there.who)
    return there


def internal(
    tick: Overlay, kind: RowKind, operation: str, message: Any, subject: int, administration: str, *, id: str = "",
    at: Instant = 0, cause: Work | None = None, conflict: str = "", reply_to: ReplyTo | None = None,
    answers: ReplyTo | None = None,
) -> None:  # fmt: skip
    """Journal a message that never leaves the node."""
    owner = tick.owner
    body = b"" if message is None else msgspec.msgpack.encode(message)
    name = id or owner.ports.codecs.name_of(type(message))
    origin = Origin(
        of_the_core(cause.administration) if cause else CORE, name, at or tick.now,
        trace=cause.row.origin.trace if cause else "",
    )  # fmt: skip
    row = JournalRow(
        kind, subject, operation, administration, origin, kept(Media.VALUE, body, owner.digest(body)),
        owner.salt(), owner.state.leaf + 1, conflict, reply_to, answers, cause.position if cause else 0,
        committed=tick.now,
    )  # fmt: skip
    tick.journal(row, message, owner.ports.auditor.journal_leaf(row))


def _tell(tick: Overlay, work: Work, out: Out, name: str) -> None:
    """An event for one follower, in the partition of the case that it concerns."""
    owner, administration = tick.owner, work.administration
    handler = owner.ports.behaviour.handlers[name]
    concerns = handler.concerns(out.message) if handler.concerns is not None else None
    if concerns is not None and owner.ports.partitions:
        subject = tick.alias(administration, *concerns)
        home = home_partition(administration, *concerns, owner.ports.partitions)
        there = keys.subject_partition(subject) if subject is not None else home
        if there != tick.partition:
            transfer(tick, work, out, there, RowKind.MESSAGE, name, administration, None)
            return
    subject = concerned(tick, handler, out.message, administration)
    internal(tick, RowKind.MESSAGE, name, out.message, subject, administration, cause=work)


def _whereabouts(tick: Overlay, operation: Operation, message: Any, administration: str, caller: Caller) -> int:
    """The partition of the case that a message is for; of its alias's home where nobody knows it yet."""
    address = address_of(operation, message, caller)
    if address is None:
        return tick.partition
    _, kind, value = address
    subject = tick.alias(administration, kind, value)
    if subject is not None:
        return keys.subject_partition(subject)
    return home_partition(administration, kind, value, tick.owner.ports.partitions)


def transfer(
    tick: Overlay, work: Work, out: Out, partition: int, kind: RowKind, operation: str, administration: str,
    reply_to: ReplyTo | None,
) -> None:  # fmt: skip
    """Leave a message for another partition: committed here in its lane, offered there until it is confirmed.

    The id it is known by there is made from its position here, so that it is handled there once.
    """
    owner = tick.owner
    owner.state.sent = number = owner.state.sent + 1
    position = keys.log_position(tick.partition, number)
    name = owner.ports.codecs.name_of(type(out.message))
    body = msgspec.msgpack.encode(out.message)
    origin = Origin(
        of_the_core(work.administration), f"{name}{FROM}{position:x}", tick.now, trace=work.row.origin.trace
    )
    content = Content(Media.VALUE, body, owner.digest(body))
    whole = ENVELOPE.write(Envelope(kind, operation, administration, origin, content, reply_to=reply_to))
    row = SentRow(
        SentKind.TRANSFER, work.subject, f"{INNER}{partition}", name, origin.id, "",
        kept(Media.VALUE, whole, owner.digest(whole)), tick.now, owner.salt(), owner.state.leaf + 1,
        work.position, work.administration, f"{INNER}{partition}",
    )  # fmt: skip
    tick.leaf(owner.ports.auditor.sent_leaf(row))
    tick.sent.append((position, row))


def relay(tick: Overlay, work: Work, name: str) -> None:
    """Pass a message on as it came, to the node that provides its operation."""
    row, owner = work.row, tick.owner
    party, lane = _whereto(tick, row)
    lane = lane or owner.ports.router.lane(party, name)
    owner.state.sent = number = owner.state.sent + 1
    sent = SentRow(
        SentKind.RELAY, work.subject, party, name, row.id, row.origin.correlation, row.content, tick.now,
        owner.salt(), owner.state.leaf + 1, work.position, work.administration, lane, origin=row.origin,
        sequence=tick.serial(LANES, lane) if lane else 0,
    )  # fmt: skip
    tick.leaf(owner.ports.auditor.sent_leaf(sent))
    tick.sent.append((keys.log_position(tick.partition, number), sent))


def _whereto(tick: Overlay, row: JournalRow) -> tuple[str, str]:
    """To whom what is passed on goes, and the lane in which it waits until that is certain."""
    operation = row.operation.partition(FOLLOWS)[0]
    handler = tick.owner.ports.behaviour.handlers.get(row.operation)
    several = len(tick.owner.ports.router.providers(row.administration, operation)) > 1
    if handler is None or not several or not row.relay_to.startswith(ADMINISTRATION):
        return row.relay_to, ""
    message = tick.owner.decode(row.operation, row.id, row.content)
    there = keeper(tick, row.administration, operation, address_of(handler.operation, message, row.caller))
    return (f"{ADMINISTRATION}{there.who}", there.lane) if there.who else (row.relay_to, "")


def send(tick: Overlay, work: Work, out: Out) -> None:
    """Keep a message for a party outside: in the lane that pushes it, or in the inbox it collects from."""
    owner = tick.owner
    type_name, media, body, own_id = owner.ports.codecs.encode(out.message, out.party, tick.now)
    owner.state.sent = number = owner.state.sent + 1
    position = keys.log_position(tick.partition, number)
    lane = out.lane
    if not lane and BOX not in out.party and not _collects_here(work, out.party):
        lane = owner.ports.router.lane(out.party, type_name)
    row = SentRow(
        out.kind, work.subject, out.party, type_name, own_id or f"{position:012X}", out.correlation,
        kept(Media(media), body, owner.digest(body)), tick.now, owner.salt(), owner.state.leaf + 1,
        work.position, work.administration, lane, out.expires, sequence=tick.serial(LANES, lane) if lane else 0,
    )  # fmt: skip
    tick.leaf(owner.ports.auditor.sent_leaf(row))
    tick.sent.append((position, row))
    tick.bodies[position] = body
    if out.expects is not None:
        expect(tick, row.id, (out.party, out.operation), out.expects, work.administration)


def _collects_here(work: Work, party: str) -> bool:
    """Whether a party collects where it sent: an officer at the own node's door, which nobody else forwards to."""
    origin = work.row.origin
    return origin.platform == _CCN2 and not party.startswith(ADMINISTRATION) and party == origin.caller.name


def _administration(party: str) -> str:
    return party.removeprefix(ADMINISTRATION) if party.startswith(ADMINISTRATION) else ""
