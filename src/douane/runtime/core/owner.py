"""The owner of a partition: what one process keeps in memory of it, changed only after a commit.

A cache entry may be dropped at any time; a failed ``apply`` drops everything and ends the owner, whose successor starts
from the store.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Protocol

from douane.model.declare import Refused
from douane.model.rules import Look
from douane.runtime.catalogue.behaviour import Behaviour
from douane.runtime.replication.sums import (
    STATE_ROW,
    StateRow,
    Sums,
    opened,
    progress_key,
    state_key,
    stored_sums,
    void,
)
from douane.runtime.store import keys
from douane.runtime.store.decided import WentBack, went_back_key
from douane.runtime.store.envelope import FROM, JOURNAL, OWNER, PARKED, JournalRow, OwnerRow, Parked, Refusal, SentRow
from douane.runtime.store.hold import Hold, hold_key, read_hold
from douane.runtime.store.indexing import refuse_later
from douane.runtime.store.moved import segment_of
from douane.runtime.store.origin import Content, Media
from douane.runtime.store.ports import SECOND, Clock, Ids, Instant, Log, Store
from douane.runtime.store.records import RecordKind, Value
from douane.runtime.store.statutory import StatutoryClock
from douane.runtime.turns.allowance import Allowance
from douane.vocabulary.codes import Codes
from douane.vocabulary.errors import BadSignature, ClockWentBack, NotFound, OurFault
from douane.vocabulary.provision import NEVER

CACHE_BOUND: Final = 60_000
MESSAGES_BOUND: Final = 512
BUDGET: Final = 50_000
"""How long a tick handles messages, microseconds: what a tick costs by itself is a small part of it (decision 0272)."""
PENDING_BOUND: Final = 20_000
CLOCKS_DIFFER: Final[Instant] = 2 * SECOND
"""So far may clocks differ that are kept right: those of two ends of a link, and one before and after it was set."""


class Router(Protocol):
    """Where a message goes: the registry of parties and provision, as the runtime sees it."""

    def hosts(self, administration: str, operation: str) -> bool:
        """Whether this node provides an operation for an administration."""

    def providers(self, administration: str, operation: str) -> tuple[str, ...]:
        """Who provides it, then who did so before; this node is the empty string. Empty: nobody was chosen."""

    def operation_for(self, message: type) -> str:
        """The operation that takes a message type; empty when none does."""

    def lane(self, party: str, message: str) -> str:
        """The lane (partner, channel) that pushes a type of message to a party; empty when the party collects it."""


class Codecs(Protocol):
    """Typed messages to bytes and back."""

    def encode(self, message: Any, party: str = "", at: Instant = 0) -> tuple[str, int, bytes, str]:
        """Type name, media, body and the message's own identification (empty if it has none), as ``party`` reads it."""

    def decode(self, operation: str, name: str, media: int, body: bytes) -> Any:
        """The typed message of an operation; ``name`` is its type where it never left the node."""

    def read(self, operation: str, name: str, media: int, body: bytes) -> Any:
        """The same of an arrival, which is judged anew."""

    def refusal(self, refused: Refused) -> Any:
        """The error message about a refused one; None where that is an error message itself."""

    def codes_of(self, operation: str) -> Codes:
        """By which codes the platform's refusals of what an operation takes are told."""

    def name_of(self, message: type) -> str:
        """What a message type is called."""

    def tells_of_error(self, name: str) -> bool:
        """Whether a message type is an error message."""


class Auditor(Protocol):
    """Makes audit leaves and the promises that stand in receipts."""

    def journal_leaf(self, row: JournalRow) -> bytes:
        """32-byte leaf hash of a journal row."""

    def sent_leaf(self, row: SentRow) -> bytes:
        """32-byte leaf hash of a sent row."""

    def refusal_leaf(self, refusal: Refusal) -> bytes:
        """32-byte leaf hash of a refusal, which leaves no other row."""

    def state_leaf(self, row: StateRow) -> bytes:
        """32-byte leaf hash of what commits to the state of the partition."""

    def holds(self, index: int, leaf: bytes) -> bool:
        """Whether the log has this leaf at this index."""

    def promise(self, leaves: Sequence[bytes], now: Instant) -> tuple[bytes, list[bytes]]:
        """What to keep of the promise that these leaves will be in the log, and what each receipt carries of it."""

    def promised(self, kept: bytes, place: int) -> bytes:
        """The same promise again, for a repeated message."""

    def extend(self, leaves: Sequence[bytes], now: Instant) -> Sequence[tuple[bytes, bytes]]:
        """Add a tick's leaves: the map rows to commit with it, signed checkpoint included. Nothing counts before
        ``committed`` is called."""

    def committed(self) -> None:
        """The rows of the last ``extend`` are durable."""

    def begin(self) -> None:
        """Read from the store where the log stands; what was extended and not committed is void."""


