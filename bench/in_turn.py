"""The same ticks in turn on stores of different size, in one process: what a slow minute costs, it costs all of them.

Declarations are parsed before the clock starts; accepting, handling, writing and committing count. CPU time only.
Message ids and LRNs ascend for each trader, as a program numbers its messages, or are *scattered*: in no order, among
those that the store was filled with.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench.filling import FIRST
from bench.node import TRADERS, Filler, settings_for, stored
from douane.assembly.node import make_core
from douane.configuration.collecting import settle
from douane.runtime.core.tick import Tick
from douane.runtime.store.envelope import Arrival
from douane.runtime.store.ports import HOUR
from douane.vocabulary.errors import DouaneError

AT_ONCE = 16  # units of a tick
WARM = 20  # rounds


class Side:
    """One of the stores, with the ticks it did."""

    def __init__(self, folder: Path, first: int, *, scattered: bool) -> None:
        self.core = make_core(settings_for(folder), ended=_raise)
        self.stored, self.took = stored(self.core), list[int]()
        if not self.stored:
            raise RuntimeError(f"nothing is stored in {folder}")
        self._declarations = Filler(self.core)
        self._declarations.number = first
        self._chance = random.Random(first) if scattered else None
        self.core.node.owners[0].ports.budget = HOUR
        self._until_idle()

    def tick(self) -> None:
        """Some units, to their end."""
        arrivals, owner = [self._arrival() for _ in range(AT_ONCE)], self.core.node.owners[0]
        began = time.process_time_ns()
        results = Tick(owner).run(arrivals)
        self._until_idle()
        self.took.append(time.process_time_ns() - began)
        if refused := [each for each in results if isinstance(each, DouaneError)]:
            raise refused[0]

    def _arrival(self) -> Arrival:
        if self._chance is None:
            return self._declarations.arrival()
        number = FIRST + self._chance.randrange(self.stored // 8)
        return self._declarations.arrival_of(number, (number + self._chance.randrange(1, TRADERS)) % TRADERS)

    def _until_idle(self) -> None:
        owner = self.core.node.owners[0]
        while owner.pending:
            Tick(owner).run()


def compare(folders: Sequence[Path], units: int, first: int, *, scattered: bool = False) -> list[dict[str, Any]]:
    """CPU of a unit on each store; ``ratio`` to the first of them is the median over pairs of neighbouring ticks.

    first: a number above which no declaration has been lodged.
    """
    sides = [Side(folder, first, scattered=scattered) for folder in folders]
    settle()
    for _ in range(WARM):
        for side in sides:
            side.tick()
    for side in sides:
        side.took.clear()
    for round_ in range(units // AT_ONCE):
        for side in sides if round_ % 2 else reversed(sides):
            side.tick()
    case = f"core, in turn, {'scattered' if scattered else 'ascending'} ids"
    rows = [
        {
            "stored": side.stored, "case": case, "units": len(side.took) * AT_ONCE,
            "unit_cpu_us": round(sum(side.took) / len(side.took) / AT_ONCE / 1000, 1),
            "ratio": round(median(a / b for a, b in zip(side.took, sides[0].took, strict=True)), 3),
        }
        for side in sides
    ]  # fmt: skip
    for side in sides:
        side.core.close()
    return rows


def _raise(problem: BaseException) -> None:
    raise problem
