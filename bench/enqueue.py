"""Durable enqueue: a message at the door until its receipt, beside a broker's confirmed publish and a plain insert.

The same declarations, 64 senders in closed loop, each waiting for what makes its message safe: our receipt (validated,
journalled, in the audit log, synced), the publisher confirm of a RabbitMQ quorum queue, the commit of one row in
PostgreSQL. Handling is switched off at our side, as nobody consumes at the others: this measures acceptance alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

from bench.brief import size
from bench.messages import Template, eori, grn, template
from bench.node import GUARANTEES, TRADERS, prepare_identity
from bench.unit_of_work import WARMUP, Row, Server, folder, load, plan

BROKER = os.environ.get("BENCH_RABBITMQ", "")
"""A broker that runs; without one, a private broker."""
QUEUE = "douane-bench-enqueue"
SYNC_BYTES = 4096
SHORTEST = size(0.0, brief=0.5)
"""Seconds in which there is a receipt at least: a tick may last for a tenth of them."""
Send = Callable[[bytes], Awaitable[None]]


def flushes(place: Path, seconds: float = 1.0) -> float:
    """How often a second this disk makes an append of 4 kB durable: the floor under every figure here."""
    with (place / "flushes").open("wb", buffering=0) as file:
        began = time.perf_counter()
        count = 0
        while time.perf_counter() - began < seconds:
            file.write(b"\0" * SYNC_BYTES)
            os.fdatasync(file.fileno())
            count += 1
        return count / (time.perf_counter() - began)


def ours(seconds: float) -> Row:
    """The door of a node whose core accepts and does not handle."""
    with folder() as place:
        _, tokens = prepare_identity(place)
        with Server("bench.node", str(place), "plain", "held") as server:
            row = load(server, plan(server.port, tokens, seconds, accepted_only=True), place, counts=True)
    kept = ("units", "seconds", "units_per_s", "receipt_p50_ms", "receipt_p99_ms", "busy", "errors", "unit_cpu_us")
    return {"case": "douane: receipt at the door, one process", **{name: row[name] for name in kept}}


async def _closed_loop(send: Send, seconds: float, bodies: Template) -> Row:
    """64 senders; figures of the time after the warm-up."""
    latencies: list[float] = []
    began = time.perf_counter() + WARMUP
    end = began + seconds

    async def sender(number: int) -> None:
        count = 0
        while (asked := time.perf_counter()) < end or not latencies:
            count += 1
            await send(bodies.make(number * 1_000_000 + count, count))
            if asked >= began:
                latencies.append(time.perf_counter() - asked)

    await asyncio.gather(*(sender(n) for n in range(TRADERS)))
    ordered = sorted(latencies)
    return {
        "units": len(ordered), "seconds": round(seconds, 2), "units_per_s": round(len(ordered) / seconds, 1),
        "receipt_p50_ms": round(ordered[len(ordered) // 2] * 1e3, 1),
        "receipt_p99_ms": round(ordered[int(len(ordered) * 0.99)] * 1e3, 1),
    }  # fmt: skip


async def publishes(address: str, seconds: float, bodies: Template) -> Row:
    """Confirmed publishes to a quorum queue of a broker."""
    import aio_pika

    connection = await aio_pika.connect(address, timeout=5)
    async with connection:
        channel = await connection.channel(publisher_confirms=True)
        queue = await channel.declare_queue(QUEUE, durable=True, arguments={"x-queue-type": "quorum"})
        await queue.purge()

        async def send(body: bytes) -> None:
            message = aio_pika.Message(body, delivery_mode=aio_pika.DeliveryMode.PERSISTENT)
            await channel.default_exchange.publish(message, QUEUE)

        try:
            return {"case": "RabbitMQ: confirm of a quorum queue"} | await _closed_loop(send, seconds, bodies)
        finally:
            await queue.delete(if_unused=False, if_empty=False)


@contextlib.contextmanager
def database() -> Iterator[str]:
    """The address of a private PostgreSQL, ended with the block."""
    from tests.services import postgresql

    bin_ = postgresql.binaries()
    assert bin_ is not None
    place = postgresql.folder()
    postgresql.end_with(os.getpid(), place)
    instance = postgresql.make(place)
    try:
        yield instance.address("postgres")
    finally:
        postgresql.run([bin_ / "pg_ctl", "stop", "-D", instance.data, "-m", "fast", "-s"])


async def inserts(address: str, seconds: float, bodies: Template, connections: int = 8) -> Row:
    """One row and one commit for each message, over a few connections."""
    import psycopg

    free: asyncio.Queue[Any] = asyncio.Queue()
    async with contextlib.AsyncExitStack() as stack:
        for number in range(connections):
            opened = await psycopg.AsyncConnection.connect(address, autocommit=True)
            await stack.enter_async_context(opened)
            if number == 0:
                await opened.execute("CREATE TABLE message (id bigserial PRIMARY KEY, body bytea NOT NULL)")
            free.put_nowait(opened)

        @contextlib.asynccontextmanager
        async def one() -> AsyncIterator[Any]:
            connection = await free.get()
            try:
                yield connection
            finally:
                free.put_nowait(connection)

        async def send(body: bytes) -> None:
            async with one() as connection:
                await connection.execute("INSERT INTO message (body) VALUES (%s)", (body,))

        return {"case": f"PostgreSQL: one insert a message, {connections} connections"} | await _closed_loop(
            send, seconds, bodies
        )


def run(seconds: float) -> dict[str, Any]:
    """All three in one run; peers that are not there are said to be absent."""
    from tests.services import postgresql, rabbitmq

    result: dict[str, Any] = {"name": "durable enqueue", "rows": [], "ratios": {}, "notes": []}
    with folder() as place:
        result["rows"].append({"case": "disk: append of 4 kB made durable", "per_s": round(flushes(place))})
    bodies = template(eori(0), [grn(g) for g in range(GUARANTEES)])
    seconds = max(seconds, SHORTEST)
    found = [ours(seconds)]
    if BROKER:
        found.append(asyncio.run(publishes(BROKER, seconds, bodies)))
    elif rabbitmq.SERVER.exists():
        with rabbitmq.broker() as own:
            found.append(asyncio.run(publishes(own.address, seconds, bodies)))
    else:
        result["rows"].append({"case": "RabbitMQ absent: install rabbitmq-server, or name a broker in BENCH_RABBITMQ"})
    if postgresql.binaries() is None:
        result["rows"].append({"case": "PostgreSQL absent: install the package postgresql"})
    else:
        with database() as address:
            found.append(asyncio.run(inserts(address, seconds, bodies)))
    result["rows"] += found
    for row in found[1:]:
        name = str(row["case"]).partition(":")[0]
        result["ratios"][f"receipts/s: douane / {name}"] = round(found[0]["units_per_s"] / row["units_per_s"], 2)
    result["notes"].append(
        "Ours reads, validates, audits and signs before it answers; broker and table take any bytes. Broker and "
        "database server use the second core too, our node has one."
    )
    return result
