"""The load generator: so many clients, each lodging a declaration and collecting its answers, in closed loop or paced.

``python -m bench.load PLAN.json``. Every client keeps one connection. A unit begins with the first byte of the POST and
ends when acknowledgement (CC928C) and release (CC029C) of that declaration have arrived from the client's inbox, which
is read from the plan's ``after`` on: a client that comes back reads nothing twice. One event loop, no tasks, answers
searched and not parsed, so that one core of it drives many cores' worth of server. Where the plan names an ``every``,
a client begins a unit each so many seconds, however long the last one took, and its time counts from when it was due:
a server that stands still is not spared what it kept waiting. It says ``begin`` and ``end`` around
what it measures, prints one line of JSON, and stops by itself.
"""

from __future__ import annotations

import asyncio
import base64
import json
import ssl
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.messages import Template

WAIT = 5
WANTED = (b'"type":"CC928C"', b'"type":"CC029C"')
RETRY_AFTER = 0.1
PATIENCE = 60.0
"""Seconds after which a time with too few units ends all the same."""


@dataclass(slots=True)
class Tally:
    """What all clients saw inside the measured time."""

    began: float = 0.0
    ended: float = float("inf")
    receipts: list[float] = field(default_factory=list)
    finals: list[float] = field(default_factory=list)
    polls: int = 0
    busy: int = 0
    errors: int = 0
    first_errors: list[str] = field(default_factory=list)

    def error(self, text: str) -> None:
        """Count what went wrong and keep the first few."""
        self.errors += 1
        if len(self.first_errors) < 5:
            self.first_errors.append(text[:600])


class Client(asyncio.Protocol):
    """One sender on one kept-alive connection."""

    def __init__(
        self, tally: Tally, template: Template, token: str, first: int, accepted_only: bool, after: str, *,
        every: float = 0.0, offset: float = 0.0,
    ) -> None:  # fmt: skip
        self._tally, self._template, self._number = tally, template, first
        self._auth = b"authorization: Bearer " + token.encode() + b"\r\nhost: localhost\r\n"
        self._accepted_only = accepted_only
        self._transport: Any = None
        self._buffer = b""
        self._cursor, self._own = after.encode(), b""
        self._asked, self._posting, self._stopped = 0.0, True, False
        self._every, self._due, self._since = every, time.perf_counter() + offset, 0.0  # of paced units: next, this one
        self._seen = [False, False]
        self.lost = asyncio.get_running_loop().create_future()

    # --- connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._stopped:
            self._tally.error(f"connection lost: {exc}")
        if not self.lost.done():
            self.lost.set_result(None)

    def stop(self) -> None:
        """Ask nothing more."""
        self._stopped = True
        self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._buffer = self._buffer + data if self._buffer else data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._buffer[:end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self._buffer) < end + 4 + length:
            return
        body, self._buffer = self._buffer[end + 4 : end + 4 + length], self._buffer[end + 4 + length :]
        self._answered(int(head[9:12]), body)

    # --- the unit

    def _next(self) -> None:
        """Begin a unit: at once, or when it is due."""
        if not self._every:
            self._lodge()
            return
        self._since, self._due = self._due, self._due + self._every
        wait = self._since - time.perf_counter()
        if wait > 0:
            asyncio.get_running_loop().call_later(wait, self._lodge)
        else:
            self._lodge()

    def _lodge(self) -> None:
        if self._stopped:
            return
        self._number += 1
        body = self._template.make(self._number, self._number)
        self._seen, self._own = [False, False], b"LQ%014d" % self._number
        self._posting, self._asked = True, self._since or time.perf_counter()
        self._transport.write(
            b"POST /v1/messages HTTP/1.1\r\n" + self._auth + b"content-type: application/xml\r\ncontent-length: "
            + str(len(body)).encode() + b"\r\n\r\n" + body
        )  # fmt: skip

    @property
    def cursor(self) -> str:
        """Up to where it collected."""
        return self._cursor.decode()

    def _poll(self) -> None:
        if not self._stopped:
            self._transport.write(
                b"GET /v1/inbox?after=%b&wait=%d HTTP/1.1\r\n%b\r\n" % (self._cursor, WAIT, self._auth)
            )

    def _answered(self, status: int, body: bytes) -> None:
        now = time.perf_counter()
        counts = self._tally.began <= self._asked and now <= self._tally.ended
        if status in (429, 503):
            self._tally.busy += 1
            asyncio.get_running_loop().call_later(RETRY_AFTER, self._lodge if self._posting else self._poll)
        elif self._posting and status == 202:
            if counts:
                self._tally.receipts.append(now - self._asked)
            if self._accepted_only:
                self._next()
                return
            self._posting = False
            self._poll()
        elif not self._posting and status == 200:
            self._collect(body, now, counts)
        else:
            self._tally.error(f"{status} {body.decode(errors='replace')}")
            asyncio.get_running_loop().call_later(RETRY_AFTER, self._lodge)

    def _collect(self, body: bytes, now: float, counts: bool) -> None:
        self._tally.polls += counts
        at = body.rfind(b'"after":"')
        self._cursor = body[at + 9 : body.find(b'"', at + 9)]
        if self._own in body:  # else it is about a declaration of another run
            for n, mark in enumerate(WANTED):
                self._seen[n] = self._seen[n] or mark in body
        if b'"type":"CC056C"' in body or b'"type":"CC055C"' in body:
            self._tally.error(f"refused: {body.decode(errors='replace')}")
            asyncio.get_running_loop().call_later(RETRY_AFTER, self._lodge)
        elif all(self._seen):
            if counts:
                self._tally.finals.append(now - self._asked)
            self._next()
        else:
            self._poll()


