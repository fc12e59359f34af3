"""Service levels: what a service promises, what its parts let it promise, and what was measured, minute by minute.

A minute in which something failed at a door is bad, whatever the rest of it was; one that nobody saw is unknown, which
is not up. What was announced is planned: it does not count against the promise, and counts round the clock. A minute
before or after what was announced is bad as any other.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from douane.model.declare import Level

MINUTES_A_DAY: Final = 1440


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a door in a minute (counted since 1970). cause: what failed; empty where it worked.

    service: the one that it was about; empty where it was about every service of the door.
    """

    minute: int
    platform: str
    cause: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """Time that was announced: from the first minute to before the last one. administration: whose systems rest."""

    begin: int
    end: int
    administration: str = ""


@dataclass(frozen=True, slots=True)
class Incident:
    """Bad minutes in a row, of one cause; every bad minute belongs to one incident."""

    begin: int
    end: int
    cause: str

    @property
    def minutes(self) -> int:
        """How long it was."""
        return self.end - self.begin


@dataclass(frozen=True, slots=True)
class Measured:
    """A period of one service at one door, for one administration (empty: for all), in minutes."""

    service: str
    platform: str
    administration: str
    level: Level
    inherited: float
    good: int
    bad: int
    planned: int
    unknown: int
    incidents: tuple[Incident, ...] = ()

    @property
    def agreed(self) -> float | None:
        """The share of agreed time that was seen in which it worked; None where nothing was seen."""
        seen = self.good + self.bad
        return self.good / seen if seen else None

    @property
    def round_the_clock(self) -> float | None:
        """The same of all time that was seen: what was planned counts as down."""
        seen = self.good + self.bad + self.planned
        return self.good / seen if seen else None

    @property
    def coverage(self) -> float:
        """The share of the period of which anything is known."""
        whole = self.good + self.bad + self.planned + self.unknown
        return (whole - self.unknown) / whole if whole else 0.0

    @property
    def allowance(self) -> float:
        """Minutes of the agreed time of the period that may be bad."""
        return (1 - self.level.value / 100) * (self.good + self.bad + self.unknown)

    @property
    def left(self) -> float:
        """Minutes that are left of the allowance; below zero where the promise is broken."""
        return self.allowance - self.bad

    @property
    def exceeds_its_parts(self) -> bool:
        """Whether it promises more than its parts together do."""
        return self.level.value / 100 > self.inherited + 1e-9


def inherited(service: str, promises: Mapping[str, Level], hard: Mapping[str, frozenset[str]]) -> float:
    """What the parts of a service together promise: the product of theirs, 1 where it has none."""
    return math.prod(promises[each].value / 100 for each in hard.get(service, ()) if each in promises)


def added(months: Iterable[Iterable[Measured]]) -> list[Measured]:
    """Months in their order as one period: minutes are added, and an incident over midnight of the last day is one."""
    found: dict[tuple[str, str, str], Measured] = {}
    for each in (one for month in months for one in month):
        key = each.service, each.platform, each.administration
        former = found.get(key)
        found[key] = each if former is None else replace(
            each, good=former.good + each.good, bad=former.bad + each.bad, planned=former.planned + each.planned,
            unknown=former.unknown + each.unknown, incidents=_joined(former.incidents, each.incidents),
        )  # fmt: skip
    return list(found.values())


def _joined(first: tuple[Incident, ...], then: tuple[Incident, ...]) -> tuple[Incident, ...]:
    if first and then and (first[-1].end, first[-1].cause) == (then[0].begin, then[0].cause):
        return (*first[:-1], Incident(first[-1].begin, then[0].end, then[0].cause), *then[1:])
    return first + then


def measure(
    seen: Iterable[Seen], begin: int, end: int, platform: str, windows: Sequence[Window] = (), service: str = "",
) -> tuple[int, int, int, int, tuple[Incident, ...]]:  # fmt: skip
    """Good, bad, planned and unknown minutes of a door from ``begin`` to before ``end``, and what the bad ones were.

    ``service``: whose; empty for what all services of the door have in common.
    """
    causes: dict[int, str] = {}
    for each in seen:
        if each.platform == platform and each.service in ("", service) and begin <= each.minute < end:
            causes[each.minute] = causes.get(each.minute) or each.cause
    planned = {m for w in windows for m in range(max(begin, w.begin), min(end, w.end))}
    bad = [minute for minute, cause in causes.items() if cause and minute not in planned]
    good = sum(not cause and minute not in planned for minute, cause in causes.items())
    unknown = (end - begin) - len(planned) - good - len(bad)
    return good, len(bad), len(planned), unknown, tuple(_incidents(sorted(bad), causes))


def _incidents(bad: Sequence[int], causes: Mapping[int, str]) -> Iterator[Incident]:
    start = 0
    for n, minute in enumerate(bad):
        last = n + 1 == len(bad)
        if last or bad[n + 1] != minute + 1 or causes[bad[n + 1]] != causes[minute]:
            yield Incident(bad[start], minute + 1, causes[minute])
            start = n + 1


def report(
    seen: Sequence[Seen], begin: int, end: int, places: Iterable[tuple[str, str]], promises: Mapping[str, Level],
    hard: Mapping[str, frozenset[str]], windows: Sequence[Window] = (), administrations: Sequence[str] = ("",),
) -> list[Measured]:  # fmt: skip
    """A period of every service at every door where it is offered, for each administration."""
    found = []
    alone = {(each.service, each.platform) for each in seen if each.service}
    measured: dict[tuple[str, str, str], tuple[int, int, int, int, tuple[Incident, ...]]] = {}
    for service, platform in places:
        for administration in administrations:
            own = [each for each in windows if each.administration in ("", administration)]
            apart = service if (service, platform) in alone else ""
            key = platform, administration, apart
            if key not in measured:
                measured[key] = measure(seen, begin, end, platform, own, apart)
            good, bad, planned, unknown, incidents = measured[key]
            found.append(
                Measured(service, platform, administration, promises[service], inherited(service, promises, hard), good,
                         bad, planned, unknown, incidents)
            )  # fmt: skip
    return found
