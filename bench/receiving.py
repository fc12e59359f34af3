"""What a request costs beyond its handler: our connections beside uvicorn's, which doors used before decision 0185.

Both in one process, in turn round by round, over a transport in memory: the same octets in, the same answer out, by
httptools on both sides. CPU time of the thread. A POST of 3 kB that names its length, and a GET.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import uvloop

from douane.shared_services.web.answers import Response
from douane.shared_services.web.fair_use import Allowance, FairUse
from douane.shared_services.web.http_protocol import Connection, ConnectionLimits, Serving
from douane.shared_services.web.requests import Request, application

BODY = b"x" * 3000
USUAL = b"authorization: Bearer " + b"t" * 600 + b"\r\nmessage-id: M-1\r\naccept: */*\r\nuser-agent: test\r\n"
POST = b"POST /v1/messages?type=X HTTP/1.1\r\nhost: localhost:8443\r\ncontent-type: application/xml\r\n%bcontent-length: %d\r\n\r\n%b" % (USUAL, len(BODY), BODY)  # fmt: skip # noqa: E501
GET = b"GET /v1/inbox?after=abc HTTP/1.1\r\nhost: localhost:8443\r\n" + USUAL + b"\r\n"
ANSWER = b'{"id":"M-1","position":"1a2b"}'
REQUESTS, ROUNDS = 2000, 9


class Wire(asyncio.Transport):
    """The other side: counts answers."""

    def __init__(self) -> None:
        super().__init__()
        self.answers = 0

    def write(self, data: Any) -> None:
        """Take a piece of an answer."""
        self.answers += data.startswith(b"HTTP/1.1 200")

    def is_closing(self) -> bool:
        """It stays open."""
        return False

    def close(self) -> None:
        """It stays open."""

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """An address."""
        return ("127.0.0.1", 1) if name in ("peername", "sockname") else default

    def pause_reading(self) -> None:
        """Nothing comes by itself."""

    resume_reading = pause_reading


def ours(loop: asyncio.AbstractEventLoop) -> asyncio.Protocol:
    """A connection of a door."""

    async def serve(request: Request) -> Response:
        await request.body()
        return Response(200, ANSWER)

    allowance = Allowance(requests_per_second=10**9, strangers_per_second=10**9, body_bytes_per_second=10**12)
    serving = Serving(
        application(serve), ConnectionLimits(), FairUse(allowance, loop.time), idle_seconds=30,
        lines=b"x-content-type-options: nosniff\r\n", failed=lambda error: print(repr(error)), leaving=lambda: False,
    )  # fmt: skip
    return Connection(serving)


def uvicorns(_loop: asyncio.AbstractEventLoop) -> asyncio.Protocol:
    """One of uvicorn's, with an application that reads the body and answers."""
    import uvicorn
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
    from uvicorn.server import ServerState

    async def serve(_scope: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass
        length = (b"content-length", b"%d" % len(ANSWER))
        head = [(b"content-type", b"application/json"), length, (b"cache-control", b"no-store"),
                (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; sandbox"),
                (b"referrer-policy", b"no-referrer")]  # fmt: skip
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": ANSWER})

    config = uvicorn.Config(serve, http="httptools", lifespan="off", log_config=None, access_log=False, loop="none")
    config.load()
    made: asyncio.Protocol = HttpToolsProtocol(config=config, server_state=ServerState(), app_state={})
    return made


async def _measure(rounds: int) -> dict[str, list[float]]:
    loop = asyncio.get_running_loop()
    sides: dict[str, Callable[[asyncio.AbstractEventLoop], asyncio.Protocol]] = {"ours": ours, "uvicorn": uvicorns}
    made = {}
    for name, make in sides.items():
        protocol, wire = make(loop), Wire()
        protocol.connection_made(wire)
        made[name] = protocol, wire
    spent: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, (protocol, wire) in made.items():
            for kind, octets in (("POST", POST), ("GET", GET)):
                wire.answers, began = 0, time.thread_time_ns()
                for n in range(REQUESTS):
                    protocol.data_received(octets)
                    while wire.answers <= n:  # noqa: ASYNC110 - the loop is what is measured
                        await asyncio.sleep(0)
                spent.setdefault(f"{kind}, {name}", []).append((time.thread_time_ns() - began) / REQUESTS / 1000)
    return spent


def run(seconds: float) -> dict[str, Any]:
    """The figures."""
    spent = uvloop.run(_measure(max(3, min(ROUNDS, int(seconds)))))
    least = {name: min(each) for name, each in spent.items()}
    rows = [{"what": name, "cpu_us": least[name], "cpu_us_median": median(each)} for name, each in spent.items()]
    ratios = {f"CPU of a {kind}: uvicorn / ours": least[f"{kind}, uvicorn"] / least[f"{kind}, ours"]
              for kind in ("POST", "GET")}  # fmt: skip
    return {"name": "receiving", "rows": rows, "ratios": ratios}


if __name__ == "__main__":
    print(run(10.0))
