"""Taking a backup from a working node, through any store's reader.

The ordered map is read whole from one snapshot, which also says how far the logs go; the logs, which only grow, are
read after that snapshot was given back, so it holds nothing up for longer than the map takes. Map segments end where
a key's checksum says so: rows that did not change fall into segments that did not change, and a later backup refers to
those instead of writing them again.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, OWNER, OwnerRow
from douane.runtime.store.ports import Clock, Ids, Instant, Log, Reader
from douane.shared_services.archiving.files import make_folder, write_durably
from douane.shared_services.archiving.key import SealingKey
from douane.shared_services.archiving.segment import Row, Sealer, Table
from douane.shared_services.auditing.log import newest_checkpoint, tile_reader
from douane.shared_services.auditing.proving import audit_prefix
from douane.shared_services.backup_restore.manifest import FORMAT, Kept, Manifest, Partition, Piece, write_manifest
from douane.shared_services.backup_restore.payloads import Payloads
from douane.standards.transparency_log.note import Key, Signer
from douane.standards.transparency_log.tiles import GetTile, TiledTree
from douane.standards.transparency_log.tree import check_consistency
from douane.vocabulary.errors import Damaged, Overloaded, ProofFailed

PAGE: Final = 2_000
EVERYTHING: Final = (b"", b"\xff" * 64)
LOGS: Final = (Table.JOURNAL, Table.SENT, Table.REFUSAL)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes of rows in a segment: at the least before it may end at a checksum, at the most, and how rare an end is."""

    least: int = 1 << 20
    most: int = 8 << 20
    mask: int = 0x3FF


@dataclass(frozen=True, slots=True)
class Source:
    """A node as a backup sees it.

    reader: opens one committed state of its store, and is called again for the logs. log_name: by partition, under
    which its audit log signs. files: what else the node needs to come back: keys, identity, settings. archive: segments
    that were moved out of the store, by name. payloads: the files of the payload store now, by digest.
    """

    node: str
    release: str
    reader: Callable[[], Reader]
    signer: Signer
    clock: Clock
    ids: Ids
    log_name: Callable[[int], str]
    files: Mapping[str, bytes] = field(default_factory=dict)
    archive: Mapping[str, Path] = field(default_factory=dict)
    payloads: Callable[[], Mapping[str, Path]] = dict
    sizes: Sizes = Sizes()


def back_up(
    source: Source, repository: Path, key: SealingKey, *, previous: Manifest | None = None, incremental: bool = False
) -> Manifest:
    """Write a backup into a new folder of ``repository``; its manifest.

    previous: the newest backup there, whose audit log this one must go on from. incremental: write only what changed
    since then. Raises StoreUnavailable where a file cannot be written, Overloaded where messages were moved to the
    archive meanwhile, Damaged where the store does not go on from the backup before.
    """
    began, parent = source.clock.now(), previous if incremental else None
    reader = source.reader()
    try:
        partitions = tuple(_partitions(reader, source, previous))
        id = f"{dt.datetime.fromtimestamp(began / 1e6, dt.UTC):%Y%m%dT%H%M%S.%f}Z-{source.ids.random(4).hex()}"
        make_folder(repository)
        folder = make_folder(repository / id, new=True)
        writer = _Writer(folder, Sealer(key, id), parent, source.sizes)
        writer.write(Table.MAP, _map_rows(reader))
    finally:
        _close(reader)
    former = {p.number: p for p in parent.partitions} if parent else {}
    for table in LOGS:
        writer.keep(table)
        for partition in partitions:
            writer.write(table, _log_rows(source.reader, table.log, partition, former.get(partition.number)))
    _must_not_have_moved(source.reader, partitions)
    payloads = Payloads(source.payloads(), frozenset(parent.payloads) if parent else frozenset())
    writer.keep(Table.PAYLOAD)
    writer.write(Table.PAYLOAD, payloads.rows())  # after the rows that refer to them: none of those is missing
    writer.write(Table.FILES, [(name.encode(), source.files[name]) for name in sorted(source.files)])
    archive = tuple(_archive(source, folder, id, parent))
    manifest = Manifest(
        FORMAT, id, source.node, source.release, source.signer.key.text(), key.id, began, source.clock.now(),
        parent.id if parent else "", writer.counts, partitions, tuple(writer.pieces), archive,
        tuple(sorted(payloads.kept)),
    )  # fmt: skip
    write_manifest(folder, manifest, source.signer)
    return manifest


