"""Access of a party whose answers are pushed to it by webhook; what it sends goes to a REST door."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ed25519

from douane.channels.rest.client import Partner
from douane.channels.webhook.signing import Signed, thumbprint, verify
from douane.simulator.access.port import Answer, Delivered
from douane.vocabulary.errors import NotAuthenticated

HEAD: Final = 16 * 1024
BODY: Final = 8 * 1024 * 1024


@dataclass
class WebhookAccess:
    """A party with an address of its own. ``key``: by which its platform signs, once it runs."""

    door: Partner
    hook: Webhook
    channel: str = "webhook"

    async def send(self, body: bytes) -> Answer:
        """Post a message to the platform."""
        reply = await self.door.send(body)
        return Answer(reply.status, reply.json())

    async def collect(self, wait: float) -> AsyncIterator[Delivered]:
        """What was pushed."""
        try:
            async with asyncio.timeout(wait):
                first = await self.hook.came.get()
        except TimeoutError:
            return
        yield first
        while not self.hook.came.empty():
            yield self.hook.came.get_nowait()

    async def close(self) -> None:
        """Close the connections."""
        await self.door.close()
        await self.hook.close()


class Webhook:
    """An address to which a platform pushes messages."""

    def __init__(self, key: Callable[[], ed25519.Ed25519PublicKey]) -> None:
        self.key, self.came = key, asyncio.Queue[Delivered]()
        self._server = SignedServer(key, self._take)

    async def open(self) -> str:
        """Begin to listen; the address."""
        return await self._server.open()

    async def close(self) -> None:
        """Listen no more."""
        await self._server.close()

    def _take(self, headers: dict[str, str], body: bytes) -> bytes:
        self.came.put_nowait(
            Delivered(
                headers["douane-sequence"], headers["douane-type"], headers["douane-message"],
                headers.get("douane-answers", ""), "", "", body.decode(),
            )
        )  # fmt: skip
        return b""


@dataclass
class SignedServer:
    """A small HTTP server on this machine that takes requests signed by one key and nothing else.

    take: headers and body of a request; the JSON that is answered, or nothing.
    """

    key: Callable[[], ed25519.Ed25519PublicKey]
    take: Callable[[dict[str, str], bytes], bytes]
    _server: asyncio.Server | None = None

    async def open(self) -> str:
        """Begin to listen; the address."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=HEAD)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/answers"

    async def close(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                status, body = await self._one(reader)
                head = f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
                writer.write(head.encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError, ValueError):
            pass  # hung up, or no HTTP
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader) -> tuple[str, bytes]:
        """Take one request; status and body of its answer."""
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip().split("\r\n")
        method, path, _ = first.split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = await reader.readexactly(min(int(headers["content-length"]), BODY))
        key = self.key()
        try:
            verify(Signed(method, f"http://{headers['host']}{path}", headers), body, {thumbprint(key): key})
        except NotAuthenticated:
            return "401 Unauthorized", b""
        answer = self.take(headers, body)
        return ("200 OK" if answer else "204 No Content"), answer
