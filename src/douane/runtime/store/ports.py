"""What the runtime needs from outside: store, clock, identity, transport. Filled in by ``assembly``, faked in tests.

A store holds bytes in two shapes: *logs* (dense integer positions, append only) and one ordered *map* of bytes.
What the bytes mean (records, indexes, aliases, audit tiles) is decided once, above every store.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from douane.runtime.store.transmission import Carried

Instant = int
"""Microseconds since 1970-01-01T00:00:00 UTC."""

SECOND: Instant = 1_000_000
MINUTE: Instant = 60 * SECOND
HOUR: Instant = 60 * MINUTE
DAY: Instant = 24 * HOUR


class Log(enum.IntEnum):
    """The append-only logs of a partition."""

    JOURNAL = 0  # every message accepted, external or internal
    SENT = 1  # every message that left a unit of work for a party outside
    REFUSAL = 2  # what was refused at the door, by the number of its audit leaf


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> Instant:
        """The present, as an instant; never goes back within one process."""


class Ids(Protocol):
    """The only source of randomness: ids, salts."""

    def random(self, size: int) -> bytes:
        """``size`` unpredictable bytes (repeatable from a seed in simulations)."""


class Batch:
    """Everything one tick commits, in one transaction.

    ``new`` must not exist yet, ``put`` replaces, ``gone`` deletes what neither of them writes; ``retired`` rows leave
    their log, where they are still there. A batch without content is not applied at all.
    """

    __slots__ = ("gone", "logs", "new", "put", "retired")

    def __init__(self) -> None:
        self.logs: dict[Log, list[tuple[int, bytes]]] = {}
        self.new: dict[bytes, bytes] = {}
        self.put: dict[bytes, bytes] = {}
        self.gone: set[bytes] = set()
        self.retired: dict[Log, list[int]] = {}

    def append(self, log: Log, position: int, value: bytes) -> None:
        """Add a row at the next position of a log."""
        self.logs.setdefault(log, []).append((position, value))

    def retire(self, log: Log, position: int) -> None:
        """Take a row out of a log: it moved to the archive."""
        self.retired.setdefault(log, []).append(position)

    def __bool__(self) -> bool:
        return bool(self.logs or self.new or self.put or self.gone or self.retired)


class Reader(Protocol):
    """Reading, the same on the live store and on a snapshot."""

    def read(self, keys: Sequence[bytes]) -> list[bytes | None]:
        """The values under these keys, in their order; None where there is none."""

    def scan(self, start: bytes, end: bytes, limit: int, *, reverse: bool = False) -> list[tuple[bytes, bytes]]:
        """Up to ``limit`` pairs with ``start <= key < end``, in key order (or backwards from ``end``)."""

    def read_log(self, log: Log, positions: Sequence[int]) -> list[bytes | None]:
        """Rows at these positions, in their order."""

    def scan_log(self, log: Log, after: int, end: int, limit: int) -> list[tuple[int, bytes]]:
        """Up to ``limit`` rows with ``after < position <= end``, ascending."""


class Store(Reader, Protocol):
    """A place where acknowledged messages survive."""

    def take(self, partition: int) -> int:
        """Become owner of a partition: a new, higher epoch. Whoever held it before can commit no more."""

    def epoch(self, partition: int) -> int:
        """The epoch that may commit now; 0 when nobody ever owned the partition."""

    def apply(self, batch: Batch, partition: int, epoch: int) -> None:
        """Commit a batch durably and at once, or not at all.

        Raises LostOwnership when ``epoch`` is stale or a position is written already, ForeignSubject when a key or a
        retired position lies outside the partition, AliasTaken when a ``new`` key exists, StoreUnavailable when the
        medium refuses (full disk, lost connection).
        """

    def snapshot(self) -> Reader:
        """A reader that sees one committed state, apart from the tick. Close it with ``close()`` where it has one."""

    def close(self) -> None:
        """Let go of files and connections."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right of one holder to commit in a partition.

    left: for how long it still holds, by the store's clock when it answered. A holder counts from before it asked.
    """

    partition: int
    holder: str
    epoch: int
    left: Instant


class Leases(Protocol):
    """How several processes share the partitions of one store. Every store here is one of these too.

    Only the store's own clock counts. What protects the data is the epoch, which ``apply`` compares in its transaction:
    a holder that was frozen beyond its lease commits nothing once another has claimed. Lease and term only decide when
    that may happen. An owner that lives by leases begins with ``claim``; ``Store.take`` asks nobody and ends any lease.
    """

    def claim(self, partition: int, holder: str, term: Instant) -> Lease | None:
        """Hold a partition for so long; None while another holder's lease lives.

        Each claim has a new epoch, the holder's own second one too: nothing it began before can land any more. Name
        a holder once per process, so that two lives of it never share a name.
        """

    def renew(self, lease: Lease, term: Instant) -> Lease | None:
        """Hold for so long from now, under the same epoch; None when somebody has claimed meanwhile."""

    def release(self, lease: Lease) -> None:
        """Give a partition up: its epoch commits no more, and anybody may claim at once. No effect on a later claim."""

    def leases(self) -> list[Lease]:
        """Who holds which partition now, by partition."""


class SharedStore(Store, Leases, Protocol):
    """What every backend opens."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Another process committed in a partition. ``marks``: the inboxes and lanes it filled; None when any may be."""

    partition: int
    marks: frozenset[int] | None

    def concerns(self, mark: int) -> bool:
        """Whether an inbox or lane may hold something new (``keys.mark``)."""
        return self.marks is None or mark in self.marks


