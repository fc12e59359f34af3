"""One caller that takes all it can get: ``python -m bench.crowd PLAN.json``.

It opens what the plan says and holds it, again whenever the door ends it, and heeds no ``Retry-After``. It says
``held`` once everything has been tried, goes on until its input ends, and prints as one line of JSON how often it was
answered by which status, and how often cut.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import resource
import ssl
import sys
from collections import Counter
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

AGAIN_SECONDS = 1.0
"""Until a connection that was refused or cut is tried again: a caller that tried faster would be busy with itself."""
OPENING_SECONDS = 2.0
"""For what was begun last to be open."""
HOST = b"host: localhost\r\n"
HALF_A_FORM = (
    b"POST /token HTTP/1.1\r\n"
    + HOST
    + b"content-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\na"
)


class Crowd:
    """All connections of one caller."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan, self.answers = plan, Counter[str]()
        self.context = None
        if plan["root"]:
            self.context = ssl.create_default_context(cafile=plan["root"])
            if plan["certificate"]:
                self.context.load_cert_chain(plan["certificate"], plan["key"])

    async def run(self, ended: asyncio.Event) -> None:
        """Until told to end."""
        kinds: dict[str, Callable[[int], Coroutine[Any, Any, None]]] = {
            "silent": self._silent, "forms": self._forms, "polls": self._polls, "bodies": self._bodies,
            "asks": self._asks, "visits": self._visits,
        }  # fmt: skip
        work = kinds[self.plan["kind"]]
        tasks = [asyncio.create_task(self._again(work, n)) for n in range(self.plan["count"])]
        await asyncio.sleep(self.plan["count"] * self.plan["pace"] + OPENING_SECONDS)
        print("held", flush=True)
        await ended.wait()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _again(self, work: Callable[[int], Coroutine[Any, Any, None]], number: int) -> None:
        await asyncio.sleep(number * self.plan["pace"])
        while True:
            try:
                await work(number)
            except (OSError, ssl.SSLError, asyncio.IncompleteReadError):
                self.answers["cut"] += 1
            await asyncio.sleep(AGAIN_SECONDS)

    @contextlib.asynccontextmanager
    async def _connection(self) -> Any:
        name = self.plan["host"] if self.context is not None else None
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", self.plan["port"], ssl=self.context, server_hostname=name, local_addr=(self.plan["from"], 0)
        )
        try:
            yield reader, writer
        finally:
            writer.transport.abort()

    async def _answer(self, reader: asyncio.StreamReader) -> str:
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if b"transfer-encoding: chunked" in head:
            await _pieces(reader)
        else:
            length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
            await reader.readexactly(int(length or 0))
        status = head[9:12].decode()
        self.answers[status] += 1
        return status

    async def _silent(self, _number: int) -> None:
        async with self._connection() as (reader, _):
            await reader.readexactly(1)

    async def _forms(self, _number: int) -> None:
        async with self._connection() as (reader, writer):
            writer.write(HALF_A_FORM)
            await self._answer(reader)

    async def _polls(self, _number: int) -> None:
        line = b"GET /v1/inbox?after=" + self.plan["after"].encode() + b"&wait=30 HTTP/1.1\r\n" + HOST + b"\r\n"
        async with self._connection() as (reader, writer):
            while True:
                writer.write(line)
                if await self._answer(reader) != "200":
                    return

    async def _asks(self, number: int) -> None:
        """One question after another, as soon as the former is answered: each connection begins elsewhere, and asks
        something else each time."""
        bodies = [base64.b64decode(each) for each in self.plan["bodies"]]
        head = b"POST " + self.plan["path"].encode() + b" HTTP/1.1\r\n" + HOST + b"content-type: application/json\r\n"
        async with self._connection() as (reader, writer):
            place = number * len(bodies) // self.plan["count"]
            while True:
                body = bodies[place % len(bodies)]
                writer.write(head + b"content-length: " + str(len(body)).encode() + b"\r\n\r\n" + body)
                await writer.drain()
                if await self._answer(reader) in ("429", "503"):
                    await asyncio.sleep(AGAIN_SECONDS)
                place += 1

    async def _visits(self, number: int) -> None:
        """One page after another over a kept connection, each something else."""
        asked = [base64.b64decode(each) for each in self.plan["bodies"]]
        async with self._connection() as (reader, writer):
            place = number * len(asked) // self.plan["count"]
            while True:
                writer.write(asked[place % len(asked)])
                await writer.drain()
                if await self._answer(reader) in ("429", "503"):
                    await asyncio.sleep(AGAIN_SECONDS)
                place += 1

    async def _bodies(self, number: int) -> None:
        """One of the bodies after another: the next as soon as one is answered, the same again where it is refused."""
        async with self._connection() as (reader, writer):
            mine = self.plan["bodies"][number :: self.plan["count"]]
            for each in mine:
                body = base64.b64decode(each)
                while True:
                    writer.write(
                        b"POST /v1/messages HTTP/1.1\r\n" + HOST + b"content-type: application/xml\r\ncontent-length: "
                        + str(len(body)).encode() + b"\r\n\r\n" + body
                    )  # fmt: skip
                    await writer.drain()
                    if await self._answer(reader) not in ("429", "503"):
                        break
                    await asyncio.sleep(AGAIN_SECONDS)
            if self.plan["once"]:
                await asyncio.Event().wait()


async def _pieces(reader: asyncio.StreamReader) -> None:
    """What is streamed, to its end."""
    while length := int((await reader.readline()).partition(b";")[0], 16):
        await reader.readexactly(length + 2)
    while await reader.readline() not in (b"\r\n", b""):
        pass


async def act(plan: dict[str, Any]) -> dict[str, int]:
    """Until the input ends; what it was answered."""
    ended, crowd = asyncio.Event(), Crowd(plan)
    loop = asyncio.get_running_loop()
    loop.add_reader(sys.stdin.fileno(), ended.set)
    await crowd.run(ended)
    return dict(crowd.answers)


def main() -> None:
    """Read the plan, act, say what came of it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    print(json.dumps(asyncio.run(act(json.loads(Path(sys.argv[1]).read_text())))), flush=True)


if __name__ == "__main__":
    main()
