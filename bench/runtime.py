"""The runtime core in process: acceptance, waves, flush and commit of small orders that reserve from accounts.

No HTTP, no XML, no business rules: the toy application of the runtime's own suites, with the 8 kB body of a real
declaration under each order, so hashing, compression and journal cost what they cost in the product. A unit is three
handled messages (order, reservation, answer), one message sent and one process instance with a timer.
"""

from __future__ import annotations

import json
import os
import random
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.brief import size
from bench.messages import eori, grn, template
from douane.backends.memory.backend import MemoryStore
from douane.backends.postgresql.backend import open_store as open_postgresql
from douane.backends.sqlite.backend import SqliteStore
from douane.runtime.core import tick as tick_module
from douane.runtime.core.tick import Tick
from douane.runtime.store.envelope import Arrival
from douane.runtime.store.ports import Store
from tests.callers import admitted, trader
from tests.contracts import toy
from tests.services import postgresql as servers

ACCOUNTS = size(1_000, brief=100)
AHEAD = size(2_000, brief=512)
PHASES = ("preload", "accept", "_sign", "_handle", "flush", "apply")


class WallClock:
    """Real time, so that the budget of a tick counts."""

    def now(self) -> int:
        return time.time_ns() // 1_000


class Phases:
    """Wall time by part of a tick, measured once per tick and part by wrapping what ``Tick.run`` calls."""

    def __init__(self, store: Store) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._undo: list[tuple[Any, str, Any]] = []
        for name in PHASES:
            owner: Any = store if name == "apply" else tick_module.Tick if name.startswith("_") else tick_module
            self._wrap(owner, name)

    def _wrap(self, owner: Any, name: str) -> None:
        inner, seconds, clock = getattr(owner, name), self.seconds, time.perf_counter

        def timed(*args: Any) -> Any:
            began = clock()
            try:
                return inner(*args)
            finally:
                seconds[name] += clock() - began

        self._undo.append((owner, name, inner))
        setattr(owner, name, timed)

    def end(self) -> None:
        """Put back what was wrapped."""
        for owner, name, inner in self._undo:
            setattr(owner, name, inner)


class Driver:
    """One owner, driven in a closed loop of so many clients."""

    def __init__(self, store: Store, clients: int, *, process: bool = True) -> None:
        self.store, self.clients, self.process = store, clients, process
        self.node = toy.Node(store, clock=WallClock())  # type: ignore[arg-type]  # the suite's clock is a counter
        self.rng = random.Random(7)
        self.template = template(eori(0), [grn(0)])
        self.number = 0
        self.lent: list[Arrival] = []
        self._open_accounts()

    def _open_accounts(self) -> None:
        arrivals = [
            self.node.envelope("accounts.open", toy.Open(f"A{n}", 1 << 60), f"open{n}") for n in range(ACCOUNTS)
        ]
        for start in range(0, ACCOUNTS, 250):
            self.node.run(*arrivals[start : start + 250])
        while self.node.owner.pending:
            self.node.run()

    def order(self) -> Arrival:
        """A fresh order under the body of a fresh declaration, hashed as the door hashes it."""
        self.number += 1
        n, who = self.number, self.rng.randrange(ACCOUNTS)
        body = self.template.make(n, 0)
        order = toy.Order(f"LRN{n:09}", f"A{who}", 100, f"T{who}")
        envelope = admitted(
            trader(order.trader), "orders.place", body, id=f"m{n:09}", administration="XX",
            received=time.time_ns() // 1_000,
        )  # fmt: skip
        return Arrival(envelope, order)

    def step(self) -> int:
        """One tick with as many new orders as clients wait for none; how many units it began."""
        owner = self.node.owner
        free = max(0, self.clients - len(owner.pending))
        arrivals, self.lent = self.lent[:free], self.lent[free:]
        Tick(owner).run(arrivals)
        return len(arrivals)


