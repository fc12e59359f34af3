"""Writes the tables of Annex A from a transcription of the law: which data a customs decision consists of.

``python -m tools.annex_a FOLDER``. The folder holds ``requirements.csv`` (Annex A of Delegated Regulation (EU)
2015/2446, as replaced by 2024/249) and ``formats.csv`` (Annex A of Implementing Regulation (EU) 2015/2447, as replaced
by 2024/250). Numbers, names, statuses, formats and lists are taken over; what a footnote says is in the rules.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parents[1] / "src/douane/applications/customs_decisions/tables/annex_a.jsonl"
SOURCE = (
    "Annex A of Delegated Regulation (EU) 2015/2446 (consolidated 25 February 2025) and of Implementing Regulation "
    "(EU) 2015/2447 (consolidated 1 July 2026). European Union; only the Official Journal is authentic."
)
LEFT_OUT = frozenset({"A163"})
"""Columns of data that are asked in a customs declaration: no decision is applied for by them."""


def elements(folder: Path) -> dict[str, dict[str, Any]]:
    """Each element by its number: name, former number, format, cardinality, list, and the columns by cell."""
    formats = {row["element"]: row for row in _rows(folder / "formats.csv")}
    cells: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, tuple[str, str]] = {}
    for row in _rows(folder / "requirements.csv"):
        if row["column"] in LEFT_OUT:
            continue
        names.setdefault(row["element"], (row["element_name"].rpartition(" / ")[2], row["old_element"]))
        columns = cells[row["element"]][row["cell"]]
        if row["column"] not in columns:
            columns.append(row["column"])
    return {number: _element(number, *names[number], formats[number], cells[number]) for number in sorted(names)}


def _element(number: str, name: str, old: str, form: dict[str, str], cells: dict[str, list[str]]) -> dict[str, Any]:
    found = {
        "element": number, "name": name, "old": old, "format": form["format"], "most": _most(form["cardinality"]),
        "list": form["code_list"], "columns": {cell: " ".join(columns) for cell, columns in sorted(cells.items())},
    }  # fmt: skip
    return {key: value for key, value in found.items() if value}


def _most(cardinality: str) -> int:
    return int(cardinality[:-1]) if cardinality.endswith("x") else 1


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(folder: Path) -> str:
    """The file: its source, then one line for each element."""
    lines = ({"source": SOURCE}, *elements(folder).values())
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines)


if __name__ == "__main__":
    TABLE.write_text(table(Path(sys.argv[1])), encoding="utf-8")
