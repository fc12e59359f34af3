"""A partner that was away for an hour: how fast its backlog drains, what others notice, what an hour of trying costs.

A node over SQLite pushes signed webhooks in order to four partners behind a real HTTP server in a process of its own.
Two of them refuse connections while their messages gather; pauses between attempts are counted by a clock that lets an
hour pass in the meantime. Then they come back. ``full rate`` is what the same lane carries with a thousand messages
waiting; the others' delay is that of single messages to a partner that was never away.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvloop
from cryptography.hazmat.primitives.asymmetric import ed25519

from bench.brief import size
from bench.runtime import WallClock
from douane.backends.sqlite.backend import SqliteStore
from douane.channels.webhook.binding import Subscription, WebhookTransport
from douane.channels.webhook.signing import WebhookKey
from douane.runtime.core.node import Node
from douane.runtime.delivery.lanes import Lane, Lanes
from douane.runtime.store import keys
from douane.runtime.store.ports import SECOND
from tests.contracts import toy

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
HOUR_S = size(3600.0, brief=60.0)
BACKLOG, LITTLE, SHALLOW = size((100_000, 2_000, 1_000), brief=(600, 100, 50))
LEAST, RUSH = size((4.0, 30.0), brief=(1.0, 60.0))
ASKED_BEFORE, ASKED_BESIDE = size((20, 10), brief=(3, 2))
AT_ONCE = 250
LIVE, AWAY, OTHER = "live", "away", "other"
Row = dict[str, Any]  # Any: figures and words


class Router(toy.Router):
    """Every party has a webhook."""

    def lane(self, party: str, message: str) -> str:
        return f"webhook:{party}"


class Wall(toy.Clock):
    """Real time for the toy, whose own clock counts calls."""

    def now(self) -> int:
        return WallClock().now()


@dataclass
class Hurried:
    """The pace of lanes: real time, but so many times as fast while a partner is away."""

    factor: float = 1.0
    _told: float = 0.0
    _at: float = field(default_factory=time.monotonic)

    def __call__(self) -> int:
        now = time.monotonic()
        self._told += (now - self._at) * self.factor
        self._at = now
        return round(self._told * SECOND)


async def until(holds: Callable[[], object], every: float = 0.01) -> None:
    """Look again and again: neither lanes nor owners tell."""
    while not holds():  # noqa: ASYNC110
        await asyncio.sleep(every)


@dataclass
class Scene:
    """The node, its lanes, and where the partners are."""

    made: toy.Node
    node: Node
    lanes: Lanes
    pace: Hurried
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1 << 40)))

    async def orders(self, party: str, count: int) -> None:
        """So many messages for a partner, handled and put into its lane."""
        for start in range(0, count, AT_ONCE):
            some = range(min(AT_ONCE, count - start))
            arrivals = [self._order(party) for _ in some]
            await asyncio.gather(*(self.node.submit(each) for each in arrivals))
            await until(lambda: len(self.made.owner.pending) < AT_ONCE, 0.002)
        await until(lambda: not self.made.owner.pending, 0.002)

    async def held_back(self, party: str, count: int) -> None:
        """So many messages for a partner whose lane goes on once they all wait in it."""
        self.lane(party).next_attempt = self.pace() + SECOND * 3600
        await self.orders(party, count)
        self.lane(party).next_attempt = 0
        self.lanes.recover()

    def _order(self, party: str) -> Any:
        number = next(self.numbers)
        return self.made.envelope("orders.place", toy.Order(f"N{number}", "A", 1, party), f"b{number}")

    def waiting(self, party: str) -> int:
        """How many messages wait in a lane, at most as many as matter here."""
        prefix = keys.LANE + keys.u16(0) + keys.text(f"webhook:{party}")
        return len(self.made.store.scan(prefix, keys.after(prefix), BACKLOG + LITTLE))

    async def carried(self, *parties: str, seconds: float) -> tuple[dict[str, int], float, float]:
        """How many messages each lane carried in so long, or until the first is empty; elapsed and CPU seconds."""
        before = {party: self.waiting(party) for party in parties}
        began, cpu = time.perf_counter(), time.process_time()
        await until(lambda: time.perf_counter() - began >= seconds or not self.lane(parties[0]).waiting)
        elapsed, cpu = time.perf_counter() - began, time.process_time() - cpu
        return {party: before[party] - self.waiting(party) for party in parties}, elapsed, cpu

    def lane(self, party: str) -> Lane:
        """Its lane."""
        return self.lanes.lanes[f"webhook:{party}"]

    async def delays(self, party: str, count: int) -> list[float]:
        """Milliseconds from sending one message to its delivery, several times, sorted."""
        found: list[float] = []
        for _ in range(count):
            await asyncio.sleep(0.05)
            began = time.perf_counter()
            await self.orders(party, 1)
            await until(lambda: not self.waiting(party), 0.002)
            found.append((time.perf_counter() - began) * 1e3)
        return sorted(found)


def run(seconds: float, *, growth: bool = False) -> dict[str, Any]:
    """Gather, come back, drain; with ``growth`` all of the backlog, else as much as fits into ``seconds``."""
    with tempfile.TemporaryDirectory(prefix="douane-bench-") as folder:
        store = SqliteStore(str(Path(folder) / "store.db"))
        try:
            rows = uvloop.run(_all(store, 24 * HOUR_S if growth else max(LEAST, seconds)))
        finally:
            store.close()
    full, drained = rows[0]["messages_per_s"], rows[2]["messages_per_s"]
    share = rows[2]["other_partner_per_s"] / max(1.0, drained / 2)
    quiet, busy = rows[3]["p50_ms"], rows[4]["p50_ms"]
    ratios = {
        f"drain of a backlog of {BACKLOG:,} / full rate": round(drained / full, 2),
        "share of the second partner that came back / an equal one": round(share, 2),
        "delay of a partner never away, while backlogs drain / before": round(busy / quiet, 1),
    }
    return {"name": "a partner away for an hour, by webhook", "rows": rows, "ratios": ratios}


async def _all(store: SqliteStore, seconds: float) -> list[Row]:
    ports = {LIVE: _free_port(), AWAY: _free_port(), OTHER: _free_port()}
    async with _scene(store, ports) as scene:
        with _partner(ports[LIVE]):
            with _partner(ports[AWAY]):
                await scene.orders(AWAY, 1)
                full = await _full(scene, seconds)
            quiet = await scene.delays(LIVE, ASKED_BEFORE)
            gathered = await _gather(scene)
            with _partner(ports[AWAY]), _partner(ports[OTHER]):
                drained, busy = await _drain(scene, seconds)
    return [
        full, gathered, drained,
        {"partner": "never away", "when": "before", "p50_ms": quiet[len(quiet) // 2], "max_ms": quiet[-1]},
        {"partner": "never away", "when": "while backlogs drain", "p50_ms": busy[len(busy) // 2], "max_ms": busy[-1]},
    ]  # fmt: skip


async def _full(scene: Scene, seconds: float) -> Row:
    """What a lane carries that never holds much: filled while it is held back, then let go."""
    carried, elapsed, cpu = 0, 0.0, 0.0
    while elapsed < seconds / 2:
        await scene.held_back(AWAY, SHALLOW)
        found, took, used = await scene.carried(AWAY, seconds=60.0)
        carried, elapsed, cpu = carried + found[AWAY], elapsed + took, cpu + used
    return {"rate": "full", "messages_per_s": carried / elapsed, "cpu_us": cpu / carried * 1e6, "carried": carried}


async def _gather(scene: Scene) -> Row:
    """An hour by the lanes' reckoning, in which the backlogs come to be."""
    tried = scene.lane(AWAY).attempts
    began = scene.pace()
    scene.pace.factor = RUSH
    await scene.orders(OTHER, LITTLE)
    await scene.orders(AWAY, BACKLOG)
    await until(lambda: (scene.pace() - began) / SECOND >= HOUR_S)
    hours = (scene.pace() - began) / SECOND / HOUR_S
    scene.pace.factor = 1.0
    return {"gathered": BACKLOG, "hours_away": hours, "attempts_an_hour": (scene.lane(AWAY).attempts - tried) / hours}


