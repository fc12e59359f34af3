"""A POST of 12 kB to a server next door, eight lanes at once: our sender beside httpx and httpcore.

All clients of the same process, in turn round by round, over plain HTTP and kept connections; CPU time of the client's
thread alone. The server is a process of its own that answers each request as soon as it is whole.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from statistics import median
from typing import Any

import httpcore
import httptools
import httpx
import uvloop

from douane.shared_services.web.http_sender import HttpSender
from douane.shared_services.web.sending import Request, answer_to

BODY = b"x" * 12_000
HEADERS = {"content-type": "application/xml", "douane-message": "M-1", "douane-sequence": "1"}
ANSWER = b'HTTP/1.1 202 Accepted\r\ncontent-type: application/json\r\ncontent-length: 15\r\n\r\n{"taken": true}'
LANES, POSTS, ROUNDS = 8, 50, 9
Post = Callable[[], Awaitable[int]]


class Counterpart(asyncio.Protocol):
    """Answers each request of a connection."""

    def connection_made(self, transport: Any) -> None:
        """Keep it."""
        self._transport, self._parser = transport, httptools.HttpRequestParser(self)

    def data_received(self, data: bytes) -> None:
        """Read on."""
        self._parser.feed_data(data)

    def on_message_complete(self) -> None:
        """Answer."""
        self._transport.write(ANSWER)


def serve(told: Connection) -> None:
    """The server, until its pipe closes."""

    async def main() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Counterpart, "127.0.0.1", 0)
        told.send(server.sockets[0].getsockname()[1])
        await loop.run_in_executor(None, told.poll, None)

    uvloop.run(main())


async def _spent(post: Post) -> float:
    """CPU time of one POST in microseconds."""

    async def lane() -> None:
        for _ in range(POSTS):
            assert await post() == 202

    began = time.thread_time_ns()
    await asyncio.gather(*(lane() for _ in range(LANES)))
    return (time.thread_time_ns() - began) / LANES / POSTS / 1000


async def _measure(url: str, rounds: int) -> dict[str, list[float]]:
    sender = HttpSender()

    async def ours() -> int:
        return (await answer_to(sender, Request("POST", url, HEADERS, BODY))).status

    async with httpx.AsyncClient() as client, httpcore.AsyncConnectionPool() as pool:

        async def by_httpx() -> int:
            return (await client.post(url, headers=HEADERS, content=BODY)).status_code

        async def by_httpcore() -> int:
            return (await pool.request("POST", url, headers=list(HEADERS.items()), content=BODY)).status

        ways: dict[str, Post] = {"ours": ours, "httpcore": by_httpcore, "httpx": by_httpx}
        found: dict[str, list[float]] = {name: [] for name in ways}
        for n in range(rounds + 1):
            for name, post in ways.items():
                spent = await _spent(post)
                if n:  # the first round opens connections
                    found[name].append(spent)
    await sender.close()
    return found


def run(seconds: float) -> dict[str, Any]:
    """The figures. seconds: about how long."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    server = context.Process(target=serve, args=(there,), daemon=True)
    server.start()
    try:
        url = f"http://127.0.0.1:{here.recv()}/v1/messages"
        found = uvloop.run(_measure(url, max(3, min(ROUNDS, int(seconds * 3)))))
    finally:
        here.close()
        server.terminate()
        server.join()
    rows = [{"client": name, "cpu_us": median(took), "least_us": min(took)} for name, took in found.items()]
    least = {name: min(took) for name, took in found.items()}
    ratios = {f"{name}/ours": least[name] / least["ours"] for name in found if name != "ours"}
    return {"name": "a POST of 12 kB over a kept connection", "rows": rows, "ratios": ratios}
