"""From a draft (names and texts with their places) to a checked table; the stored form and DMN both come this way."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from douane.standards.decision_table.cells import (
    ANY,
    UNPRINTABLE,
    Cell,
    Kind,
    Value,
    parse_cell,
    parse_date,
    parse_number,
)
from douane.standards.decision_table.document import Column, HitPolicy, Row, Table
from douane.standards.decision_table.overlap import overlapping_rows
from douane.vocabulary.errors import DeclarationFault, Fault

MAX_ROWS = 20_000
MAX_COLUMNS = 64
MAX_FAULTS = 100
"""Faults listed; the rest of a badly broken file is not read."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,31}")
_ROW_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")


class Faults:
    """Collects what is wrong with one file."""

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.found: list[Fault] = []

    def add(self, pointer: str, code: str, remedy: str, value: object = "", *, line: int = 0, column: int = 0) -> None:
        """Note one fault; ends the reading when there are too many."""
        self.found.append(Fault(pointer, code, remedy, value=str(value), line=line, column=column))
        if len(self.found) >= MAX_FAULTS:
            self.raise_if_any()

    def raise_if_any(self) -> None:
        """Raise one `DeclarationFault` with all faults, its text naming the file and the first place."""
        if not self.found:
            return
        first = self.found[0]
        line = f" (line {first.line})" if first.line else ""
        more = f" and {len(self.found) - 1} more" if len(self.found) > 1 else ""
        text = f"The decision table {self.file_name} is not usable: {first.pointer or 'the document'}{line}{more}."
        raise DeclarationFault(text, remedy=first.remedy, faults=tuple(self.found))


@dataclass
class DraftRow:
    """A row as read: cells as text by input name, outputs as JSON values by output name."""

    id: str
    when: Mapping[str, str]
    then: Mapping[str, object]
    note: str
    pointer: str
    line: int = 0


@dataclass
class Draft:
    """A table as read."""

    name: str
    version: str
    hit_policy: str
    inputs: list[tuple[str, str, str]]
    outputs: list[tuple[str, str, str]]
    rows: list[DraftRow] = field(default_factory=list)
    title: str = ""
    valid_from: str = ""
    valid_until: str = ""
    feel: bool = False
    """Whether the cells are in the spelling of DMN."""


def build(draft: Draft, faults: Faults) -> Table:
    """The table that the draft describes. Raises `DeclarationFault` with every fault found."""
    if _NAME.fullmatch(draft.name) is None:
        faults.add("/table", "DT-NAME", "Name the table in lower case with underscores.", draft.name)
    if _VERSION.fullmatch(draft.version) is None:
        faults.add("/version", "DT-NAME", "Give a version of letters, digits, points and hyphens.", draft.version)
    if UNPRINTABLE.search(draft.title):
        faults.add("/title", "DT-TYPE", "Write one line of plain text.", draft.title)
    policy = _policy(draft, faults)
    inputs = _columns(draft.inputs, "inputs", faults)
    outputs = _columns(draft.outputs, "outputs", faults)
    first, last = _period(draft, faults)
    faults.raise_if_any()
    if policy.sums_up and (len(outputs) != 1 or outputs[0].kind is not Kind.NUMBER):
        faults.add(
            "/outputs", "DT-POLICY", f"{policy.value} needs exactly one output, a number; put texts in the note."
        )
    if len(draft.rows) > MAX_ROWS:
        faults.add("/rows", "DT-SIZE", f"Split the table: it may have {MAX_ROWS} rows.", len(draft.rows))
        faults.raise_if_any()
    rows = _rows(draft, inputs, outputs, policy, faults)
    faults.raise_if_any()
    table = Table(draft.name, draft.version, policy, inputs, outputs, rows, draft.title, first, last)
    if policy is HitPolicy.UNIQUE:
        _refuse_overlap(table, draft.rows, faults)
    return table


def _policy(draft: Draft, faults: Faults) -> HitPolicy:
    try:
        return HitPolicy(draft.hit_policy)
    except ValueError:
        known = ", ".join(policy.value for policy in HitPolicy)
        faults.add("/hit_policy", "DT-POLICY", f"Choose one of {known}.", draft.hit_policy)
        return HitPolicy.FIRST


def _columns(drafts: list[tuple[str, str, str]], side: str, faults: Faults) -> tuple[Column, ...]:
    if not 1 <= len(drafts) <= MAX_COLUMNS:
        faults.add(f"/{side}", "DT-SIZE", f"Give between 1 and {MAX_COLUMNS} {side}.", len(drafts))
    columns: list[Column] = []
    seen: set[str] = set()
    for n, (name, kind, label) in enumerate(drafts):
        pointer = f"/{side}/{n}"
        if _NAME.fullmatch(name) is None:
            faults.add(f"{pointer}/name", "DT-NAME", "Name the column in lower case with underscores.", name)
        if name in seen:
            faults.add(f"{pointer}/name", "DT-TWICE", "Give each column a name of its own.", name)
        seen.add(name)
        if UNPRINTABLE.search(label):
            faults.add(f"{pointer}/label", "DT-TYPE", "Write one line of plain text.", label)
        if kind not in {k.value for k in Kind}:
            faults.add(f"{pointer}/type", "DT-TYPE", "Choose text, number, date or boolean.", kind)
            continue
        columns.append(Column(name, Kind(kind), label))
    return tuple(columns)


