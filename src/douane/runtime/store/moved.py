"""What moved out of the logs into the archive: old messages leave the store, the way to them stays.

A partition's row of *reaches* says how far each log has been gone through; what had to stay in front of it (an open
case, a legal hold) is listed as left behind. An entry for each segment says which positions it holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from douane.runtime.store import keys
from douane.runtime.store.ports import Instant, Log, Reader
from douane.runtime.store.records import Value
from douane.runtime.store.values import Stored

_PAGE = 1_000
MOVABLE = (Log.JOURNAL, Log.SENT)


class Reaches(Value, frozen=True):
    """Numbers up to which retention has gone through the logs of a partition."""

    journal: int = 0
    sent: int = 0

    def of(self, log: Log) -> int:
        """The number of one log."""
        return self.sent if log is Log.SENT else self.journal


class Moved(Value, frozen=True):
    """A segment of the archive: the first and the last position it took from a log, when, and its digest."""

    segment: str
    first: int
    last: int
    rows: int
    at: Instant
    sha256: str = ""


REACHES = Stored(16, Reaches)
MOVED = Stored(17, Moved)


def reaches_key(partition: int) -> bytes:
    """Where the reaches of a partition lie."""
    return keys.space(keys.ARCHIVE, partition) + b"c"


def left_key(partition: int, log: Log, position: int) -> bytes:
    """The mark of a message that was left behind."""
    return keys.space(keys.ARCHIVE, partition) + b"l" + bytes((log,)) + keys.u64(position)


def range_key(partition: int, log: Log, first: int) -> bytes:
    """Where the entry of a segment lies: by the first position it took."""
    return keys.space(keys.ARCHIVE, partition) + b"r" + bytes((log,)) + keys.u64(first)


def place_key(partition: int, log: Log, position: int) -> bytes:
    """Where it stands into which segment a message moved that had been left behind."""
    return keys.space(keys.ARCHIVE, partition) + b"p" + bytes((log,)) + keys.u64(position)


def reaches_of(reader: Reader, partition: int) -> Reaches:
    """How far retention has gone; zeros where it never ran."""
    raw = reader.read([reaches_key(partition)])[0]
    return REACHES.read(raw) if raw else Reaches()


def left_behind(reader: Reader, partition: int, log: Log) -> Iterator[int]:
    """Positions that were gone through and stayed, ascending."""
    prefix = keys.space(keys.ARCHIVE, partition) + b"l" + bytes((log,))
    start = prefix
    while rows := reader.scan(start, keys.after(prefix), _PAGE):
        for key, _ in rows:
            yield int.from_bytes(key[-8:], "big")
        start = rows[-1][0] + b"\0"


def entries(reader: Reader, partition: int, log: Log) -> Iterator[Moved]:
    """The segments that took contiguous stretches of a log, in order of their positions."""
    prefix = keys.space(keys.ARCHIVE, partition) + b"r" + bytes((log,))
    start = prefix
    while rows := reader.scan(start, keys.after(prefix), _PAGE):
        for _, raw in rows:
            yield MOVED.read(raw)
        start = rows[-1][0] + b"\0"


def places(reader: Reader, partition: int, log: Log) -> Iterator[tuple[int, str]]:
    """Messages that were left behind first and moved later: position and segment."""
    prefix = keys.space(keys.ARCHIVE, partition) + b"p" + bytes((log,))
    start = prefix
    while rows := reader.scan(start, keys.after(prefix), _PAGE):
        for key, raw in rows:
            yield int.from_bytes(key[-8:], "big"), raw.decode()
        start = rows[-1][0] + b"\0"


def segment_of(reader: Reader, log: Log, position: int) -> str:
    """The segment that holds a message which is not in its log; empty where none does."""
    partition = position >> 48
    exact = reader.read([place_key(partition, log, position)])[0]
    if exact is not None:
        return exact.decode()
    prefix = keys.space(keys.ARCHIVE, partition) + b"r" + bytes((log,))
    found = reader.scan(prefix, prefix + keys.u64(position + 1), 1, reverse=True)
    moved = MOVED.read(found[0][1]) if found else None
    return moved.segment if moved is not None and position <= moved.last else ""
