"""What crosses the link between a door and the core, what the core keeps of it, and what it answers."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from douane.runtime.store.records import Value
from douane.runtime.store.transmission import Transmission
from douane.runtime.store.values import Stored
from douane.vocabulary.errors import Fault

INNER: Final = "@"
"""Begins what no party is called: the sender of inner messages, and the lanes between partitions (``@2``)."""
TURNED_AWAY: Final = "!"
"""Begins what no party is called either: a client, by its id, that circle or role refused."""
OFFERED: Final = "+"
"""Begins the name of a lane that offers its messages: they wait in the party's inbox too, until it takes them."""
BOX: Final = "#"
"""Stands between a party and the name of a box of its own (``NTA.DE#permits/v1``), which it reads like its inbox."""
FROM: Final = "@"
"""Stands between the type of a message from another partition and its position there."""
FaultFacts = tuple[str, str, str, str, str, int, int]


class Media(enum.IntEnum):
    """How a body is written."""

    FAMILY = 0  # the wire form of its message family (XML)
    JSON = 1
    VALUE = 2  # msgpack of the typed value: messages that never left the node
    XML = 3  # an element of the schema of its web service: messages of our own types


class ReplyTo(Value, frozen=True):
    """Which waiting token an answer belongs to."""

    subject: int
    process: str
    node: int
    token: int


class Asker(Value, frozen=True):
    """Who asked, kept where the answer is given later than in the unit of work of the question.

    sender: party of the question; id: its identification; reply_to: the token that waits, where a process asked.
    """

    sender: str
    id: str
    reply_to: ReplyTo | None = None


class Attachment(Value, frozen=True):
    """A payload beside the body, in the payload store under its SHA-256 (hexadecimal); ``name`` is the sender's."""

    name: str
    media_type: str
    digest: str
    size: int


class Envelope(Value, frozen=True):
    """An admitted message: who sent it where, with which proof, and its bytes.

    ``id`` is the sender's own message identification; ``faults`` is the door's verdict, empty when the message
    may pass. ``wire`` is the id that its channel gave the transmission, ``answer`` what the channel answers to it:
    kept in the same commit, and given again when the transmission is repeated. ``digest`` covers attachments too.
    ``transmission`` is how it came, ``certificates`` (DER) those that its statement names.
    ``about`` is the reference of the case, as the message's family names it.
    """

    id: str
    sender: str
    circle: str
    platform: str
    channel: str
    operation: str
    administration: str
    media: Media
    body: bytes
    digest: bytes
    received: int
    trace: str = ""
    acting_for: str = ""
    correlation: str = ""
    faults: tuple[FaultFacts, ...] = ()
    reply_to: ReplyTo | None = None
    conflict: str = ""
    relay_to: str = ""
    attachments: tuple[Attachment, ...] = ()
    wire: str = ""
    answer: bytes = b""
    transmission: Transmission | None = None
    certificates: tuple[bytes, ...] = ()
    about: str = ""
    conversation: str = ""  # of the transmission, where its channel has such


@dataclass(slots=True, eq=False)
class Arrival:
    """An envelope at the core, with the message already decoded where door and core share a process."""

    envelope: Envelope
    message: Any = None


class Receipt(Value, frozen=True):
    """The promise that a message is on disk. The same one answers every repetition."""

    id: str
    position: int
    subject: int
    received: int
    digest: bytes
    leaf: bytes
    leaf_number: int
    promise: bytes = b""
    promised: int = 0  # under which number the promise is kept
    place: int = 0
    answer: bytes = b""  # what the channel answers; kept beside the receipt, under the id of the transmission
    wire: str = ""  # the id of the transmission that it first came by
    conversation: str = ""


class JournalRow(Value, frozen=True):
    """A message as the journal keeps it: the body once, everything else is a reference."""

    subject: int
    operation: str
    id: str
    sender: str
    administration: str
    media: Media
    body: bytes
    digest: bytes
    received: int
    salt: bytes
    leaf: int
    platform: str = ""
    channel: str = ""
    acting_for: str = ""
    trace: str = ""
    correlation: str = ""
    conflict: str = ""
    reply_to: ReplyTo | None = None
    answers: ReplyTo | None = None
    cause: int = 0
    relay_to: str = ""
    attachments: tuple[Attachment, ...] = ()
    transmission: Transmission | None = None
    faults: tuple[FaultFacts, ...] = ()  # of a message that was refused, and is kept to be answered


class SentRow(Value, frozen=True):
    """A message that left a unit of work for a party outside."""

    subject: int
    party: str
    type: str
    id: str
    correlation: str
    media: Media
    body: bytes
    digest: bytes
    at: int
    salt: bytes
    leaf: int
    cause: int
    administration: str
    lane: str = ""
    expires: int = 0
    origin: str = ""  # the party whose message this is, where it is only passed on
    sequence: int = 0  # the place in its lane, counted from 1 without gaps in its partition; 0 where it is not counted


