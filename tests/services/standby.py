"""A primary with a synchronous standby, its death under load, and what was acknowledged compared with what is left."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from douane.backends.postgresql.backend import PostgresqlStore, open_store
from douane.runtime.store.envelope import JOURNAL, Arrival, Receipt
from douane.runtime.store.ports import Log
from douane.vocabulary.errors import StoreUnavailable
from tests.contracts import toy
from tests.services.postgresql import USER, Instance, binaries, folder, make, run, start

AT_ONCE = 8
DEADLINE = 60.0


@dataclass
class Pair:
    """Primary and standby, each in a folder of its own."""

    primary: Instance
    standby: Instance
    place: Path

    @property
    def address(self) -> str:
        """Finds whichever of the two takes writes."""
        hosts = f"{self.primary.socket},{self.standby.socket}"
        ports = f"{self.primary.port},{self.standby.port}"
        return f"postgresql://{USER}@/{USER}?host={hosts}&port={ports}&target_session_attrs=read-write"

    def kill_primary(self) -> None:
        """kill -9 every process of the primary, the postmaster first."""
        for process in self.primary.processes():
            os.kill(process, signal.SIGKILL)

    def promote(self) -> None:
        """Make the standby the primary; returns at once."""
        bin_ = binaries()
        assert bin_ is not None
        run([bin_ / "pg_ctl", "promote", "-W", "-s", "-D", self.standby.data])

    def freeze_standby(self, stop: bool) -> None:
        """Stop the standby's processes, or let them go on."""
        for process in self.standby.processes():
            os.kill(process, signal.SIGSTOP if stop else signal.SIGCONT)


def make_pair(place: Path) -> Pair:
    """A primary that waits for its standby before it confirms a commit, both running below a folder."""
    bin_ = binaries()
    assert bin_ is not None
    here, there = (folder(f"{name}-") for name in ("p", "s"))
    for each in (here, there):
        each.rename(place / each.name)
    here, there = place / here.name, place / there.name
    primary = make(here, synchronous_standby_names="*")
    source = f"host={primary.socket} port={primary.port} user={USER}"
    run([bin_ / "pg_basebackup", "-d", source, "-D", there / "data", "-R", "-X", "stream", "-c", "fast", "--no-sync"])
    standby = start(bin_, there / "data", there)
    pair = Pair(primary, standby, place)
    _wait_for(lambda: _in_step(primary))
    return pair


def _in_step(primary: Instance) -> bool:
    with primary.administer() as db:
        return db.execute("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'").fetchone() is not None


def _wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.01)


@dataclass
class Load:
    """Orders in a closed loop, each sent until it is acknowledged; what was acknowledged, and when."""

    address: str
    receipts: dict[str, Receipt] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)
    refused: int = 0
    store: PostgresqlStore = field(init=False)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread = field(init=False)
    _problem: list[BaseException] = field(default_factory=list)

    def begin(self) -> None:
        """Start sending."""
        self.store = open_store(self.address)
        self.node = toy.Node(self.store)
        self.node.run(self.node.envelope("accounts.open", toy.Open("A", 1 << 60)))
        self._thread = threading.Thread(target=self._send)
        self._thread.start()

    def end(self) -> None:
        """Send no more. Raises what the load met besides a store that refuses."""
        self._stop.set()
        self._thread.join(DEADLINE)
        if self._problem:
            raise self._problem[0]

    def _send(self) -> None:
        number = 0
        try:
            while not self._stop.is_set():
                orders = [
                    self.node.envelope("orders.place", toy.Order(f"O{n}", "A", 1), f"order{n}")
                    for n in range(number, number + AT_ONCE)
                ]
                while not self._offer(orders) and not self._stop.is_set():
                    self._begin_anew()
                number += AT_ONCE
        except BaseException as problem:
            self._problem.append(problem)

    def _offer(self, orders: list[Arrival]) -> bool:
        try:
            results = self.node.run(*orders)
        except StoreUnavailable:
            self.refused += 1
            return False
        self.times.append(time.monotonic())
        for order, result in zip(orders, results, strict=True):
            assert isinstance(result, Receipt)
            self.receipts[order.envelope.id] = result
        return True

    def _begin_anew(self) -> None:
        while not self._stop.is_set():
            try:
                self.node.begin()
            except StoreUnavailable:
                time.sleep(0.005)
            else:
                return


@dataclass(frozen=True)
class Outcome:
    """What a failover left. ``seconds``: from the order to promote until the first message was accepted."""

    acknowledged: int
    before: int
    lost: int
    doubled: int
    seconds: float
    outage: float

    def __str__(self) -> str:
        return (
            f"{self.acknowledged} acknowledged, {self.before} of them before the primary died: {self.lost} lost,"
            f" {self.doubled} doubled; first accept {self.seconds:.2f} s after promotion, {self.outage:.2f} s after"
            " the kill"
        )


def fail_over(pair: Pair, before: int, after: int) -> Outcome:
    """Kill the primary under load once so many are acknowledged, promote, go on until so many more are."""
    load = Load(pair.address)
    load.begin()
    try:
        _wait_for(lambda: len(load.receipts) >= before)
        pair.kill_primary()
        killed = time.monotonic()
        _wait_for(lambda: load.refused > 0)
        known = dict(load.receipts)
        promoted = time.monotonic()
        pair.promote()
        _wait_for(lambda: len(load.receipts) >= len(known) + after)
    finally:
        load.end()
    first = next(at for at in load.times if at > promoted)
    store = open_store(pair.address)
    placed = _orders(store)
    store.close()
    load.store.close()
    lost = [id for id in load.receipts if id not in placed]
    doubled = len(placed) - len(set(placed))
    return Outcome(len(load.receipts), len(known), len(lost), doubled, first - promoted, first - killed)


def _orders(store: PostgresqlStore) -> list[str]:
    """The message identifications of all orders in the journal, as often as they stand there."""
    found, after = [], 0
    while rows := store.scan_log(Log.JOURNAL, after, 1 << 48, 5_000):
        found += [row.id for _, raw in rows if (row := JOURNAL.read(raw)).operation == "orders.place"]
        after = rows[-1][0]
    return found