class Notices(Protocol):
    """Hears of other processes' commits. Nothing rests on it: who is not told finds out later by looking."""

    def fileno(self) -> int:
        """What becomes readable when something was said."""

    def pending(self) -> list[Notice]:
        """What was said since the last call, without waiting. Raises StoreUnavailable when the line broke."""

    def close(self) -> None:
        """Hear no more."""


class Outcome(enum.Enum):
    """What became of one delivery attempt, in the queue world's words."""

    ARRIVED = "arrived"  # COA: stored at the receiver's door
    REFUSED = "refused"  # EXCEPTION: the receiver will never take it
    FAILED = "failed"  # no answer, or an answer that tells nothing: try again later


class Attempt(NamedTuple):
    """What came of an attempt, and why.

    after: seconds for which the partner of a failed one asks to be left alone. carried: what proves an arrival, where
    that is kept.
    """

    outcome: Outcome
    reason: str = ""
    after: float = 0.0
    carried: Carried | None = None

    @property
    def pause(self) -> Instant:
        """How long the partner asks to be left alone; 0 where it does not."""
        return round(self.after * SECOND)


Offered = tuple[str, Mapping[str, str], bytes]
"""A message for a carrier: delivery id, headers, body."""


class Transport(Protocol):
    """Carries messages of one lane to a partner."""

    async def send(self, lane: str, items: Sequence[Offered]) -> list[Attempt]:
        """Offer in order; what came of each that was tried. A shorter list means that the rest was not.

        Never raises for what a partner did.
        """


@dataclass(frozen=True, slots=True)
class Payload:
    """A payload in the payload store: SHA-256 of its content (hexadecimal), octets."""

    digest: str
    size: int


class PayloadDraft(Protocol):
    """A payload that is being written; nobody else can read it before it is published."""

    size: int

    def write(self, octets: bytes) -> None:
        """Add octets. Raises StoreUnavailable."""

    def read(self) -> Iterator[bytes]:
        """What was written, in pieces."""

    def publish(self, *, revocable: bool = False) -> Payload:
        """Make it durable under its digest, file and folder synced. Raises StoreUnavailable.

        revocable: whether it may be taken back before it is discarded.
        """

    @property
    def digest(self) -> str:
        """The SHA-256 of what was written, as hexadecimal digits."""

    def discard(self) -> None:
        """Leave nothing behind; after ``publish`` it changes nothing."""

    def take_back(self) -> None:
        """Remove what was published revocably, unless it was there before or others have published it since."""


class Payloads(Protocol):
    """Where large payloads are: durable before the message that refers to them is accepted."""

    def draft(self) -> PayloadDraft:
        """A payload to be written. Raises StoreUnavailable where the volume is nearly full."""

    def admit(self, party: str, sizes: Mapping[str, int]) -> None:
        """Count what a party is about to publish, octets by digest, against its share of the day. Raises Overloaded."""

    def open(self, digest: str) -> Iterator[bytes]:
        """The content of a published payload in pieces. Raises NotFound."""


def partition_of(key: bytes) -> int:
    """The partition a map key belongs to: bytes 1 and 2 of every key."""
    return key[1] << 8 | key[2]


def foreign_to(batch: Batch, partition: int) -> str:
    """The first key or retired position of a batch that does not belong to a partition; empty where all do."""
    for content in (batch.new, batch.put, batch.gone):
        for key in outside(content, partition):
            return f"Key {key.hex()}"
    for positions in batch.retired.values():
        for position in positions:
            if position >> 48 != partition:
                return f"Position {position:x}"
    return ""


def outside(keys: Iterable[bytes], partition: int) -> Iterator[bytes]:
    """The keys that do not belong to a partition."""
    mark = partition.to_bytes(2, "big")
    return (key for key in keys if key[1:3] != mark)