def in_inbox(lane: str) -> bool:
    """Whether a message waits in its party's inbox: it does without a lane, and with one that only offers."""
    return not lane or lane.startswith(OFFERED)


def channel_of(lane: str) -> str:
    """The channel part of ``rest:ccn2``; lanes between partitions (``@2``) have one channel."""
    return INNER if lane.startswith(INNER) else lane.removeprefix(OFFERED).partition(":")[0]


class Step(Value, frozen=True):
    """What was known of a delivery before: a state, since when, and why."""

    state: str
    at: int
    reason: str = ""


class Delivery(Value, frozen=True):
    """State of a delivery: QUEUED is the absence of this row, or ``tried`` after attempts that all failed.

    attempts: how many there were in all. earlier: the newest states before this one, oldest first.
    channel: by which its party took it from its inbox. receipt: where in the journal the receipt lies that its party
    signed; 0 for none.
    """

    state: str  # tried, arrived, delivered, exception, expired
    at: int
    reason: str = ""
    attempts: int = 0
    earlier: tuple[Step, ...] = ()
    channel: str = ""
    receipt: int = 0

    def after(self, before: Delivery | None) -> Delivery:
        """The same with what was known before it."""
        if before is None:
            return self
        steps = (*before.earlier, Step(before.state, before.at, before.reason))[-STEPS:]
        again = before.state == TRIED and self.state in (TRIED, ARRIVED, "exception")
        attempts = before.attempts + 1 if again else max(self.attempts, before.attempts)
        return Delivery(self.state, self.at, self.reason, attempts, steps, self.channel, self.receipt or before.receipt)

    def too(self, late: Delivery) -> Delivery:
        """The same where an arrival is told after what came of it; anything else changes nothing."""
        if late.state != ARRIVED:
            return self
        steps = (*self.earlier, Step(late.state, late.at, late.reason))[-STEPS:]
        attempts, receipt = max(self.attempts, late.attempts), self.receipt or late.receipt
        return Delivery(self.state, self.at, self.reason, attempts, steps, self.channel, receipt)


TRIED: Final = "tried"
ARRIVED: Final = "arrived"
STEPS: Final = 12
"""So many earlier states are kept of a delivery."""


class Parked(Value, frozen=True):
    """A message set aside: by its own failure, or because one before it on the subject waits."""

    position: int
    subject: int
    operation: str
    id: str
    sender: str
    reason: str
    at: int
    waits_for: int = 0  # position of the message it waits behind; 0: it failed itself
    blocks: bool = False
    attempts: int = 1


class WireRow(Value, frozen=True):
    """What is kept of a transmission: under which key its message is known, and what its channel answered."""

    known: bytes
    digest: bytes
    answer: bytes


class Refusal(Value, frozen=True):
    """What the audit log keeps of a message that was refused before it became a journal row."""

    id: str
    sender: str
    operation: str
    circle: str
    platform: str
    code: str
    digest: bytes
    at: int
    salt: bytes
    channel: str = ""


class OwnerRow(msgspec.Struct, array_like=True):
    """The one row a tick writes for its partition; the owner counts in it, hence not frozen."""

    journal: int
    sent: int
    leaf: int
    cursor: int
    minted_at: int = 0  # ms and serial of the last subject: a restart within the same ms mints no id twice
    minted: int = 0


JOURNAL = Stored(5, JournalRow)
SENT = Stored(6, SentRow)
PARKED = Stored(7, Parked)
DELIVERY = Stored(8, Delivery)
OWNER = Stored(9, OwnerRow)


def known_row(receipt: Receipt) -> bytes:
    """What is kept under a known id: the receipt itself."""
    return _RECEIPT.write(receipt)


def digest_of(body: bytes, attachments: Sequence[Attachment]) -> bytes:
    """SHA-256 of a body; with attachments, of the body's digest and theirs."""
    whole = hashlib.sha256(body)
    if attachments:
        listed = "".join(f"{a.name}\0{a.digest}\0" for a in attachments)
        whole = hashlib.sha256(whole.digest() + listed.encode())
    return whole.digest()


def receipt_of(data: bytes) -> Receipt:
    """The original receipt kept under a known id."""
    return _RECEIPT.read(data)


_RECEIPT = Stored(4, Receipt)
REFUSAL = Stored(12, Refusal)
WIRE = Stored(14, WireRow)
ENVELOPE = Stored(13, Envelope)  # what crosses from one partition to another


def pack_faults(faults: tuple[Fault, ...]) -> tuple[FaultFacts, ...]:
    """Faults as they cross the link."""
    return tuple(f.facts() for f in faults)


def unpack_faults(facts: tuple[FaultFacts, ...]) -> tuple[Fault, ...]:
    """Faults as code uses them."""
    return tuple(Fault(p, c, m, rule=r, value=v, line=li, column=co) for p, c, r, v, m, li, co in facts)