@dataclass(slots=True, eq=False)
class Pending:
    """A journalled message that waits for its handler."""

    position: int
    row: JournalRow
    message: Any = None


def told(at: Instant) -> str:
    """An instant in words, in UTC to the second."""
    return f"{dt.datetime.fromtimestamp(at / 1e6, dt.UTC):%Y-%m-%d %H:%M:%S} UTC"


def _nobody_signs(_statement: bytes, _now: Instant) -> tuple[bytes, str]:
    raise BadSignature("This node knows nobody's signature.", remedy="Send it to a node with a register of clients.")


def _nobody_certifies(_request: bytes, _client: str, _country: str, _now: Instant) -> tuple[str, str, Instant]:
    raise NotFound("This node has no authority that issues certificates.", remedy="Ask its operator for one.")


class Began(NamedTuple):
    """A name that a case got which the centre is to hear of: by which operation the case was opened, and when."""

    administration: str
    kind: str
    value: str
    operation: str
    at: Instant


class GoesBack(NamedTuple):
    """That the clock of a log may go back, as two persons agreed. digest: of what they agreed with."""

    digest: str
    by: str
    second: str
    reason: str


def _nobody_agreed(_newest: Instant, _now: Instant) -> GoesBack | None:
    return None


@dataclass(slots=True)
class Ports:
    """Everything an owner is given. goes_back: whether two persons agreed that the clock goes back from when the newest
    leaf was committed to now. opened: what a statement says that was signed, and the administration for which its
    signer speaks; raises SenderFault. abroad: where this node is not the centre and keeps cases of an administration
    that chose, the node's own administration: its message identifications name it, and the centre hears what begins;
    else empty. certify: a certificate for the key of a request, for a client of a country: in PEM, its thumbprint,
    until when it holds; raises DeclarationFault and NotFound. began: the operation, administration and message by which
    that is said of a name that a case got, which was opened by an operation at an instant. dismissed: since when a
    provider serves an administration with an operation no longer; ``NEVER`` for the present one. tells: the articles of
    time limits by their ids, where the node tells summaries of its cases to the centre; None where it tells none."""

    store: Store
    clock: Clock
    ids: Ids
    behaviour: Behaviour
    router: Router
    codecs: Codecs
    auditor: Auditor
    look: Callable[[dt.date], Look]
    budget: Instant = BUDGET
    statutory: StatutoryClock = field(default_factory=StatutoryClock)
    opened: Callable[[bytes, Instant], tuple[bytes, str]] = _nobody_signs
    certify: Callable[[bytes, str, str, Instant], tuple[str, str, Instant]] = _nobody_certifies
    abroad: Callable[[str], str] = lambda _administration: ""
    began: Callable[[Began], tuple[str, str, Any] | None] = lambda _began: None
    dismissed: Callable[[str, str, str], Instant] = lambda _administration, _operation, _provider: NEVER
    partitions: tuple[int, ...] = ()  # all of the node, this one among them; empty where there is one only
    goes_back: Callable[[Instant, Instant], GoesBack | None] = _nobody_agreed
    tells: Mapping[str, str] | None = None


