"""Column indexes: for a value, the rows whose cell holds, as one number with a bit per row.

Bit n stands for row n, so the lowest bit is the first row and a conjunction over the columns is ``&``. The values of a
column fall into classes within which every cell of the column answers alike; each class keeps its rows ready:

* text: each literal is a class; each prefix is the class of texts that go on differently; all other texts are one;
* number and date: each end of an interval is a class, and so is each gap between two neighbouring ends;
* boolean: two classes. The absent value is a class of its own everywhere.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from douane.standards.decision_table.cells import Absent, Between, Cell, Equal, Kind, Prefix, Value
from douane.vocabulary.errors import DeclarationFault

Lookup = Callable[[Value | None], int]
"""Rows that hold for a value. Raises `DeclarationFault` for a value of another type than the column's."""

MAX_INDEX_BYTES = 256 * 1024 * 1024
"""What the row sets of one column may take; a table beyond it must be split."""
REMEMBERED = 1_024
"""Texts of a column whose rows are remembered: codes come again and again, and a column never changes."""


class ColumnIndex(NamedTuple):
    """The lookup of a column, what it says of the absent value, and the row sets of all its classes that hold at least
    one value."""

    lookup: Lookup
    absent: int
    classes: Sequence[int]


def index_column(cells: Sequence[Cell], kind: Kind, name: str = "") -> ColumnIndex:
    """Build the index of one column; the name is for the faults of its lookup."""
    absent = _rows(n for n, c in enumerate(cells) if _holds_absent(c))
    match kind:
        case Kind.TEXT:
            return _index_text(cells, absent, name)
        case Kind.BOOLEAN:
            return _index_boolean(cells, absent, name)
        case Kind.NUMBER:
            return _index_ordered(cells, absent, Kind.NUMBER, name)
        case Kind.DATE:
            return _index_ordered(cells, absent, Kind.DATE, name)


def _rows(numbers: Iterable[int]) -> int:
    found = 0
    for n in numbers:
        found |= 1 << n
    return found


def _holds_absent(cell: Cell) -> bool:
    if not cell.tests:
        return True
    return any(isinstance(t, Absent) for t in cell.tests) is not cell.negated


def _guard_size(classes: int, rows: int, name: str) -> None:
    if classes * rows // 8 > MAX_INDEX_BYTES:
        raise DeclarationFault(
            f"The column {name} with {classes} different values over {rows} rows takes too much memory.",
            remedy="Split the table.",
        )


def _wrong_type(value: object, kind: Kind, name: str) -> DeclarationFault:
    return DeclarationFault(f"The input {name} of a decision table is a {kind.value}, not a {type(value).__name__}.")


# --- text -----------------------------------------------------------------------------------------------------------


def _index_text(cells: Sequence[Cell], absent: int, name: str) -> ColumnIndex:
    positive: dict[tuple[bool, str], int] = {}
    negative: dict[tuple[bool, str], int] = {}
    for n, cell in enumerate(cells):
        wanted = negative if cell.negated else positive
        for test in cell.tests:
            if isinstance(test, Equal):
                key = (False, str(test.value))
            elif isinstance(test, Prefix):
                key = (True, test.text)
            else:
                continue
            wanted[key] = wanted.get(key, 0) | 1 << n
    base = _rows(n for n, c in enumerate(cells) if not c.tests or c.negated)
    nodes = positive.keys() | negative.keys()
    _guard_size(len(nodes), len(cells), name)
    lengths = sorted({len(text) for prefix, text in nodes if prefix})

    def rows_of(prefix: bool, text: str) -> int:
        keys = [(True, text[:size]) for size in lengths if size <= len(text)]
        keys += [] if prefix else [(False, text)]
        out, off = base, 0
        for key in keys:
            out |= positive.get(key, 0)
            off |= negative.get(key, 0)
        return out & ~off

    literals = {text: rows_of(False, text) for prefix, text in nodes if not prefix}
    prefixes = {text: rows_of(True, text) for prefix, text in nodes if prefix}
    classes = [base, absent, *literals.values(), *prefixes.values()]
    lookup = _text_lookup(literals, prefixes, tuple(reversed(lengths)), base, absent, name)
    return ColumnIndex(lookup, absent, classes)