def _period(draft: Draft, faults: Faults) -> tuple[dt.date | None, dt.date | None]:
    days: list[dt.date | None] = []
    for key, text in (("valid_from", draft.valid_from), ("valid_until", draft.valid_until)):
        day = parse_date(text) if text else None
        if text and day is None:
            faults.add(f"/{key}", "DT-TYPE", "Write a date such as 2026-01-31.", text)
        days.append(day)
    first, last = days
    if first and last and first > last:
        faults.add("/valid_until", "DT-PERIOD", "Let the period end after it begins.", draft.valid_until)
    return first, last


def _rows(
    table: Draft,
    inputs: tuple[Column, ...],
    outputs: tuple[Column, ...],
    policy: HitPolicy,
    faults: Faults,
) -> tuple[Row, ...]:
    rows: list[Row] = []
    seen: set[str] = set()
    known: dict[tuple[str, Kind], Cell] = {}
    for draft in table.rows:
        if _ROW_ID.fullmatch(draft.id) is None:
            remedy = "Give the row an id of letters, digits, points, underscores and hyphens."
            faults.add(f"{draft.pointer}/id", "DT-NAME", remedy, draft.id, line=draft.line)
        if draft.id in seen:
            faults.add(f"{draft.pointer}/id", "DT-TWICE", "Give each row an id of its own.", draft.id, line=draft.line)
        seen.add(draft.id)
        if UNPRINTABLE.search(draft.note):
            remedy = f"Row {draft.id}: write the note as one line of plain text."
            faults.add(f"{draft.pointer}/note", "DT-TYPE", remedy, draft.note, line=draft.line)
        _refuse_unknown(draft, inputs, outputs, faults)
        cells = tuple(_cell(draft, column, known, faults, feel=table.feel) for column in inputs)
        values = tuple(_output(draft, column, faults, needed=policy.sums_up) for column in outputs)
        rows.append(Row(draft.id, cells, values, draft.note))
    return tuple(rows)


def _refuse_unknown(draft: DraftRow, inputs: tuple[Column, ...], outputs: tuple[Column, ...], faults: Faults) -> None:
    for side, given, columns in (("when", draft.when, inputs), ("then", draft.then, outputs)):
        for name in given.keys() - {c.name for c in columns}:
            remedy = f"Row {draft.id}: use the names of the declared columns: {', '.join(c.name for c in columns)}."
            faults.add(f"{draft.pointer}/{side}/{name}", "DT-COLUMN", remedy, name, line=draft.line)


def _cell(draft: DraftRow, column: Column, known: dict[tuple[str, Kind], Cell], faults: Faults, *, feel: bool) -> Cell:
    text = draft.when.get(column.name, "-")
    key = (text, column.kind)
    if (cell := known.get(key)) is not None:
        return cell
    try:
        cell = known[key] = parse_cell(text, column.kind, feel=feel)
    except DeclarationFault as refused:
        fault = refused.faults[0]
        remedy = f"Row {draft.id}, input {column.name}, column {fault.column} of the cell: {fault.remedy}"
        pointer = f"{draft.pointer}/when/{column.name}"
        faults.add(pointer, "DT-CELL", remedy, text, line=draft.line, column=fault.column)
        return ANY
    return cell


def _output(draft: DraftRow, column: Column, faults: Faults, *, needed: bool) -> Value | None:
    raw = draft.then.get(column.name)
    if raw is None and not needed:
        return None
    value = None if raw is None else typed(raw, column.kind)
    if value is None:
        remedy = f"Row {draft.id}, output {column.name}: give a {column.kind.value}."
        faults.add(f"{draft.pointer}/then/{column.name}", "DT-TYPE", remedy, raw, line=draft.line)
    return value


def typed(raw: object, kind: Kind) -> Value | None:
    """The JSON value as a value of this type, or None where it is none."""
    if kind is Kind.BOOLEAN:
        return raw if isinstance(raw, bool) else None
    if kind is Kind.NUMBER:
        numeric = isinstance(raw, (int, Decimal)) and not isinstance(raw, bool)
        return parse_number(str(raw)) if numeric else None
    if not isinstance(raw, str) or UNPRINTABLE.search(raw):
        return None
    return parse_date(raw) if kind is Kind.DATE else raw


def _refuse_overlap(table: Table, drafts: list[DraftRow], faults: Faults) -> None:
    try:
        pairs = overlapping_rows(table, limit=MAX_FAULTS - 1)
    except DeclarationFault as undecided:
        pairs = ()
        faults.add("/rows", "DT-SIZE", f"{undecided.text} {undecided.remedy}", len(table.rows))
    for first, second in pairs:
        draft = drafts[second]
        remedy = f"Row {draft.id} can hold together with row {drafts[first].id}: narrow one of them, or choose FIRST."
        faults.add(draft.pointer, "DT-OVERLAP", remedy, draft.id, line=draft.line)
    faults.raise_if_any()
