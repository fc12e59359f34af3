"""Refusals that are answered by messages: at channels whose senders do not wait for an answer (queues, AS4).

What was refused is journalled with its faults, once, and answered by the error message of its family. Two systems that
do not understand each other would go on for ever; three things end it. An error message is never answered
by one: it is set aside for the operator, whatever is broken of it. What refers to an error message of ours counts as
one. And no sender gets more than its allowance of such answers: beyond it the refusal stands in the
audit log and in the channel's own answer only.
"""

from __future__ import annotations

import functools
from typing import Final

from douane.model.declare import Refused
from douane.runtime.catalogue.behaviour import Behaviour
from douane.runtime.core.expecting import place_of
from douane.runtime.core.overlay import Overlay
from douane.runtime.core.owner import Router
from douane.runtime.core.work import Work
from douane.runtime.store.envelope import SENT, Envelope, JournalRow, Receipt, RowKind, unpack_faults
from douane.runtime.store.ports import Log
from douane.vocabulary.codes import Codes
from douane.vocabulary.errors import (
    Fault,
    KnownIdChanged,
    NotAuthorised,
    NotValid,
    NotWellFormed,
    SenderFault,
    TooLarge,
    UnknownMessageType,
    WrongCircle,
)

UNREAD: Final = (NotValid, NotWellFormed, UnknownMessageType, TooLarge)
"""What says that a body is no message of ours, or breaks the schema of its type."""
MARK: Final = "!"
"""Stands between the id of a refused message and the digest of its octets."""


def refusal_id(id: str, digest: bytes) -> str:
    """Under which id a refusal is known: these octets under this id are answered once, a mended message is another."""
    return f"{id}{MARK}{digest.hex()[:24]}"


def what_is_refused(refusal: SenderFault) -> RowKind:
    """Whether it cannot be read, or cannot be taken."""
    return RowKind.UNREADABLE if isinstance(refusal, UNREAD) else RowKind.UNACCEPTABLE


def faults_of(refusal: SenderFault, kind: RowKind, codes: Codes) -> tuple[Fault, ...]:
    """The faults of a refusal; one that names none is a fault of the whole, told by the codes of its family."""
    untaken = kind is RowKind.UNACCEPTABLE or isinstance(refusal, NotAuthorised | WrongCircle)
    code = codes.foreign if untaken else codes.unreadable
    code = codes.changed if isinstance(refusal, KnownIdChanged) else code
    return refusal.faults or (Fault("", code, refusal.text),)


def keep(tick: Overlay, envelope: Envelope, known: bytes, original: Receipt | None) -> NotValid:
    """Journal a refused message with its faults, unless it came before or its sender has had its share of answers."""
    if original is None and tick.owner.allowance.take(envelope.sender, tick.now):
        owner = tick.owner
        row = JournalRow(
            envelope.kind, tick.fresh_subject(), "", envelope.administration, envelope.origin,
            envelope.content.packed(), owner.salt(), owner.state.leaf + 1, "refused",
            transmission=envelope.transmission, faults=envelope.faults, committed=tick.now, clock=envelope.clock,
        )  # fmt: skip
        for certificate in envelope.certificates:
            tick.keep_certificate(certificate)
        leaf = owner.ports.auditor.journal_leaf(row)
        position = tick.journal(row, None, leaf)
        tick.known[known] = Receipt(
            envelope.id, position, row.subject, row.received, envelope.content.digest, leaf, row.leaf
        )
    elif original is None:
        tick.refuse(envelope, envelope.faults[0][1])
    return NotValid("The message was refused.", faults=unpack_faults(envelope.faults))


def answer(tick: Overlay, work: Work) -> object:
    """The error message about a refused one; None where it must not be answered."""
    row, ports = work.row, tick.owner.ports
    if _refers_to_error(tick, row):
        return None
    refused = Refused(
        row.content.octets, unpack_faults(row.faults), row.kind is RowKind.UNREADABLE, row.sender,
        row.id.rpartition(MARK)[0], row.administration, work.message_id(), tick.now,
        functools.partial(_speaks_for, ports.behaviour, ports.router),
    )  # fmt: skip
    answered: object = ports.codecs.refusal(refused)
    return answered


def _refers_to_error(tick: Overlay, row: JournalRow) -> bool:
    """Whether a message answers an error message that we sent to the same party."""
    position = place_of(row.origin.correlation)
    raw = tick.owner.ports.store.read_log(Log.SENT, [position])[0] if position else None
    sent = SENT.read(raw) if raw is not None else None
    return sent is not None and sent.party == row.sender and tick.owner.ports.codecs.tells_of_error(sent.type)


def _speaks_for(behaviour: Behaviour, router: Router, name: str, administration: str) -> bool:
    """Whether this node provides, for an administration, what takes messages of this type."""
    return any(
        each.operation.request.__name__ == name and router.hosts(administration, qualified)
        for qualified, each in behaviour.handlers.items()
    )
