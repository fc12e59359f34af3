"""The same ticks in turn on stores of different size, in one process: what a slow minute costs, it costs all of them.

Declarations are parsed before the clock starts; accepting, handling, writing and committing count. CPU time only.
Message ids and LRNs ascend for each trader, as a program numbers its messages, or are *scattered*: in no order, among
those that the store was filled with.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from bench.brief import size
from bench.filling import FIRST
from bench.node import TRADERS, Filler, stored
from douane.assembly.core import make_core
from douane.configuration.collecting import settle
from douane.configuration.settings import NodeSettings
from douane.runtime.core.tick import Tick
from douane.runtime.store.envelope import Arrival
from douane.runtime.store.ports import HOUR
from douane.vocabulary.errors import DouaneError

AT_ONCE = 16  # units of a tick
WARM = size(20, brief=1)  # rounds
Used = Callable[[], int]


class Side:
    """One of the stores, with the ticks it did."""

    def __init__(self, settings: NodeSettings, first: int, *, scattered: bool) -> None:
        self.core = make_core(settings, ended=_raise)
        self.stored, self.took, self.server_took = stored(self.core), list[int](), list[int]()
        if not self.stored:
            raise RuntimeError(f"nothing is stored in {settings.store_address}")
        self._declarations = Filler(self.core)
        self._declarations.number = first
        self._chance = random.Random(first) if scattered else None
        self.core.node.owners[0].ports.budget = HOUR
        self._until_idle()

    def tick(self, server: Used) -> None:
        """Some units, to their end."""
        arrivals, owner = [self._arrival() for _ in range(AT_ONCE)], self.core.node.owners[0]
        before = server()
        began = time.process_time_ns()
        results = Tick(owner).run(arrivals)
        self._until_idle()
        self.took.append(time.process_time_ns() - began)
        self.server_took.append(server() - before)
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


def compare(
    nodes: Sequence[NodeSettings], units: int, first: int, *, scattered: bool = False, server: Used | None = None
) -> list[dict[str, Any]]:
    """CPU of a unit on each store; ``ratio`` to the first of them is the median over pairs of neighbouring ticks.

    first: a number above which no declaration has been lodged. server: nanoseconds of CPU that the database server of
    all stores has used by now; its share of a unit stands beside ours then.
    """
    used, sides = server or _nobody, [Side(each, first, scattered=scattered) for each in nodes]
    settle()
    for _ in range(WARM):
        for side in sides:
            side.tick(used)
    for side in sides:
        side.took.clear()
        side.server_took.clear()
    for round_ in range(units // AT_ONCE):
        for side in sides if round_ % 2 else reversed(sides):
            side.tick(used)
    case = f"core, in turn, {'scattered' if scattered else 'ascending'} ids"
    rows = [
        {"stored": side.stored, "case": case, "units": len(side.took) * AT_ONCE, "unit_cpu_us": _unit_us(side.took)}
        | ({"server_unit_cpu_us": _unit_us(side.server_took)} if server else {})
        | {"ratio": _ratio(side.took, sides[0].took)}
        | ({"server_ratio": _ratio(side.server_took, sides[0].server_took)} if server else {})
        for side in sides
    ]
    for side in sides:
        side.core.close()
    return rows


def _unit_us(took: Sequence[int]) -> float:
    return round(sum(took) / len(took) / AT_ONCE / 1000, 1)


def _ratio(took: Sequence[int], base: Sequence[int]) -> float:
    return round(median(a / max(b, 1) for a, b in zip(took, base, strict=True)), 3)


def _nobody() -> int:
    return 0


def _raise(problem: BaseException) -> None:
    raise problem
