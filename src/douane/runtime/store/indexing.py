"""Indexes that records of an earlier release lack: built in slices, a few hundred records a tick, while messages pass.

A record class names them in ``later``. From the first tick of the new release every record written has its entries;
what was written before is gone through in key order, and how far is kept in the store, in the commit of each slice.
Cases that opened after the first slice are passed over: under full load they would come faster than slices reach them.
Since one owner alone writes a partition, nothing changes between what a slice reads and what it commits, but by the
messages of the same tick, whose outcome it takes. Until a partition is done, ``find`` by such an index is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from douane.runtime.store import keys
from douane.runtime.store.ports import Batch, Reader
from douane.runtime.store.records import Index, RecordKind, Value, kinds
from douane.runtime.store.values import LATER, Stored
from douane.vocabulary.errors import NewerRelease, Overloaded

SLICE: Final = 1_024
"""Records: some milliseconds of a tick, and enough under full load, where ticks are long and few."""


class Progress(Value, frozen=True):
    """How far an index is built in a partition: up to this record, or all of it.

    until: above every subject that there was when it began; 0 where an earlier release began it.
    """

    after: bytes = b""
    done: bool = False
    until: int = 0


PROGRESS: Final = Stored(19, Progress)
Unbuilt = tuple[RecordKind, Index]


@dataclass(frozen=True, slots=True)
class BuildIndex:
    """Go through the next records for an index. position: any of the partition."""

    position: int
    kind: RecordKind
    index: Index
    records: int = SLICE


def progress_key(partition: int, index: Index) -> bytes:
    """Where it is kept how far an index is built."""
    return keys.space(keys.BUILT, partition) + index.mark


def indexes_of(kind: RecordKind) -> tuple[Index, ...]:
    """Everything of a record type that may have to be built: its indexes, and its entries as final data."""
    return kind.indexes if kind.filling is None else (*kind.indexes, kind.filling)


def unbuilt(store: Reader, partition: int) -> Iterator[Unbuilt]:
    """The indexes that are not complete in a partition."""
    for kind in kinds():
        for index in indexes_of(kind):
            if index.later and not _progress(store, partition, index).done:
                yield kind, index


def refuse_unbuilt(store: Reader, partitions: Sequence[int], index: Index) -> None:
    """Raise Overloaded where an index would leave out what an earlier release wrote."""
    if index.later and not all(_progress(store, partition, index).done for partition in partitions):
        raise Overloaded(f"Index {index.name} is being built.", remedy="Ask the same again in a while.")


def refuse_later(store: Reader, partition: int) -> None:
    """Raise NewerRelease where a later release has begun an index of records that this one would write without it."""
    known = {kind.mark: {index.mark for index in indexes_of(kind)} for kind in kinds()}
    space = keys.space(keys.BUILT, partition)
    for key, _ in store.scan(space, keys.after(space), 1000):
        mark = key[len(space) :]
        if mark not in known.get(mark[:2], {mark}):
            raise NewerRelease(f"Partition {partition} has an index that this release does not know.", remedy=LATER)


def build_slice(
    store: Reader, partition: int, command: BuildIndex, changed: Mapping[bytes, Value | None], beyond: int, batch: Batch
) -> list[tuple[RecordKind, bytes, Value]]:
    """Add the entries of the next records to the batch of a tick, and how far that reaches.

    Where records are entered as final (``RecordKind.filling``): these records, for whoever keeps final data.
    ``changed``: what the messages of the same tick leave of the records they touched; that counts, not what is stored.
    ``beyond``: above every subject of the partition by now.
    """
    kind, index = command.kind, command.index
    progress = _progress(store, partition, index)
    if progress.done:
        return []
    until = progress.until or beyond
    rows, done = _next(store, partition, progress.after, keys.u64(until), command.records)
    entered: list[tuple[RecordKind, bytes, Value]] = []
    for key, raw in rows:
        if key[13:15] != kind.mark:
            continue
        value = changed[key] if key in changed else kind.stored.read(raw)
        if value is None:
            continue
        if index is kind.filling:
            entered.append((kind, key, value))
            continue
        for entry in index.entries(index.values(value), keys.INDEX + key[1:5], key[5:13] + key[15:]):
            batch.put[entry] = key
    after = Progress(rows[-1][0] if rows else progress.after, done, until)
    batch.put[progress_key(partition, index)] = PROGRESS.write(after)
    return entered


def _next(
    store: Reader, partition: int, after: bytes, until: bytes, most: int
) -> tuple[list[tuple[bytes, bytes]], bool]:
    """The next records of cases before ``until``, administration by administration; whether these are the last."""
    space = keys.space(keys.RECORD, partition)
    start, found = after + b"\0" if after else space, list[tuple[bytes, bytes]]()
    while wanted := most - len(found):
        rows = store.scan(start, keys.after(space), wanted)
        old = list(takewhile(lambda row: row[0][5:13] < until, rows))
        found += old
        if len(old) < len(rows):  # what follows of this administration is younger
            start = keys.after(rows[len(old)][0][:5])
        elif len(rows) < wanted:
            return found, True
        else:
            start = rows[-1][0] + b"\0"
    return found, False


def _progress(store: Reader, partition: int, index: Index) -> Progress:
    raw = store.read([progress_key(partition, index)])[0]
    return PROGRESS.read(raw) if raw is not None else Progress()
