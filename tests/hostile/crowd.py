"""Many clients that ask one question as often as they are answered, in a process of their own.

``python -m tests.hostile.crowd PLAN``: a plan as JSON names ``port``, ``path``, ``body``, ``seconds``, and ``askers``,
each with ``address``, ``connections``, and ``certificate``, ``key`` where it has an identity. It prints ``ready`` once
all connections stand, asks for so many seconds whatever it is told, and prints how often which status came.
"""

from __future__ import annotations

import asyncio
import collections
import contextlib
import json
import ssl
import sys
from typing import Any

PACE_SECONDS = 0.05
"""Between two connections of one address: faster ones are cut."""


def _context(asker: dict[str, Any]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if asker.get("certificate"):
        context.load_cert_chain(asker["certificate"], asker["key"])
    return context


async def _connections(
    plan: dict[str, Any], asker: dict[str, Any]
) -> list[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:  # fmt: skip
    context, opened = _context(asker), []
    for _ in range(asker["connections"]):
        with contextlib.suppress(OSError, ssl.SSLError):
            opened.append(
                await asyncio.open_connection("127.0.0.1", plan["port"], ssl=context, local_addr=(asker["address"], 0))
            )
        await asyncio.sleep(PACE_SECONDS)
    return opened


async def _ask(
    plan: dict[str, Any], reader: asyncio.StreamReader, writer: asyncio.StreamWriter, told: collections.Counter[str]
) -> None:  # fmt: skip
    body = plan["body"].encode()
    head = f"POST {plan['path']} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
    request = f"{head}content-length: {len(body)}\r\n\r\n".encode() + body
    with contextlib.suppress(OSError, asyncio.IncompleteReadError):
        while True:
            writer.write(request)
            answer = await reader.readuntil(b"\r\n\r\n")
            lines = answer.decode("latin-1").lower().splitlines()
            lengths = [line.partition(":")[2] for line in lines if line.startswith("content-length:")]
            await reader.readexactly(int(lengths[0]) if lengths else 0)
            told[lines[0].split(" ", 2)[1]] += 1
            if not lines[0].startswith("http/1.1 200"):
                await asyncio.sleep(0.01)


async def _play(plan: dict[str, Any]) -> None:
    told: collections.Counter[str] = collections.Counter()
    opened = [pair for pairs in await asyncio.gather(*(_connections(plan, each) for each in plan["askers"]))
              for pair in pairs]  # fmt: skip
    print("ready", flush=True)
    asking = [asyncio.create_task(_ask(plan, *pair, told)) for pair in opened]
    await asyncio.sleep(plan["seconds"])
    for each in asking:
        each.cancel()
    await asyncio.gather(*asking, return_exceptions=True)
    print(json.dumps(told))


if __name__ == "__main__":
    asyncio.run(_play(json.loads(sys.argv[1])))
