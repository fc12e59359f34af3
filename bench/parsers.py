"""What the largest requests cost others: for every parser at every door, the longest time without a turn, and memory.

Each shape is sent in a process of its own, through the real door into a real core. Beside it a task of the event loop
comes again as soon as it may: the time between two of its turns is what everybody else waits. It is given as CPU time
of the process, which neighbours on the machine do not change, and as time on the clock. Memory is the peak of the
process above where it stood before, request and answer included. Only Linux tells it. ``python -m bench parsers``
measures all, ``python -m bench.parsers "SOAP: text"`` those whose name holds these words.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import itertools
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import uvloop

from bench import shapes
from bench.brief import size
from bench.node import prepare_identity, settings_for
from bench.report import text
from bench.shapes import Make
from douane.assembly.node import RunningNode, make_node
from douane.channels.as4.receiving import ENVELOPE, Desk, Receiver
from douane.channels.csi_folder.translation import Agreed, read
from douane.configuration.collecting import settle
from douane.configuration.settings import Largest
from douane.identity.issuers import HERE
from douane.identity.tokens import TokenIssuer
from douane.runtime.door.decoding import Decoding
from douane.shared_services.web.body import Body
from douane.shared_services.web.requests import Request
from douane.standards.as4.matching import AgreementBook
from douane.standards.csi.message import Message
from douane.standards.edifact.syntax import SIZE
from douane.standards.mime.reading import Limits
from douane.standards.xml_signature.attachments import LARGEST_XML, ContentDigest
from douane.standards.xml_signature.names import SHA256
from douane.vocabulary.errors import DouaneError

TURN_MS, PEAK_MB = 50.0, 32.0
"""What no request may exceed."""
PIECE = 64 * 1024
OWN = b'<i:declare xmlns:i="https://douane.example/services/import_procedure/v1">'
Row = dict[str, Any]
Send = Callable[[RunningNode, bytes], Awaitable[str]]
"""Hands a body to a parser as its door does, and says what came of it."""


@dataclass(frozen=True, slots=True)
class Parser:
    """One parser at one door: how it is reached, how large its bodies may be, and the shapes of them."""

    name: str
    send: Send
    largest: int
    shapes: Mapping[str, Make]


# --- ways in


async def by_http(media: str, path: str, node: RunningNode, body: bytes, door: str = "speed2") -> str:
    """Through the application of a door, in pieces as they come from a connection."""
    headers = [("content-type", media), ("authorization", f"Bearer {TOKENS[door]}")]
    headers += [("message-id", f"M-{len(body)}"), ("prefer", "respond-async")]
    content = Body()
    asked = Request("POST", path, headers=headers, content=content)
    answering = asyncio.ensure_future(node.listeners.doors[PLATFORMS.index(door)].application(asked))
    for at in range(0, len(body), PIECE):
        await asyncio.sleep(0)
        content.feed(body[at : at + PIECE])
    content.end()
    said = await answering
    answer = said.body
    with contextlib.suppress(ValueError):
        content = json.loads(answer)
        return f"{said.status} {content.get('code', '')} {len(content.get('faults', ()))} faults".strip()
    return f"{said.status}, {len(answer)} octets"


async def by_as4(node: RunningNode, body: bytes) -> str:
    """To an access point, before anybody is known."""
    del node

    async def pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(body), PIECE):
            await asyncio.sleep(0)
            yield body[at : at + PIECE]

    nobody: Any = None
    desk = Desk(AgreementBook([]), nobody, nobody, nobody, nobody, lambda: 0, Limits(part=ENVELOPE, total=2 * ENVELOPE))
    media = 'multipart/related; boundary=part; type="application/soap+xml"'
    return await _said(Receiver(desk).take(media, pieces()))


async def by_digest(node: RunningNode, body: bytes) -> str:
    """A payload of an AS4 message that is XML: canonicalised for its digest."""
    del node

    def work() -> None:
        digest = ContentDigest("application/xml", (SHA256,))
        for at in range(0, len(body), PIECE):
            digest.update(body[at : at + PIECE])
        digest.values()

    return await _said(Decoding().read(len(body), "", work))


async def by_folder(node: RunningNode, body: bytes) -> str:
    """A file in the folder of an administration."""
    del node
    found = await asyncio.to_thread(read, body, Agreed("FR"))
    wrong = found.refusal or next((each.refusal for each in found.items if each.refusal is not None), None)
    return f"{wrong.code} {len(wrong.faults)} faults" if wrong is not None else "taken"


async def by_queue(node: RunningNode, body: bytes) -> str:
    """A message of a queue, as the gateway reads it."""
    from douane.standards.csi.amqp import read as unpack
    from douane.standards.csi.amqp import write

    properties, packed = write(Message("M1", body), 0)
    message = unpack(properties, packed, user="user")
    return await by_http("application/xml", "/v1/messages", node, message.body)


async def _said(work: Awaitable[object]) -> str:
    try:
        await work
    except DouaneError as problem:
        return f"{problem.code} {len(problem.faults)} faults"
    return "taken"


# --- what is sent where


def soap(inside: Mapping[str, Make]) -> Mapping[str, Make]:
    """The same shapes in the body of an envelope."""
    head = b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
    tail = b"</s:Body></s:Envelope>"

    def wrapped(make: Make, size: int) -> bytes:
        body = make(size - len(head) - len(tail) - 8)
        return head + body.removeprefix(b'<?xml version="1.0" encoding="UTF-8"?>\n') + tail

    return {name: partial(wrapped, make) for name, make in inside.items()}


def enveloped(inside: Mapping[str, Make]) -> Mapping[str, Make]:
    """The same shapes as the root part of an AS4 message."""
    head = b"--part\r\nContent-Type: application/soap+xml\r\n\r\n"
    return {name: lambda size, make=make: head + make(size) + b"\r\n--part--\r\n" for name, make in inside.items()}  # type: ignore[misc]  # mypy infers no types of lambda defaults


SECURITY_HEAD = (
    b'<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header><w:Security xmlns:w="http://docs.oasis-open'
    b'.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd">'
)
SECURITY_TAIL = b"</w:Security></s:Header><s:Body/></s:Envelope>"


def parsers() -> Iterator[Parser]:
    """Every parser at every door."""
    largest = Largest()
    own = shapes.xml(OWN, b"</i:declare>", b"<i:office>FR005350</i:office>")
    declare = "/import_procedure/v1/declare"
    yield Parser("NCTS by REST", partial(by_http, "application/xml", "/v1/messages"), largest.rest,
                 {**shapes.NCTS, **shapes.VALID_NCTS})  # fmt: skip
    yield Parser("own types, XML by REST", partial(by_http, "application/xml", "/v1/messages"), largest.rest, own)
    yield Parser("own types, JSON by REST", partial(by_http, "application/json", declare), largest.rest, shapes.JSON)
    lodge = partial(by_http, "application/json", "/transit/v1/lodge_declaration")
    yield Parser("NCTS, JSON by REST", lodge, largest.rest, shapes.JSON)
    bus = partial(by_http, "application/json", "/services/permits/v1/check", door="ccn2")
    yield Parser("service bus by REST", bus, largest.rest, shapes.JSON)
    related = "multipart/related; boundary=part"
    yield Parser("multipart by REST", partial(by_http, related, "/v1/messages"), largest.rest,
                 shapes.multipart(b"<nonsense/>"))  # fmt: skip
    yield Parser("NCTS by SOAP", partial(by_http, "text/xml", "/transit/v1"), largest.soap,
                 soap({**shapes.NCTS, **shapes.VALID_NCTS}))  # fmt: skip
    yield Parser("own types by SOAP", partial(by_http, "text/xml", "/import_procedure/v1"), largest.soap, soap(own))
    header = shapes.xml(SECURITY_HEAD, SECURITY_TAIL, b"<a/>")
    yield Parser("AS4, security header", by_as4, ENVELOPE, enveloped(header))
    yield Parser("AS4, multipart", by_as4, 2 * ENVELOPE, shapes.multipart(b"<a/>", b"application/soap+xml"))
    yield Parser("AS4, XML payload", by_digest, LARGEST_XML, shapes.xml(b"<x>", b"</x>", b"<a/>"))
    yield Parser("NCTS by queue", by_queue, largest.csi_queue, {**shapes.NCTS, **shapes.VALID_NCTS})
    yield Parser("EDIFACT in a folder", by_folder, min(SIZE, largest.csi_folder), shapes.EDIFACT)
    yield Parser("records in a folder", by_folder, largest.csi_folder, shapes.RECORDS)


# --- measuring


PLATFORMS = ("speed2", "ccn2")
TOKENS: dict[str, str] = {}
MOST_OCTETS, SHAPES = size((1 << 40, 1 << 10), brief=(64_000, 1))
"""Of a body, and how many shapes of each parser: more than any has."""
_FIGURES = ("no_turn_cpu_ms", "peak_mb", "whole_cpu_ms")


def started(folder: Path) -> RunningNode:
    """A node that forgets, and a token of a caller at each door."""
    identity, _ = prepare_identity(folder)
    register, now = identity.load_register(), time.time_ns() // 1000
    issuer = TokenIssuer(issuer=HERE, keys=[identity.load_token_key()], lifetime=7_200)
    for platform, name in zip(PLATFORMS, ("trader.00", "fr.system"), strict=True):
        client = register.client(name)
        assert client is not None
        roles = client.roles | {"declarant"}
        TOKENS[platform] = str(issuer.issue(client, audience=platform, roles=roles, now=now, jti=platform))
    return make_node(replace(settings_for(folder), store="memory:", platforms=PLATFORMS))


def memory(*, reset: bool = False) -> tuple[int, int]:
    """Peak and present size of this process, in kB; with ``reset`` the peak begins anew."""
    if reset:
        ctypes.CDLL(None).malloc_trim(0)  # what is free already counts when it is taken again
        Path("/proc/self/clear_refs").write_text("5")
    facts = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(facts["VmHWM"].split()[0]), int(facts["VmRSS"].split()[0])


async def observed(node: RunningNode, parser: Parser, body: bytes) -> Row:
    """One body through one parser, and what others noticed."""
    longest, worst, over = 0.0, 0.0, False

    async def beat() -> None:
        nonlocal longest, worst
        cpu, wall = time.process_time(), time.perf_counter()
        while not over:
            await asyncio.sleep(0)
            longest, worst = max(longest, time.process_time() - cpu), max(worst, time.perf_counter() - wall)
            cpu, wall = time.process_time(), time.perf_counter()

    node.core.node.start()
    await parser.send(node, b"<")  # what is loaded once is loaded
    settle()
    beating = asyncio.create_task(beat())
    await asyncio.sleep(0.01)
    longest, worst = 0.0, 0.0
    before, began = memory(reset=True)[1], time.process_time()
    said = await parser.send(node, body)
    while node.core.node.owners[0].pending:  # noqa: ASYNC110 - a tick tells nobody that it was the last
        await asyncio.sleep(0)
    whole = time.process_time() - began
    peak = memory()[0] - before
    over = True
    await beating
    return {
        "octets": len(body), "answer": said, "whole_cpu_ms": whole * 1e3, "no_turn_cpu_ms": longest * 1e3,
        "no_turn_ms": worst * 1e3, "peak_mb": peak / 1024,
    }  # fmt: skip


def apart(node: RunningNode, parser: Parser, body: bytes) -> Row:
    """The same in a process of its own."""
    mine, its = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(mine)
        try:
            found = uvloop.new_event_loop().run_until_complete(observed(node, parser, body))
        except BaseException as problem:
            found = {"failed": repr(problem)[:200]}
        with os.fdopen(its, "w") as pipe:
            json.dump(found, pipe)
        os._exit(0)
    os.close(its)
    with os.fdopen(mine) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    row: Row = json.loads(said) if said else {"failed": "the process died"}
    return row


def measured(wanted: str = "") -> Iterator[Row]:
    """A row for every parser and shape whose name holds a word."""
    with tempfile.TemporaryDirectory(prefix="douane-bench-") as folder:
        node = started(Path(folder))
        for parser in parsers():
            for shape, make in itertools.islice(parser.shapes.items(), SHAPES):
                if wanted in f"{parser.name}: {shape}":
                    yield {"parser": parser.name, "shape": shape} | apart(
                        node, parser, make(min(parser.largest, MOST_OCTETS))
                    )


def run(seconds: float, wanted: str = "") -> dict[str, object]:
    """The worst shapes of every parser; every shape goes to the error output. Each is measured once."""
    del seconds
    rows: list[Row] = []
    for row in measured(wanted):
        rows.append(row)
        print(json.dumps(row), file=sys.stderr, flush=True)
    beyond = [f"{row['parser']}: {row['shape']}" for row in rows if _beyond(row)]
    notes = [f"Bounds: {TURN_MS:.0f} ms without a turn, {PEAK_MB:.0f} MB.", *(f"Beyond: {each}." for each in beyond)]
    shown = [
        _worst([row for row in rows if row["parser"] == name]) for name in dict.fromkeys(r["parser"] for r in rows)
    ]
    failed = any("failed" in row for row in rows)
    return {"name": "parsers", "rows": shown, "notes": notes, "failed": failed}


def _worst(rows: list[Row]) -> Row:
    """What a parser's shapes cost at most, and which."""
    kept = [row for row in rows if "failed" not in row] or [dict.fromkeys(_FIGURES, 0.0) | {"shape": "-", "octets": 0}]
    turn, peak, whole = (max(kept, key=lambda row: row[name]) for name in _FIGURES)
    return {
        "parser": rows[0]["parser"], "shapes": len(rows), "octets": max(row["octets"] for row in kept),
        "no_turn_cpu_ms": turn["no_turn_cpu_ms"], "by": turn["shape"], "peak_mb": peak["peak_mb"],
        "peak_by": peak["shape"], "whole_cpu_ms": whole["whole_cpu_ms"], "whole_by": whole["shape"],
    }  # fmt: skip


def _beyond(row: Row) -> bool:
    return "failed" in row or row["no_turn_cpu_ms"] > TURN_MS or row["peak_mb"] > PEAK_MB


if __name__ == "__main__":
    print(text(run(0.0, sys.argv[1] if len(sys.argv) > 1 else "")))
