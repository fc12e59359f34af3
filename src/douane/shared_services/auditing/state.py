"""The state of a partition: what its units of work decided, beside the sums that the newest state leaf commits to.

Records, aliases, timers and the like follow from messages, but nothing computes them again. An inspection sums what is
stored anew and compares: an entry that was changed, added or removed behind the owner's back shows in the part that it
is summed in (``runtime.replication.sums``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from douane.runtime.replication.sums import (
    END,
    PARTS,
    STATE_ROW,
    StateRow,
    digest_of,
    entries_after,
    name_of,
    part_of,
    state_key,
    stored_sums,
    total_of,
)
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, OWNER, RowKind
from douane.runtime.store.ports import Log, Reader
from douane.shared_services.auditing.inspection import Finding
from douane.standards.replication.sums import number, written

PAGE: Final = 1_000
_ROWS: Final = 1_000
UNPROVEN: Final = "It is not proven that what is stored now is what messages left: compare it with a backup."


def rows_of(reader: Reader, partition: int, first: int = 0, *, most: int = 0) -> Iterator[tuple[int, StateRow]]:
    """What the state leaves of a partition say, by their index in the log, from an index on."""
    start, end = state_key(partition, first), state_key(partition, (1 << 64) - 1)
    while rows := reader.scan(start, end, most or _ROWS):
        for key, raw in rows:
            yield int.from_bytes(key[-8:], "big"), STATE_ROW.read(raw)
        start = rows[-1][0] + b"\0"
        if most:
            return


def before(reader: Reader, partition: int, index: int) -> tuple[int, StateRow] | None:
    """The newest state leaf before an index of the log."""
    found = reader.scan(state_key(partition, 0), state_key(partition, index), 1, reverse=True)
    return (int.from_bytes(found[0][0][-8:], "big"), STATE_ROW.read(found[0][1])) if found else None


def differing(
    reader: Reader, partition: int, restored_since: Callable[[int], bool], rest: Callable[[], object]
) -> Iterator[Finding]:
    """What of the state of a partition is not as its newest state leaf says. The reader sees one committed state.

    restored_since: whether the store was restored after a leaf, and so is to be summed anew. rest: called between two
    pages, so that whoever shares the processor gets his turn.
    """
    (raw,) = reader.read([keys.space(keys.OWNER, partition)])
    summed, newest = OWNER.read(raw).summed if raw is not None else 0, before(reader, partition, 1 << 62)
    if not summed or newest is None or newest[0] != summed - 1:
        if summed or (newest is not None and not restored_since(newest[0])):
            where = f"leaf {newest[0] if newest else summed - 1}"
            yield Finding(where, f"The state is not summed as this leaf says. {UNPROVEN}", "state")
        return
    kept = stored_sums(reader, partition)
    if newest[1].total != total_of([digest_of(each) for each in kept]):
        yield Finding(f"leaf {summed - 1}", "The sums that are kept are not those that it commits to.", "state")
    found = summed_anew(reader, partition, rest)
    for part in range(PARTS):
        if written(found[part]) != kept[part]:
            text = "What is stored is not what messages left: an entry was changed, added or removed."
            yield Finding(f"state: {name_of(part)}", text, "state")


def summed_anew(reader: Reader, partition: int, rest: Callable[[], object] = lambda: None) -> list[int]:
    """The sums of all parts, from what is stored."""
    totals, after = [0] * PARTS, b""
    while after != END:
        rows, after = entries_after(reader, partition, after, PAGE)
        for key, value in rows:
            part = part_of(key)
            if part >= 0:
                totals[part] += number(key, value)
        rest()
    return totals


def restored(reader: Reader, after: int, leaves: tuple[int, int]) -> bool:
    """Whether the journal tells, after a position, of a restore between two leaves."""
    first, last = leaves
    end = keys.log_position((after >> 48) + 1, 0) - 1
    while rows := reader.scan_log(Log.JOURNAL, after, end, _ROWS):
        for _, raw in rows:
            row = JOURNAL.read(raw)
            if row.leaf - 1 > last:
                return False
            if row.kind is RowKind.RESTORED and row.leaf - 1 > first:
                return True
        after = rows[-1][0]
    return False