def _text_lookup(
    literals: dict[str, int], prefixes: dict[str, int], lengths: tuple[int, ...], base: int, absent: int, name: str
) -> Lookup:
    known: dict[Value | None, int] = {None: absent}
    known.update(literals)
    exact, starting = known.get, prefixes.get

    @lru_cache(maxsize=REMEMBERED)
    def lookup(value: Value | None) -> int:
        if (rows := exact(value)) is not None:
            return rows
        if not isinstance(value, str):
            raise _wrong_type(value, Kind.TEXT, name)
        for length in lengths:  # longest first: the rows of a longer prefix include those of a shorter one
            if (rows := starting(value[:length])) is not None:
                return rows
        return base

    return lookup


# --- boolean --------------------------------------------------------------------------------------------------------


def _index_boolean(cells: Sequence[Cell], absent: int, name: str) -> ColumnIndex:
    def rows_of(value: bool) -> int:
        return _rows(
            n for n, cell in enumerate(cells) if not cell.tests or (Equal(value) in cell.tests) is not cell.negated
        )

    yes, no = rows_of(True), rows_of(False)

    def lookup(value: Value | None) -> int:
        if value is True:
            return yes
        if value is False:
            return no
        if value is None:
            return absent
        raise _wrong_type(value, Kind.BOOLEAN, name)

    return ColumnIndex(lookup, absent, [yes, no, absent])


# --- numbers and dates ----------------------------------------------------------------------------------------------


def _is_number(value: object) -> bool:
    return isinstance(value, (int, Decimal, float)) and not isinstance(value, bool) and value == value  # noqa: PLR0124  # NaN


def _is_day(value: object) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


def _index_ordered(cells: Sequence[Cell], absent: int, kind: Kind, name: str) -> ColumnIndex:
    ends = sorted(_ends(cells))
    place = {end: n for n, end in enumerate(ends)}
    _guard_size(2 * len(ends) + 1, len(cells), name)
    toggles = [0] * (2 * len(ends) + 2)
    for n, cell in enumerate(cells):
        if not cell.tests or cell.negated:
            toggles[0] ^= 1 << n
        for low, high in _spans(cell, place, len(ends)):
            toggles[low] ^= 1 << n
            toggles[high + 1] ^= 1 << n
    classes: list[int] = []
    rows = 0
    for toggle in toggles[:-1]:
        rows = rows ^ toggle if toggle else rows
        classes.append(rows)
    filled = [rows for n, rows in enumerate(classes) if not _is_empty_gap(n, ends)]
    return ColumnIndex(_ordered_lookup(ends, classes, absent, kind, name), absent, [*filled, absent])


def _ends(cells: Sequence[Cell]) -> set[Value]:
    found: set[Value] = set()
    for cell in cells:
        for test in cell.tests:
            if isinstance(test, Equal):
                found.add(test.value)
            elif isinstance(test, Between):
                found |= {end for end in (test.low, test.high) if end is not None}
    return found


def _spans(cell: Cell, place: dict[Value, int], ends: int) -> list[tuple[int, int]]:
    """The runs of classes in which a test of the cell holds, joined where they touch. End n is class 2n+1."""
    runs: list[tuple[int, int]] = []
    for test in cell.tests:
        if isinstance(test, Equal):
            runs.append((2 * place[test.value] + 1,) * 2)
        elif isinstance(test, Between):
            low = 0 if test.low is None else 2 * place[test.low] + (1 if test.low_included else 2)
            high = 2 * ends if test.high is None else 2 * place[test.high] + (1 if test.high_included else 0)
            runs.append((low, high))
    joined: list[tuple[int, int]] = []
    for low, high in sorted(runs):
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return joined


def _is_empty_gap(n: int, ends: Sequence[Value]) -> bool:
    """Between two neighbouring days there is no day; outside the calendar neither. Numbers are dense."""
    if n % 2 or not ends or not isinstance(ends[0], dt.date):
        return False
    if n == 0:
        return ends[0] == dt.date.min
    last = ends[n // 2 - 1]
    if n == 2 * len(ends):
        return last == dt.date.max
    following = ends[n // 2]
    assert isinstance(last, dt.date)
    assert isinstance(following, dt.date)
    return (following - last).days == 1


def _ordered_lookup(ends: Sequence[Value], classes: Sequence[int], absent: int, kind: Kind, name: str) -> Lookup:
    usual, fits = ((int, Decimal), _is_number) if kind is Kind.NUMBER else ((dt.date,), _is_day)
    count = len(ends)

    def lookup(value: Value | None) -> int:
        if value is None:
            return absent
        if (value.__class__ not in usual or value != value) and not fits(value):  # noqa: PLR0124  # NaN
            raise _wrong_type(value, kind, name)
        n = bisect_left(ends, value)
        return classes[2 * n + 1] if n < count and ends[n] == value else classes[2 * n]

    return lookup
