"""Which rows of a table can hold together: every cell is a set over known classes, so this is decided exactly."""

from __future__ import annotations

from collections.abc import Iterator

from douane.standards.decision_table.document import Table
from douane.standards.decision_table.index import ColumnIndex, index_column
from douane.vocabulary.errors import DeclarationFault

MAX_WORK = 8_000_000
"""Row memberships looked at for one column; beyond it the question is refused as too large."""


def overlapping_rows(table: Table, *, limit: int = 100) -> tuple[tuple[int, int], ...]:
    """Pairs of rows (earlier, later) that some input satisfies together; at most one pair for each earlier row."""
    rows = len(table.rows)
    everything = (1 << rows) - 1
    meeting = [everything] * rows
    for n, column in enumerate(table.inputs):
        index = index_column([row.cells[n] for row in table.rows], column.kind, column.name)
        for row, others in enumerate(_meeting(index, [not row.cells[n].tests for row in table.rows])):
            meeting[row] &= others
    pairs: list[tuple[int, int]] = []
    for row in range(rows):
        later = meeting[row] >> (row + 1)
        if later:
            pairs.append((row, row + lowest(later) + 1))
            if len(pairs) >= limit:
                break
    return tuple(pairs)


def lowest(rows: int) -> int:
    """Number of the lowest bit."""
    return (rows & -rows).bit_length() - 1


def each_row(rows: int) -> Iterator[int]:
    """Numbers of all bits, rising."""
    digits = f"{rows:b}"[::-1]
    at = digits.find("1")
    while at >= 0:
        yield at
        at = digits.find("1", at + 1)


def _meeting(index: ColumnIndex, always: list[bool]) -> list[int]:
    """For each row, the rows that share a class of this column with it."""
    open_rows = sum(1 << n for n, free in enumerate(always) if free)
    work = sum((rows & ~open_rows).bit_count() for rows in index.classes)
    if work > MAX_WORK:
        raise DeclarationFault(
            "The table is too large to show that its rows exclude each other.", remedy="Choose FIRST, or split it."
        )
    everything = 0
    found = [0] * len(always)
    for rows in set(index.classes):
        everything |= rows
        for n in each_row(rows & ~open_rows):
            found[n] |= rows
    return [everything if free else rows for free, rows in zip(always, found, strict=True)]
