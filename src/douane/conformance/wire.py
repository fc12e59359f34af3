"""HTTP/1.1 by hand, both ends: what a proper client or server never does is what a partner bench has to do.

A client stops in the middle of a request, or lets it drip; a server keeps a request, drips its answer, or closes
without one. Sizes in octets, times in seconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import enum
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, cast
from urllib.parse import urlsplit

import httptools

from douane.vocabulary.errors import PartnerUnreachable

LARGEST: Final = 64 * 1024 * 1024
READ: Final = 64 * 1024
CONNECT: Final = 10.0
DRIP: Final = 0.25
"""Pause between two octets of what drips."""
SLOW: Final = 24  # octets of an answer that drip before the rest of it comes at once


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Manner(enum.Enum):
    """How an answer is given."""

    AT_ONCE = "at once"
    DRIPPED = "dripped"  # its beginning octet by octet
    DROPPED = "dropped"  # the connection is closed without it
    HELD = "held"  # it never comes; the connection stays open until the other side closes it


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to give."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    manner: Manner = Manner.AT_ONCE


@dataclass(frozen=True, slots=True)
class Told:
    """What the other side did: its answer, or status 0 where it gave none. ``closed``: it ended the connection."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    closed: bool = False
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Target:
    """Where requests go. ``tls``: None for plain HTTP. ``patience``: how long an answer may take."""

    url: str
    tls: ssl.SSLContext | None = None
    patience: float = 30.0

    @property
    def path(self) -> str:
        """The request target."""
        parts = urlsplit(self.url)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


class _Message:
    """Collects one request or answer for httptools."""

    def __init__(self) -> None:
        self.target, self.headers, self.body, self.whole = b"", dict[str, str](), bytearray(), False

    def on_url(self, url: bytes) -> None:
        self.target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_body(self, body: bytes) -> None:
        self.body += body
        if len(self.body) > LARGEST:
            raise ValueError("too large")

    def on_message_complete(self) -> None:
        self.whole = True


# --- the client's end


async def post(
    target: Target, headers: Mapping[str, str], body: bytes, *, path: str = "", stop: int | None = None,
    drip: bool = False, method: str = "POST",
) -> Told:  # fmt: skip
    """Send a request and read the answer. Raises PartnerUnreachable where there is no connection.

    stop: after so many octets of head and body nothing more is sent, and the connection is kept. drip: the body
    goes octet by octet, for longer than anybody waits for another answer. One that comes early ends the sending.
    """
    loop = asyncio.get_running_loop()
    began = loop.time()
    parts = urlsplit(target.url)
    lines = [f"{method} {path or target.path} HTTP/1.1", f"host: {parts.netloc}", f"content-length: {len(body)}"]
    head = "\r\n".join([*lines, *(f"{n}: {v}" for n, v in headers.items()), "", ""]).encode()
    async with _connected(target) as (reader, writer):
        sending = asyncio.create_task(_send(writer, head, body, stop, drip))
        try:
            async with asyncio.timeout(target.patience * (3 if drip else 1)):
                told = await _answer(reader)
        except TimeoutError:
            told = Told()
        finally:
            sending.cancel()
            with contextlib.suppress(asyncio.CancelledError, OSError):
                await sending
    return Told(told.status, told.headers, told.body, told.closed, loop.time() - began)


