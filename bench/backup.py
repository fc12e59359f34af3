"""Backup and restore of a node with 100,000 stored messages: seconds, CPU, bytes, RTO.

The node is filled with copies of real units (``bench/filling.py``). The restore verifies every hash, loads an empty
store, computes every audit leaf again and accepts a first message, as ``douane restore`` does.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.brief import size
from bench.node import Filler, registrations, settings_for, stored
from bench.unit_of_work import folder
from douane.assembly.core import Core, make_core
from douane.configuration.ports import SystemIds
from douane.operation.restoring.backups import take_backup
from douane.operation.restoring.restoring import Wanted, restore
from douane.runtime.core.tick import Tick
from douane.shared_services.archiving.key import SealingKey
from douane.shared_services.backup_restore.manifest import Piece

MESSAGES = size(100_000, brief=300)
FEW = 10_000
TICK = 10
"""Units that are handled at a time."""
UNITS_BETWEEN = size(150, brief=10)


def run(seconds: float, *, quick: bool = False) -> dict[str, Any]:
    """A full backup, an incremental one after 1,000 more messages, a restore; ``seconds`` bounds nothing here."""
    del seconds
    result: dict[str, Any] = {"name": "backup and restore", "rows": [], "ratios": {}, "notes": []}
    with folder() as place:
        core, declarations = _node(place, FEW if quick else MESSAGES)
        settings, key, backups = settings_for(place / "node"), SealingKey(SystemIds().random(32)), place / "backups"
        before = stored(core)
        with _Timed(result, "full backup, the node works") as row:
            full = take_backup(settings, backups, key)
            row |= {"stored": before, "mb": _mb(full.segments)}
        for _ in range(UNITS_BETWEEN // TICK):
            _handle(core, declarations, TICK)
        with _Timed(result, "incremental backup") as row:
            more = take_backup(settings, backups, key, incremental=True)
            row |= {"stored": stored(core), "mb": _mb([p for p in more.segments if p.set == more.id])}
        core.close()
        with _Timed(result, "restore, proven, first message accepted") as row:
            report = restore(Wanted(backups / more.id, key, place / "restored"))
            row |= {"stored": before, "mb": _mb(more.segments), "rto_s": report.rto_seconds}
            row |= {f"{name.replace(' ', '_')}_s": took for name, took in report.steps.items()}
        whole = sum(each.bytes for each in full.segments)
        result["ratios"]["bytes: incremental / full"] = round(
            sum(p.bytes for p in more.segments if p.set == more.id) / whole, 3
        )
    result["notes"].append("CPU in µs is that of one stored message; the process that works is the one measured.")
    return result


class _Timed:
    """One row of the result, with wall and CPU time and messages a second."""

    def __init__(self, result: dict[str, Any], case: str) -> None:
        self._result = result
        self.row: dict[str, Any] = {"case": case}

    def __enter__(self) -> dict[str, Any]:
        self._wall, self._cpu = time.perf_counter(), time.process_time()
        return self.row

    def __exit__(self, *_: object) -> None:
        wall, cpu = time.perf_counter() - self._wall, time.process_time() - self._cpu
        per_message = round(cpu / self.row["stored"] * 1e6, 1)
        self.row |= {"took_s": round(wall, 2), "cpu_s": round(cpu, 2), "cpu_us": per_message}
        self._result["rows"].append(self.row)


def _node(place: Path, messages: int) -> tuple[Core, Filler]:
    core = make_core(settings_for(place / "node"), ended=_raise)
    Tick(core.node.owners[0]).run(registrations(core))
    declarations = Filler(core)
    while stored(core) < messages:  # handled, not copied: a restore proves each leaf, and what the state adds up to
        _handle(core, declarations, TICK)
    return core, declarations


def _handle(core: Core, declarations: Filler, units: int) -> None:
    owner = core.node.owners[0]
    Tick(owner).run([declarations.arrival() for _ in range(units)])
    while owner.pending:
        Tick(owner).run()


def _mb(pieces: Iterable[Piece]) -> float:
    return round(sum(each.bytes for each in pieces) / 1e6, 2)


def _raise(problem: BaseException) -> None:
    raise problem
