"""A call over the service bus, as the node pays for it: journalled, handed over, answered; waited for, or not.

Consumers and provider run in another process on the other core, so that CPU is the node's alone. The peer is a proxy of
uvicorn and httpx that passes the same call on and keeps nothing: what remains is what an accepted call costs.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.journeys.standing import Standing, identity_in, standing
from tests.journeys.test_bus import PERMITS, offer, tell

CLIENTS = (1, 16)
WAITS, LATER, PROXY = "bus: waits for the answer", "bus: taken at once, to its end", "proxy that keeps nothing"
PATH = "/services/permits/v1/check"
Row = dict[str, Any]


class Outside:
    """The other process."""

    def __init__(self, node: Standing) -> None:
        files = node.identity.client("fr.system")
        plan = {"root": str(node.identity.root), "certificate": str(files.certificate), "key": str(files.key)}
        core = str(max(os.sched_getaffinity(os.getppid())))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.pinned", core, "bench.bus_load", json.dumps(plan)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.port = json.loads(self._line())["port"]

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        assert line, "the load generator ended"
        return line

    def measure(self, url: str, clients: int, seconds: float, *, at_once: bool, path: str = PATH) -> Row:
        """One case: what the caller saw, and the CPU that this process used for it."""
        scheme, _, place = url.partition("://")
        host, _, port = place.partition(":")
        asked = {"host": host, "port": int(port), "tls": scheme == "https", "path": path, "clients": clients,
                 "seconds": seconds, "at_once": at_once}  # fmt: skip
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        assert self._line() == "begin"
        used = time.process_time()
        assert self._line() == "end"
        used = time.process_time() - used
        found: Row = json.loads(self._line())
        assert found["errors"] == 0, found["first"]
        del found["errors"], found["first"]
        return {"clients": clients, **found, "cpu_us": round(used / found["calls"] * 1e6, 1)}

    def close(self) -> None:
        """End it."""
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        self._process.wait(20)


@contextlib.contextmanager
def proxy(target: str) -> Iterator[str]:
    """A proxy that keeps nothing; its address."""
    client = httpx.AsyncClient(trust_env=False)

    async def passed(request: Request) -> Response:
        answer = await client.post(target, content=await request.body(), headers={"content-type": "application/json"})
        return Response(answer.content, answer.status_code, media_type="application/json")

    server = uvicorn.Server(uvicorn.Config(Starlette(routes=[Route(PATH, passed, methods=["POST"])]), port=0,
                                           log_config=None, access_log=False, lifespan="off"))  # fmt: skip
    thread = threading.Thread(target=lambda: uvloop.run(server.serve()))
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)


def at_rest(seconds: float = 1.0) -> float:
    """The share of a core that the node uses when nobody asks it anything."""
    used = time.process_time()
    time.sleep(seconds)
    return round((time.process_time() - used) / seconds, 3)


def run(seconds: float) -> dict[str, Any]:
    """Measure for about ``seconds`` in all."""
    share = seconds / (len(CLIENTS) * 3)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with standing(folder, identity_in(folder), platforms=("ccn2", "cdco")) as node:
            outside = Outside(node)
            try:
                provider = f"http://127.0.0.1:{outside.port}"
                offer(node)
                tell(node.client("ccn2", "de.system"), "move", {**PERMITS, "address": provider})
                for clients in CLIENTS:
                    for at_once, case in ((False, WAITS), (True, LATER)):
                        found = outside.measure(node.node.url("ccn2"), clients, share, at_once=at_once)
                        rows.append({"case": case, **found})
                    with proxy(f"{provider}/check") as address:
                        found = outside.measure(address, clients, share, at_once=False)
                        rows.append({"case": PROXY, **found})
                rows.append({"case": "node at rest", "share of a core": at_rest()})
            finally:
                outside.close()
    cpu = {(row["case"], row["clients"]): row["cpu_us"] for row in rows if "clients" in row}
    ratios = {
        f"CPU a call, {clients} at a time: {case} / proxy": round(cpu[case, clients] / cpu[PROXY, clients], 2)
        for clients in CLIENTS
        for case in (WAITS, LATER)
    }
    note = (
        "CPU is the node's: TLS with client certificates, contract and permission, journal, audit, hand-over, answer"
        " and its copy for the inbox, all synced. The proxy speaks plain HTTP and accepts nothing."
    )
    return {"name": "service bus: a call", "rows": rows, "ratios": ratios, "notes": [note]}