@dataclass(slots=True, eq=False)
class Owner:
    """In-memory state of one owned partition."""

    partition: int
    ports: Ports
    epoch: int = 0
    state: OwnerRow = field(default_factory=lambda: OwnerRow(0, 0, 0, 0))
    pending: deque[Pending] = field(default_factory=deque)
    went_back: WentBack | None = None  # what the next leaf tells of the clock
    records: dict[bytes, Value | None] = field(default_factory=dict)
    minted: set[bytes] = field(default_factory=set)  # subjects, as they stand in keys
    certificates: set[bytes] = field(default_factory=set)  # known to be kept, by SHA-256
    aliases: dict[bytes, int] = field(default_factory=dict)
    serials: dict[bytes, int] = field(default_factory=dict)
    answers: dict[bytes, dict[object, Any]] = field(default_factory=dict)  # of registers, by administration
    registers: tuple[int, ...] = ()  # of the other partitions (``OwnerRow.registers``), when those answers were given
    messages: dict[int, Any] = field(default_factory=dict)  # remembered lately, typed, by position
    blocked: dict[int, int] = field(default_factory=dict)  # by case, what its messages wait behind
    joining: dict[tuple[int, str], int] = field(default_factory=dict)  # by case and sender, what his wait behind
    behind: dict[int, set[int]] = field(default_factory=dict)  # by position of a parked message, of those behind it
    fetched: int = 0
    """How many at the head of ``pending`` had their records read, by a tick that then had no time left."""
    next_timer: Instant = 0
    ended: bool = False
    salts: bytes = b""
    held: Hold | None = None
    sums: Sums = field(default_factory=Sums)
    allowance: Allowance = field(default_factory=Allowance)  # of answers to refused messages

    def begin(self, epoch: int | None = None) -> None:
        """Rebuild what memory holds: positions, unhandled messages, blocked subjects.

        Takes the partition, asking nobody, unless a claim gave the epoch already. Raises NewerRelease where a later
        release had it.
        """
        store = self.ports.store
        refuse_later(store, self.partition)
        self.epoch = store.take(self.partition) if epoch is None else epoch
        raw, hold = store.read([keys.space(keys.OWNER, self.partition), hold_key(self.partition)])
        self.held = read_hold(hold)
        self.ports.auditor.begin()
        if raw is not None:
            self.state = OWNER.read(raw)
            self._date(self.ports.clock.now())
        self.sums = self._sums(raw is None)
        self.state.registers = self.epoch << 32
        base = keys.log_position(self.partition, 0)
        after, end = base + self.state.cursor, base + self.state.journal
        while rows := store.scan_log(Log.JOURNAL, after, end, 1000):
            self.pending.extend(Pending(position, JOURNAL.read(row)) for position, row in rows)
            after = rows[-1][0]
        for parked in self.parked():
            if parked.blocks:
                self.blocked[parked.subject] = parked.position
            if parked.joins:
                self.joining[parked.subject, parked.sender] = parked.position
            if parked.waits_for:
                self.behind.setdefault(parked.waits_for, set()).add(parked.position)

    def _date(self, now: Instant) -> None:
        """See that the clock is not behind the newest leaf; or let it be, which the first leaf to come tells."""
        newest = self.state.committed
        agreed = self.ports.goes_back(newest, now) if newest - now > CLOCKS_DIFFER else None
        if agreed is not None and self.ports.store.read([went_back_key(self.partition, agreed.digest)])[0] is None:
            self.went_back = WentBack(now, newest, agreed.digest, agreed.by, agreed.second, agreed.reason)
            self.state.committed = now
        self.committing_at(now)

    def committing_at(self, now: Instant) -> Instant:
        """The instant of what is committed now: never before the newest leaf. Raises ClockWentBack where the clock is
        further behind it than clocks differ: what was committed would be told by an instant that is not true."""
        newest = self.state.committed
        if now >= newest:
            return now
        if newest - now > CLOCKS_DIFFER:
            raise ClockWentBack(
                f"The clock says {told(now)}, and what is committed here was by {told(newest)} already.",
                remedy="Set the clock right and start again. Where it was wrong before, two operators agree in the "
                "console that it goes back: douane timekeeping open.",
            )
        return newest

    def _sums(self, new: bool) -> Sums:
        """The sums of the state as they are kept, where the newest state leaf of the log commits to them.

        Where none does, the store is summed anew, beside the messages, and a leaf says so: an earlier release wrote it,
        it was restored, or somebody changed the sums.
        """
        store, summed = self.ports.store, self.state.summed
        if new:
            return Sums()
        kept = stored_sums(store, self.partition)
        upto, raw = store.read([progress_key(self.partition), state_key(self.partition, summed - 1 if summed else 0)])
        if not summed:
            return void() if upto is None else opened(kept, upto)
        row, sums = None if raw is None else STATE_ROW.read(raw), opened(kept)
        if row is not None and row.total == sums.total() and self.ports.auditor.holds(summed - 1, self._leaf_of(row)):
            return sums
        self.state.summed = 0
        return void()

    def _leaf_of(self, row: StateRow) -> bytes:
        return self.ports.auditor.state_leaf(row)

    @property
    def others(self) -> tuple[int, ...]:
        """The other partitions of the node; their committed state may be read, and changed by message only."""
        return tuple(p for p in self.ports.partitions if p != self.partition)

    def parked(self) -> list[Parked]:
        """Every message set aside in this partition, oldest first."""
        prefix = keys.space(keys.WAIT, self.partition)
        found: list[Parked] = []
        start = prefix
        while rows := self.ports.store.scan(start, keys.after(prefix), 1000):
            found.extend(PARKED.read(value) for _, value in rows)
            start = rows[-1][0] + b"\0"
        return found

    def parked_at(self, position: int) -> Parked | None:
        """The message of this position, where it is set aside."""
        raw = self.ports.store.read([keys.space(keys.WAIT, self.partition) + keys.u64(position)])[0]
        return None if raw is None else PARKED.read(raw)

    def mint(self, now: Instant) -> int:
        """A new subject id: time-ordered, unique in the partition."""
        millis = now // 1000
        last, serial = self.state.minted_at, self.state.minted
        if millis > last:
            last, serial = millis, 0
        elif serial == 0xFFF:
            last, serial = last + 1, 0
        else:
            serial += 1
        self.state.minted_at, self.state.minted = last, serial
        subject = keys.subject_id(last, self.partition, serial)
        self.minted.add(keys.u64(subject))
        return subject

    def beyond(self, now: Instant) -> int:
        """A subject id above all that there are."""
        return keys.subject_id(max(self.state.minted_at, now // 1000) + 1, self.partition, 0)

    def salt(self) -> bytes:
        """Sixteen random bytes; drawn from the port in blocks."""
        if len(self.salts) < 16:
            self.salts = self.ports.ids.random(4096)
        taken, self.salts = self.salts[:16], self.salts[16:]
        return taken

    def state_leaf(self) -> int:
        """The number the next audit leaf of this partition gets."""
        return self.state.leaf + 1

    def digest(self, body: bytes) -> bytes:
        """SHA-256 of a body."""
        return hashlib.sha256(body).digest()

    def decode(self, operation: str, id: str, content: Content) -> Any:
        """The typed message of an envelope or row; an inner one names its type in its id."""
        media = content.media
        name = id.partition(FROM)[0] if media is Media.VALUE else id
        return self.ports.codecs.decode(operation, name, media, content.octets)

    def journal_row(self, position: int) -> JournalRow:
        """A row of the journal."""
        raw = self.ports.store.read_log(Log.JOURNAL, [position])[0]
        if raw is None:
            segment = segment_of(self.ports.store, Log.JOURNAL, position)
            where = f"is archived in segment {segment}" if segment else "does not exist"
            raise LookupError(f"journal position {position:x} {where}")
        return JOURNAL.read(raw)

    def load(self, kind: RecordKind, key: bytes) -> Value | None:
        """A record from the cache or the store."""
        found: Any = self.records.get(key, _UNKNOWN)
        if found is _UNKNOWN:
            found = None
            if key[5:13] not in self.minted or key[:1] != keys.RECORD:  # ``_all_cached``
                raw = self.ports.store.read([key])[0]
                found = None if raw is None else kind.stored.read(raw)
            self.records[key] = found
        value: Value | None = found
        return value

    def _all_cached(self, key: bytes) -> bool:
        """Whether every record of the key's subject is in the cache: it was minted here and nothing of it trimmed."""
        return key[5:13] in self.minted and key.startswith(keys.RECORD)

    def fetch(self, wanted: Iterable[tuple[RecordKind, bytes]]) -> None:
        """Bring records into the cache with one batched read."""
        cache, missing = self.records, []
        for kind, key in wanted:
            if key not in cache:
                if self._all_cached(key):
                    cache[key] = None
                else:
                    missing.append((kind, key))
        if missing:
            values = self.ports.store.read([key for _, key in missing])
            for (kind, key), raw in zip(missing, values, strict=True):
                cache[key] = None if raw is None else kind.stored.read(raw)

    def trim(self) -> None:
        """Keep the caches bounded: of one that is full the newer half of the bound is kept."""
        if max(len(self.records), len(self.minted)) > CACHE_BOUND:
            self.minted.clear()
        if len(self.certificates) > CACHE_BOUND:
            self.certificates.clear()
        _halve(self.records, CACHE_BOUND)
        _halve(self.aliases, CACHE_BOUND)
        _halve(self.messages, MESSAGES_BOUND)

    def end(self) -> None:
        """Never tick again: the store refused, or a newer owner exists."""
        self.ended = True
        self.records.clear()
        self.minted.clear()
        self.aliases.clear()
        self.answers.clear()
        self.messages.clear()
        self.pending.clear()
        self.fetched = 0

    def must_live(self) -> None:
        """Raise when this owner has ended."""
        if self.ended:
            raise OurFault(f"The owner of partition {self.partition} has ended.", remedy="Start a new owner.")


def _halve(cache: dict[Any, Any], bound: int) -> None:
    if len(cache) > bound:
        for key in list(cache)[: len(cache) - bound // 2]:
            del cache[key]


_UNKNOWN: Final[Any] = object()
