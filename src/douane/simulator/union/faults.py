"""What goes wrong in a simulated union, and when: planned from the seed before anything runs.

Each event stands alone: taking one out of the plan leaves the others as they were. That is how a failing run is
shortened.
"""

from __future__ import annotations

import asyncio
import enum
import errno
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from douane.runtime.store.ports import SECOND, Instant
from douane.simulator.union.loop import Life, VirtualLoop
from douane.simulator.union.network import CALM, Network, Weather
from douane.simulator.union.trace import Trace


class Kind(enum.Enum):
    """The faults."""

    KILL = "the process is killed, some steps later"
    KILL_BEFORE_COMMIT = "the process is killed just before a commit"
    KILL_AFTER_COMMIT = "the process is killed just after a commit, before anybody is told"
    POWER_CUT = "the power fails"
    POWER_CUT_IN_WRITE = "the power fails while the disk works"
    POWER_CUT_IN_START = "the process is killed, and the power fails while the next one starts"
    DISK_ERROR = "the disk refuses an operation"
    DISK_FULL = "the disk is full for a while"
    CLOCK_JUMP = "the clock jumps"
    FREEZE = "the process freezes, another takes its partitions, then it wakes"
    SLOW = "the machine is slow, so that ticks leave work behind; every other time it is killed among it"
    CUT_OFF = "a line between two machines is cut, in both directions or one"
    STORM = "messages are lost, doubled, delayed and overtake each other"
    DEFECT = "an application fails with some messages until it is mended"


WEIGHTS: Final[Mapping[Kind, int]] = {
    Kind.KILL: 5, Kind.KILL_BEFORE_COMMIT: 3, Kind.KILL_AFTER_COMMIT: 3, Kind.POWER_CUT: 3, Kind.POWER_CUT_IN_WRITE: 5,
    Kind.POWER_CUT_IN_START: 1, Kind.DISK_ERROR: 5, Kind.DISK_FULL: 1, Kind.CLOCK_JUMP: 2, Kind.FREEZE: 3,
    Kind.SLOW: 3, Kind.CUT_OFF: 3, Kind.STORM: 4, Kind.DEFECT: 2,
}  # fmt: skip
JUMPS: Final = (-86_400, -3_600, -60, -1, 1, 60, 3_600)
"""Seconds by which a clock jumps. A day forward would end every movement's time limits at once; an hour is enough."""


@dataclass(frozen=True, slots=True)
class Event:
    """One fault: when (seconds), where, for how long (seconds), and how far from then (operations, steps, jumps)."""

    at: float
    kind: Kind
    target: str
    seconds: float
    count: int
    other: str = ""

    def __str__(self) -> str:
        towards = f" to {self.other}" if self.other else ""
        return f"{self.at:9.3f} {self.kind.name} {self.target}{towards} for {self.seconds:.1f} s, {self.count}"


def plan(chance: random.Random, seconds: float, machines: Sequence[str], rate: float) -> list[Event]:
    """Events of a run: ``rate`` an hour, none in the first minute."""
    number = round(rate * seconds / 3600)
    kinds, weights = list(WEIGHTS), list(WEIGHTS.values())
    made = []
    for _ in range(number):
        kind = chance.choices(kinds, weights)[0]
        target = chance.choice(machines)
        other = ""
        if kind is Kind.CUT_OFF:
            target = chance.choice(machines[1:])
            other = chance.choice(("both", "there", "back"))
        count = chance.choice(JUMPS) if kind is Kind.CLOCK_JUMP else _count(chance, kind)
        made.append(Event(60 + chance.random() * (seconds - 60), kind, target, _span(chance), count, other))
    return sorted(made, key=lambda event: event.at)


def _count(chance: random.Random, kind: Kind) -> int:
    most = {Kind.KILL: 150, Kind.KILL_BEFORE_COMMIT: 4, Kind.KILL_AFTER_COMMIT: 4, Kind.POWER_CUT_IN_START: 12}
    return chance.randint(1, most.get(kind, 40))


def _span(chance: random.Random) -> float:
    return float(chance.choice((0.3, 2.0, 10.0, 40.0, 120.0)) * (0.5 + chance.random()))


