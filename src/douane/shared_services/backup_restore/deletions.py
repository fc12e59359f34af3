"""What was deleted of final data, noted beside the backups, so that an older one brings nothing back.

A restored node runs the time limits that ended since its backup. What was deleted by a message that the backup does not
have (a consent that was withdrawn, a record that was removed) it cannot know. So deletions are noted outside, often and
cheaply: of each view the identities of its tombstones. An identity is SHA-256 of a key, and neither key nor content is
noted. Each note goes on from the one before; what was entered anew since is taken out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from douane.runtime.replication.reading import Source
from douane.runtime.store import keys
from douane.runtime.store.ports import Instant, Reader
from douane.runtime.store.records import kinds
from douane.shared_services.archiving.files import write_durably
from douane.standards.transparency_log.note import Key, Signer, parse_note
from douane.vocabulary.errors import Damaged, DouaneError

FORMAT: Final = "douane.deletions.1"
CONTENT, NOTE = "deletions.json", "deletions.note"


class Gone(msgspec.Struct, frozen=True, array_like=True):
    """A tombstone: identity of the entry in hexadecimal, and the position of its deletion."""

    identity: str
    position: int


class Deleted(msgspec.Struct, frozen=True):
    """What is gone from a view of a data set, in a partition, up to a position."""

    partition: int
    data_set: str
    view: str
    position: int
    gone: tuple[Gone, ...]

    @property
    def place(self) -> tuple[int, str, str]:
        """Which view of which data set, where."""
        return self.partition, self.data_set, self.view


class Deletions(msgspec.Struct, frozen=True):
    """Everything that is gone from the final data of a node. at: when it was noted last."""

    format: str
    at: Instant
    views: tuple[Deleted, ...] = ()

    @property
    def count(self) -> int:
        """How many entries are gone."""
        return sum(len(each.gone) for each in self.views)


def heads(partitions: Sequence[int]) -> Iterator[tuple[tuple[int, str, str], bytes]]:
    """Where each view of each data set lies, by its place."""
    for final, mark in ((kind.final, kind.mark) for kind in kinds()):
        for number, view in enumerate(final.views) if final is not None else ():
            for partition in partitions:
                assert final is not None
                yield (partition, final.name, view.name), keys.final_head(partition, mark, number)


def noted(reader: Reader, partitions: Sequence[int], before: Deletions | None, at: Instant) -> Deletions:
    """What is gone now. before: the note to go on from; only what changed since is read."""
    known = {each.place: each for each in before.views} if before is not None else {}
    views = []
    for place, head in heads(partitions):
        last = known.get(place) or Deleted(*place, 0, ())
        found = _since(Source(reader, head), last)
        if found.position:
            views.append(found)
    return Deletions(FORMAT, at, tuple(views))


def _since(source: Source, last: Deleted) -> Deleted:
    gone: dict[str, int] = {each.identity: each.position for each in last.gone}
    after, more = last.position, True
    while more:
        page = source.changes(after)
        for entry in page.entries:
            gone.pop(entry.id.hex(), None)
            if entry.content is None and entry.position:
                gone[entry.id.hex()] = entry.position
        after, more = page.upto, page.more
    return Deleted(*last.place, after, tuple(Gone(*each) for each in sorted(gone.items())))


def write_deletions(folder: Path, deletions: Deletions, signer: Signer) -> None:
    """Keep them in a folder of backups: the content, then the signature that makes it count."""
    content = msgspec.json.encode(deletions)
    write_durably(folder / CONTENT, content)
    write_durably(folder / NOTE, signer.sign(_text(content)).encode())


def read_deletions(folder: Path, key: Key) -> Deletions | None:
    """Those of a folder of backups; None where nobody noted any. Raises Damaged for what the node did not sign."""
    if not (folder / NOTE).exists() and not (folder / CONTENT).exists():
        return None
    remedy = "Take another copy of both files, or remove both and note deletions anew."
    try:
        content, note = (folder / CONTENT).read_bytes(), parse_note((folder / NOTE).read_text())
        found = msgspec.json.decode(content, type=Deletions)
        signed = bool(note.signers([key])) and note.text == _text(content) and found.format == FORMAT
    except (DouaneError, OSError, UnicodeDecodeError, msgspec.DecodeError) as problem:
        raise Damaged(f"The deletions in {folder} cannot be read: {problem}.", remedy=remedy) from problem
    if not signed:
        raise Damaged(f"The deletions in {folder} are not what {key.name} signed.", remedy=remedy)
    return found


def _text(content: bytes) -> str:
    return f"{FORMAT}\nsha256 {sha256(content).hexdigest()}\n"
