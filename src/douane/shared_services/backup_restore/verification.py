"""Verifying a backup before a byte of it is used, and its audit log against checkpoints that were seen elsewhere.

What could not be verified counts as failed: every path ends with a proof or with an error that says what and where.
"""

from __future__ import annotations

import enum
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from douane.runtime.store.ports import Reader
from douane.shared_services.archiving.key import ARCHIVE_KEY, SealingKey, parse_key_line
from douane.shared_services.archiving.moving import SUFFIX
from douane.shared_services.archiving.reading import Archive, ArchivedReader
from douane.shared_services.archiving.segment import Opened, Row, Sealer, Table
from douane.shared_services.backup_restore.manifest import Kept, Manifest, Partition, Piece, finished, read_manifest
from douane.standards.transparency_log.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from douane.standards.transparency_log.note import Key, parse_note
from douane.standards.transparency_log.tiles import GetTile, TiledTree
from douane.standards.transparency_log.tree import check_consistency
from douane.vocabulary.errors import Damaged, DouaneError, NotFound, NotWellFormed, ProofFailed, WrongKey


class Segments:
    """The segments of a backup, opened one by one under its key."""

    def __init__(self, repository: Path, manifest: Manifest, key: SealingKey) -> None:
        self._repository, self.manifest, self._key = repository, manifest, key
        self._sealers: dict[str, Sealer] = {}
        if key.id != manifest.key_id:
            raise WrongKey(
                f"Backup {manifest.id} was sealed under key {manifest.key_id}; the key given is {key.id}.",
                remedy="Name the file of the other key: --key FILE.",
            )

    def where(self, piece: Piece | Kept) -> Path:
        """The file of a segment."""
        return self._repository / piece.set / piece.name

    def check_files(self) -> int:
        """Hash every file against the signed manifest; the bytes read. Raises Damaged for the first that differs."""
        total = 0
        every: tuple[Piece | Kept, ...] = (*self.manifest.segments, *self.manifest.archive)
        for piece in every:
            what = f"{piece.table} {piece.first} to {piece.last}" if isinstance(piece, Piece) else "archive"
            data = _read(self.where(piece), what)
            if len(data) != piece.bytes:
                raise Damaged(
                    f"{self.where(piece)} ({what}) has {len(data)} bytes instead of {piece.bytes}.", remedy=_COPY
                )
            if sha256(data).hexdigest() != piece.sha256:
                raise Damaged(f"{self.where(piece)} ({what}) was changed: its SHA-256 differs.", remedy=_COPY)
            total += len(data)
        return total

    def open(self, piece: Piece) -> Opened:
        """The rows of a segment, which are those that the manifest counts."""
        where = self.where(piece)
        sealer = self._sealers.setdefault(piece.set, Sealer(self._key, piece.set))
        opened = sealer.open(_read(where, piece.table), str(where))
        header = opened.header
        if (header.number, header.table, len(opened.rows)) != (piece.number, piece.table, piece.rows):
            raise Damaged(f"{where} is not the segment of {piece.rows} {piece.table} rows that the manifest names.")
        return opened

    def files(self) -> dict[str, bytes]:
        """Keys, identity and settings by name."""
        rows = (row for piece in self.manifest.of(Table.FILES) for row in self.open(piece).rows)
        return {key.decode(): value for key, value in rows if isinstance(key, bytes)}

    def payloads(self) -> Iterator[Row]:
        """The pieces of every payload, in order."""
        return (row for piece in self.manifest.of(Table.PAYLOAD) for row in self.open(piece).rows)

    def whole(self, reader: Reader) -> Reader:
        """A restored store with its logs whole: what had moved to the archive is read from the backup's copies."""
        kept = {each.name: self.where(each) for each in self.manifest.archive}
        secret = self.files().get(ARCHIVE_KEY)
        if not kept or secret is None:
            return reader

        def path_of(segment: str) -> Path:
            name = f"{segment}{SUFFIX}"
            return kept.get(name, self._repository / self.manifest.id / name)

        return ArchivedReader(reader, Archive(path_of, parse_key_line(secret.decode(), ARCHIVE_KEY)))


_COPY = "Take another copy of this file."