def quantile(values: list[float], share: float) -> float:
    """A quantile in milliseconds."""
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1e3, 1) if ordered else 0.0


async def drive(plan: dict[str, Any]) -> dict[str, Any]:
    """Run the plan; about ``warmup + seconds`` seconds, longer until ``fewest`` units (one) are done."""
    loop, tally = asyncio.get_running_loop(), Tally(began=float("inf"))
    context, fewest = None, int(plan.get("fewest", 1))
    if plan["root"]:
        context = ssl.create_default_context(cafile=plan["root"])
    clients, every = [], float(plan.get("every", 0.0))
    for n, each in enumerate(plan["clients"]):
        template = Template(
            tuple(base64.b64decode(p) for p in each["pieces"]), tuple(each["fields"]),
            tuple(g.encode() for g in each["guarantees"]),
        )  # fmt: skip
        first, offset = plan["first"] + n * 1_000_000, every * n / len(plan["clients"])
        _, client = await loop.create_connection(
            lambda t=template, e=each, f=first, o=offset: Client(
                tally, t, e["token"], f, plan["accepted_only"], plan["after"], every=every, offset=o
            ),
            plan["host"], plan["port"], ssl=context, server_hostname="localhost" if context else None,
        )  # fmt: skip
        clients.append(client)
    await asyncio.sleep(plan["warmup"])
    print("begin", flush=True)
    tally.began, used = time.perf_counter(), time.process_time()
    await asyncio.sleep(plan["seconds"])
    done = tally.receipts if plan["accepted_only"] else tally.finals
    while len(done) < fewest and time.perf_counter() < tally.began + PATIENCE:  # noqa: ASYNC110 - a machine may be busy
        await asyncio.sleep(0.02)
    tally.ended, used = time.perf_counter(), time.process_time() - used
    print("end", flush=True)
    window = tally.ended - tally.began
    for client in clients:
        client.stop()
    units = len(done)
    return {
        "units": units,
        "seconds": round(window, 2),
        "units_per_s": round(units / window, 1),
        "receipt_p50_ms": quantile(tally.receipts, 0.5),
        "receipt_p99_ms": quantile(tally.receipts, 0.99),
        "final_p50_ms": quantile(tally.finals, 0.5),
        "final_p99_ms": quantile(tally.finals, 0.99),
        "polls_per_unit": round(tally.polls / units, 2) if units else 0,
        "after": clients[0].cursor,
        "busy": tally.busy,
        "errors": tally.errors,
        "first_errors": tally.first_errors,
        "generator_cpu_us": round(used / units * 1e6, 1) if units else 0,
        "generator_ceiling_per_s": round(units / used) if used else 0,
    }


def main() -> None:
    """Read the plan, run it, print the result."""
    import uvloop

    plan = json.loads(Path(sys.argv[1]).read_text())
    print(json.dumps(uvloop.run(drive(plan))), flush=True)


if __name__ == "__main__":
    main()
