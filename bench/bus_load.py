"""Consumers and provider of the bus, apart from the node: ``python -m bench.bus_load PLAN``, one case a line on stdin.

The plan names certificates of the consumer; a case names the address to call, how, for how long and by how many at
once. Each case answers ``begin``, ``end`` and its figures, on lines of their own.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import ssl
import sys
import time
from dataclasses import dataclass, field
from typing import Any

ANSWER = b'{"valid":true}'
QUESTION = b'{"permit":"DE1"}'
WARMUP = 1.0


async def provide(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One connection of the node to the provider: every question is answered alike."""
    while await _message(reader) is not None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(ANSWER))
        writer.write(ANSWER)
    writer.close()


async def _message(reader: asyncio.StreamReader) -> tuple[bytes, bytes] | None:
    """Head and body of the next message of a connection; None once it is over."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    _, _, rest = head.lower().partition(b"content-length:")
    size = int(rest.partition(b"\r\n")[0] or 0)
    return head, await reader.readexactly(size)


@dataclass
class Consumer:
    """One connection of the consumer."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    host: str

    async def ask(self, method: str, path: str, body: bytes = b"", head: str = "") -> tuple[int, bytes]:
        """Status and body of the answer."""
        lines = f"{method} {path} HTTP/1.1\r\nhost: {self.host}\r\ncontent-length: {len(body)}\r\n{head}\r\n"
        self.writer.write(lines.encode() + body)
        answer = await _message(self.reader)
        assert answer is not None, "the node closed the connection"
        return int(answer[0].split(b" ", 2)[1]), answer[1]


@dataclass
class Case:
    """What is measured: calls that wait for their end, or that are taken at once and end later."""

    at_once: bool
    path: str
    ended: float = 0.0
    latencies: list[float] = field(default_factory=list)
    calls: int = 0
    problems: list[str] = field(default_factory=list)
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(time.time_ns()))

    async def drive(self, consumer: Consumer, until: float) -> None:
        """Call one after the other; then wait for the end of the last."""
        place = ""
        while (asked := time.perf_counter()) < until:
            head = f"content-type: application/json\r\nmessage-id: {next(self._ids)}\r\n"
            status, body = await consumer.ask(
                "POST", self.path, QUESTION, head + "prefer: respond-async\r\n" * self.at_once
            )
            if status != (202 if self.at_once else 200):
                self.problems.append(f"{status} {body[:200].decode(errors='replace')}")
                await asyncio.sleep(0.1)
                continue
            self.calls += 1
            self.latencies.append(time.perf_counter() - asked)
            place = json.loads(body)["location"] if self.at_once else ""
        while place and (await consumer.ask("GET", f"{place}?wait=20"))[0] == 202:
            pass


async def perform(asked: dict[str, Any], context: ssl.SSLContext) -> dict[str, Any]:
    """One case; its figures."""
    host, port = asked["host"], asked["port"]
    tls = context if asked["tls"] else None
    opened = [await asyncio.open_connection(host, port, ssl=tls) for _ in range(asked["clients"])]
    consumers = [Consumer(*each, host) for each in opened]
    warm, case = (Case(asked["at_once"], asked["path"]) for _ in range(2))
    await asyncio.gather(*(warm.drive(each, time.perf_counter() + WARMUP) for each in consumers))
    print("begin", flush=True)
    began = time.perf_counter()
    await asyncio.gather(*(case.drive(each, began + asked["seconds"]) for each in consumers))
    took = time.perf_counter() - began
    print("end", flush=True)
    for each in consumers:
        each.writer.close()
    ordered = sorted(case.latencies)
    return {
        "calls": case.calls, "calls_per_s": round(case.calls / took, 1),
        "p50_ms": round(ordered[len(ordered) // 2] * 1e3, 2),
        "p99_ms": round(ordered[int(len(ordered) * 0.99)] * 1e3, 2),
        "errors": len(case.problems), "first": case.problems[:1],
    }  # fmt: skip


async def main() -> None:
    """Provide, and perform what is asked, until the end of the input."""
    plan = json.loads(sys.argv[1])
    context = ssl.create_default_context(cafile=plan["root"])
    context.load_cert_chain(plan["certificate"], plan["key"])
    server = await asyncio.start_server(provide, "127.0.0.1", 0)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        print(json.dumps(await perform(json.loads(line), context)), flush=True)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
