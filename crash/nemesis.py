"""The nemesis: a seeded schedule of what happens to processes and volumes under test."""

from __future__ import annotations

import enum
import random
import time
from dataclasses import dataclass
from pathlib import Path

from crash.database import Database
from crash.ledger import What, read_line
from crash.system import System
from crash.volumes import SmallVolume

UP_WITHIN = 120.0
RECEIPT_WITHIN = 30.0
GLANCE = 0.004
PAGES = "pages-"
"""Begins the name of a process that serves pages."""


class Fault(enum.StrEnum):
    """What can happen."""

    KILL = "kill"  # SIGKILL while it works
    KILL_STARTING = "kill while starting"
    KILL_ALL = "kill everything"  # the node and whoever starts it; then a start from nothing
    KILL_FROZEN = "kill while frozen"
    FREEZE = "freeze"  # SIGSTOP, SIGCONT
    FULL_STORE = "full store volume"  # and space again after a while; sometimes a kill meanwhile
    FULL_DATA = "full data volume"
    KILL_DATABASE = "kill the database"  # every process of the server; then it is started again
    OUTLIVE = "freeze beyond the lease"  # SIGSTOP a worker until others own its partitions, SIGCONT
    CUT = "file system power cut"  # the store's volume loses power; what runs on it is killed


OF_PROCESSES = {Fault.KILL: 78, Fault.KILL_STARTING: 12, Fault.KILL_ALL: 3, Fault.KILL_FROZEN: 3, Fault.FREEZE: 4}
"""Shares of what happens in between."""
KILLS = frozenset(Fault) - {Fault.FREEZE, Fault.FULL_STORE, Fault.FULL_DATA, Fault.OUTLIVE}
LEASE = 5.0
"""Seconds for which a worker owns its partitions without renewing."""


