"""A simulated machine: a node with its doors, core, store and disk, as processes that start, end and start again.

The same parts as a real node (``assembly.node``) on other ports: the disk is a volume that forgets, the clock and the
randomness follow the simulation, lines replace sockets. What happens between two steps of a process is up to the
faults: it may be killed, lose its power, freeze while another takes its partitions.
"""

from __future__ import annotations

import contextlib
import contextvars
import random
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from douane.assembly.artefacts import versions
from douane.assembly.lists import NodeLists
from douane.assembly.registry import UPLINK, Registry
from douane.assembly.settings import NodeSettings
from douane.assembly.uplink import Connector
from douane.backends.sqlite.backend import SqliteStore
from douane.backends.sqlite.faulty import REFUSALS, DatabaseError, mounted
from douane.backends.sqlite.volume import Volume
from douane.channels.rest.client import RestTransport
from douane.identity.authentication import Authenticator, Presented
from douane.identity.gate import PlatformGate
from douane.identity.principals import Principal
from douane.model.circles import Platform
from douane.runtime import keys
from douane.runtime.behaviour import Behaviour
from douane.runtime.catalogue import Catalogue
from douane.runtime.door import Door
from douane.runtime.envelope import INNER
from douane.runtime.inbox import Inbox
from douane.runtime.lanes import Lanes
from douane.runtime.link import CoreEnd, DirectLink, Question
from douane.runtime.node import Node
from douane.runtime.owner import Owner, Ports
from douane.runtime.ports import SECOND, Batch, Instant, Transport
from douane.runtime.queries import View
from douane.runtime.recent import Recent
from douane.runtime.transfer import Transfer
from douane.shared_services.auditing.port import AuditPort
from douane.simulator.union.lines import Line
from douane.simulator.union.loop import LIFE, Life, VirtualLoop
from douane.simulator.union.network import Network
from douane.simulator.union.trace import Trace
from douane.standards.transparency_log.note import Signer
from douane.vocabulary.errors import DouaneError, LostOwnership, NotAuthenticated, StoreUnavailable

BEGINNING: Final[Instant] = 1_795_000_000 * SECOND  # November 2026
LEASE: Final = 30.0
"""Seconds after which a process that woke up knows at the latest that its partitions were taken."""
DOORS: Final = (Platform.SPEED2, Platform.CCN2)


_MEDIUM: Final = (*REFUSALS, StoreUnavailable)


class Killed(BaseException):
    """The process ends within a commit. Nothing catches it but what ends a process for any reason."""


class SimulatedClock:
    """A machine's clock: virtual time, an offset that jumps, and what each look at it costs.

    As the system's own, it never goes back within a process; the next process sees what the machine shows then.
    """

    def __init__(self, loop: VirtualLoop, offset: Instant, cost: Instant) -> None:
        self.offset = offset
        self._loop, self.cost, self._last = loop, cost, 0

    def now(self) -> Instant:
        """Microseconds since 1970 as this machine believes."""
        self._last = max(self._last + self.cost, BEGINNING + round(self._loop.now * SECOND) + self.offset)
        return self._last


class SimulatedIds:
    """Randomness from the seed."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def random(self, size: int) -> bytes:
        """Bytes that repeat with the seed."""
        return self._chance.randbytes(size)


class KnownParties(Authenticator):
    """Knows the parties of the simulation by what stands for their certificate: their id."""

    def __init__(self, parties: dict[bytes, Principal]) -> None:
        self._parties = parties

    def authenticate(self, presented: Presented, now: int) -> Principal:  # noqa: ARG002 - the authenticator's signature
        """Who is calling. Raises NotAuthenticated."""
        found = self._parties.get(presented.certificate)
        if found is None:
            raise NotAuthenticated("Nobody is registered under this certificate.")
        return found


class WatchedStore(SqliteStore):
    """The SQLite store, whose process may end just before or just after a commit, and whose commits are noted."""

    def __init__(self, path: str, vfs: str, committing: Callable[[Batch, int, bool], None]) -> None:
        super().__init__(path, vfs=vfs)
        self._committing = committing

    def apply(self, batch: Batch, partition: int, epoch: int) -> None:
        """Commit, with the moments before and after it told."""
        self._committing(batch, partition, False)
        super().apply(batch, partition, epoch)
        self._committing(batch, partition, True)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all machines of a simulated union share."""

    loop: VirtualLoop
    network: Network
    trace: Trace
    folder: Path
    parties: dict[bytes, Principal]
    catalogue: Catalogue
    behaviour: Behaviour
    seed: str

    def chance(self, name: str) -> random.Random:
        """A stream of randomness of its own for each name."""
        return random.Random(f"{self.seed}/{name}")  # noqa: S311 - a simulation repeats


