"""Reading what arrived: the one place where the core decodes the bytes of an arrival, always before the tick.

Invariants. (1) What is decided on is what is journalled: a message that crosses a link is decoded here, from the body
that the journal keeps. Only who read these very bytes in the core's own process (its door, an operator's act) hands the
message along. (2) Nothing that a body holds raises: what cannot be read, or is no message of what it is sent to,
becomes an arrival with faults, which acceptance refuses and leaves a leaf of. So whoever took over a door sends what he
likes, and harms nobody but those for whom he can speak.
"""

from __future__ import annotations

from typing import Any, Protocol

import msgspec

from douane.runtime.store.envelope import FROM, Arrival, Envelope, FaultFacts, RowKind, pack_faults
from douane.runtime.store.origin import Media
from douane.vocabulary.codes import Codes
from douane.vocabulary.errors import DouaneError, Fault
from douane.vocabulary.faults import shortened

_SAYING = (RowKind.MESSAGE, RowKind.ANSWER, RowKind.RELAY)
"""Of anything else nobody reads the octets: it was refused, and is kept to be answered."""


class Codecs(Protocol):
    """What reads."""

    def read(self, operation: str, name: str, media: int, body: bytes) -> Any:
        """The message of an arrival."""

    def codes_of(self, operation: str) -> Codes:
        """By which codes refusals of what an operation takes are told."""


def needs_reading(arrival: Arrival) -> bool:
    """Whether an arrival comes without the message that its body is."""
    envelope = arrival.envelope
    return arrival.message is None and envelope.kind in _SAYING and not envelope.faults


def read(codecs: Codecs, arrival: Arrival) -> Arrival:
    """The arrival with its message, or with the faults of what is none. Never raises."""
    envelope = arrival.envelope
    media = envelope.content.media
    name = envelope.id.partition(FROM)[0] if media is Media.VALUE else envelope.id  # an inner one names its type there
    try:
        return Arrival(envelope, codecs.read(envelope.operation, name, media, envelope.content.octets))
    except Exception as problem:  # noqa: BLE001 - whatever a body does to its reader is the body's fault
        return Arrival(msgspec.structs.replace(envelope, faults=_faults(codecs, envelope, problem)))


def _faults(codecs: Codecs, envelope: Envelope, problem: Exception) -> tuple[FaultFacts, ...]:
    code = codecs.codes_of(envelope.operation).unreadable
    text = problem.text if isinstance(problem, DouaneError) else f"The body cannot be read: {type(problem).__name__}."
    found = (problem.faults if isinstance(problem, DouaneError) else ()) or (Fault("", code, text),)
    return pack_faults(shortened(found, len(found)))
