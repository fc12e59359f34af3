"""Bringing a verified backup back into an empty store, through the store port: any backup into any store.

The store is marked as loading first, and nothing starts from it so; the rows that say where a partition stands come
last, together with the hold. Numbers that the lost node may have given out after the backup are left out, so that
nothing new is taken for what was lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from douane.runtime.replication.sums import PARTS, progress_key, sum_key
from douane.runtime.store import keys
from douane.runtime.store.envelope import OWNER
from douane.runtime.store.hold import HELD, HOLD, LOADING, Hold, hold_key
from douane.runtime.store.moved import MOVABLE, left_behind, reaches_of
from douane.runtime.store.ports import Batch, Instant, Log, Reader, Store, partition_of
from douane.shared_services.archiving.segment import BESIDE, Row, Table
from douane.shared_services.auditing.octets import Octets
from douane.shared_services.auditing.walking import Walk
from douane.shared_services.backup_restore.manifest import Manifest, Partition
from douane.shared_services.backup_restore.verification import Segments
from douane.standards.transparency_log.checkpoint import parse_checkpoint
from douane.standards.transparency_log.note import Key, parse_note
from douane.vocabulary.errors import Damaged, DouaneError, StoreUnavailable

ROWS: Final = 20_000
BYTES: Final = 16 << 20
POSITIONS_LEFT_OUT: Final = 1_000_000
"""Positions that are not given out again: cursors and message ids of partners may lie among them."""
SERIALS_LEFT_OUT: Final = 1_000
"""The same for numbers of a series (MRN, decision references): at least so many, or as many as leaves are missing."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore wrote: rows of each table, and from where on each partition counts."""

    counts: dict[str, int]
    next_numbers: dict[int, tuple[int, int]]


class Loader:
    """Writes one backup into one empty store; ``load``, then ``inspect``, then ``finish``."""

    def __init__(self, segments: Segments, store: Store, *, at: Instant) -> None:
        self._segments, self._store, self._at = segments, store, at
        self._manifest = segments.manifest
        self._last: dict[int, Batch] = {}
        self._epochs: dict[int, int] = {}
        self._counts: dict[str, int] = dict.fromkeys(Table, 0)
        self._serials: list[tuple[bytes, bytes]] = []
        self._left: dict[tuple[int, Log], tuple[int, frozenset[int] | None]] = {}

    def load(self) -> dict[str, int]:
        """Write every row but those that make the store count; rows by table. Raises Damaged, StoreUnavailable."""
        _must_be_empty(self._store)
        for at in self._manifest.partitions:
            self._epochs[at.number] = self._store.take(at.number)
            self._last[at.number] = Batch()
            self._mark(at.number, Hold(LOADING, self._at, f"backup {self._manifest.id}"))
        for table in Table:
            if table not in BESIDE:
                self._table(table)
        for name, number in self._counts.items():
            if name not in BESIDE and number != self._manifest.counts[name]:
                raise Damaged(
                    f"The backup holds {number} {name} rows; its manifest counts {self._manifest.counts[name]}."
                )
        return self._counts

    def inspect(self, octets: Octets | None = None) -> None:
        """Compute every audit leaf again from the restored rows, those in the archive included, with every digest that
        a row names, and compare all of the log; raises Damaged. ``octets``: looks at payloads too."""
        rows = self._segments.whole(self._store)
        for at in self._manifest.partitions:
            walk = Walk(at.number, log_key_of(self._manifest, at), octets)
            try:
                finding = next(walk.slice(rows, live=self._with_last(at.number)), None)
            except DouaneError as problem:
                raise Damaged(f"The audit log of partition {at.number}: {problem.text}") from problem
            if finding is not None:
                field = f" ({finding.field})" if finding.field else ""
                raise Damaged(f"The audit log of partition {at.number}: {finding.where}{field}: {finding.text}")

    def finish(self, missing: dict[int, int]) -> Restored:
        """Make the store count, held; ``missing``: audit leaves known to be lost, by partition."""
        numbers = {}
        for at in self._manifest.partitions:
            batch, lost = self._last[at.number], missing.get(at.number, 0)
            numbers[at.number] = self._move_on(batch, at, lost)
            reason = f"restored from backup {self._manifest.id}"
            batch.put[hold_key(at.number)] = HOLD.write(Hold(HELD, self._at, reason))
            self._store.apply(batch, at.number, self._epochs[at.number])
        return Restored({t: n for t, n in self._counts.items() if t not in BESIDE}, numbers)

    def _move_on(self, batch: Batch, at: Partition, lost: int) -> tuple[int, int]:
        """Leave out the numbers that may have been given to what was lost."""
        key = keys.space(keys.OWNER, at.number)
        row = OWNER.read(batch.put[key])
        skip = max(lost, POSITIONS_LEFT_OUT)
        row = msgspec.structs.replace(row, journal=row.journal + skip, sent=row.sent + skip, summed=0)
        batch.put[key] = OWNER.write(row)
        for serial, raw in self._serials:
            if partition_of(serial) == at.number:
                batch.put[serial] = keys.u64(int.from_bytes(raw, "big") + max(lost, SERIALS_LEFT_OUT))
        batch.gone |= {sum_key(at.number, part) for part in range(PARTS)}  # other numbers, so another state:
        batch.gone.add(progress_key(at.number))  # the node sums it when it starts, and a leaf says so
        return row.journal + 1, row.sent + 1

    def _with_last(self, partition: int) -> Reader:
        """The store with the rows that make it count, as the backup has them."""
        serials = {key: raw for key, raw in self._serials if partition_of(key) == partition}
        return Beside(self._store, self._last[partition].put | serials)

    def _mark(self, partition: int, hold: Hold) -> None:
        batch = Batch()
        batch.put[hold_key(partition)] = HOLD.write(hold)
        self._store.apply(batch, partition, self._epochs[partition])

    def _table(self, table: Table) -> None:
        pending: dict[int, tuple[Batch, list[int]]] = {}
        for key, value in self._rows(table):
            self._counts[table] += 1
            partition = key >> 48 if isinstance(key, int) else partition_of(key)
            if partition not in self._epochs:
                raise Damaged(f"A {table} row of the backup belongs to partition {partition}, which it does not name.")
            batch, size = pending.setdefault(partition, (Batch(), [0, 0]))
            if isinstance(key, int):
                if self._has_moved(table.log, key):
                    continue  # an earlier backup holds the row, the newest one its place in the archive
                batch.append(table.log, key, value)
            elif key[:1] == keys.OWNER:
                self._last[partition].put[key] = value
                continue
            elif key[:1] == keys.SERIAL:
                self._serials.append((key, value))
                continue
            elif key[:1] == keys.HOLD:
                continue
            else:
                batch.put[key] = value
            size[0] += 1
            size[1] += len(value)
            if size[0] >= ROWS or size[1] >= BYTES:
                self._store.apply(pending.pop(partition)[0], partition, self._epochs[partition])
        for partition, (batch, _) in pending.items():
            if batch:
                self._store.apply(batch, partition, self._epochs[partition])

    def _has_moved(self, log: Log, position: int) -> bool:
        partition = position >> 48
        if log not in MOVABLE:
            return False
        if (partition, log) not in self._left:
            reach = reaches_of(self._store, partition).of(log)
            self._left[partition, log] = reach, frozenset(left_behind(self._store, partition, log)) if reach else None
        reach, left = self._left[partition, log]
        return keys.position_number(position) <= reach and left is not None and position not in left

    def _rows(self, table: Table) -> Iterator[Row]:
        for piece in self._manifest.of(table):
            yield from self._segments.open(piece).rows


