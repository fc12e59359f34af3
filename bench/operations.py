"""What seeing costs: a unit of work with everything on that watches a node, and without, in turn in one process.

With: each tick goes to metrics and log, to the figures of use, and to the sample that is judged by the published rules;
answers are counted by door and status; what leaves says its trace. Without: nobody looks. The store, the journal and
the audit log are the same. Ticks take turns, so what a slow minute costs, it costs both; CPU time only.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from bench.brief import size
from bench.node import Filler
from bench.steps import arrival, started
from bench.unit_of_work import folder
from douane.assembly.core import Core
from douane.configuration.collecting import settle
from douane.runtime.core.tick import Tick
from douane.runtime.observing.uses import Uses
from douane.shared_services.monitoring.traces import traceparent
from douane.supervision.judging import Judging, names_of
from douane.supervision.noticing import Noticing
from douane.supervision.telemetry import Telemetry

AT_ONCE = 16
WARM, PAIRS = size((20, 200), brief=(1, 3))
GOAL = 1.02
Watch = Callable[[Tick], None]


class Side:
    """A node of its own, with what watches its ticks."""

    def __init__(self, place: Path, watching: Callable[[Core, Path], list[Watch]]) -> None:
        self.core = started(place)
        self._declarations = Filler(self.core)
        self._watch = watching(self.core, place)
        self.took = list[int]()

    def tick(self) -> None:
        """Some units, to their end."""
        arrivals = [arrival(self.core, self._declarations) for _ in range(AT_ONCE)]
        owner = self.core.node.owners[0]
        began = time.process_time_ns()
        self._done(tick := Tick(owner), lambda: tick.run(arrivals))
        while owner.pending:
            self._done(tick := Tick(owner), tick.run)
        self.took.append(time.process_time_ns() - began)

    def _done(self, tick: Tick, run: Callable[[], Any]) -> None:
        run()
        for watch in self._watch:
            watch(tick)


def watched(core: Core, place: Path) -> list[Watch]:
    """Everything on."""
    telemetry = Telemetry(core.catalogue, core.clock, place / "node.log", (), names_of(core.behaviour.judges))
    judging = Judging(core.catalogue, core.behaviour.judges, core.look, telemetry, core.settings.judged)

    def answered(tick: Tick) -> None:
        for _, row in tick.overlay.rows:
            if row.origin.platform:
                telemetry.answered(row.origin.platform, row.origin.channel, "202")

    def traced(tick: Tick) -> None:
        for position, row in tick.overlay.sent:
            if row.lane:
                traceparent("bench", core.store, position, row)

    return [telemetry.watch, Noticing(Uses(core.clock.now()), core.clock).watch, judging.watch, answered, traced]


def run(seconds: float) -> dict[str, Any]:
    """The two of them in turn. ``seconds``: nothing, since pairs are counted."""
    del seconds
    with folder() as first, folder() as second:
        sides = [Side(first, lambda _core, _place: []), Side(second, watched)]
        settle()
        for _ in range(WARM):
            for side in sides:
                side.tick()
        for side in sides:
            side.took.clear()
        for pair in range(PAIRS):
            for side in sides if pair % 2 else reversed(sides):
                side.tick()
        rows = [
            {"case": case, "units": PAIRS * AT_ONCE,
             "unit_cpu_us": round(median(side.took) / AT_ONCE / 1000, 1)}
            for case, side in zip(("nobody looks", "everything on"), sides, strict=True)
        ]  # fmt: skip
        ratio = median(with_ / without for without, with_ in zip(sides[0].took, sides[1].took, strict=True))
        for side in sides:
            side.core.store.close()
    ratios = {"CPU of a unit with everything on / without": round(ratio, 3), "goal, at most": GOAL}
    return {"name": "operations", "rows": rows, "ratios": ratios}
