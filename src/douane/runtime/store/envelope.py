"""What crosses the link between a door and the core, what the core keeps of it, and what it answers."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from douane.model.caller import INNER, OFFICE_OF, Caller
from douane.runtime.store import former
from douane.runtime.store.origin import Content, Media, Origin
from douane.runtime.store.records import Value
from douane.runtime.store.transmission import Transmission
from douane.runtime.store.values import Stored
from douane.vocabulary.errors import Fault

OFFERED: Final = "+"
"""Begins the name of a lane that offers its messages: they wait in the party's inbox too, until it takes them."""
BOX: Final = "#"
"""Stands between a party and the name of a box of its own (``NTA.DE#permits/v1``), which it reads like its inbox."""
FROM: Final = "@"
"""Stands between the type of a message from another partition and its position there."""
FEED: Final = "feed:"
"""Begins the box in which the publications of an event wait for whoever follows it."""
FaultFacts = tuple[str, str, str, str, str, int, int]


class RowKind(enum.StrEnum):
    """What a row of the journal is. Acceptance says it once; the tick handles each kind in one place.

    Only the core makes ANSWER (to a process of its own), TIMER, announcements and CARRIED; no link says them.
    """

    MESSAGE = "message"  # for the handler of its operation
    ANSWER = "@reply"  # for the token of a process that waits for it
    TIMER = "@timer"  # a time limit ran out; the id names it
    RELAY = "@relay"  # passed on as it came, to the administration that ``relay_to`` names
    UNREADABLE = "@unreadable"  # refused: no message of ours, or not valid
    UNACCEPTABLE = "@unacceptable"  # refused: it cannot be taken
    TURNED_AWAY = "@turned-away"  # refused for lack of right: leaves a leaf and no row
    RESTORED = "@restored"  # what an operator did, told to the audit log
    RELEASED = "@released"
    ARCHIVED = "@archived"
    CARRIED = "@carried"  # what a partner signed for a message that went to it
    READ = "@read"  # who read what in a moment, told to the audit log
    INTERVENED = "@intervened"  # what an operator had done to one message
    CLOCK = "@clock"  # two operators accepted that the clock went back: leaves behind it may be by an earlier one

    @property
    def is_refusal(self) -> bool:
        """Whether it is a message that was refused and is kept to be answered."""
        return self is RowKind.UNREADABLE or self is RowKind.UNACCEPTABLE

    @property
    def is_announcement(self) -> bool:
        """Whether it only tells the audit log what an operator did."""
        return self in (RowKind.RESTORED, RowKind.RELEASED, RowKind.ARCHIVED, RowKind.INTERVENED, RowKind.CLOCK)


class SentKind(enum.StrEnum):
    """What a row of the log of sent messages is."""

    MESSAGE = "message"  # for a party outside
    RELAY = "relay"  # passed on for the party of its origin
    EVENT = "event"  # published in a feed
    TRANSFER = "transfer"  # for another partition of this node


class Sealed(enum.IntEnum):
    """Which form the audit leaf of a row has, and so how it is computed again."""

    FORMER = 1  # of release 0.1: some fields
    WHOLE = 3  # commits to every field of the row
    TIMED = 4  # the same, and says when it was committed and whose clock the time of its receipt is by


class Word(enum.StrEnum):
    """By whose clock a message was received: its door's, or the core's where the door's was not believed."""

    DOOR = "door"
    CORE = "core"


class ReplyTo(Value, frozen=True):
    """Which waiting token an answer belongs to.

    node: where the token stands; above its 16th bit, from 1 on, which of several questions of that token it was.
    """

    subject: int
    process: str
    node: int
    token: int

    @property
    def place(self) -> int:
        """The node."""
        return self.node & 0xFFFF

    @property
    def part(self) -> int:
        """Which of several questions; 0 where the token asked one."""
        return self.node >> 16

    def of_part(self, number: int) -> ReplyTo:
        """The same token, for one of several questions."""
        return msgspec.structs.replace(self, node=self.place | number << 16)


class Asker(Value, frozen=True):
    """Who asked, kept where the answer is given later than in the unit of work of the question.

    sender: party of the question; id: its identification; reply_to: the token that waits, where a process asked.
    """

    sender: str
    id: str
    reply_to: ReplyTo | None = None