async def _drain(scene: Scene, seconds: float) -> tuple[Row, list[float]]:
    """Both come back; the small backlog shows how the lanes share, then what is left of the time is the large one's."""
    waits = scene.pace()
    await until(lambda: not scene.lane(AWAY).failures and not scene.lane(OTHER).failures)
    waited = (scene.pace() - waits) / SECOND
    before, began = (scene.waiting(AWAY), scene.waiting(OTHER)), time.perf_counter()
    shared = asyncio.create_task(scene.delays(LIVE, ASKED_BESIDE))
    await until(lambda: time.perf_counter() - began >= seconds or not scene.lane(OTHER).waiting)
    took = time.perf_counter() - began
    both = (before[0] - scene.waiting(AWAY)) / took, (before[1] - scene.waiting(OTHER)) / took
    busy = await shared
    await until(lambda: not scene.lane(OTHER).waiting)
    if not scene.lane(AWAY).waiting:  # a small backlog is gone by now
        await scene.held_back(AWAY, SHALLOW)
    found, elapsed, cpu = await scene.carried(AWAY, seconds=seconds)
    alone = found[AWAY] / elapsed
    row = {
        "rate": "backlog", "messages_per_s": alone, "cpu_us": cpu / found[AWAY] * 1e6, "carried": found[AWAY],
        "back_after_s": waited, "beside_another_per_s": both[0], "other_partner_per_s": both[1],
    }  # fmt: skip
    return row, busy


# --- what stands around it


@contextlib.asynccontextmanager
async def _scene(store: SqliteStore, ports: dict[str, int]) -> AsyncIterator[Scene]:
    made = toy.Node(store, clock=Wall(), router=Router())
    made.run(made.envelope("accounts.open", toy.Open("A", 1 << 60)))
    failed: list[BaseException] = []
    node = Node([made.owner], ended=failed.append)
    where = [Subscription(f"webhook:{party}", f"http://127.0.0.1:{port}/", LOOPBACK) for party, port in ports.items()]
    transport = WebhookTransport(where, WebhookKey(ed25519.Ed25519PrivateKey.generate()), WallClock())
    pace = Hurried()
    lanes = Lanes(node, store, WallClock(), {"webhook": transport}, pace=pace)
    node.watchers.append(lanes.watch)
    carrying = asyncio.create_task(lanes.run())
    try:
        yield Scene(made, node, lanes, pace)
        if failed:
            raise failed[0]
    finally:
        left = ({carrying} | asyncio.all_tasks()) - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await transport.close()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextlib.contextmanager
def _partner(port: int) -> Iterator[None]:
    """A partner's address, in a process of its own, as long as the block lasts."""
    with subprocess.Popen([sys.executable, "-m", "bench.backlog", str(port)], stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            process.stdout.readline()
            yield
        finally:
            process.kill()


async def _receive(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Take what is posted, and say so."""
    with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
            await writer.drain()
    writer.close()


async def _serve(port: int) -> None:
    server = await asyncio.start_server(_receive, "127.0.0.1", port)
    print("listening", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    if len(sys.argv) == 2:
        asyncio.run(_serve(int(sys.argv[1])))
    else:
        print(json.dumps(run(8.0), indent=1))
