"""Keeping final data: what a tick changed of final records becomes changes of their views, in the tick's own commit.

One batched read brings what stands of the touched entries and ranges; nothing is scanned. A record whose declared
fields did not change costs the comparison of these fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from douane.runtime.replication.rows import KEPT, STATE, Kept, State, change_key, entry_key, range_key, state_key
from douane.runtime.store import keys
from douane.runtime.store.final import Place
from douane.runtime.store.ports import Batch, Instant, Reader
from douane.runtime.store.records import RecordKind, Value
from douane.standards.replication import tree

Finals = list[tuple[RecordKind, bytes, Value | None, Value | None]]
"""Records that changed: kind, key, what they were before and what they are; None where they were, or are, not there."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of an entry. content: None where it goes. position: where another holder gave it one, else 0.

    deletes: the record is gone, whatever order it had; else what counts is the order.
    """

    key: str
    content: bytes | None
    at: Instant
    order: int = 0
    source: bytes = b""
    position: int = 0
    deletes: bool = False


Changes = dict[bytes, Change]
"""By identity."""


def keep_final(
    reader: Reader, partition: int, finals: Finals, now: Instant, batch: Batch, vanished: Mapping[bytes, Changes]
) -> None:  # fmt: skip
    """Add to a batch what follows of changed records for the views of their data sets.

    vanished: what views are to say no more, by head, though their records say it.
    """
    wanted: dict[bytes, Changes] = {head: dict(changes) for head, changes in vanished.items()}
    for kind, record_key, old, value in finals:
        final = kind.final
        assert final is not None
        if old is not None and value is not None and final.read(old) == final.read(value):
            continue
        place = Place(record_key[5:13].hex(), record_key[15:].hex())
        name = final.key(value, place) if value is not None else ""
        former = final.key(old, place) if old is not None else name
        order = final.order(value) if value is not None else 0
        for number, view in enumerate(final.views):
            changes = wanted.setdefault(keys.final_head(partition, kind.mark, number), {})
            if former != name:
                _gone(changes, former, record_key, now)
            if value is not None:
                _add(changes, Change(name, view.octets(value, place), now, order, record_key))
    if wanted:
        keep_changes(reader, wanted, batch)


def _gone(changes: Changes, key: str, source: bytes, now: Instant) -> None:
    """Of two records with a key that change in one tick, one that goes takes nothing from the other."""
    known = changes.get(tree.identity(key))
    if known is None or known.source == source:
        changes[tree.identity(key)] = Change(key, None, now, source=source, deletes=True)


def _add(changes: Changes, change: Change) -> None:
    known = changes.get(tree.identity(change.key))
    if known is None or known.deletes or known.order <= change.order:
        changes[tree.identity(change.key)] = change


def keep_changes(reader: Reader, wanted: Mapping[bytes, Changes], batch: Batch) -> dict[bytes, State]:
    """Add changes of entries, by head, to a batch; the state of each view behind them."""
    needed: list[bytes] = []
    for head, changes in wanted.items():
        needed += [state_key(head), *(entry_key(head, id) for id in changes)]
        needed += [range_key(head, digits) for digits in _ranges(changes)]
    rows = dict(zip(needed, reader.read(needed), strict=True))
    return {head: _View(head, rows, batch).keep(changes) for head, changes in wanted.items()}


def _ranges(ids: Iterable[bytes]) -> set[str]:
    """The ranges that these identities lie in."""
    return {digits for bucket in {tree.bucket_of(id) for id in ids} for digits in tree.ranges_of(bucket)}


class _View:
    """One view while a batch is made."""

    def __init__(self, head: bytes, rows: Mapping[bytes, bytes | None], batch: Batch) -> None:
        self._head, self._rows, self._batch = head, rows, batch
        raw = rows[state_key(head)]
        self._state = STATE.read(raw) if raw is not None else State()

    def keep(self, changes: Changes) -> State:
        leaves: dict[bytes, bytes] = {}
        position, count = self._state.position, self._state.count
        for id, change in changes.items():
            raw = self._rows[entry_key(self._head, id)]
            known = KEPT.read(raw) if raw is not None else None
            if not _counts(change, known):
                continue
            there = known is not None and known.content is not None
            stays = known is not None and known.content == change.content
            if not stays and (there or change.content is not None):
                at = change.position or position + 1
                position = max(position, at)
                count += (change.content is not None) - there
                leaves[id] = tree.leaf(change.key, change.content) if change.content is not None else b""
                self._move(id, known.position if known is not None else 0, at)
            else:
                at = self._stay(id, known, change)
                position = max(position, at)
            key = change.key if change.content is not None else ""
            kept = Kept(at, change.at if not stays or known is None else known.at, key, change.content, change.order,
                        change.source)  # fmt: skip
            self._batch.put[entry_key(self._head, id)] = KEPT.write(kept)
        self._digest(leaves)
        state = State(position, count)
        if state != self._state:
            self._batch.put[state_key(self._head)] = STATE.write(state)
        return state

    def _stay(self, id: bytes, known: Kept | None, change: Change) -> int:
        """The position of an entry whose content stays; another holder's feed may have moved it nevertheless."""
        before = known.position if known is not None else 0
        if change.position <= before:
            return before
        self._move(id, before, change.position)
        return change.position

    def _move(self, id: bytes, before: int, at: int) -> None:
        if before:
            self._batch.gone.add(change_key(self._head, before))
        self._batch.put[change_key(self._head, at)] = id

    def _digest(self, leaves: Mapping[bytes, bytes]) -> None:
        def held(digits: str) -> bytes:
            return self._rows[range_key(self._head, digits)] or b""

        for digits, content in tree.changed_ranges(held, leaves).items() if leaves else ():
            if content:
                self._batch.put[range_key(self._head, digits)] = content
            else:
                self._batch.gone.add(range_key(self._head, digits))


def _counts(change: Change, known: Kept | None) -> bool:
    """Whether a change counts beside what is kept: a later position of another holder, else by source and order."""
    if change.position:
        return known is None or known.position < change.position
    if change.deletes:
        return known is not None and known.source == change.source
    return known is None or known.order <= change.order


def entries_of(changes: Sequence[Change]) -> Changes:
    """Changes by identity; the last of a key counts."""
    return {tree.identity(each.key): each for each in changes}
