"""What each step of the unit of work costs: the real core, handlers and store in one process, without HTTP.

The wrapping itself costs about 0.3 us a call; the sum is therefore a little above what the same work costs unobserved,
which is measured too.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from bench.messages import eori
from bench.node import FILL_AT_ONCE, LODGE, Filler, registrations, settings_for
from bench.spans import Spans
from douane.assembly.core import Core, make_core
from douane.backends.sqlite.backend import SqliteStore
from douane.model.rules import RuleBook
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core import tick
from douane.runtime.core.owner import Owner
from douane.runtime.core.tick import Tick
from douane.runtime.store import origin
from douane.runtime.store.envelope import Arrival
from douane.runtime.store.origin import Media
from douane.shared_services.auditing.port import AuditPort
from tests.callers import admitted, who

READ = "parse and validate XML"
HTTP = "HTTP, inbox, event loop (server less core)"
UNOBSERVED = "CPU, unobserved"
BUDGET, NO_BUDGET = 50_000, 1 << 50
"""Of a tick, microseconds: as a node has it; none where counting slows the interpreter and ticks would end early."""
STEPS = (
    (Catalogue, "read_document", READ),
    (RuleBook, "faults", "business rules"),
    (Catalogue, "encode", "write messages"),
    (AuditPort, "journal_leaf", "audit: leaves"),
    (AuditPort, "sent_leaf", "audit: leaves"),
    (AuditPort, "promise", "audit: promise and checkpoint"),
    (AuditPort, "extend", "audit: promise and checkpoint"),
    (origin, "pack", "compress bodies"),
    (SqliteStore, "read", "store: read"),
    (SqliteStore, "scan", "store: read"),
    (SqliteStore, "_write", "store: write rows"),
    (SqliteStore, "apply", "store: commit and sync"),
    (SqliteStore, "_checkpoint", "store: checkpoint"),
    (Owner, "load", "records: load and decode"),
    (Owner, "fetch", "records: load and decode"),
    (tick, "accept", "accept: known id, alias, journal row"),
    (tick, "preload", "accept: known id, alias, journal row"),
    (Tick, "_dispatch", "handlers and processes"),
    (Tick, "_merge", "take over effects, route messages"),
    (tick, "flush", "flush: rows, indexes, case index"),
    (Tick, "run", "tick: the rest"),
)
FLOOR = {
    HTTP: 52,
    READ: 67,
    "business rules": 20,
    "handlers and processes": 16,
    "write messages": 10,
    "compress bodies": 12,
    "store: write rows": 26,
    "audit: leaves": 15,
    "audit: promise and checkpoint": 3,
}
"""What a step would cost at the floor of a lean engine, in microseconds for a unit: single measurements of the parts
(parse and check 67, two requests 46 and their records 6, 200-row table for 12 items 5, process steps 1-3 each, a
2 kB leaf 1.6, a signature 36 shared by a tick). What has no floor here is ours to make small."""
Row = dict[str, Any]


def started(folder: Path, *, budget: int = BUDGET) -> Core:
    """A core with its guarantees registered. budget: of a tick, microseconds."""

    def ended(problem: BaseException) -> None:
        raise problem

    core = make_core(settings_for(folder), ended=ended)
    waiting = registrations(core)
    owner = core.node.owners[0]
    owner.ports.budget = budget
    for start in range(0, len(waiting), 100):
        Tick(owner).run(waiting[start : start + 100])
    while owner.pending:
        Tick(owner).run()
    return core


def arrival(core: Core, filler: Filler) -> Arrival:
    """What the door does with a body: hash, read, wrap."""
    filler.number += 1
    number, trader = filler.number, filler.number % len(filler.templates)
    body = filler.templates[trader].make(number, number // len(filler.templates))
    message = core.catalogue.read_document(body)
    made = admitted(
        who(eori(trader), "untrusted", "FR"),
        LODGE,
        body,
        id=f"LQ{number:016}",
        administration="FR",
        media=Media.FAMILY,
        platform="speed2",
        channel="rest",
        received=core.clock.now(),
    )
    return Arrival(made, message)


def drive(core: Core, filler: Filler, seconds: float) -> tuple[int, float, float]:
    """Units, CPU seconds, wall seconds of a closed loop of 64."""
    owner, units = core.node.owners[0], 0
    began, used = time.perf_counter(), time.process_time()
    while time.perf_counter() - began < seconds:
        arrivals = [arrival(core, filler) for _ in range(max(0, FILL_AT_ONCE - len(owner.pending)))]
        Tick(owner).run(arrivals)
        units += len(arrivals)
    while owner.pending:
        Tick(owner).run()
    return units, time.process_time() - used, time.perf_counter() - began


def measure(seconds: float) -> list[Row]:
    """A row by step, the observed sum, and the same without observation."""
    with tempfile.TemporaryDirectory(prefix="douane-bench-") as folder:
        core = started(Path(folder))
        filler = Filler(core)
        drive(core, filler, min(1.0, seconds))
        before = core.node.owners[0].state.sent
        bare, cpu, wall = drive(core, filler, seconds)
        sent = core.node.owners[0].state.sent - before
        spans = Spans()
        for owner, name, label in STEPS:
            spans.wrap(owner, name, label)
        try:
            units, _, observed = drive(core, filler, seconds)
        finally:
            spans.end()
        parked = core.node.owners[0].parked()
        core.store.close()
    rows: list[Row] = [
        {"step": label, "unit_us": round(spent / units * 1e6, 1), "floor_us": FLOOR.get(label, "")}
        for label, spent in sorted(spans.seconds.items(), key=lambda each: -each[1])
    ]
    rows.append({"step": "make and hash the body, loop", "unit_us": round(_left(spans, observed) / units * 1e6, 1)})
    rows.append({"step": "sum, observed", "unit_us": round(observed / units * 1e6, 1)})
    rows.append({"step": "wall, unobserved", "unit_us": round(wall / bare * 1e6, 1)})
    rows.append({"step": UNOBSERVED, "unit_us": round(cpu / bare * 1e6, 1)})
    rows.append({"step": "messages sent per unit", "count": round(sent / bare, 2)})
    if parked:
        rows.append({"step": f"parked: {len(parked)}, first: {parked[0].reason[:120]}"})
    return rows


def _left(spans: Spans, observed: float) -> float:
    return observed - sum(spans.seconds.values())


if __name__ == "__main__":
    for row in measure(3.0):
        print("  ".join(str(each) for each in row.values()))