class _Writer:
    """Writes segments into the folder of a backup, or refers to equal ones of the backup before."""

    def __init__(self, folder: Path, sealer: Sealer, parent: Manifest | None, sizes: Sizes) -> None:
        self._folder, self._sealer, self._sizes = folder, sealer, sizes
        self._parent = parent
        self._known = {(p.table, p.content): p for p in parent.segments} if parent else {}
        self._number = 0
        self.pieces: list[Piece] = []
        self.counts: dict[str, int] = dict.fromkeys(Table, 0)

    def keep(self, table: Table) -> None:
        """Everything that the backup before holds of a log belongs to this one too."""
        for piece in self._parent.of(table) if self._parent else ():
            self.pieces.append(piece)
            self.counts[table] += piece.rows

    def write(self, table: Table, rows: Iterable[Row]) -> None:
        """Rows in their order, in as many segments as they need."""
        for chunk in _chunks(rows, self._sizes):
            raw, content = self._sealer.content_of(chunk)
            self.counts[table] += len(chunk)
            known = self._known.get((table.value, content))
            self.pieces.append(known or self._segment(table, chunk, raw, content))

    def _segment(self, table: Table, rows: list[Row], raw: bytes, content: str) -> Piece:
        self._number += 1
        data = self._sealer.seal(self._number, table, raw)
        first, last = _name(rows[0][0]), _name(rows[-1][0])
        digest = sha256(data).hexdigest()
        piece = Piece(self._sealer.set_id, self._number, table, len(rows), first, last, len(data), digest, content)
        write_durably(self._folder / piece.name, data)
        return piece


def _chunks(rows: Iterable[Row], sizes: Sizes) -> Iterator[list[Row]]:
    chunk: list[Row] = []
    size = 0
    for row in rows:
        key, value = row
        chunk.append(row)
        size += len(value) + (len(key) if isinstance(key, bytes) else 8)
        ends = size >= sizes.least and isinstance(key, bytes) and not _mixed(key) & sizes.mask
        if ends or size >= sizes.most:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _mixed(key: bytes) -> int:
    """A number of a key. A checksum alone is linear: keys that count upwards may have no end in common."""
    return zlib.crc32(key) * 0x9E3779B1 >> 16


def _name(key: int | bytes) -> str:
    return key.hex() if isinstance(key, bytes) else f"{key:x}"


def _partitions(reader: Reader, source: Source, previous: Manifest | None) -> Iterator[Partition]:
    former = {p.number: p for p in previous.partitions} if previous else {}
    for key, raw in reader.scan(keys.OWNER, keys.after(keys.OWNER), PAGE):
        number, row = int.from_bytes(key[1:3], "big"), OWNER.read(raw)
        yield _partition(reader, source, number, row, former.get(number))


def _partition(reader: Reader, source: Source, number: int, row: OwnerRow, former: Partition | None) -> Partition:
    prefix = audit_prefix(number)
    log_key = Key(source.log_name(number), source.signer.key.public)
    newest = newest_checkpoint(reader.read, log_key.name, log_key, prefix=prefix)
    note, size, root = (newest[0], newest[1].size, newest[1].root.hex()) if newest else ("", 0, "")
    tiles = tile_reader(reader.read, prefix=prefix)
    since, proof = _goes_on(number, size, root, tiles, former) if former and former.leaves else (0, ())
    last = _last_message(reader, number, row.journal) or (former.last_message if former else 0)
    hashes = tuple(h.hex() for h in proof)
    return Partition(number, row.journal, row.sent, row.cursor, size, root, note, last, since, hashes,
                     moved_mark(reader, number))  # fmt: skip


