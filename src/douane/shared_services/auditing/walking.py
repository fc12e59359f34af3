"""The inspection of one partition: its whole audit log and every row that a leaf is of, in slices of any length.

``inspection.inspect`` compares a log with leaf hashes that somebody hands it. A walk makes these from rows, looks at
the octets that the rows name, and names the row that does not fit. It holds no snapshot between two slices, so that a
working node can be looked at for hours; what is committed meanwhile is looked at too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from douane.runtime.store import keys
from douane.runtime.store.envelope import OWNER, JournalRow, Refusal, SentRow
from douane.runtime.store.ports import Log, Reader
from douane.shared_services.auditing import beside
from douane.shared_services.auditing.inspection import Finding
from douane.shared_services.auditing.leaf import leaf_hash, seal
from douane.shared_services.auditing.log import newest_checkpoint, tile_reader
from douane.shared_services.auditing.octets import Octets
from douane.shared_services.auditing.proving import Made, audit_prefix, made, versions_of
from douane.standards.transparency_log.note import Key
from douane.standards.transparency_log.tiles import TILE_WIDTH, GetTile, TiledTree, tile_path, tile_width
from douane.standards.transparency_log.tree import HASH_BYTES, perfect_root
from douane.vocabulary.errors import DouaneError

PAGE: Final = 100
AHEAD: Final = 100_000
"""Leaves that may have been seen beyond the first that was not: more, and that one counts as missing."""


@dataclass(slots=True)
class _Cursor:
    """How far the rows of a log were looked at: the position, and the greatest leaf of a row in its order."""

    after: int
    leaf: int = 0
    ended: bool = False


class Walk:
    """Goes through a partition. ``first``: index of the leaf to begin at. ``octets``: looks at what rows name."""

    def __init__(self, partition: int, key: Key, octets: Octets | None = None, *, first: int = 0) -> None:
        self.partition, self.key = partition, key
        self._octets = octets or Octets()
        self._prefix = audit_prefix(partition)
        self.at = first
        """The first leaf whose row was not seen yet."""
        self.size = 0
        self.rows = 0
        self.done = False
        self._first = first
        self._ahead: set[int] = set()
        self._cursors: dict[Log, _Cursor] = {}
        self._entries = beside.FIRST
        self._goal = 0  # leaves that there were at the beginning: what comes later is for the next walk
        self._through = False

    def slice(
        self, reader: Reader, enough: Callable[[], bool] = lambda: False, *, live: Reader | None = None
    ) -> Iterator[Finding]:
        """Go on in one committed state until ``enough``, asked after each page; what does not fit, as it is found.

        live: the store without its archive, where ``reader`` has it too: the way back from an entry ends there.
        """
        try:
            newest = newest_checkpoint(reader.read, self.key.name, self.key, prefix=self._prefix)
            self.size = newest[1].size if newest else 0
            get_tile = tile_reader(reader.read, prefix=self._prefix)
            if newest and TiledTree(self.size, get_tile).root() != newest[1].root:
                yield Finding("checkpoint", f"The tiles do not lead to the signed root of {self.size} leaves.")
        except DouaneError as problem:
            self.done = True
            yield Finding("checkpoint", problem.text)
            return
        if self.size < self._goal:
            self.done = True
            yield Finding("checkpoint", f"The log was set back: it has {self.size} leaves, and had {self._goal}.")
            return
        page = _Page(self, reader, get_tile)
        if not self._cursors:
            self._cursors = {log: _Cursor(_position_of(reader, self.partition, log, self._first)) for log in Log}
            self._goal = self.size
        for cursor in self._cursors.values():
            cursor.ended = False
        while self.at < self._goal and (log := self._next()) is not None:
            cursor = self._cursors[log]
            before = cursor.after
            yield from page.look(log, cursor)
            yield from self._advance(page)
            if cursor.after != before and enough():
                return
        while not self._through and (log := self._next()) is not None:  # what the log does not know of lies at the end
            yield from page.look(log, self._cursors[log])
            self._cursors[log].ended = True
        self._through = True
        yield from self._advance(page)
        while self._entries:
            odd, self._entries = beside.entries(live or reader, self.partition, self._entries, page.logged)
            for each in odd:
                log = Log.JOURNAL if each.field == "known id" else Log.SENT
                yield Finding(place(log, each.position), each.text, each.field)
            if enough():
                return
        self.done = True

    def seen(self, index: int) -> bool:
        """Count a leaf whose row was found; whether it was the first of it."""
        if index < self._first:
            return True
        if index < self.at or index in self._ahead:
            return False
        self._ahead.add(index)
        return True

    def _next(self) -> Log | None:
        """The log that is behind the others; None where all are through."""
        waiting = [(cursor.leaf, log) for log, cursor in self._cursors.items() if not cursor.ended]
        return min(waiting)[1] if waiting else None

    def _advance(self, page: _Page) -> Iterator[Finding]:
        """Leaves that now have their rows; those that no log can hold any more; tiles that are through."""
        ended = all(cursor.ended for cursor in self._cursors.values())
        while self.at < self._goal:
            if self.at in self._ahead:
                self._ahead.discard(self.at)
            elif ended or self._passed() or len(self._ahead) > AHEAD:
                yield Finding(f"leaf {self.at}", "The log holds a leaf whose row is missing.", "leaf")
            else:
                return
            self.at += 1
            if not self.at % TILE_WIDTH:
                yield from page.tiles(self.at)

    def _passed(self) -> bool:
        return all(cursor.ended or cursor.leaf > self.at + 1 for cursor in self._cursors.values())

    def compare(self, reader: Reader, log: Log, rows: list[tuple[int, Made, bytes]]) -> Iterator[beside.Odd]:
        """Rows that were read, with their leaf hashes, beside what else the store keeps of them."""
        if log is Log.JOURNAL:
            came = [(p, m.row, leaf) for p, m, leaf in rows if isinstance(m.row, JournalRow)]
            yield from beside.of_journal(reader, self.partition, came)
        elif log is Log.SENT:
            yield from beside.of_sent(reader, self.partition, [(p, m.row) for p, m, _ in rows
                                                               if isinstance(m.row, SentRow)])  # fmt: skip
        for position, each, _ in rows:
            if not isinstance(each.row, Refusal):
                for found in self._octets.differing(reader, self.partition, each.row):
                    yield beside.Odd(position, found.field, found.text)


class _Page:
    """Looks at pages of rows in one committed state."""

    def __init__(self, walk: Walk, reader: Reader, get_tile: GetTile) -> None:
        self._walk, self._reader, self._get_tile = walk, reader, get_tile
        self._versions = versions_of(reader, audit_prefix(walk.partition))
        self._tiles: dict[int, bytes] = {}

    def look(self, log: Log, cursor: _Cursor) -> Iterator[Finding]:
        """One page of a log; the row after it is read too, to tell which of two is out of its place."""
        end = keys.log_position(self._walk.partition + 1, 0) - 1
        found = self._reader.scan_log(log, cursor.after, end, PAGE + 1)
        cursor.ended = len(found) <= PAGE
        read: list[tuple[int, Made | None]] = []
        for position, raw in found:
            try:
                read.append((position, made(self._versions, log, position, raw)))
            except beside.UNREADABLE as problem:
                read.append((position, None))
                yield Finding(place(log, position), f"The row cannot be read: {type(problem).__name__}.", "row")
        whole: list[tuple[int, Made, bytes]] = []
        for number, (position, each) in enumerate(read[:PAGE]):
            cursor.after = position
            if each is None:
                continue
            self._walk.rows += 1
            later = next((m.index for _, m in read[number + 1 :] if m is not None), None)
            yield from self._one(log, position, each, cursor, later, whole)
        try:
            for odd in self._walk.compare(self._reader, log, whole):
                yield Finding(place(log, odd.position), odd.text, odd.field)
        except beside.UNREADABLE as problem:
            where = f"{place(log, whole[0][0])} to {whole[-1][0]:x}"
            yield Finding(where, f"What is kept beside these rows cannot be read: {type(problem).__name__}.")

    def _one(
        self, log: Log, position: int, row: Made, cursor: _Cursor, later: int | None,
        whole: list[tuple[int, Made, bytes]],
    ) -> Iterator[Finding]:  # fmt: skip
        """The leaf of one row: where it stands, and whether it is the one that was logged."""
        index, where = row.index, place(log, position)
        try:
            leaf = leaf_hash(seal(row.facts, row.salt))
        except beside.UNREADABLE as problem:
            yield Finding(where, f"No leaf can be made of the row: {type(problem).__name__}.", "row")
            return
        whole.append((position, row, leaf))
        ordered = index + 1 > cursor.leaf and not (later is not None and cursor.leaf <= later < index)
        if ordered:
            cursor.leaf = index + 1
        else:
            yield Finding(where, "The row stands at the place of another.", "position")
        if not self._walk.seen(index):
            yield Finding(where, f"Another row has the same leaf {index}.", "leaf")
        logged = self.logged(index)
        if logged is None:
            yield Finding(where, "More leaves are stored than the signed log holds.", "leaf")
        elif logged != leaf:
            yield Finding(where, "The stored record is not the one that was logged.")

    def logged(self, index: int) -> bytes | None:
        """The leaf hash that the log has at an index."""
        number, at = divmod(index, TILE_WIDTH)
        if not 0 <= index < self._walk.size:
            return None
        if number not in self._tiles:
            if len(self._tiles) > 256:
                self._tiles.clear()
            self._tiles[number] = self._get_tile(0, number, tile_width(0, number, self._walk.size))
        return self._tiles[number][at * HASH_BYTES : (at + 1) * HASH_BYTES]

    def tiles(self, upto: int) -> Iterator[Finding]:
        """The tiles of every level that end at this leaf: each must lead to the one above."""
        level, count = 0, upto // TILE_WIDTH
        while True:
            index = count - 1
            data = self._get_tile(level, index, TILE_WIDTH)
            where = tile_path(level, index)
            if len(data) != TILE_WIDTH * HASH_BYTES:
                yield Finding(where, f"The tile has {len(data)} bytes instead of {TILE_WIDTH * HASH_BYTES}.")
                return
            above, at = divmod(index, TILE_WIDTH)
            parent = self._get_tile(level + 1, above, tile_width(level + 1, above, self._walk.size))
            root = perfect_root([data[n : n + HASH_BYTES] for n in range(0, len(data), HASH_BYTES)])
            if parent[at * HASH_BYTES : (at + 1) * HASH_BYTES] != root:
                yield Finding(where, "The root of the tile does not stand in the level above.")
            if count % TILE_WIDTH:
                return
            level, count = level + 1, count // TILE_WIDTH


def place(log: Log, position: int) -> str:
    """A row as commands name it: ``1f`` came, ``out:1f`` left, ``refused:1f`` was refused and left a leaf only."""
    return {Log.JOURNAL: "", Log.SENT: "out:", Log.REFUSAL: "refused:"}[log] + f"{position:x}"


def _position_of(reader: Reader, partition: int, log: Log, index: int) -> int:
    """After which position of a log the rows of this leaf and later ones stand; found by halving."""
    base = keys.log_position(partition, 0)
    if log is Log.REFUSAL or not index:
        return base + index
    (raw,) = reader.read([keys.space(keys.OWNER, partition)])
    low, high = 0, 0
    if raw is not None:
        high = OWNER.read(raw).sent if log is Log.SENT else OWNER.read(raw).journal
    while low < high:
        middle = (low + high + 1) // 2  # does every row up to the middle belong to an earlier leaf?
        found = reader.scan_log(log, base + middle - 1, base + high, 1)
        if found and made(lambda _: "", log, *found[0]).index >= index:
            high = middle - 1
        else:
            low = middle
    return base + low