@dataclass(slots=True)
class Process:
    """A running process of a machine."""

    life: Life
    store: SqliteStore
    node: Node
    doors: dict[str, Door]
    lanes: Lanes
    clock: SimulatedClock

    def close(self) -> None:
        """Let go of files and memory; the process is over."""
        self.life.end()
        for owner in self.node.owners:
            owner.end()
        with contextlib.suppress(DatabaseError):
            self.store.close()


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
    downtime: float = 1.0
    down: bool = False
    kills: int = 0
    cuts: int = 0
    _mounted: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    _ids: SimulatedIds = field(init=False)

    def __post_init__(self) -> None:
        around = self.around
        self.volume = Volume(around.chance(f"disk/{self.name}").randrange)
        self._mounted.enter_context(mounted(self.volume, self._vfs))
        self._ids = SimulatedIds(around.chance(f"ids/{self.name}"))
        self.signers = {p: Signer.from_seed(f"{self.name}.douane.example/p{p}", _seed(self.name, p))
                        for p in self.partitions}  # fmt: skip

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
        around, settings = self.around, self.settings
        store = WatchedStore(self.path, self._vfs, self._committing)
        try:
            return self._put_together(life, store, around, settings)
        except BaseException:
            store.close()
            raise

    def _put_together(self, life: Life, store: SqliteStore, around: Surroundings, settings: NodeSettings) -> Process:
        clock = SimulatedClock(around.loop, self.offset, self.slow)
        lists = NodeLists(store, clock, settings.transition_end, self.partitions)
        auditors = {
            p: AuditPort(self.signers[p], keys.space(keys.AUDIT, p), store, versions=versions())
            for p in self.partitions
        }
        several = self.partitions if len(self.partitions) > 1 else ()
        registry = Registry(settings, around.catalogue)
        owners = [
            Owner(p, Ports(store, clock, self._ids, around.behaviour, registry, around.catalogue, auditors[p],
                           lists.look, partitions=several))
            for p in self.partitions
        ]  # fmt: skip
        for owner in owners:
            try:
                owner.begin()
            except StoreUnavailable:
                owner.end()  # as a real node: it reads, and begins to commit when the store can
        node = Node(owners, ended=lambda problem: self._failed(life, problem))
        lanes = Lanes(node, store, clock, self._transports(node))
        recent = Recent()
        node.watchers += [lists.watch, recent.watch, lanes.watch]
        node.moved.append(recent.forget)
        doors = self._doors(node, store, clock, lists, recent)
        process = Process(life, store, node, doors, lanes, clock)
        node.start()
        lanes.recover()
        create = around.loop.create_task
        create(lanes.run())
        if self.centre is not None:
            connector = Connector(self._line(), around.catalogue, node.submit, clock)
            create(connector.run())
        return process

    def _transports(self, node: Node) -> dict[str, Transport]:
        carried: dict[str, Transport] = {INNER: Transfer(node)}
        if self.centre is not None:
            carried["rest"] = RestTransport({UPLINK: self._line()})
        return carried

    def _line(self) -> Line:
        assert self.centre is not None
        administration = min(self.settings.administrations)
        certificate = f"{administration.lower()}.system".encode()
        return Line(self.around.network, self.name, self.centre, Platform.CCN2.value, certificate)

    def _doors(
        self, node: Node, store: SqliteStore, clock: SimulatedClock, lists: NodeLists, recent: Recent
    ) -> dict[str, Door]:
        catalogue, behaviour = self.around.catalogue, self.around.behaviour

        def answer(question: Question) -> Any:
            view = View(store, question.administration, clock.now(), lists.look, partitions=self.partitions,
                        caller=question.caller, roles=question.roles)  # fmt: skip
            return behaviour.queries[question.operation].answer(view, question.request)

        inbox = Inbox(store, self.partitions, recent, hold=lambda: node.held)
        end = CoreEnd(catalogue, node.submit, inbox, node.changed, answer, node.command, clock)
        known = KnownParties(self.around.parties)
        return {
            platform.value: Door(
                platform, gate=PlatformGate(platform, authenticator=known, now=clock.now), catalogue=catalogue,
                link=DirectLink(platform, end), clock=clock,
            )
            for platform in DOORS
        }  # fmt: skip

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
    parts = [b"%d/%d%b" % (log, position, value) for log, rows in sorted(batch.logs.items()) for position, value in rows]
    for content in (batch.new, batch.put):
        for pair in sorted(content.items()):
            parts += pair
    parts += sorted(batch.gone)
    return zlib.crc32(b"".join(parts))
