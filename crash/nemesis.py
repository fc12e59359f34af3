"""The nemesis: a seeded schedule of what happens to the processes under test."""

from __future__ import annotations

import enum
import random
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from crash.ledger import What, read_line
from crash.system import SingleNode

UP_WITHIN = 120.0
RECEIPT_WITHIN = 30.0
GLANCE = 0.004


class Fault(enum.StrEnum):
    """What can happen."""

    KILL = "kill"  # SIGKILL while it works
    KILL_STARTING = "kill while starting"
    KILL_ALL = "kill everything"  # the node and whoever starts it; then a start from nothing
    KILL_FROZEN = "kill while frozen"
    FREEZE = "freeze"  # SIGSTOP, SIGCONT


@dataclass(frozen=True, slots=True)
class Struck:
    """What happened, and when it was over."""

    fault: Fault
    at: float

    @property
    def kills(self) -> bool:
        """Whether it ended a process."""
        return self.fault is not Fault.FREEZE


SHARES = {Fault.KILL: 78, Fault.KILL_STARTING: 12, Fault.KILL_ALL: 3, Fault.KILL_FROZEN: 3, Fault.FREEZE: 4}


class Receipts:
    """What the load clients hold so far, seen from the growth of their ledgers."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._seen, self._asked = folder, dict[Path, int](), 0.0

    def latest(self) -> float:
        """When the newest request that got a receipt began."""
        for path in self._folder.glob("*.ledger"):
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
    """Strikes until so many processes were killed. ``up``: how long the node works between two faults, at most.

    Most faults wait until the node has acknowledged something since it was last struck: a kill of a node that did
    nothing shows nothing, and the time to the first receipt is to be seen. Some come while it is starting.
    """

    def __init__(self, system: SingleNode, receipts: Receipts, seed: int, *, up: float) -> None:
        self._system, self._receipts = system, receipts
        self._chance, self._up = random.Random(seed), up
        self.struck: list[Struck] = []

    def run(self, kills: int) -> list[Struck]:
        """Kill so many times; returns everything that happened."""
        faults, shares = list(SHARES), list(SHARES.values())
        counted: Counter[bool] = Counter()
        while counted[True] < kills:
            fault = self._chance.choices(faults, shares)[0]
            if self._system.cold:  # nobody starts this one anew: it is ended as a whole, and the short lives go on
                fault = Fault.KILL_ALL
            at = self._strike(fault)
            self.struck.append(Struck(fault, at))
            counted[fault is not Fault.FREEZE] += 1
        return self.struck

    def _strike(self, fault: Fault) -> float:
        if fault is Fault.KILL_STARTING:
            self._system.wait(ready=False, seconds=UP_WITHIN)
            time.sleep(self._chance.random() * 0.15)
            return self._system.kill()
        self._system.wait(ready=True, seconds=UP_WITHIN)
        self._receipts.wait(self.struck[-1].at if self.struck else 0.0, RECEIPT_WITHIN)
        time.sleep(self._chance.random() * self._up)
        match fault:
            case Fault.KILL:
                return self._system.kill()
            case Fault.KILL_ALL:
                return self._everything()
            case Fault.KILL_FROZEN:
                self._system.freeze(self._chance.random(), wake=False)
                return self._system.kill()
            case Fault.FREEZE:
                self._system.freeze(self._chance.random() * 2)
                return time.monotonic()
            case _:
                raise AssertionError(fault)

    def _everything(self) -> float:
        """Nothing is left; ``douane run`` starts from what the disk holds, or the short lives begin again."""
        cold = not self._system.cold
        at = self._system.kill(everything=True)
        self._system.start(cold=cold)
        return at
