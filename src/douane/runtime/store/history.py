"""What was held of a record at a time: its versions, and the tombstones of its deletions.

Two times order a version. *Recorded*: when the node learned it. *Valid from*: since when it holds. What was valid at a
time, as known at another, is the version that begins last before the one among those recorded before the other. A
deletion is a version too, without content, so that what is gone is gone from its day on and stands before it.

Invariants: a version is never overwritten nor taken away; of two that say the same times the one of the later message
counts; an index entry that a version gives up to its successor stays under ``keys.PAST``, so that each version is found
through the entries of today and those of the past together. Release 0.1 kept no tombstones and no entries of the past:
what it deleted stands in the history until the next change, what it changed is found by what was held last.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from douane.runtime.store import keys
from douane.runtime.store.ports import Instant, Reader
from douane.runtime.store.records import Index, RecordKind, Value
from douane.vocabulary.errors import BadQuery

_PAGE: Final = 1_000
_U64: Final = 8


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a record, its times in microseconds. position: of the message that left it. value: None where it
    deletes the record."""

    recorded: Instant
    valid_from: Instant
    position: int
    value: Any


@dataclass(frozen=True, slots=True)
class AsOf:
    """Of when a question is: what was known at a time, of what was valid at another (None: whatever was known last)."""

    known_at: Instant
    valid_at: Instant | None = None

    def held(self, versions: Iterable[Version]) -> Any:
        """What these versions of a record say; None where it was not there."""
        known = (each for each in versions if each.recorded <= self.known_at)
        if self.valid_at is None:
            last = max(known, key=lambda each: (each.recorded, each.position), default=None)
        else:
            begun = (each for each in known if each.valid_from <= self.valid_at)
            last = max(begun, key=lambda each: (each.valid_from, each.recorded, each.position), default=None)
        return last.value if last is not None else None


@dataclass(frozen=True, slots=True)
class Range:
    """A range of a declared index: equality on its leading fields, ``low <= field < high`` on the next."""

    index: Index
    equal: Sequence[object]
    low: object = None
    high: object = None

    def bounds(self, head: bytes) -> tuple[bytes, bytes]:
        """Start and end of its scan. head: space, partition and administration."""
        stem = head + self.index.mark + b"".join(keys.field(each) for each in self.equal)
        return keys.bounds(stem, self.low, self.high)

    def entries(self, record_key: bytes, value: Value) -> list[bytes]:
        """The entries of a version inside the range, without space, partition and administration."""
        head = keys.INDEX + record_key[1:5]
        start, end = self.bounds(head)
        tail = record_key[5:13] + record_key[15:]
        return [e[5:] for e in self.index.entries(self.index.values(value), head, tail) if start <= e < end]


def must_have_history(kind: RecordKind) -> None:
    """Raise BadQuery where a record type keeps no history: it could not say what was."""
    if not kind.history:
        raise BadQuery(f"{kind.type.__name__} keeps no history.", remedy="Declare it with history=True.")


def version_key(record_key: bytes, version: Version) -> bytes:
    """Under which key a version is stored."""
    stamp = keys.u64(version.recorded) + keys.u64(version.valid_from) + keys.u64(version.position)
    return keys.history_prefix(record_key) + stamp


def version_value(kind: RecordKind, version: Version) -> bytes:
    """How a version is stored: a tombstone is empty."""
    return b"" if version.value is None else kind.stored.write(version.value)


def stored_versions(reader: Reader, kind: RecordKind, record_key: bytes, as_of: AsOf) -> Iterator[Version]:
    """The committed versions of a record that were known then, as they were recorded."""
    prefix = keys.history_prefix(record_key)
    start, end = prefix, prefix + keys.u64(as_of.known_at + 1)
    while rows := reader.scan(start, end, _PAGE):
        for key, raw in rows:
            recorded, valid_from, position = _numbers(key[len(prefix) :])
            yield Version(recorded, valid_from, position, kind.stored.read(raw) if raw else None)
        start = rows[-1][0] + b"\0"


def _numbers(stamp: bytes) -> tuple[int, int, int]:
    """Recorded, valid from and position; release 0.1 wrote no position."""
    recorded, valid_from, position = (int.from_bytes(stamp[n : n + _U64], "big") for n in (0, _U64, 2 * _U64))
    return recorded, valid_from, position


def past_entries(kind: RecordKind, record_key: bytes, value: Value) -> Iterator[bytes]:
    """The keys under which a version that gives way to another stays to be found."""
    yield from kind.entries(value, keys.PAST + record_key[1:5], record_key[5:13] + record_key[15:])


def found(
    reader: Reader, kind: RecordKind, heads: Iterable[bytes], wanted: Range, as_of: AsOf, after: bytes = b""
) -> Iterator[tuple[bytes, bytes, Any]]:
    """(entry, record key, version) of every record that lay in the range then, in the order of the index.

    heads: partition and administration as they stand in keys. after: the entry behind which to go on.
    """
    for entry, key in heapq.merge(*(_candidates(reader, head, wanted, after) for head in heads)):
        value = as_of.held(stored_versions(reader, kind, key, as_of))
        if value is not None and entry in wanted.entries(key, value):
            yield entry, key, value


def _candidates(reader: Reader, head: bytes, wanted: Range, after: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Entry and record key of every version, of today or of the past, in the range; none of them twice."""
    scans = []
    for space in (keys.INDEX, keys.PAST):
        start, end = wanted.bounds(space + head)
        scans.append(_pairs(reader, max(start, space + head + after + b"\0") if after else start, end))
    last = b""
    for entry, key in heapq.merge(*scans):
        if entry != last:
            yield entry, key
        last = entry


def _pairs(reader: Reader, start: bytes, end: bytes) -> Iterator[tuple[bytes, bytes]]:
    while rows := reader.scan(start, end, _PAGE):
        yield from ((key[5:], record) for key, record in rows)
        start = rows[-1][0] + b"\0"
