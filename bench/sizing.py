"""How large a node must be for so many units a day: computed from the curves that other benchmarks of a run measured.

Nothing is measured here. Where a curve is absent from the run, nothing is said.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

UNITS_A_DAY = (10_000, 100_000, 1_000_000, 5_000_000, 20_000_000)
BUSIEST_HOUR = 0.2
"""The share of a day's units that comes in its busiest hour."""
LOAD = 0.5
"""Processes are sized to this share of a core: the other half is for what comes at once, and for a worker that fell."""
PARTITIONS_OF_A_WORKER = 8
Row = dict[str, Any]
Result = Mapping[str, Any]


def sized(results: Iterable[Result]) -> Row | None:
    """A result like those of benchmarks, or None where a curve that it needs was not measured."""
    rows = [row for result in results for row in result["rows"]]
    alone = _first(rows, "case", "node")
    apart = _first(rows, "case", "core + door-1")
    shared = _first([row for row in rows if row.get("store") == "files"], "workers", 8)
    stored = _first(rows, "a declaration leaves", "pages of the file")
    if alone is None or apart is None or shared is None or stored is None:
        return None
    made = []
    for units in UNITS_A_DAY:
        second = units * BUSIEST_HOUR / 3600
        shape = _shape(second, alone, apart, shared)
        made.append(
            {
                "units a day": units,
                "busiest hour, units/s": round(second, 1),
                **shape,
                "disk a day, GB": round(units * stored["octets"] / 1e9, 1),
            }
        )
    note = (
        f"A unit is a declaration with twelve items from its first octet to its release; {BUSIEST_HOUR:.0%} of a day's"
        f" come in its busiest hour, and a process is sized to {LOAD:.0%} of a core. By CPU a unit of the tables above"
        " (one process; core and door apart; eight workers on files, seven of eight units over two partitions) and by"
        " the pages that a declaration fills on SQLite, before anything moves to the archive. Attachments come on top;"
        " over several hosts workers share PostgreSQL, whose own CPU a unit stands beside theirs."
    )
    return {"name": "how large a node must be", "rows": made, "ratios": {}, "notes": [note]}


def _shape(second: float, alone: Row, apart: Row, shared: Row) -> Row:
    """The smallest arrangement that carries so many units a second."""
    if _cores(second, alone["core_cpu_us"]) == 1:
        return _row("one process, SQLite", core=1, doors=0, partitions=PARTITIONS_OF_A_WORKER)
    doors = _cores(second, apart["door_cpu_us"])
    if _cores(second, apart["core_cpu_us"]) == 1:
        return _row("core and doors, SQLite", core=1, doors=doors, partitions=PARTITIONS_OF_A_WORKER)
    from bench.processes_scaling import JOURNAL  # with the whole product: only where a curve was measured

    workers = _cores(second, shared["worker_cpu_s"] / JOURNAL * 1e6)
    return _row("workers and doors, files", core=workers, doors=doors, partitions=workers * PARTITIONS_OF_A_WORKER)


def _row(shape: str, *, core: int, doors: int, partitions: int) -> Row:
    return {"shape": shape, "cores: core or workers": core, "cores: doors": doors, "partitions": partitions}


def _cores(second: float, cpu_us: float) -> int:
    return max(math.ceil(second * cpu_us / 1e6 / LOAD), 1)


def _first(rows: Iterable[Row], column: str, value: object) -> Row | None:
    return next((row for row in rows if row.get(column) == value), None)
