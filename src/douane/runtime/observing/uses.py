"""How what is declared is used: how often, when last, how long a call took, how often it failed.

These are the figures of one process. Whoever calls is known by kind and, inside the trusted circle, by administration:
no trader, no reference and nothing that a sender wrote stands here. The figures are few, whatever anybody sends.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Any, Final

import msgspec

Instant = int
BOUNDS: Final = tuple(round(100 * 1.25**n) for n in range(64))
"""The ends of the ranges in which times of calls are counted, in microseconds: from 0.1 ms to two minutes."""
MOST: Final = 20_000
"""Figures of a kind that a process keeps; what comes beyond is counted without telling who."""
Caller = tuple[str, str, str]
"""An operation, the kind of who calls it, and his administration where he is of the trusted circle."""


class Figure(msgspec.Struct):
    """How often something happened and failed, and when last. took: how many calls, by the range of their time."""

    count: int = 0
    failed: int = 0
    last: Instant = 0
    took: dict[int, int] = msgspec.field(default_factory=dict)

    def happened(self, at: Instant, failed: bool = False) -> None:
        """It happened once more."""
        self.count += 1
        self.failed += failed
        self.last = max(self.last, at)

    def lasted(self, time: Instant) -> None:
        """A call took so long."""
        where = bisect_left(BOUNDS, time)
        self.took[where] = self.took.get(where, 0) + 1

    def with_(self, other: Figure) -> Figure:
        """Both together."""
        took = dict(self.took)
        for where, number in other.took.items():
            took[where] = took.get(where, 0) + number
        return Figure(self.count + other.count, self.failed + other.failed, max(self.last, other.last), took)

    def within(self, part: float) -> Instant | None:
        """The time within which such a part of the calls ended, rounded up to the end of its range; None for none."""
        number = sum(self.took.values())
        seen = 0
        for where, count in sorted(self.took.items()):
            seen += count
            if seen >= part * number:
                return BOUNDS[min(where, len(BOUNDS) - 1)]
        return None


def together(figures: Iterable[Figure]) -> Figure:
    """The sum of several."""
    found = Figure()
    for each in figures:
        found = found.with_(each)
    return found


class Uses(msgspec.Struct):
    """The figures since an instant.

    calls: by who called what. answers: by (operation, type of message that followed from it). steps: by (file,
    element) of the step that asked. runs: by (operation, file) of the process that a message began or moved on.
    entered: messages and questions through a door, by circle, platform and service.
    """

    since: Instant
    calls: dict[Caller, Figure] = msgspec.field(default_factory=dict)
    answers: dict[tuple[str, str], Figure] = msgspec.field(default_factory=dict)
    steps: dict[tuple[str, str], Figure] = msgspec.field(default_factory=dict)
    runs: dict[tuple[str, str], Figure] = msgspec.field(default_factory=dict)
    entered: dict[Caller, Figure] = msgspec.field(default_factory=dict)

    def called(self, caller: Caller) -> Figure:
        """The figure of who calls what."""
        found = self.calls.get(caller)
        if found is None:
            if len(self.calls) >= MOST:
                caller = ("", "", "")
            found = self.calls.setdefault(caller, Figure())
        return found

    def answered(self, operation: str, type: str) -> Figure:
        """The figure of what follows from an operation."""
        return _in(self.answers, (operation, type))

    def stepped(self, file: str, element: str) -> Figure:
        """The figure of a step that asks."""
        return _in(self.steps, (file, element))

    def ran(self, operation: str, file: str) -> Figure:
        """The figure of a process that messages of an operation begin or move on."""
        return _in(self.runs, (operation, file))

    def came(self, circle: str, platform: str, service: str) -> Figure:
        """The figure of what a circle sends and asks of a service through a platform: as few as there are of these."""
        return self.entered.setdefault((circle, platform, service), Figure())

    def with_(self, other: Uses) -> Uses:
        """Both together: since the earlier instant."""
        found = Uses(min(self.since, other.since), *(dict(each) for each in self._kinds()))
        for mine, theirs in zip(found._kinds(), other._kinds(), strict=True):
            for key, figure in theirs.items():
                mine[key] = mine[key].with_(figure) if key in mine else figure
        return found

    def _kinds(self) -> tuple[dict[Any, Figure], ...]:
        return self.calls, self.answers, self.steps, self.runs, self.entered


def _in(figures: dict[tuple[str, str], Figure], key: tuple[str, str]) -> Figure:
    found = figures.get(key)
    if found is None:
        found = figures.setdefault(key if len(figures) < MOST else ("", ""), Figure())
    return found
