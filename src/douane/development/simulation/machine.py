"""A simulated machine: its disk, and the processes on it that start, end and start again.

What happens between two steps of a process is up to the faults: it may be killed, lose its power, freeze while another
takes its partitions.
"""

from __future__ import annotations

import contextlib
import contextvars
import functools
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from douane.backends.sqlite.faulty import REFUSALS, DatabaseError, mounted
from douane.backends.sqlite.volume import Volume
from douane.configuration.settings import NodeSettings
from douane.development.simulation.simulated_process import (
    Installation,
    Process,
    SimulatedClock,
    SimulatedIds,
    Surroundings,
    WatchedStore,
)
from douane.model.circles import Platform
from douane.runtime.store import keys
from douane.runtime.store.envelope import PARKED
from douane.runtime.store.ports import Batch, Instant
from douane.simulator.union.lines import Line
from douane.simulator.union.loop import LIFE, Life
from douane.standards.transparency_log.note import Signer
from douane.vocabulary.errors import DouaneError, LostOwnership, StoreUnavailable

LEASE: Final = 30.0
"""Seconds after which a process that woke up knows at the latest that its partitions were taken."""
_MEDIUM: Final = (*REFUSALS, StoreUnavailable)


class Killed(BaseException):
    """The process ends within a commit. Nothing catches it but what ends a process for any reason."""