def measure(store: Store, clients: int, seconds: float, server: Callable[[], float] = lambda: 0.0) -> dict[str, Any]:
    """Units per second and microseconds per unit by phase; the orders are made outside the measured time.

    ``server`` tells the CPU seconds that a database server has used so far.
    """
    driver = Driver(store, clients)
    owner = driver.node.owner
    phases = Phases(store)
    units, ticks, cpu, wall, served, last = 0, 0, 0.0, 0.0, 0.0, []
    try:
        while wall < seconds:
            driver.lent = [driver.order() for _ in range(AHEAD)]
            if not units:
                driver.step()
                phases.seconds.clear()
            began, used, before = time.perf_counter(), time.process_time(), server()
            while len(driver.lent) >= clients:
                at = time.perf_counter()
                units += driver.step()
                ticks += 1
                last.append(time.perf_counter() - at)
            wall, cpu = wall + time.perf_counter() - began, cpu + time.process_time() - used
            served += server() - before
    finally:
        phases.end()
    while owner.pending:
        driver.node.run()
    assert not owner.parked(), "a message was parked"
    last.sort()
    row: dict[str, Any] = {
        "clients": clients,
        "units_per_s": round(units / wall),
        "messages_per_s": round(3 * units / wall),
        "unit_cpu_us": round(cpu / units * 1e6, 1),
        "units_per_tick": round(units / ticks, 1),
        "tick_p50_ms": round(last[len(last) // 2] * 1e3, 2),
        "tick_p99_ms": round(last[int(len(last) * 0.99)] * 1e3, 2),
    }
    if served:
        row["server_cpu_us"] = round(served / units * 1e6, 1)
    row |= {f"{name.strip('_')}_us": round(phases.seconds[name] / units * 1e6, 1) for name in PHASES}
    return row


def run(seconds: float) -> dict[str, Any]:
    """Every store with 64 clients, those that last with 256 too, SQLite with one."""
    result: dict[str, Any] = {"name": "runtime core", "rows": [], "ratios": {}}
    share = seconds / 6
    memory = measure(MemoryStore(), 64, share)
    result["rows"].append({"store": "memory"} | memory)
    for clients in (1, 64, 256):
        with tempfile.TemporaryDirectory(prefix="douane-bench-") as folder:
            path = Path(folder) / "store.db"
            store = SqliteStore(str(path))
            row = {"store": "sqlite"} | measure(store, clients, share)
            store.close()
            result["rows"].append(row)
            if clients == 64:
                result["ratios"]["sqlite / memory, CPU per unit"] = round(row["unit_cpu_us"] / memory["unit_cpu_us"], 2)
    for row in _postgresql(share):
        result["rows"].append(row)
        if row.get("clients") == 64:
            ratio = round(row["unit_cpu_us"] / memory["unit_cpu_us"], 2)
            result["ratios"]["postgresql / memory, CPU per unit without the server's"] = ratio
    result["rows"].append({"resident_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024})
    return result


def _postgresql(share: float) -> Iterator[dict[str, Any]]:
    """A private server on the other cores; its CPU time stands beside ours."""
    if servers.binaries() is None:
        yield {"absent": servers.MISSING}
        return
    place = servers.folder()
    servers.end_with(os.getpid(), place)
    instance = servers.make(place)
    others = set(range(os.cpu_count() or 1)) - os.sched_getaffinity(0)
    for process in instance.processes():
        os.sched_setaffinity(process, others or os.sched_getaffinity(0))
    for clients in (64, 256):
        with instance.administer() as db:
            db.execute(f"CREATE DATABASE bench{clients}")
        store = open_postgresql(instance.address(f"bench{clients}"))
        yield {"store": "postgresql"} | measure(store, clients, share, lambda: _used(instance))
        store.close()


def _used(instance: servers.Instance) -> float:
    """CPU seconds of a server: of its living processes, and of those that ended."""
    ticks = 0
    for process in instance.processes():
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(int(each) for each in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    print(json.dumps(run(8.0), indent=1))
