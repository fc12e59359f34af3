"""A SOAP 1.1 query in process: envelope read, schema checked, answered, written; ours beside spyne.

Both sides take the same bytes through their whole stack without a socket: ours by ASGI, through door, gate and link,
spyne by WSGI with its lxml validator, in an environment of its own (``tools/peer_environment.sh spyne``).
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from douane.channels.soap.binding import Soap
from douane.model.caller import Caller
from douane.model.circles import ActorKind, Circle, Platform
from douane.model.declare import Actor, Level, Operation, Who, query, service
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.door.door import Authenticated, Door
from douane.runtime.door.link import Question
from douane.runtime.door.proof import NONE, Possession
from douane.shared_services.web.answers import Response
from douane.shared_services.web.requests import Request
from tests.callers import trader

ROOT = Path(__file__).resolve().parent.parent
SPYNE = ROOT / "build/peers/spyne/bin/python"
TRADER = Actor("", ActorKind.TRADER)
NAMES = 10


class Ask(msgspec.Struct, frozen=True):
    """Which numbers."""

    number: Annotated[
        tuple[Annotated[str, Meta(pattern=r"\A[A-Z]{2}[0-9]{1,15}\Z")], ...], Meta(min_length=1, max_length=10)
    ]


class Verdict(msgspec.Struct, frozen=True):
    """One number."""

    number: str
    status: int
    text: str


class Verdicts(msgspec.Struct, frozen=True):
    """All of them."""

    result: tuple[Verdict, ...]


@service("numbers", title="Numbers", owner="bench", level=Level.BRONZE)
class Numbers:
    """A check of numbers."""

    @query(Ask, Verdicts, task="B-1", who=Who(by=(TRADER,)))
    def check(self) -> None:
        """Check numbers."""


@dataclass(frozen=True)
class Someone:
    """The caller."""

    id: str = "bench"
    kind: ActorKind = ActorKind.TRADER
    circle: Circle = Circle.UNTRUSTED
    eori: str = "DE1"
    administration: str = ""
    roles: frozenset[str] = frozenset()
    acting_for: str = ""

    @property
    def caller(self) -> Caller:
        """As it goes with every message."""
        return trader(self.eori)


class Open:
    """A gate that lets everybody in, and a link that answers at once."""

    def __init__(self) -> None:
        self.caller = Someone()

    def authenticate(self, certificate: bytes, authorization: str, possession: Possession = NONE) -> Authenticated:
        """Everybody is the same trader."""
        return self.caller

    def still(self, caller: Authenticated) -> None:
        """Who was let in stays so."""

    def public(self) -> Authenticated:
        """Who shows no proof is the same trader, too."""
        return self.caller

    def authorise(self, caller: Authenticated, operation: Operation) -> None:
        """Everything is allowed."""

    def open_to(self, caller: Authenticated, operation: Operation) -> bool:
        """Everything is open."""
        return True

    async def ask(self, question: Question) -> Verdicts:
        """Every number is valid."""
        return Verdicts(tuple(Verdict(number, 0, "Valid") for number in question.request.number))

    def now(self) -> int:
        """No time passes."""
        return 0


def request(namespace: str, root: str) -> bytes:
    """A call with ten numbers; both stacks read the same bytes but for namespace and root."""
    numbers = "".join(f"<t:number>DE{n:09}</t:number>" for n in range(NAMES))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">'
        f'<s:Body><t:{root} xmlns:t="{namespace}">{numbers}</t:{root}></s:Body></s:Envelope>'
    ).encode()


async def ours(seconds: float) -> dict[str, float]:
    """CPU microseconds of a call, the best of rounds."""
    open_ = Open()
    catalogue = Catalogue([Numbers.__service__])  # type: ignore[attr-defined]  # set by @service
    door = Door(Platform.SPEED2, gate=open_, catalogue=catalogue, link=open_, clock=open_)  # type: ignore[arg-type]
    application = Soap(door, now=lambda: None).application()  # type: ignore[arg-type, return-value]  # nothing is signed
    body = request("https://douane.example/services/numbers/v1", "check")
    head = [("content-type", "text/xml; charset=utf-8"), ("content-length", str(len(body)))]

    async def call() -> Response:
        return await application(Request("POST", "/numbers/v1", headers=head, content=body))

    answer = await call()
    assert answer.status == 200, answer
    assert answer.body.count(b"<status>0</status>") == NAMES
    best, end = float("inf"), time.process_time() + seconds
    while time.process_time() < end:
        start = time.process_time()
        for _ in range(200):
            await call()
        best = min(best, (time.process_time() - start) / 200)
    return {"us": best * 1e6, "bytes": len(answer.body)}


def theirs(seconds: float) -> dict[str, float] | str:
    """The same of spyne, or why it is absent."""
    if not SPYNE.exists():
        return "absent: run tools/peer_environment.sh spyne"
    script = ROOT / "bench/peers/spyne_service.py"
    done = subprocess.run(
        [SPYNE, script, str(seconds)],
        input=request("urn:bench", "check"),
        capture_output=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        last = done.stderr.decode().strip().splitlines()[-1:]
        return f"absent: spyne does not run on the Python of its environment ({last})"
    found: dict[str, float] = json.loads(done.stdout)
    return found


def run(seconds: float) -> dict[str, object]:
    """Measure for about ``seconds`` in all."""
    own, peer = asyncio.run(ours(seconds / 2)), theirs(seconds / 2)
    rows: list[dict[str, object]] = [
        {"stack": "ours", "CPU us a call": round(own["us"], 1), "calls/s a core": round(1e6 / own["us"])}
    ]
    ratios = {}
    if isinstance(peer, str):
        rows.append({"stack": "spyne", "CPU us a call": peer})
    else:
        rows.append(
            {"stack": "spyne 2.14.0", "CPU us a call": round(peer["us"], 1), "calls/s a core": round(1e6 / peer["us"])}
        )
        ratios["spyne/ours"] = round(peer["us"] / own["us"], 1)
    return {"name": "SOAP query with schema check, ten numbers, in process", "rows": rows, "ratios": ratios}


if __name__ == "__main__":
    print(json.dumps(run(10.0), indent=1))
