"""The inspection of one partition: its whole audit log and every row that a leaf is of, in slices of any length.

``inspection.inspect`` compares a log with leaf hashes that somebody hands it. A walk makes these from rows, looks at
the octets that the rows name, and names the row that does not fit. It holds no snapshot between two slices, so that a
working node can be looked at for hours; what is committed meanwhile is looked at too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from douane.runtime.replication.sums import StateRow
from douane.runtime.store import keys
from douane.runtime.store.envelope import JournalRow, SentRow
from douane.runtime.store.hold import hold_key
from douane.runtime.store.ports import Instant, Log, Reader
from douane.shared_services.auditing import beside, derived, state
from douane.shared_services.auditing.inspection import Finding
from douane.shared_services.auditing.leaf import CLOCK, Facts, leaf_hash, seal
from douane.shared_services.auditing.log import newest_checkpoint, tile_reader
from douane.shared_services.auditing.octets import Octets
from douane.shared_services.auditing.proving import Made, audit_prefix, made, made_state, position_of, versions_of
from douane.standards.transparency_log.checkpoint import Checkpoint
from douane.standards.transparency_log.note import Key
from douane.standards.transparency_log.tiles import TILE_WIDTH, GetTile, TiledTree, tile_path, tile_width
from douane.standards.transparency_log.tree import HASH_BYTES, perfect_root
from douane.vocabulary.errors import DouaneError

PAGE: Final = 100
AHEAD: Final = 100_000
"""Leaves that may have been seen beyond the first that was not: more, and that one counts as missing."""


class Order:
    """Judges the leaves of a log in turn. points: signed states of it that somebody kept, the newest among them.

    Leaves of a former release do not say when they were committed; only what two operators accepted sets a log back.
    """

    def __init__(self, points: Sequence[Checkpoint] = ()) -> None:
        self.covered_by(points)
        self._before: Instant = 0

    def covered_by(self, points: Sequence[Checkpoint]) -> None:
        """Go on by these states."""
        self._points = sorted((each for each in points if each.time), key=lambda each: each.size)
        self._sizes = [each.size for each in self._points]

    def judge(self, index: int, facts: Facts) -> Iterator[Finding]:
        """What is wrong with when the next leaf was committed."""
        committed = facts.committed
        if not committed:
            return
        if committed < self._before and facts.operation != CLOCK:
            yield Finding(f"leaf {index}", "It was committed before the leaf that it follows.", "committed")
        at = bisect_right(self._sizes, index)
        if at < len(self._points) and committed > self._points[at].time:
            yield Finding(f"leaf {index}", "It was committed after the log was signed that holds it.", "committed")
        self._before = committed


@dataclass(slots=True)
class _Cursor:
    """How far the rows of a log were looked at: the position, and the greatest leaf of a row in its order."""

    after: int
    leaf: int = 0
    ended: bool = False


class Walk:
    """Goes through a partition. ``first``: index of the leaf to begin at. ``octets``: looks at what rows name.

    ``entries``: whether each known id and each place where something waits is compared with its row, too. ``points``:
    signed states of its log that others kept, by which its leaves were committed.
    """

    def __init__(
        self, partition: int, key: Key, octets: Octets | None = None, *, first: int = 0, entries: bool = True,
        points: Sequence[Checkpoint] = (),
    ) -> None:  # fmt: skip
        self.partition, self.key = partition, key
        self._octets = octets or Octets()
        self._prefix = audit_prefix(partition)
        self.at = first
        """The first leaf whose row was not seen yet."""
        self.size = 0
        self.rows = 0
        self.done = False
        self._first = first
        self._ahead: dict[int, Facts] = {}
        self._points, self.order = tuple(points), Order()
        self._cursors: dict[Log, _Cursor] = {}
        self._entries = beside.FIRST if entries else b""
        self._goal = 0  # leaves that there were at the beginning: what comes later is for the next walk
        self._through = False

    def slice(
        self, reader: Reader, enough: Callable[[], bool] = lambda: False, *, live: Reader | None = None,
        rest: Callable[[], object] = lambda: None,
    ) -> Iterator[Finding]:  # fmt: skip
        """Go on in one committed state until ``enough``, asked after each page; what does not fit, as it is found.

        live: the store without its archive, where ``reader`` has it too: the way back from an entry ends there.
        rest: called now and then in the last slice, which sums the whole state and so is a long one.
        """
        try:
            newest = newest_checkpoint(reader.read, self.key.name, self.key, prefix=self._prefix)
            self.size = newest[1].size if newest else 0
            self.order.covered_by([*self._points, *([newest[1]] if newest else [])])
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
            self._cursors = {log: _Cursor(position_of(reader, self.partition, log, self._first)) for log in Log}
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
        try:
            yield from state.differing(live or reader, self.partition, lambda leaf: self._restored(reader, leaf), rest)
            yield from derived.differing(live or reader, self.partition, rest)
        except beside.UNREADABLE as problem:
            yield Finding("state", f"What commits to the state cannot be read: {type(problem).__name__}.", "state")
        self.done = True

    def _restored(self, reader: Reader, leaf: int) -> bool:
        """Whether the store was restored after a leaf: the log says so, or it waits for its first start since."""
        waits = reader.read([hold_key(self.partition)])[0] is not None
        return waits or _restored(reader, self.partition, (leaf, 1 << 62))

    def seen(self, index: int, facts: Facts) -> bool:
        """Count a leaf whose row was found; whether it was the first of it."""
        if index < self._first:
            return True
        if index < self.at or index in self._ahead:
            return False
        self._ahead[index] = facts
        return True

    def _next(self) -> Log | None:
        """The log that is behind the others; None where all are through."""
        waiting = [(cursor.leaf, log) for log, cursor in self._cursors.items() if not cursor.ended]
        return min(waiting)[1] if waiting else None

    def _advance(self, page: _Page) -> Iterator[Finding]:
        """Leaves that now have their rows; those that no log can hold any more; tiles that are through."""
        ended = all(cursor.ended for cursor in self._cursors.values())
        while self.at < self._goal:
            if (facts := self._ahead.pop(self.at, None)) is not None:
                yield from self.order.judge(self.at, facts)
            elif page.is_state(self.at):
                yield from page.state_leaf(self.at)
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
            if isinstance(each.row, JournalRow | SentRow):
                for found in self._octets.differing(reader, self.partition, each.row):
                    yield beside.Odd(position, found.field, found.text)


class _Page:
    """Looks at pages of rows in one committed state."""

    def __init__(self, walk: Walk, reader: Reader, get_tile: GetTile) -> None:
        self._walk, self._reader, self._get_tile = walk, reader, get_tile
        self._versions = versions_of(reader, audit_prefix(walk.partition))
        self._tiles: dict[int, bytes] = {}
        self._states: dict[int, StateRow] = {}
        self._states_from, self._states_to = 0, 0

    def is_state(self, index: int) -> bool:
        """Whether the leaf at an index is one that commits to the state."""
        if not self._states_from <= index < self._states_to:
            found = dict(state.rows_of(self._reader, self._walk.partition, index, most=PAGE))
            self._states, self._states_from = found, index
            self._states_to = max(found) + 1 if len(found) == PAGE else self._walk.size
        return index in self._states

    def state_leaf(self, index: int) -> Iterator[Finding]:
        """What commits to the state, beside its leaf."""
        each = made_state(self._versions, index, self._states[index])
        self._walk.rows += 1
        if self.logged(index) != leaf_hash(seal(each.facts, each.salt)):
            yield Finding(f"leaf {index}", "What is kept of a state leaf is not what was logged.", "state")
        yield from self._walk.order.judge(index, each.facts)
        if self._states[index].anew:
            yield from self._anew(index)

    def _anew(self, index: int) -> Iterator[Finding]:
        """A leaf at which the state was summed from the store though it had been summed: only a restore is a reason."""
        reader, partition = self._reader, self._walk.partition
        earlier = state.before(reader, partition, index)
        if earlier is None:
            return
        if not _restored(reader, partition, (earlier[0], index)):
            yield Finding(f"leaf {index}", f"The state was summed anew from the store here. {state.UNPROVEN}", "state")

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
        if not self._walk.seen(index, row.facts):
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


def _restored(reader: Reader, partition: int, leaves: tuple[int, int]) -> bool:
    """Whether the log tells of a restore between two leaves."""
    return state.restored(reader, position_of(reader, partition, Log.JOURNAL, leaves[0]), leaves)
