"""What an inspection's look at the state costs: every entry summed anew, and what follows from entries derived again.

The store is filled as ``bench.filling`` does, on files, until it holds a million entries of the summed spaces; what is
measured is the CPU of the last slice of an inspection, and that it finds nothing. A running node spreads the same over
as much time as it likes. Seconds a million entries are computed where less than a million were filled.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.brief import size
from bench.filling import Copier
from bench.node import registrations, settings_for
from douane.assembly.core import make_core
from douane.configuration import discovery
from douane.runtime.core.tick import Tick
from douane.runtime.replication.sums import END, entries_after, part_of
from douane.runtime.store.ports import Reader
from douane.shared_services.auditing import derived, state

ENTRIES = size(1_000_000, brief=300)
A_UNIT = 19
"""Entries that a unit leaves, nearly: how many units are filled follows from it."""
PAGE = 10_000
MILLION = 1_000_000


def run(seconds: float) -> dict[str, Any]:
    """Fill a store, and look at its state."""
    with tempfile.TemporaryDirectory(prefix="douane-bench-") as folder:
        settings = settings_for(Path(folder), f"files:{folder}/files")
        core = make_core(settings, ended=_raise)
        owner = core.node.owners[0]
        Tick(owner).run(registrations(core))
        while owner.pending:
            Tick(owner).run()
        copier, began = Copier(core, templates=size(64, brief=1)), time.process_time()
        leaves = copier.templates[0].leaves
        copier.fill(ENTRIES // A_UNIT * leaves, 3_600.0)
        filled = time.process_time() - began
        core.close()
        with discovery.reading(settings.store_address) as reader:
            return _measured(reader, filled)


def _measured(reader: Reader, filled: float) -> dict[str, Any]:
    entries = _count(reader)
    findings: list[object] = []
    sums = _cpu(lambda: findings.extend(state.differing(reader, 0, lambda _: False, _rests)))
    follows = _cpu(lambda: findings.extend(derived.differing(reader, 0, _rests)))
    if findings:
        raise AssertionError(f"the filled store is not sound: {findings[0]}")
    rows = [
        {"part": part, "entries": entries, "cpu_s": round(spent, 3),
         "cpu_s_per_million": round(spent / entries * MILLION, 1)}
        for part, spent in (("sums of all entries", sums), ("indexes and final data, derived", follows))
    ]  # fmt: skip
    note = f"A filled store of {entries:,} entries, on files; filling took {filled:.0f} s of CPU."
    return {"name": "state summed anew", "rows": rows, "ratios": {}, "notes": [note]}


def _count(reader: Reader) -> int:
    found, after = 0, b""
    while after != END:
        rows, after = entries_after(reader, 0, after, PAGE)
        found += sum(part_of(key) >= 0 for key, _ in rows)
    return found


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _rests() -> None:
    """It has the processor for itself."""


def _raise(problem: BaseException) -> None:
    raise problem
