"""Making a failing simulation short: faults and traders are taken out as long as it still fails.

As delta debugging does it (Zeller and Hildebrandt 2002): halves first, then smaller parts. Each try is a whole run, so
their number is bounded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from douane.development.simulation.simulation import Result, Scenario, simulate

TRIES = 40


def shorten(failed: Result, *, tries: int = TRIES, run: Callable[[Scenario], Result] = simulate) -> Result:
    """The smallest failing run that was found within so many tries; at worst the given one."""
    search = _Search(failed, tries, run)
    search.traders()
    search.events()
    return search.best


class _Search:
    def __init__(self, failed: Result, tries: int, run: Callable[[Scenario], Result]) -> None:
        self.best, self._left, self._run = failed, tries, run

    def traders(self) -> None:
        """Fewer traders."""
        self._cut(self.best.taking, lambda kept: replace(self.best.scenario, only=frozenset(kept)), least=1)

    def events(self) -> None:
        """Fewer faults."""
        self._cut(self.best.struck, lambda kept: replace(self.best.scenario, keep=frozenset(kept)), least=0)

    def _cut(self, kept: list[int], made: Callable[[list[int]], Scenario], *, least: int) -> None:
        size = max(1, len(kept) // 2)
        while self._left > 0 and len(kept) > least:
            for start in range(0, len(kept), size):
                fewer = kept[:start] + kept[start + size :]
                if len(fewer) >= least and self._fails(made(fewer)):
                    kept = fewer
                    break
            else:
                if size == 1:
                    return
                size = max(1, size // 2)
                continue
            size = min(size, max(1, len(kept) // 2))

    def _fails(self, scenario: Scenario) -> bool:
        if self._left <= 0:
            return False
        self._left -= 1
        result = self._run(scenario)
        if result.sound:
            return False
        self.best = result
        return True