class Envelope(Value, frozen=True):
    """An admitted message: what it is and for which operation, how it came, and what it says.

    administration: whose business it is for. ``faults`` is the door's verdict, empty when the message may pass.
    ``answer`` is what the channel answers to its transmission: kept in the same commit, and given again when the
    transmission is repeated. ``transmission`` is how it came, ``certificates`` (DER) those that its statement names.
    ``about`` is the reference of the case, as the message's family names it. ``reply_to``: the token that waits for
    the answer to it, or, of an ANSWER, the one that it is for.
    """

    kind: RowKind
    operation: str
    administration: str
    origin: Origin
    content: Content
    faults: tuple[FaultFacts, ...] = ()
    reply_to: ReplyTo | None = None
    conflict: str = ""
    relay_to: str = ""
    answer: bytes = b""
    transmission: Transmission | None = None
    certificates: tuple[bytes, ...] = ()
    about: str = ""
    clock: Word = Word.DOOR

    @property
    def id(self) -> str:
        """The sender's own message identification."""
        return self.origin.id

    @property
    def sender(self) -> str:
        """The name of the party whose message it is."""
        return self.origin.caller.name

    @property
    def named(self) -> str:
        """The operation, or what else the message is."""
        return named(self.kind, self.operation)


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


class FoldedStep(Value, frozen=True):
    """A message that was handled in the tick that sent it, and has no row of its own."""

    operation: str
    id: str
    content: Content


class JournalRow(Value, frozen=True):
    """A message as the journal keeps it: the body once, everything else is a reference.

    operation: qualified; of a RELAY that no operation here takes, the type of the message; empty for other kinds.
    reply_to: the token that waits for the answer. answers: the token that this is the answer for. cause: position of
    the message that caused it. faults: of a message that was refused, and is kept to be answered. steps: messages
    handled with it in one tick that have no rows of their own. sealed: how its leaf is computed.
    """

    kind: RowKind
    subject: int
    operation: str
    administration: str
    origin: Origin
    content: Content
    salt: bytes
    leaf: int
    conflict: str = ""
    reply_to: ReplyTo | None = None
    answers: ReplyTo | None = None
    cause: int = 0
    relay_to: str = ""
    transmission: Transmission | None = None
    faults: tuple[FaultFacts, ...] = ()
    steps: tuple[FoldedStep, ...] = ()
    sealed: Sealed = Sealed.TIMED
    committed: int = 0
    clock: Word = Word.CORE

    @property
    def id(self) -> str:
        """The sender's own message identification; of a TIMER the name of the timer."""
        return self.origin.id

    @property
    def caller(self) -> Caller:
        """Who acts."""
        return self.origin.caller

    @property
    def sender(self) -> str:
        """The name of the party whose message it is."""
        return self.origin.caller.name

    @property
    def received(self) -> int:
        """When it was admitted (microseconds since 1970, UTC)."""
        return self.origin.received

    @property
    def named(self) -> str:
        """The operation, or what else the message is."""
        return named(self.kind, self.operation)


class SentRow(Value, frozen=True):
    """A message that left a unit of work for a party outside.

    party: the box it is for. origin: how it came, where it is only passed on. sequence: the place in its lane, counted
    from 1 without gaps in its partition; 0 where it is not counted. sealed: how its leaf is computed.
    """

    kind: SentKind
    subject: int
    party: str
    type: str
    id: str
    correlation: str
    content: Content
    at: int
    salt: bytes
    leaf: int
    cause: int
    administration: str
    lane: str = ""
    expires: int = 0
    origin: Origin | None = None
    sequence: int = 0
    sealed: Sealed = Sealed.TIMED

    @property
    def is_for_outside(self) -> bool:
        """Whether it is for a party outside of the administrations, and does not itself say for whom."""
        outside = not self.party.startswith((OFFICE_OF, INNER)) and BOX not in self.party
        return self.kind is SentKind.MESSAGE and self.content.media is Media.JSON and outside

    @property
    def passed_on_for(self) -> str:
        """The name of the party whose message it is, where it is only passed on; else empty."""
        return self.origin.caller.name if self.origin is not None else ""