@contextlib.asynccontextmanager
async def _connected(target: Target) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    parts = urlsplit(target.url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        async with asyncio.timeout(CONNECT):
            reader, writer = await asyncio.open_connection(host, port, ssl=target.tls, limit=READ)
    except (OSError, TimeoutError) as problem:
        text = f"{parts.netloc} cannot be reached: {type(problem).__name__} {problem}".strip()
        raise PartnerUnreachable(f"{text}.", remedy="Check address, certificate and network.") from problem
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


async def _send(writer: asyncio.StreamWriter, head: bytes, body: bytes, stop: int | None, drip: bool) -> None:
    whole = (head + body)[:stop]
    with contextlib.suppress(ConnectionError):
        if not drip:
            writer.write(whole)
            await writer.drain()
            return
        writer.write(whole[: len(head)])
        for at in range(len(head), len(whole)):
            await writer.drain()
            await asyncio.sleep(DRIP)
            writer.write(whole[at : at + 1])


async def _answer(reader: asyncio.StreamReader) -> Told:
    message = _Message()
    parser = httptools.HttpResponseParser(message)
    try:
        while not message.whole:
            octets = await reader.read(READ)
            if not octets:  # an answer without a length ends here; a cut one is none
                until_end = "content-length" not in message.headers and "transfer-encoding" not in message.headers
                status = parser.get_status_code() if message.headers and until_end else 0
                return Told(status, message.headers, bytes(message.body) if status else b"", closed=True)
            parser.feed_data(octets)
    except ConnectionError:
        return Told(closed=True)
    except (httptools.HttpParserError, ValueError):
        return Told(closed=True)
    closing = message.headers.get("connection", "").lower() == "close"
    return Told(parser.get_status_code(), message.headers, bytes(message.body), closing)


# --- the server's end


@dataclass(slots=True)
class Listening:
    """A server that is up, and what serves each connection."""

    url: str
    server: asyncio.Server
    serving: dict[asyncio.Task[None], asyncio.StreamWriter]

    async def close(self) -> None:
        """Close the listener and every connection; those that serve them see it, and end."""
        self.server.close()
        for writer in self.serving.values():
            writer.transport.abort()
        if self.serving:
            await asyncio.wait(list(self.serving))
        await self.server.wait_closed()


async def listen(
    host: str, port: int, answer: Callable[[Asked], Awaitable[Answer]], tls: ssl.SSLContext | None = None
) -> Listening:
    """Serve requests one after the other on each connection. Raises PartnerUnreachable where the port is taken."""
    serving: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = cast("asyncio.Task[None]", asyncio.current_task())
        serving[task] = writer
        try:
            await _serve(reader, writer, answer)
        except (OSError, httptools.HttpParserError, ValueError):
            pass  # the other side went away, or spoke no HTTP
        finally:
            del serving[task]
            writer.transport.abort()

    try:
        server = await asyncio.start_server(serve, host, port, ssl=tls, limit=READ)
    except OSError as problem:
        raise PartnerUnreachable(f"{host}:{port} cannot be listened at: {problem}.", remedy="Name another port.") from (
            problem
        )
    found = server.sockets[0].getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    return Listening(f"{'https' if tls else 'http'}://{shown}:{found}", server, serving)


async def _serve(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answer: Callable[[Asked], Awaitable[Answer]]
) -> None:
    while True:
        message = _Message()
        parser = httptools.HttpRequestParser(message)
        while not message.whole:
            octets = await reader.read(READ)
            if not octets:
                return
            parser.feed_data(octets)
            if message.headers.get("expect", "").lower() == "100-continue" and not message.body and not message.whole:
                writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        asked = Asked(
            parser.get_method().decode(), message.target.decode("latin-1"), message.headers, bytes(message.body)
        )
        given = await answer(asked)
        match given.manner:
            case Manner.DROPPED:
                return
            case Manner.HELD:
                await reader.read(1)
                return
            case Manner.DRIPPED:
                octets = _octets(given)
                for at in range(min(SLOW, len(octets))):
                    writer.write(octets[at : at + 1])
                    await writer.drain()
                    await asyncio.sleep(DRIP)
                writer.write(octets[SLOW:])
                await writer.drain()
            case Manner.AT_ONCE:
                writer.write(_octets(given))
                await writer.drain()
        if not parser.should_keep_alive():
            return


def _octets(answer: Answer) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} ", f"content-length: {len(answer.body)}"]
    return "\r\n".join([*lines, *(f"{n}: {v}" for n, v in answer.headers), "", ""]).encode() + answer.body
