"""AS4 between two nodes on two cores: lanes that send and settle, a door that receives, both with a durable store.

The sender has a core and a store of its own and carries eight lanes, one a partner, each in order: it packs, signs,
encrypts, checks the signed receipt and commits what was confirmed. The receiver has the other core; it proves,
decrypts, accepts, commits and signs. Then the receiver alone, at rising rates of messages that were packed before: from
its CPU time a message follows how many cores a rate needs, the design figure of ICS2 (710 a second at its peak) too.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import tempfile
import time
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec
import uvloop

from bench.backlog import until
from bench.brief import size
from bench.load import quantile
from bench.unit_of_work import CORES, TICKS_PER_SECOND
from douane.backends.sqlite.backend import SqliteStore
from douane.channels.as4.binding import PATH
from douane.channels.as4.client import PATIENCE, As4Transport, Correspondent, Route
from douane.channels.as4.sending import Packed
from douane.runtime.core.node import Node
from douane.runtime.delivery.lanes import BATCH, Lanes
from douane.runtime.store import keys
from douane.runtime.store.envelope import SENT
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import Batch, Log
from douane.shared_services.web.http_sender import HttpSender
from douane.shared_services.web.listener import Door, ListenerSettings, listening
from douane.shared_services.web.sending import Request
from douane.vocabulary.errors import PartnerUnreachable
from tests.as4.access_points import Platform1, Side1, mode_of, register
from tests.callers import sent_row
from tests.contracts import toy

NAMES = {"1.x": "1.x, RSA-2048", "2.0": "2.0, Ed25519 and X25519"}
LANES = size(8, brief=2)
RATES = size((100, 200, 300, 400, 500, 710), brief=(20,))
PEAK = 710
SHORTEST, SHORTEST_RATE = size((3.0, 1.0), brief=(0.1, 0.2))
LATEST = size(0.5, brief=60.0)
"""Seconds that a message may start late; then the receiver cannot keep up with the rate."""
PADDING = "x" * 8_000
"""What makes an order as large as a declaration."""
Row = dict[str, Any]  # Any: figures and words


def run(seconds: float) -> dict[str, Any]:
    """Both profiles, each for about ``seconds``, and the rates."""
    rows: list[Row] = [_pair(profile, max(SHORTEST, seconds)) for profile in NAMES]
    for profile in NAMES:
        rows += _curve(profile, max(SHORTEST_RATE, seconds / 3))
    ratios: dict[str, object] = {}
    for row, goal in zip(rows, (450, 600), strict=False):
        ratios[f"messages/s of the goal of {goal}, {row['profile']}"] = round(row["messages_per_s"] / goal, 2)
    for name in NAMES.values():
        kept = [row for row in rows if row.get("offered") and row["profile"] == name and row["kept_up"]]
        cost = kept[-1]["cpu_us"] if kept else float("nan")
        ratios[f"cores of the receiving end for {PEAK}/s, {name}"] = round(cost * PEAK / 1e6, 2)
    return {"name": "AS4 between two nodes on two cores, 8 kB, receipts signed", "rows": rows, "ratios": ratios}


# --- the pair


def _pair(profile: str, seconds: float) -> Row:
    with tempfile.TemporaryDirectory() as folder, _receiver(Path(folder) / "receiver") as (port, pid):
        (Path(folder) / "sender").mkdir()
        return uvloop.run(_sending(Path(folder) / "sender", profile, port, pid, seconds))


async def _sending(folder: Path, profile: str, port: int, pid: int, seconds: float) -> Row:
    store = SqliteStore(str(folder / "lanes.db"))
    made = toy.Node(store)
    count = LANES * BATCH * max(1, round(seconds * 400 / LANES / BATCH))
    _fill(made, count)
    side, mode = Side1(Platform1(folder)), mode_of(profile)
    sender, address = HttpSender(), f"http://127.0.0.1:{port}{PATH}"
    partner = Correspondent(side.point, sender, party="PLATFORM", address=address)
    transport = As4Transport(side.point, {f"as4:P{n}": Route(partner, lambda _: mode) for n in range(LANES)})
    failed: list[BaseException] = []
    node = Node([made.owner], ended=failed.append)
    lanes = Lanes(node, store, made.clock, {"as4": transport})
    lanes.recover()
    carrying = asyncio.create_task(lanes.run())
    try:
        before = (time.perf_counter(), time.process_time(), _cpu(pid))
        await until(lambda: failed or not any(lane.waiting for lane in lanes.lanes.values()))
        after = (time.perf_counter(), time.process_time(), _cpu(pid))
    finally:
        left = ({carrying} | asyncio.all_tasks()) - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await sender.close()
    if failed or any(lane.failures for lane in lanes.lanes.values()):
        raise RuntimeError(f"a lane failed: {failed}")
    elapsed, sending, receiving = (b - a for a, b in zip(before, after, strict=True))
    store.close()
    return {
        "profile": NAMES[profile], "lanes": LANES, "messages_per_s": count / elapsed,
        "sender_us": sending / count * 1e6,
        "receiver_us": receiving / count * 1e6,
        "ceiling_per_s": count / max(sending, receiving),
    }  # fmt: skip


def _fill(made: toy.Node, count: int) -> None:
    """Orders that wait in the lanes, written as a tick writes them, many at once."""
    for start in range(1, count + 1, 5_000):
        batch = Batch()
        for position in range(start, min(start + 5_000, count + 1)):
            lane = f"as4:P{position % LANES}"
            body = msgspec.json.encode(_order(f"O{position}"))
            row = sent_row(
                "PLATFORM", "place", f"m{position}", body, subject=1, media=Media.JSON, administration="XX", lane=lane
            )
            batch.append(Log.SENT, position, SENT.write(row))
            batch.put[keys.LANE + keys.u16(0) + keys.text(lane) + keys.u64(position)] = b""
        made.store.apply(batch, 0, made.owner.epoch)


def _order(number: str) -> Row:
    return {"number": number, "account": "A", "amount": 1, "remarks": PADDING}


# --- the receiving end alone


def _curve(profile: str, seconds: float) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "sender").mkdir()
        side, mode = Side1(Platform1(Path(folder) / "sender")), mode_of(profile)
        with _receiver(Path(folder) / "receiver") as (port, pid):
            for rate in RATES:
                orders = (_order(f"R{rate}-{n}") for n in range(int(rate * seconds)))
                row = uvloop.run(_offer([side.pack(mode, each) for each in orders], rate, port, pid))
                yield {"profile": NAMES[profile]} | row
                if not row["kept_up"]:
                    return


async def _offer(packed: list[Packed], rate: int, port: int, pid: int) -> Row:
    """Post at a steady rate, whether or not the answers come; times count from the moment a message was due."""
    took, refused = list[float](), list[bytes]()
    latest = 0.0
    sender, address = HttpSender(), f"http://127.0.0.1:{port}{PATH}"

    async def post(each: Packed, due: float) -> None:
        request = Request("POST", address, {"content-type": each.content_type}, each.whole(), PATIENCE)
        try:
            async with sender.send(request) as answer:
                octets, _ = await answer.read()
        except PartnerUnreachable:
            octets = b""
        if b"eb:Receipt" in octets:
            took.append(time.perf_counter() - due)
        else:  # more is offered than it takes: it said so, or hung up
            refused.append(octets)

    began, cpu = time.perf_counter(), _cpu(pid)
    posts = []
    for n, each in enumerate(packed):
        due = began + n / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        latest = max(latest, time.perf_counter() - due)
        posts.append(asyncio.create_task(post(each, due)))
    await asyncio.gather(*posts)
    elapsed, used = time.perf_counter() - began, _cpu(pid) - cpu
    await sender.close()
    return {
        "offered": rate, "messages_per_s": len(packed) / elapsed, "p50_ms": quantile(took, 0.5),
        "p99_ms": quantile(took, 0.99), "cpu_us": used / len(packed) * 1e6, "share_of_core": used / elapsed,
        "refused": len(refused), "kept_up": not refused and latest < LATEST and quantile(took, 0.5) < LATEST * 1e3,
    }  # fmt: skip


# --- the receiver's process


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND


@contextlib.contextmanager
def _receiver(folder: Path) -> Iterator[tuple[int, int]]:
    """A receiver on the last core: its port and process. A copy of this process, so that it has the same keys."""
    folder.mkdir()
    for side in ("PLATFORM", "T1"):
        register(side)  # keys are made when they are first wanted: now, so that both processes have the same
    here, there = get_context("fork").Pipe(duplex=False)
    process = get_context("fork").Process(target=_become_receiver, args=(folder, there), daemon=True)
    process.start()
    try:
        assert process.pid is not None
        yield here.recv(), process.pid
    finally:
        process.kill()
        process.join()


def _become_receiver(folder: Path, there: Connection) -> None:
    os.sched_setaffinity(0, {CORES[-1]})
    uvloop.run(_receive(folder, there))


async def _receive(folder: Path, there: Connection) -> None:
    platform = Platform1(folder)
    platform.node.start()
    nothing = Path()  # a plain door has no certificate
    settings = ListenerSettings("receiver", nothing, nothing, keep_alive_seconds=60, plain=True)
    async with listening([Door(settings, platform.application)], failed=print) as where:
        there.send(where["receiver"].port)
        await asyncio.Event().wait()


if __name__ == "__main__":
    print(json.dumps(run(5.0), indent=1))
