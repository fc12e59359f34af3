"""Lists from spreadsheets, as CSV with a heading line; what does not fit is refused with line and rule."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Final

from douane.vocabulary.errors import Fault, NotValid

MOST: Final = 5000
"""Lines of a list."""
LONGEST: Final = 20_000
"""Characters of a line."""


def rows(data: bytes, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line with its number and its cells by heading, in UTF-8, with commas or semicolons.

    The first of ``columns`` is needed, the others are empty where the list has them not. Raises NotValid.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        refuse([fault(data.count(b"\n", 0, problem.start) + 1, "F01", "Save it as UTF-8.")])
        return
    table = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=_delimiter(text))
    faults: list[Fault] = []
    found: list[tuple[int, dict[str, str]]] = []
    try:
        head = [each.strip().lower() for each in next(table, [])]
        if columns[0] not in head or set(head) - set(columns) or len(set(head)) != len(head):
            unknown = ", ".join(each for each in head if each not in columns)
            refuse(
                [fault(1, "F02", f"Begin with the headings {', '.join(columns)}; only the first is needed.", unknown)]
            )
        for row in table:
            if not any(each.strip() for each in row):
                continue
            if len(row) != len(head):
                faults.append(fault(table.line_num, "F04", f"Give it {len(head)} cells; it has {len(row)}."))
            elif sum(map(len, row)) > LONGEST or len(found) >= MOST:
                remedy = f"Keep to {MOST} lines of {LONGEST} characters at most."
                faults.append(fault(table.line_num, "F07", remedy))
                break
            else:
                cells = dict(zip(head, (each.strip() for each in row), strict=True))
                found.append((table.line_num, {name: cells.get(name, "") for name in columns}))
    except csv.Error as problem:
        faults.append(fault(table.line_num, "F03", f"Mend the quotes of this line: {problem}."))
    refuse(faults)
    yield from found


def several(cell: str) -> frozenset[str]:
    """Several values of one cell, apart by a semicolon, a bar or a new line."""
    return frozenset(part.strip() for part in re.split(r"[;|\n]", cell) if part.strip())


def fault(line: int, rule: str, remedy: str, value: str = "") -> Fault:
    """What is wrong with a line."""
    return Fault("list", "18", remedy, rule=rule, value=value, line=line)


def refuse(faults: Sequence[Fault]) -> None:
    """Raise NotValid where there are faults; then nothing of a list is taken."""
    if faults:
        raise NotValid(
            f"The list does not fit: line {faults[0].line}, rule {faults[0].rule}.",
            remedy="Mend what is named; nothing was taken.", faults=tuple(faults[:100]),
        )  # fmt: skip


def _delimiter(text: str) -> str:
    """Comma, or the semicolon that spreadsheets of many countries write."""
    head = text.partition("\n")[0]
    return ";" if head.count(";") > head.count(",") else ","