def named(kind: RowKind, operation: str) -> str:
    """What a row or an envelope is about, in a word of the platform: its operation, else its kind."""
    if kind is RowKind.RELAY and "." not in operation:
        return f"{kind.value}:{operation}"
    return operation or kind.value


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
    channel: by which its party took it from its inbox. by: the delegate who took it for the
    party. receipt: where in the journal the receipt lies that its party
    signed; 0 for none.
    """

    state: str  # tried, arrived, delivered, exception, expired
    at: int
    reason: str = ""
    attempts: int = 0
    earlier: tuple[Step, ...] = ()
    channel: str = ""
    receipt: int = 0
    by: str = ""

    def after(self, before: Delivery | None) -> Delivery:
        """The same with what was known before it."""
        if before is None:
            return self
        steps = (*before.earlier, Step(before.state, before.at, before.reason))[-STEPS:]
        again = before.state == TRIED and self.state in (TRIED, ARRIVED, "exception")
        attempts = before.attempts + 1 if again else max(self.attempts, before.attempts)
        receipt, by = self.receipt or before.receipt, self.by or before.by
        return Delivery(self.state, self.at, self.reason, attempts, steps, self.channel, receipt, by)

    def too(self, late: Delivery) -> Delivery:
        """The same where an arrival is told after what came of it; anything else changes nothing."""
        if late.state != ARRIVED:
            return self
        steps = (*self.earlier, Step(late.state, late.at, late.reason))[-STEPS:]
        attempts, receipt = max(self.attempts, late.attempts), self.receipt or late.receipt
        return Delivery(self.state, self.at, self.reason, attempts, steps, self.channel, receipt, self.by)


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
    joins: bool = False  # its sender had no part in the case: what he sends about it later waits

    @property
    def kind(self) -> str:
        """The class of its reason: what stands before the first colon."""
        return self.reason.partition(":")[0]


class WireRow(Value, frozen=True):
    """What is kept of a transmission: under which key its message is known, and what its channel answered."""

    known: bytes
    digest: bytes
    answer: bytes


class Refusal(Value, frozen=True):
    """What the audit log keeps of a message that was refused before it became a journal row.

    turned_away: circle or role refused the caller, and nothing of the message was read.
    """

    origin: Origin
    operation: str
    code: str
    digest: bytes
    salt: bytes
    turned_away: bool = False
    sealed: Sealed = Sealed.TIMED
    committed: int = 0
    clock: Word = Word.DOOR

    @property
    def id(self) -> str:
        """The sender's own message identification."""
        return self.origin.id

    @property
    def who(self) -> str:
        """Who was refused: the party, or where it was turned away, the client."""
        return self.origin.caller.id if self.turned_away else self.origin.caller.name


class OwnerRow(msgspec.Struct, array_like=True):
    """The one row a tick writes for its partition; the owner counts in it, hence not frozen."""

    journal: int
    sent: int
    leaf: int
    cursor: int
    minted_at: int = 0  # ms and serial of the last subject: a restart within the same ms mints no id twice
    minted: int = 0
    registers: int = 0
    """Another number after each commit that changed records of the union: epoch, and a count within it. 0: an earlier
    release wrote the row, which did not count."""
    summed: int = 0
    """The number of the newest leaf that commits to the state of the partition; 0: there is none that holds."""
    committed: int = 0
    """When the newest leaf was committed (microseconds): no later one is earlier. 0: by an earlier release."""


JOURNAL = Stored(5, JournalRow, 2, {1: former.journal_row})
SENT = Stored(6, SentRow, 2, {1: former.sent_row})
PARKED = Stored(7, Parked)
DELIVERY = Stored(8, Delivery)
OWNER = Stored(9, OwnerRow)


def known_row(receipt: Receipt) -> bytes:
    """What is kept under a known id: the receipt itself."""
    return _RECEIPT.write(receipt)


def receipt_of(data: bytes) -> Receipt:
    """The original receipt kept under a known id."""
    return _RECEIPT.read(data)


_RECEIPT = Stored(4, Receipt)
REFUSAL = Stored(12, Refusal, 2, {1: former.refusal})
WIRE = Stored(14, WireRow)
ENVELOPE = Stored(13, Envelope, 2, {1: former.envelope})  # what crosses from one partition to another


def pack_faults(faults: tuple[Fault, ...]) -> tuple[FaultFacts, ...]:
    """Faults as they cross the link."""
    return tuple(f.facts() for f in faults)


def unpack_faults(facts: tuple[FaultFacts, ...]) -> tuple[Fault, ...]:
    """Faults as code uses them."""
    return tuple(Fault(p, c, m, rule=r, value=v, line=li, column=co) for p, c, r, v, m, li, co in facts)