class Machine(Protocol):
    """What can be done to a machine."""

    name: str
    downtime: float
    offset: Instant
    doomed_before: int
    doomed_after: int
    doomed_among_work: bool
    cut_in_start: int
    volume: Any

    @property
    def life(self) -> Life | None:
        """The process that answers now."""

    def kill(self) -> None:
        """End the process."""

    def cut(self) -> None:
        """Take the power away."""

    def freeze(self) -> Callable[[], None] | None:
        """Stop the process and start another; what wakes it again."""

    def jump(self, offset: Instant) -> None:
        """Move the clock."""

    def slow_down(self, cost: Instant) -> None:
        """What each look at the clock costs from now on."""


@dataclass(slots=True)
class Nemesis:
    """Strikes as planned; ``calm`` ends every fault."""

    loop: VirtualLoop
    network: Network
    trace: Trace
    machines: Mapping[str, Machine]
    centre: str
    events: Sequence[Event]
    defective: bool = False
    """Whether the application fails at present."""
    struck: int = 0
    _running: bool = True
    _storms: list[Weather] = field(default_factory=list)

    async def run(self) -> None:
        """Strike, event by event."""
        for event in self.events:
            await asyncio.sleep(max(0.0, event.at - self.loop.now))
            if not self._running:
                return
            self.trace.note(self.loop.now, "nemesis", str(event))
            self.struck += 1
            self._strike(event, self.machines[event.target])

    def calm(self) -> None:
        """No fault is left, and none will come."""
        self._running = False
        self.defective = False
        self._storms.clear()
        self.network.weather = CALM
        self.network.cuts.clear()
        for machine in self.machines.values():
            machine.volume.calm()
            machine.doomed_before = machine.doomed_after = machine.cut_in_start = 0
            machine.doomed_among_work = False
            if machine.life is not None:
                machine.life.fuse = 0
            machine.slow_down(1)
            machine.jump(-machine.offset)
        self.trace.note(self.loop.now, "nemesis", "faults are over")

    def _strike(self, event: Event, machine: Machine) -> None:
        later = self._later
        match event.kind:
            case Kind.KILL:
                machine.downtime = event.seconds / 4
                if machine.life is not None:
                    machine.life.fuse = event.count
            case Kind.KILL_BEFORE_COMMIT:
                machine.doomed_before = event.count
            case Kind.KILL_AFTER_COMMIT:
                machine.doomed_after = event.count
            case Kind.POWER_CUT:
                machine.downtime = event.seconds / 4
                machine.cut()
            case Kind.POWER_CUT_IN_WRITE:
                machine.volume.cut_at(event.count)
            case Kind.POWER_CUT_IN_START:
                machine.cut_in_start = event.count
                machine.kill()
            case Kind.DISK_ERROR:
                machine.volume.fail(event.count, error=errno.ENOSPC if event.count % 2 else errno.EIO)
            case Kind.DISK_FULL:
                machine.volume.capacity = machine.volume.used() + event.count * 1000
                later(event.seconds, lambda: setattr(machine.volume, "capacity", None))
            case Kind.CLOCK_JUMP:
                machine.jump(event.count * SECOND)
            case Kind.FREEZE:
                wake = machine.freeze()
                if wake is not None:
                    self.loop.outside(event.seconds, wake)
            case Kind.SLOW:
                machine.slow_down(25_000)
                machine.doomed_among_work = bool(event.count % 2)
                later(event.seconds, lambda: machine.slow_down(1))
            case Kind.CUT_OFF:
                cuts = {"there": [(event.target, self.centre)], "back": [(self.centre, event.target)]}
                lines = cuts.get(event.other) or [*cuts["there"], *cuts["back"]]
                self.network.cuts.update(lines)
                later(event.seconds, lambda: self.network.cuts.difference_update(lines))
            case Kind.STORM:
                self._storm(event)
            case Kind.DEFECT:
                self.defective = True
                later(event.seconds, lambda: setattr(self, "defective", False))

    def _storm(self, event: Event) -> None:
        storm = Weather(lost=0.05 + event.count / 200, doubled=0.15, delay=0.2 + event.count / 20)
        self._storms.append(storm)
        self.network.weather = storm
        self._later(event.seconds, lambda: self._abate(storm))

    def _abate(self, storm: Weather) -> None:
        if storm in self._storms:
            self._storms.remove(storm)
        self.network.weather = self._storms[-1] if self._storms else CALM

    def _later(self, seconds: float, end: Callable[[], object]) -> None:
        self.loop.outside(seconds, end)
