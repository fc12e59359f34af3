"""Reading final data: state, snapshot, changes since a position, ranges; and counting anew what ranges should hold."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final, NamedTuple

import msgspec

from douane.model.circles import ActorKind
from douane.runtime.replication.rows import KEPT, STATE, Kept, State, change_key, entry_key, range_key, state_key
from douane.runtime.store import keys
from douane.runtime.store.ports import Reader
from douane.runtime.store.queries import View
from douane.runtime.store.records import Value
from douane.standards.replication import tree
from douane.vocabulary.errors import DouaneError

_PAGE: Final = 1_000
MOST_ENTRIES: Final = 1_000
"""In one page."""
MOST_OCTETS: Final = 1 << 18
"""Of contents in one page; its last entry may go beyond."""


class Entry(NamedTuple):
    """An entry under its identity; a tombstone has neither key nor content. at: of its last change, in microseconds."""

    position: int
    at: int
    id: bytes
    key: str
    content: bytes | None


class Page(NamedTuple):
    """Some entries. upto: the position up to which the page tells everything; more: whether another follows."""

    entries: tuple[Entry, ...]
    upto: int
    more: bool


class Source:
    """One view of a data set in one partition of a store, as a reader sees it."""

    def __init__(self, reader: Reader, head: bytes) -> None:
        self._reader, self._head = reader, head

    def state(self) -> State:
        """How far it is."""
        raw = self._reader.read([state_key(self._head)])[0]
        return STATE.read(raw) if raw is not None else State()

    def root(self) -> bytes:
        """The digest of everything it holds, as kept with each change."""
        return tree.digest_of("", self.held(""))

    def held(self, digits: str) -> bytes:
        """What a range holds; empty where it holds nothing."""
        return self._reader.read([range_key(self._head, digits)])[0] or b""

    def ranges(self, wanted: Sequence[str]) -> list[bytes]:
        """What these ranges hold, with one read."""
        return [raw or b"" for raw in self._reader.read([range_key(self._head, digits) for digits in wanted])]

    def entries(self, ids: Sequence[bytes]) -> list[Entry | None]:
        """Entries and tombstones by identity; None where there is neither."""
        rows = self._reader.read([entry_key(self._head, id) for id in ids])
        return [_entry(id, KEPT.read(raw)) if raw is not None else None for id, raw in zip(ids, rows, strict=True)]

    def entry(self, key: str) -> Entry | None:
        """The entry of a key; None where there is none."""
        found = self.entries([tree.identity(key)])[0]
        return found if found is not None and found.content is not None else None

    def with_leaf(self, key: str) -> tuple[Entry | None, bytes | None]:
        """The entry of a key, and the leaf that its range holds for it; with one read."""
        id = tree.identity(key)
        raw, bucket = self._reader.read([entry_key(self._head, id), range_key(self._head, tree.bucket_of(id))])
        found = _entry(id, KEPT.read(raw)) if raw is not None else None
        there = found if found is not None and found.content is not None else None
        return there, tree.leaf_of(bucket or b"", id)

    def order(self, key: str) -> int:
        """The order of the entry of a key: of two partitions' entries the higher one counts."""
        raw = self._reader.read([entry_key(self._head, tree.identity(key))])[0]
        return KEPT.read(raw).order if raw is not None else -1

    def changes(self, after: int, limit: int = MOST_ENTRIES, octets: int = MOST_OCTETS) -> Page:
        """What changed after a position, in the order of change: each entry once, as it is now, tombstones too."""
        most = min(limit, MOST_ENTRIES)
        start, end = change_key(self._head, after + 1), keys.after(self._head + b"f")
        rows = self._reader.scan(start, end, most + 1)
        found = [each for each in self.entries([id for _, id in rows[:most]]) if each is not None]
        chosen, full = _within(found, octets)
        more = full or len(rows) > most
        upto = chosen[-1].position if more else max(after, self.state().position)
        return Page(chosen, upto, more)

    def snapshot(self, after: bytes = b"", limit: int = MOST_ENTRIES, octets: int = MOST_OCTETS) -> Page:
        """What is there, by identity, behind an identity. Read all pages, then ``changes`` after the first ``upto``."""
        most, position = min(limit, MOST_ENTRIES), self.state().position
        found: list[Entry] = []
        for id, kept in self._rows(after, most + 1):
            if kept.content is not None:
                found.append(_entry(id, kept))
            if len(found) > most:
                break
        chosen, full = _within(found[:most], octets)
        return Page(chosen, position, full or len(found) > most)

    def everything(self) -> Iterator[Entry]:
        """Every entry that is there, by identity."""
        return (_entry(id, kept) for id, kept in self._rows(b"", _PAGE) if kept.content is not None)

    def _rows(self, after: bytes, page: int) -> Iterator[tuple[bytes, Kept]]:
        return ((id, KEPT.read(raw)) for id, raw in self._raw(after, page))

    def _raw(self, after: bytes, page: int) -> Iterator[tuple[bytes, bytes]]:
        prefix = self._head + b"e"
        start, skip = entry_key(self._head, after) + b"\0" if after else prefix, len(prefix)
        while rows := self._reader.scan(start, keys.after(prefix), page):
            yield from ((key[skip:], raw) for key, raw in rows)
            start = rows[-1][0] + b"\0"

    def counted_anew(self) -> dict[str, bytes]:
        """What every range should hold by the entries themselves: what was changed behind the ranges' back shows."""
        return tree.counted(self._leaves())

    def _leaves(self) -> Iterator[tuple[bytes, bytes]]:
        """Identity and leaf of every entry. One that cannot be read is none that anybody wrote: it gets its own."""
        for id, raw in self._raw(b"", _PAGE):
            try:
                kept = KEPT.read(raw)
            except (msgspec.MsgspecError, DouaneError, struct.error):
                yield id, sha256(raw).digest()
                continue
            if kept.content is not None:
                yield id, tree.leaf(kept.key, kept.content)

    def names(self, ids: Sequence[bytes]) -> dict[bytes, str]:
        """The keys under these identities, as far as they can be read and are no other keys'."""
        found: dict[bytes, str] = {}
        for id, raw in zip(ids, self._reader.read([entry_key(self._head, id) for id in ids]), strict=True):
            with contextlib.suppress(msgspec.MsgspecError, DouaneError, struct.error):
                key = KEPT.read(raw).key if raw is not None else ""
                found |= {id: key} if tree.identity(key) == id else {}
        return found


def _entry(id: bytes, kept: Kept) -> Entry:
    return Entry(kept.position, kept.at, id, kept.key, kept.content)


def _within(found: Sequence[Entry], octets: int) -> tuple[tuple[Entry, ...], bool]:
    """As many entries as a page may carry, and whether that left any out."""
    total = 0
    for n, each in enumerate(found):
        total += len(each.content or b"")
        if total >= octets and n + 1 < len(found):
            return tuple(found[: n + 1]), True
    return tuple(found), False


def sources(
    view: View, record: type[Value], name: str, recipient: ActorKind | None = None
) -> dict[int, Source]:  # fmt: skip
    """A view of a data set, by partition, for its recipients alone. Raises NotFound for everybody else.

    recipient: of which kind the one is for whom another asks.
    """
    reader, heads = view.final_heads(record, name, recipient)
    return {partition: Source(reader, head) for partition, head in heads.items()}
