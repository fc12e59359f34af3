"""What a decision table is: columns, rows, hit policy; its canonical text and its hash."""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import json
from decimal import Decimal
from typing import Any

import msgspec

from douane.standards.decision_table.cells import ANY, Cell, Kind, Value, render, render_number


class HitPolicy(enum.Enum):
    """Which of the rows that hold make the result. The value is the word of the stored form."""

    UNIQUE = "UNIQUE"  # at most one row can hold; a table that breaks this is refused
    FIRST = "FIRST"
    RULE_ORDER = "RULE ORDER"  # all, in the order of the rows
    COLLECT = "COLLECT"  # all; the order carries no meaning
    COLLECT_SUM = "COLLECT SUM"
    COLLECT_MIN = "COLLECT MIN"
    COLLECT_MAX = "COLLECT MAX"
    COLLECT_COUNT = "COLLECT COUNT"

    @property
    def single(self) -> bool:
        """Whether at most one row makes the result."""
        return self in {HitPolicy.UNIQUE, HitPolicy.FIRST}

    @property
    def sums_up(self) -> bool:
        """Whether one number is made of the only output of all rows that hold."""
        return self in {HitPolicy.COLLECT_SUM, HitPolicy.COLLECT_MIN, HitPolicy.COLLECT_MAX}


class Column(msgspec.Struct, frozen=True):
    """An input or an output: a name in lower case with underscores, a type, a label for people."""

    name: str
    kind: Kind
    label: str = ""


class Row(msgspec.Struct, frozen=True):
    """One row: cells in the order of the inputs, values in the order of the outputs (None: no value)."""

    id: str
    cells: tuple[Cell, ...]
    outputs: tuple[Value | None, ...]
    note: str = ""


class Table(msgspec.Struct, frozen=True):
    """A decision table as published. Made by `reading.load_table` or `dmn.import_dmn`, which check it."""

    name: str
    version: str
    hit_policy: HitPolicy
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None

    def valid_on(self, day: dt.date) -> bool:
        """Whether the table applies on the day; both ends of its period are included."""
        return not ((self.valid_from and day < self.valid_from) or (self.valid_until and day > self.valid_until))


def dump_table(table: Table) -> bytes:
    """The stored form: JSON, a line per column and row, cells in canonical spelling; it reads back equal."""
    head: dict[str, Any] = {"table": table.name, "version": table.version}  # Any: JSON values
    head |= {"title": table.title} if table.title else {}
    head |= {"valid_from": table.valid_from.isoformat()} if table.valid_from else {}
    head |= {"valid_until": table.valid_until.isoformat()} if table.valid_until else {}
    head["hit_policy"] = table.hit_policy.value
    lines = [f"  {_json(key)}: {_json(value)}," for key, value in head.items()]
    lines += _block("inputs", [_column(c) for c in table.inputs], ",")
    lines += _block("outputs", [_column(c) for c in table.outputs], ",")
    lines += _block("rows", [_row(table, row) for row in table.rows], "")
    return ("{\n" + "\n".join(lines) + "\n}\n").encode()


def content_hash(table: Table) -> str:
    """SHA-256 of the canonical text: spelling and spacing of a file do not change it, any change of meaning does."""
    return hashlib.sha256(dump_table(table)).hexdigest()


def _block(name: str, entries: list[str], end: str) -> list[str]:
    body = [f"    {entry}{',' if n < len(entries) - 1 else ''}" for n, entry in enumerate(entries)]
    return [f'  "{name}": [', *body, f"  ]{end}"]


def _column(column: Column) -> str:
    label = {"label": column.label} if column.label else {}
    return _json({"name": column.name, "type": column.kind.value, **label})


def _row(table: Table, row: Row) -> str:
    when = {column.name: render(cell) for column, cell in zip(table.inputs, row.cells, strict=True) if cell != ANY}
    then = ", ".join(
        f"{_json(column.name)}: {_output(value)}"
        for column, value in zip(table.outputs, row.outputs, strict=True)
        if value is not None
    )
    note = f', "note": {_json(row.note)}' if row.note else ""
    return f'{{"id": {_json(row.id)}, "when": {_json(when)}, "then": {{{then}}}{note}}}'


def _output(value: Value) -> str:
    if isinstance(value, dt.date):
        return _json(value.isoformat())
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return render_number(value)
    return _json(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
