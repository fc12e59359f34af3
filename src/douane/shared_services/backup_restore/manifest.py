"""The manifest of a backup: what it holds, segment by segment, and where the node stood; signed by the audit log's key.

``manifest.json`` lists everything; ``manifest.note`` is a signed note over its hash, and is written last. A folder
without the note is an unfinished backup and is never restored.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from douane.runtime.store.ports import Instant
from douane.shared_services.archiving.files import write_durably
from douane.standards.transparency_log.note import Key, Signer, parse_key, parse_note
from douane.vocabulary.errors import Damaged, DouaneError, NotFound

LAST_BACKUP: Final = "backup.last"
"""A file of the data folder that names the newest backup; its time is when that was finished."""

FORMAT = "douane.backup.1"
CONTENT, NOTE = "manifest.json", "manifest.note"


class Piece(msgspec.Struct, frozen=True):
    """A segment. ``set``: the backup whose folder holds it, an earlier one where nothing changed since.

    rows, and first and last of their keys or positions in hexadecimal; bytes and sha256 of the file; content: keyed
    digest of the rows, by which a later backup sees that it need not write them again.
    """

    set: str
    number: int
    table: str
    rows: int
    first: str
    last: str
    bytes: int
    sha256: str
    content: str

    @property
    def name(self) -> str:
        """File name in the folder of its set."""
        return f"{self.number:06d}.segment"


class Partition(msgspec.Struct, frozen=True):
    """Where a partition stood in the snapshot: numbers of its logs, its audit log, and the proof that this continues
    the backup before (``since`` leaves; hashes in hexadecimal)."""

    number: int
    journal: int
    sent: int
    cursor: int
    leaves: int
    root: str
    checkpoint: str
    last_message: Instant
    since: int = 0
    consistency: tuple[str, ...] = ()
    moved: str = ""


class Kept(msgspec.Struct, frozen=True):
    """A segment of the archive: copied as it is. ``set`` as in ``Piece``."""

    set: str
    name: str
    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """A whole backup. ``parent``: the backup it goes on from, empty for a full one. ``counts``: rows of each table.

    payloads: their digests; the pieces of each lie in the segments of this backup or of an earlier one.
    """

    format: str
    id: str
    node: str
    release: str
    log_key: str
    key_id: str
    began: Instant
    ended: Instant
    parent: str
    counts: dict[str, int]
    partitions: tuple[Partition, ...]
    segments: tuple[Piece, ...]
    archive: tuple[Kept, ...] = ()
    payloads: tuple[str, ...] = ()

    @property
    def last_message(self) -> Instant:
        """When the last message was received that this backup holds; 0 where it holds none."""
        return max((p.last_message for p in self.partitions), default=0)

    @property
    def key(self) -> Key:
        """The key of the node's audit log, which signs the manifest too."""
        return parse_key(self.log_key)

    def of(self, table: str) -> Iterator[Piece]:
        """The segments of one table, in order."""
        return (each for each in self.segments if each.table == table)


def write_manifest(folder: Path, manifest: Manifest, signer: Signer) -> None:
    """Finish a backup: its content, then the signature that makes it count."""
    content = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    write_durably(folder / CONTENT, content)
    write_durably(folder / NOTE, signer.sign(_text(manifest.id, content)).encode())


def read_manifest(folder: Path, trusted: Key | None = None) -> Manifest:
    """The manifest of a backup, its signature checked under ``trusted``, or else under the key it names itself.

    Raises NotFound for a folder without a finished backup, Damaged for anything that does not fit.
    """
    try:
        note, content = (folder / NOTE).read_bytes(), (folder / CONTENT).read_bytes()
    except FileNotFoundError as problem:
        raise NotFound(f"{folder} holds no finished backup.", remedy="Name a folder with a manifest.note.") from problem
    except OSError as problem:
        raise Damaged(f"The manifest in {folder} cannot be read: {problem.strerror}.") from problem
    where = f"The manifest in {folder}"
    try:
        signed = parse_note(note.decode())
        manifest = msgspec.json.decode(content, type=Manifest)
        key = trusted or manifest.key
        signers = signed.signers([key])
    except (DouaneError, UnicodeDecodeError, msgspec.DecodeError, msgspec.ValidationError) as problem:
        raise Damaged(f"{where} is cut short or changed: {problem}.", remedy="Take another copy of it.") from problem
    if not signers:
        raise Damaged(f"{where} is not signed by {key.text()}.", remedy="Check the key that you trust: --trust KEY.")
    if signed.text != _text(manifest.id, content) or manifest.format != FORMAT:
        raise Damaged(f"{where} is not the one that was signed.", remedy="Take another copy of it.")
    if manifest.id != folder.name:
        raise Damaged(f"{where} is that of backup {manifest.id}.", remedy=f"Name the folder {manifest.id} again.")
    return manifest


def finished(repository: Path) -> list[Path]:
    """Folders of finished backups below a folder, oldest first; their names begin with their time."""
    if not repository.is_dir():
        return []
    return sorted(each.parent for each in repository.glob(f"*/{NOTE}"))


def unfinished(repository: Path) -> list[Path]:
    """Folders of backups that were cut off, or are being written now."""
    if not repository.is_dir():
        return []
    segments = {each.parent for each in repository.glob("*/*.segment*")}
    return sorted(each for each in segments if not (each / NOTE).exists())


def _text(id: str, content: bytes) -> str:
    return f"{FORMAT}\n{id}\nsha256 {sha256(content).hexdigest()}\n"