def _read(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as problem:
        raise Damaged(f"{path} ({what}) is missing.", remedy="Copy it back from where the backup is kept.") from problem
    except OSError as problem:
        raise Damaged(f"{path} ({what}) cannot be read: {problem.strerror}.", remedy=_COPY) from problem


def open_backup(folder: Path, key: SealingKey, trusted: Key | None = None) -> Segments:
    """The backup in a folder, its signature and every hash verified. Raises Damaged, NotFound or WrongKey."""
    manifest = read_manifest(folder, trusted)
    segments = Segments(folder.parent, manifest, key)
    segments.check_files()
    return segments


# --- checkpoints


@dataclass(frozen=True, slots=True)
class Seen:
    """A checkpoint of the log that was seen somewhere, and the proof that it goes on from ``since`` leaves."""

    where: str
    note: str
    since: int = 0
    proof: tuple[bytes, ...] = ()


class Verdict(enum.StrEnum):
    """How a restored log stands to a checkpoint."""

    EXTENDS = "extends"  # the restored log goes on from the checkpoint, or equals it
    EXTENDED = "extended"  # the checkpoint goes on from the restored log: what came between is missing
    UNPROVEN = "unproven"  # the checkpoint is larger, and nothing proves that it goes on from the restored log


@dataclass(frozen=True, slots=True)
class Comparison:
    """A checkpoint beside the restored log of a partition; ``missing``: leaves that it covers and the log lacks."""

    where: str
    partition: int
    verdict: Verdict
    size: int
    restored: int
    time: int

    @property
    def missing(self) -> int:
        """How many leaves were lost, as far as this checkpoint tells."""
        return max(0, self.size - self.restored)


def read_seen(path: Path) -> Seen:
    """A checkpoint file: a signed note alone, or after ``old SIZE``, lines of proof and an empty line.

    The second form is that of C2SP tlog-witness; ``douane audit checkpoint --since`` writes it.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise NotFound(f"{path} cannot be read as a checkpoint.") from problem
    if not text.startswith("old "):
        return Seen(str(path), text)
    head, _, note = text.partition("\n\n")
    first, *lines = head.split("\n")
    try:
        return Seen(str(path), note, int(first[4:]), tuple(b64decode(line, validate=True) for line in lines))
    except ValueError as problem:
        raise NotWellFormed(f"{path} is no checkpoint with a proof.") from problem


def compare(at: Partition, log: Key, get_tile: GetTile, seen: Sequence[Seen]) -> list[Comparison]:
    """How the restored log of a partition stands to each checkpoint of it.

    Raises ProofFailed where a checkpoint is not signed by the log, or its history is another one.
    """
    found: list[Comparison] = []
    tree = TiledTree(at.leaves, get_tile)
    reached, root = at.leaves, tree.root()  # as far as proofs lead from the restored log
    for each in sorted(seen, key=lambda s: _parsed(s).size):
        if _parsed(each).origin != log.name:
            continue
        checkpoint = open_checkpoint(each.note, log.name, [log])
        verdict = _verdict(checkpoint, each, at.leaves, get_tile, (reached, root))
        if verdict is Verdict.EXTENDED:
            reached, root = checkpoint.size, checkpoint.root
        found.append(Comparison(each.where, at.number, verdict, checkpoint.size, at.leaves, checkpoint.time))
    return found


def _verdict(
    checkpoint: Checkpoint, seen: Seen, restored: int, get_tile: GetTile, proven: tuple[int, bytes]
) -> Verdict:
    if checkpoint.size <= restored:
        if TiledTree(checkpoint.size, get_tile).root() != checkpoint.root:
            raise ProofFailed(
                f"The restored log does not go on from the checkpoint of {checkpoint.size} leaves in {seen.where}: "
                "one of the two was rewritten.",
                remedy="Do not use this backup before the difference is explained.",
            )
        return Verdict.EXTENDS
    reached, root = proven
    if reached not in (seen.since, checkpoint.size):
        return Verdict.UNPROVEN
    try:
        check_consistency(reached, root, checkpoint.size, checkpoint.root, seen.proof if seen.since == reached else ())
    except ProofFailed as problem:
        raise ProofFailed(f"{seen.where}: {problem.text}", remedy="Do not use this backup.") from problem
    return Verdict.EXTENDED


def _parsed(seen: Seen) -> Checkpoint:
    try:
        return parse_checkpoint(parse_note(seen.note))
    except DouaneError as problem:
        raise NotWellFormed(f"{seen.where} is no checkpoint: {problem.text}") from problem


def seen_in(repository: Path, number: int, trusted: Key) -> list[Seen]:
    """The checkpoints of a partition in every backup of a folder that the key signed, with their proofs."""
    found = []
    for folder in finished(repository):
        try:
            manifest = read_manifest(folder, trusted)
        except DouaneError:
            continue  # a damaged neighbour is no evidence; it is refused when it is restored itself
        for at in manifest.partitions:
            if at.number == number and at.checkpoint:
                proof = tuple(bytes.fromhex(h) for h in at.consistency)
                found.append(Seen(f"backup {manifest.id}", at.checkpoint, at.since, proof))
    return found
