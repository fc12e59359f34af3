"""The stored form of a decision table: JSON in, checked table out."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any, cast

from douane.standards.decision_table.document import Table
from douane.standards.decision_table.drafting import Draft, DraftRow, Faults, build

MAX_BYTES = 16 * 1024 * 1024

_HEAD = frozenset({"table", "version", "title", "valid_from", "valid_until", "hit_policy", "inputs", "outputs", "rows"})


class _Twice(ValueError):
    """A key stands twice in one JSON object."""


def load_table(data: bytes, file_name: str) -> Table:
    """Read a table file. Raises `DeclarationFault` whose faults name row and column; the file name is for its text."""
    faults = Faults(file_name)
    document = _document(data, faults)
    for key in document.keys() - _HEAD:
        faults.add(f"/{key}", "DT-SHAPE", f"Remove this; a table has {', '.join(sorted(_HEAD))}.", key)
    draft = Draft(
        name=_text(document, "table", "", faults),
        version=_text(document, "version", "", faults),
        hit_policy=_text(document, "hit_policy", "", faults),
        inputs=_columns(document, "inputs", faults),
        outputs=_columns(document, "outputs", faults),
        title=_text(document, "title", "", faults, optional=True),
        valid_from=_text(document, "valid_from", "", faults, optional=True),
        valid_until=_text(document, "valid_until", "", faults, optional=True),
    )
    lines = _row_lines(data)
    for n, raw in enumerate(_objects(document, "rows", faults)):
        draft.rows.append(_row(raw, n, lines, faults))
    faults.raise_if_any()
    return build(draft, faults)


def _document(data: bytes, faults: Faults) -> dict[str, object]:
    if len(data) > MAX_BYTES:
        faults.add("", "DT-SIZE", f"Split the table: a file may have {MAX_BYTES // 1024 // 1024} MB.", len(data))
        faults.raise_if_any()
    found: object = None
    try:
        found = json.loads(
            data.decode("utf-8"), parse_float=Decimal, parse_constant=_refuse_constant, object_pairs_hook=_once
        )
    except json.JSONDecodeError as broken:
        faults.add("", "DT-SHAPE", f"Mend the JSON: {broken.msg}.", line=broken.lineno, column=broken.colno)
    except _Twice as twice:
        faults.add("", "DT-TWICE", "Write each key once.", twice)
    except (ValueError, RecursionError) as broken:  # not UTF-8, a number of thousands of digits, nesting without end
        faults.add("", "DT-SHAPE", "Write plain JSON in UTF-8.", type(broken).__name__)
    if not isinstance(found, dict):
        faults.add("", "DT-SHAPE", "Write one JSON object.")
        faults.raise_if_any()
    return cast("dict[str, object]", found)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:  # Any: JSON values
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return found


def _refuse_constant(name: str) -> object:
    raise ValueError(name)


def _row_lines(data: bytes) -> dict[str, int]:
    """Line of each row, found by its id; good for messages, not used for anything else."""
    lines: dict[str, int] = {}
    for number, line in enumerate(data.decode("utf-8").splitlines(), 1):
        if found := re.search(r'"id"\s*:\s*"([^"\\]*)"', line):
            lines.setdefault(found.group(1), number)
    return lines


def _text(found: dict[str, object], key: str, where: str, faults: Faults, *, optional: bool = False) -> str:
    value = found.get(key)
    if isinstance(value, str):
        return value
    if value is not None or not optional:
        faults.add(f"{where}/{key}", "DT-SHAPE", "Put a text here.", "" if value is None else value)
    return ""


def _objects(document: dict[str, object], key: str, faults: Faults) -> list[dict[str, object]]:
    found = document.get(key)
    if not isinstance(found, list):
        faults.add(f"/{key}", "DT-SHAPE", "Put a list here.")
        return []
    for n, each in enumerate(found):
        if not isinstance(each, dict):
            faults.add(f"/{key}/{n}", "DT-SHAPE", "Put an object here.", each)
    return [each if isinstance(each, dict) else {} for each in found]


def _columns(document: dict[str, object], key: str, faults: Faults) -> list[tuple[str, str, str]]:
    columns = []
    for n, raw in enumerate(_objects(document, key, faults)):
        where = f"/{key}/{n}"
        for extra in raw.keys() - {"name", "type", "label"}:
            faults.add(f"{where}/{extra}", "DT-SHAPE", "Remove this; a column has name, type and label.", extra)
        name = _text(raw, "name", where, faults)
        columns.append((name, _text(raw, "type", where, faults), _text(raw, "label", where, faults, optional=True)))
    return columns


def _row(raw: dict[str, object], n: int, lines: dict[str, int], faults: Faults) -> DraftRow:
    where = f"/rows/{n}"
    id = _text(raw, "id", where, faults)
    line = lines.get(id, 0)
    for extra in raw.keys() - {"id", "when", "then", "note"}:
        faults.add(f"{where}/{extra}", "DT-SHAPE", "Remove this; a row has id, when, then and note.", extra, line=line)
    when, then = raw.get("when"), raw.get("then")
    cells: dict[str, str] = {}
    if not isinstance(when, dict):
        faults.add(f"{where}/when", "DT-SHAPE", "Put the cells here, by name of the input.", line=line)
    else:
        for name, text in when.items():
            if isinstance(text, str):
                cells[name] = text
            else:
                faults.add(f"{where}/when/{name}", "DT-SHAPE", "Write the cell as a text.", text, line=line)
    if not isinstance(then, dict):
        faults.add(f"{where}/then", "DT-SHAPE", "Put the values here, by name of the output.", line=line)
        then = {}
    return DraftRow(id, cells, then, _text(raw, "note", where, faults, optional=True), where, line)