@dataclass(frozen=True, slots=True)
class Struck:
    """What happened, when it began, when it was over (the process dead, awake again, or with space again), and to which
    process; empty where it was to none alone."""

    fault: Fault
    began: float
    at: float
    who: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How much is to happen. up: how long the node works between two faults, at most, in seconds."""

    kills: int
    seed: int
    fills: int = 0
    cuts: int = 0
    up: float = 0.2


@dataclass(frozen=True, slots=True)
class Volumes:
    """The volumes of the node under test."""

    store: SmallVolume
    data: SmallVolume


class Receipts:
    """What the load clients hold so far, seen from the growth of their ledgers."""

    def __init__(self, folder: Path, ledgers: str = "*.ledger") -> None:
        self._folder, self._ledgers, self._seen, self._asked = folder, ledgers, dict[Path, int](), 0.0

    def latest(self) -> float:
        """When the newest request that got a receipt began."""
        for path in self._folder.glob(self._ledgers):
            with path.open("rb") as file:
                file.seek(self._seen.get(path, 0))
                for raw in file:
                    if not raw.endswith(b"\n"):
                        break
                    self._seen[path] = self._seen.get(path, 0) + len(raw)
                    line = read_line(raw)
                    if line.what is What.ACKNOWLEDGED:
                        self._asked = max(self._asked, line.asked)
        return self._asked

    def wait(self, after: float, seconds: float) -> None:
        """Until a request that began after a moment got a receipt, or the time is over."""
        end = time.monotonic() + seconds
        while self.latest() <= after and time.monotonic() < end:
            time.sleep(GLANCE)


class Nemesis:
    """Strikes until a schedule is over.

    Most faults wait until the node has acknowledged something since it was last struck: a kill of a node that did
    nothing shows nothing, and the time to the first receipt is to be seen. Some come while it is starting.
    """

    def __init__(
        self, system: System, folder: Path, schedule: Schedule, volumes: Volumes | None, database: Database | None
    ) -> None:
        self._system, self._receipts, self._schedule, self._volumes = system, Receipts(folder), schedule, volumes
        self._forms = Receipts(folder, "*.forms")
        self._database, self._shares = database, dict(OF_PROCESSES)
        if database is not None:
            self._shares[Fault.KILL_DATABASE] = 8
        if system.plan.workers > 1:
            self._shares[Fault.OUTLIVE] = 14
        self._chance = random.Random(schedule.seed)
        self.struck: list[Struck] = []
        self._began, self._who = 0.0, ""

    def run(self) -> list[Struck]:
        """Everything that happened, in order."""
        rare = self._rare()
        kills = 0
        while kills < self._schedule.kills or rare:
            if rare and (kills >= self._schedule.kills or self._chance.random() < self._density(rare, kills)):
                fault = rare.pop()
            else:
                (fault,) = self._chance.choices(list(self._shares), list(self._shares.values()))
            if self._system.cold and fault in OF_PROCESSES:
                fault = Fault.KILL_ALL  # nobody starts this one anew: it ends as a whole, and short lives go on
            self._began, self._who = 0.0, ""
            at = self._strike(fault)
            self.struck.append(Struck(fault, self._began or at, at, self._who))
            kills += fault in KILLS
        return self.struck

    def _rare(self) -> list[Fault]:
        """What happens to volumes, in a random order."""
        schedule = self._schedule
        if self._volumes is None:
            return []
        fills = [Fault.FULL_STORE if n % 3 < 2 else Fault.FULL_DATA for n in range(schedule.fills)]
        rare = fills + [Fault.CUT] * schedule.cuts
        self._chance.shuffle(rare)
        return rare

    def _density(self, rare: list[Fault], kills: int) -> float:
        return len(rare) / max(1, self._schedule.kills - kills)

    def _strike(self, fault: Fault) -> float:
        system, chance = self._system, self._chance
        if fault is Fault.KILL_STARTING:
            system.wait(ready=False, seconds=UP_WITHIN)
            time.sleep(chance.random() * 0.15)
            return system.kill(self._one())
        system.wait(ready=True, seconds=UP_WITHIN)
        self._receipts.wait(self.struck[-1].at if self.struck else 0.0, RECEIPT_WITHIN)
        time.sleep(chance.random() * self._schedule.up)
        match fault:
            case Fault.KILL:
                one = self._one()
                if one.startswith(PAGES):  # a person's form is to be under way where it is lost
                    self._forms.wait(self.struck[-1].at if self.struck else 0.0, RECEIPT_WITHIN)
                return system.kill(one)
            case Fault.KILL_ALL:
                at = system.kill_all()
                system.start(cold=not system.cold and system.has_cold)
                return at
            case Fault.KILL_FROZEN:
                one = self._one()
                system.freeze(one, chance.random(), wake=False)
                return system.kill(one)
            case Fault.FREEZE:
                system.freeze(self._one(), chance.random() * 2)
                return time.monotonic()
            case Fault.KILL_DATABASE:
                assert self._database is not None
                at = time.monotonic()
                self._database.kill()
                return at
            case Fault.OUTLIVE:
                workers = [name for name in system.processes() if name.startswith("worker")]
                self._who = chance.choice(workers)
                system.freeze(self._who, LEASE + 0.5 + chance.random() * 2)
                return time.monotonic()
            case Fault.FULL_STORE | Fault.FULL_DATA:
                return self._fill(fault)
            case Fault.CUT:
                return self._cut()
            case _:
                raise AssertionError(fault)

    def _one(self) -> str:
        """Any of the processes; they differ from run to run only by what has just died."""
        names = self._system.processes()
        self._who = self._chance.choice(names) if names else ""
        return self._who

    def _fill(self, fault: Fault) -> float:
        """No space for a while; every other time a process is killed in it and has to start without."""
        assert self._volumes is not None
        volume = self._volumes.store if fault is Fault.FULL_STORE else self._volumes.data
        self._began = time.monotonic()
        volume.fill()
        time.sleep(0.5 + self._chance.random())
        if self._chance.random() < 0.5 and not self._system.cold:
            self._system.kill(self._one())
            time.sleep(0.5 + self._chance.random())
        volume.free()
        return time.monotonic()

    def _cut(self) -> float:
        """The machine dies: processes and the power of the store's volume at once; then a start on what the device
        holds. A process that outlived its disk could still answer, as none does on a machine without power."""
        assert self._volumes is not None
        volume = self._volumes.store
        at = self._system.kill_all(volume.stop_power)
        volume.restore_power()
        self._system.start()
        return at