class Beside:
    """A reader that sees some more rows of the map than a store holds yet."""

    def __init__(self, reader: Reader, rows: Mapping[bytes, bytes]) -> None:
        self._reader, self._rows = reader, dict(sorted(rows.items()))

    def read(self, keys: Sequence[bytes]) -> list[bytes | None]:
        """The values under these keys."""
        found = self._reader.read(keys)
        return [self._rows.get(key, raw) for key, raw in zip(keys, found, strict=True)]

    def scan(self, start: bytes, end: bytes, limit: int, *, reverse: bool = False) -> list[tuple[bytes, bytes]]:
        """Pairs of both, in key order or backwards."""
        more = {key: value for key, value in self._rows.items() if start <= key < end}
        pairs = dict(self._reader.scan(start, end, limit, reverse=reverse)) | more
        return sorted(pairs.items(), reverse=reverse)[:limit]

    def read_log(self, log: Log, positions: Sequence[int]) -> list[bytes | None]:
        """Rows of the store."""
        return self._reader.read_log(log, positions)

    def scan_log(self, log: Log, after: int, end: int, limit: int) -> list[tuple[int, bytes]]:
        """Rows of the store."""
        return self._reader.scan_log(log, after, end, limit)


def _must_be_empty(store: Store) -> None:
    if store.scan(b"", b"\xff" * 64, 1) or any(store.scan_log(log, 0, 1 << 62, 1) for log in Log):
        raise StoreUnavailable(
            "The store to restore into is not empty.", remedy="Name another folder or database; nothing was changed."
        )


def log_key_of(manifest: Manifest, at: Partition) -> Key:
    """The key under which a partition's log signs."""
    origin = parse_checkpoint(parse_note(at.checkpoint)).origin if at.checkpoint else manifest.key.name
    return Key(origin, manifest.key.public)