def _goes_on(number: int, size: int, root: str, tiles: GetTile, former: Partition) -> tuple[int, tuple[bytes, ...]]:
    """The proof that the log goes on from the backup before, checked here so that no backup is taken for nothing."""
    try:
        proof = TiledTree(size, tiles).consistency_proof(former.leaves)
        check_consistency(former.leaves, bytes.fromhex(former.root), size, bytes.fromhex(root), proof)
    except ProofFailed as problem:
        raise Damaged(
            f"The audit log of partition {number} ({size} leaves) does not go on from the backup before "
            f"({former.leaves} leaves): its store was set back.",
            remedy="If it was restored from an older backup, keep its backups in a new folder from now on.",
        ) from problem
    return former.leaves, proof


def moved_mark(reader: Reader, partition: int) -> str:
    """How far messages of a partition have moved to the archive, as text to be compared."""
    prefix = keys.space(keys.ARCHIVE, partition) + b"c"
    return ",".join(value.hex() for _, value in reader.scan(prefix, keys.after(prefix), PAGE))


def _last_message(reader: Reader, partition: int, journal: int) -> Instant:
    """When the last message from outside was received, as far as the newest rows tell; 0 where they are all inner."""
    end = keys.log_position(partition, journal)
    for back in (64, 4_096):
        rows = reader.scan_log(Log.JOURNAL, max(end - back, keys.log_position(partition, 0)), end, back)
        for _, raw in reversed(rows):
            row = JOURNAL.read(raw)
            if row.origin.platform:
                return row.received
    return 0


def _map_rows(reader: Reader) -> Iterator[Row]:
    start, end = EVERYTHING
    while rows := reader.scan(start, end, PAGE):
        yield from rows
        start = rows[-1][0] + b"\0"


def _log_rows(open_reader: Callable[[], Reader], log: Log, at: Partition, former: Partition | None) -> Iterator[Row]:
    """The rows of one log and partition after the backup before, up to the snapshot, page by page."""
    after = keys.log_position(at.number, _reach(former, log) if former else 0)
    end = keys.log_position(at.number, _reach(at, log))
    more = after < end
    while more:
        reader = open_reader()
        try:
            for _ in range(8):
                rows = reader.scan_log(log, after, end, PAGE)
                yield from rows
                more = bool(rows) and rows[-1][0] < end
                if not more:
                    break
                after = rows[-1][0]
        finally:
            _close(reader)


def _reach(at: Partition, log: Log) -> int:
    """The last number of a log in a snapshot; refusals stand under the number of their audit leaf."""
    match log:
        case Log.JOURNAL:
            return at.journal
        case Log.SENT:
            return at.sent
        case Log.REFUSAL:
            return at.leaves


def _must_not_have_moved(open_reader: Callable[[], Reader], partitions: tuple[Partition, ...]) -> None:
    reader = open_reader()
    try:
        if any(moved_mark(reader, p.number) != p.moved for p in partitions):
            raise Overloaded("Messages moved to the archive during the backup.", remedy="Take the backup again.")
    finally:
        _close(reader)


def _archive(source: Source, folder: Path, id: str, parent: Manifest | None) -> Iterator[Kept]:
    known = {(kept.name, kept.sha256): kept for kept in parent.archive} if parent else {}
    for name in sorted(source.archive):
        data = source.archive[name].read_bytes()
        kept = Kept(id, name, len(data), sha256(data).hexdigest())
        if (name, kept.sha256) in known:
            yield known[name, kept.sha256]
        else:
            write_durably(folder / name, data)
            yield kept


def _close(reader: Reader) -> None:
    """Give a snapshot back, where it has something to give back."""
    close = getattr(reader, "close", None)
    if close is not None:
        close()