@dataclass(slots=True, eq=False)
class Machine:
    """One machine: its disk outlives its processes. ``process`` is the one whose doors are open."""

    name: str
    settings: NodeSettings
    around: Surroundings
    partitions: tuple[int, ...] = (0,)
    centre: Machine | None = None
    offset: Instant = 0
    slow: Instant = 1
    commits: int = 0
    starts: int = 0
    doomed_before: int = 0
    doomed_after: int = 0
    doomed_among_work: bool = False
    cut_in_start: int = 0
    process: Process | None = None
    former: list[Process] = field(default_factory=list)
    """Processes that are frozen, or woke up and do not know yet that they are nobody any more."""
    volume: Volume = field(init=False)
    signers: dict[int, Signer] = field(init=False)
    problems: list[str] = field(default_factory=list)
    """What should never have happened."""
    blocked: set[int] = field(default_factory=set)
    """Positions of messages that ever held up their case."""
    downtime: float = 1.0
    down: bool = False
    kills: int = 0
    cuts: int = 0
    _mounted: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    _installed: Installation = field(init=False)

    def __post_init__(self) -> None:
        around = self.around
        self.volume = Volume(around.chance(f"disk/{self.name}").randrange)
        self._mounted.enter_context(mounted(self.volume, self._vfs))
        self.signers = {p: Signer.from_seed(f"{self.name}.douane.example/p{p}", _seed(self.name, p))
                        for p in self.partitions}  # fmt: skip
        self._installed = Installation(
            self.settings, around, self.partitions, self.signers, SimulatedIds(around.chance(f"ids/{self.name}")),
            self._line() if self.centre is not None else None,
        )  # fmt: skip

    # --- as others see it

    @property
    def life(self) -> Life | None:
        """The process that answers calls now."""
        process = self.process
        return process.life if process is not None and process.life.alive else None

    @property
    def serves(self) -> Any:
        """The doors of the process that answers now."""
        assert self.process is not None
        return self.process.doors

    @property
    def path(self) -> str:
        """Where its store lies on its volume."""
        return str(self.around.folder / f"{self.name}.db")

    @property
    def _vfs(self) -> str:
        return f"simulated-{self.around.folder.name}-{self.name}"

    def _line(self) -> Line:
        assert self.centre is not None
        administration = min(self.settings.administrations)
        certificate = f"{administration.lower()}.system".encode()
        return Line(self.around.network, self.name, self.centre, Platform.CCN2.value, certificate)

    # --- starting and ending

    def start(self) -> bool:
        """Start a process; False when it could not (the disk refused, the power failed meanwhile)."""
        self.starts += 1
        life = Life(f"{self.name}#{self.starts}", self._over, lambda: self.volume.running)
        context = contextvars.copy_context()
        context.run(LIFE.set, life)
        try:
            self.process = context.run(self._begin, life)
        except (DatabaseError, DouaneError, Killed) as problem:
            life.end()
            self.note(f"could not start: {type(problem).__name__}")
            if self.volume.running and not isinstance(problem, _MEDIUM):
                self.problems.append(f"{self.name} could not start: {problem!r}")
            return False
        self.note("started")
        return True

    def _begin(self, life: Life) -> Process:
        store = WatchedStore(self.path, self._vfs, self._committing)
        try:
            return self._installed.begin(
                life, store, SimulatedClock(self.around.loop, self.offset, self.slow),
                functools.partial(self._failed, life),
            )  # fmt: skip
        except BaseException:
            store.close()
            raise

    def kill(self) -> None:
        """The process is killed between two steps; what it wrote stays."""
        self._go_down(cut=False)

    def cut(self) -> None:
        """The power fails; what was not synced is lost, or a part of it."""
        self._go_down(cut=True)

    def _go_down(self, *, cut: bool) -> None:
        if self.down:
            return
        self.down = True
        cut = cut or not self.volume.running
        self.note("power cut" if cut else "killed")
        if cut:
            self.volume.power_cut()
            self.cuts += 1
        else:
            self.volume.kill()
            self.kills += 1
        self._stop_all()
        self.around.loop.outside(self.downtime, self._come_up)

    def _come_up(self) -> None:
        self.volume.start()
        self.down = False
        if self.cut_in_start:
            self.volume.cut_at(self.cut_in_start)
            self.cut_in_start = 0
        if not self.start():
            self._go_down(cut=False)

    def freeze(self) -> Callable[[], None] | None:
        """The process stops at once and knows nothing of it; another one starts and takes the partitions."""
        frozen = self.process
        if frozen is None or not frozen.life.alive or self.down:
            return None
        frozen.life.frozen = True
        self.former.append(frozen)
        self.process = None
        self.note(f"{frozen.life.name} freezes")
        if not self.start():
            self._go_down(cut=False)
        return lambda: self._wake(frozen)

    def _wake(self, frozen: Process) -> None:
        if frozen.life.alive:
            self.note(f"{frozen.life.name} wakes")
            frozen.life.thaw()
            self.around.loop.outside(LEASE, self._bury, frozen.life)  # the renewal of its lease would tell it by then

    @property
    def shown(self) -> Instant:
        """What its clock shows: that of its process, or of the next one."""
        clock = self.process.clock if self.process is not None else None
        return (clock or SimulatedClock(self.around.loop, self.offset, self.slow)).shown

    def jump(self, offset: Instant) -> None:
        """The clock jumps, for this process and all that follow."""
        self.offset += offset
        if self.process is not None:
            self.process.clock.offset = self.offset

    def slow_down(self, cost: Instant) -> None:
        """What each look at the clock costs from now on."""
        self.slow = cost
        if self.process is not None:
            self.process.clock.cost = cost

    def _stop_all(self) -> None:
        for process in (*self.former, *((self.process,) if self.process else ())):
            process.close()
        self.former.clear()
        self.process = None

    def _over(self, life: Life) -> None:
        """A life ended: by its fuse, in a commit, with its power, or because a tick raised."""
        self.around.loop.outside(0.0, self._bury, life)

    def _bury(self, life: Life) -> None:
        former = next((p for p in self.former if p.life is life), None)
        if former is not None:
            self.former.remove(former)
            former.close()
        elif self.process is not None and self.process.life is life:
            self._go_down(cut=False)

    def _failed(self, life: Life, problem: BaseException) -> None:
        """A tick raised: the process ends, as a real one does."""
        if life.alive and self.volume.running:
            self.note(f"{life.name} ends: {type(problem).__name__}")
            if not isinstance(problem, LostOwnership):
                self.problems.append(f"a tick of {life.name} raised {problem!r}")
            life.end()

    # --- what is watched

    def _committing(self, batch: Batch, partition: int, done: bool) -> None:
        life = LIFE.get()
        if done:
            self.commits += 1
            self._note_blocked(batch)
            self.note(f"commit {partition} {_fingerprint(batch):08x}")
            if self.doomed_after:
                self.doomed_after -= 1
                self._die(life, self.doomed_after, "after")
            if self.doomed_among_work and self.process is not None:
                left = any(owner.pending for owner in self.process.node.owners)
                self.doomed_among_work = not left
                self._die(life, int(not left), "that left work behind, after")
        elif self.doomed_before:
            self.doomed_before -= 1
            self._die(life, self.doomed_before, "before")

    def _note_blocked(self, batch: Batch) -> None:
        """Which messages hold up a case: seen here, for nothing of it is left once they are released."""
        waits = [raw for key, raw in batch.put.items() if key[:1] == keys.WAIT]
        self.blocked |= {parked.position for parked in map(PARKED.read, waits) if parked.blocks}

    def _die(self, life: Life | None, left: int, when: str) -> None:
        if not left and life is not None:
            self.note(f"killed {when} a commit")
            life.end()
            raise Killed

    def note(self, what: str) -> None:
        """Add to the trace."""
        self.around.trace.note(self.around.loop.now, self.name, what)

    def release(self) -> None:
        """Let go of everything at the end of a run."""
        self._stop_all()
        self._mounted.close()


def _seed(name: str, partition: int) -> bytes:
    return f"{name}/{partition}".encode().ljust(32, b"\0")[:32]


def _fingerprint(batch: Batch) -> int:
    """A checksum over everything a batch writes."""
    parts = [
        b"%d/%d%b" % (log, position, value) for log, rows in sorted(batch.logs.items()) for position, value in rows
    ]
    for content in (batch.new, batch.put):
        for pair in sorted(content.items()):
            parts += pair
    parts += sorted(batch.gone)
    return zlib.crc32(b"".join(parts))
