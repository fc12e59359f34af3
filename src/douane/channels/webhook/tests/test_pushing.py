"""Receivers of webhooks that never answer, drip, redirect or never end: each costs its own lane a bounded time."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from douane.channels.webhook.pushing import Answer, Pushing, headers_of, outcome_of
from douane.channels.webhook.signing import WebhookKey
from douane.runtime.store.ports import Outcome
from douane.vocabulary.errors import PartnerUnreachable

SECONDS, MOST = 0.5, 4_096
INSIDE = (ipaddress.ip_network("127.0.0.0/8"),)
SAID = headers_of({"media": "xml", "id": "M1", "type": "CC029C", "sequence": "7", "correlation": ""})
Serves = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Now:
    """The clock of the machine."""

    def now(self) -> int:
        return time.time_ns() // 1000


@dataclass
class Receiver:
    """A server with manners. came: the requests; sent: the octets that it could get rid of."""

    serves: Serves
    came: list[bytes] = field(default_factory=list)
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.tasks.add(task)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            self.came.append(await reader.readuntil(b"\r\n\r\n"))
            await self.serves(reader, writer)
        writer.close()

    @contextlib.asynccontextmanager
    async def there(self) -> AsyncIterator[str]:
        opened = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        try:
            async with opened:
                yield f"http://127.0.0.1:{opened.sockets[0].getsockname()[1]}/in"
        finally:
            for task in self.tasks:
                task.cancel()


async def good(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")


async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def drips(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 4000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b" ")
        await asyncio.sleep(SECONDS / 10)


async def drips_its_head(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nx: ")
    while not writer.is_closing():
        writer.write(b"y")
        await asyncio.sleep(SECONDS / 10)


async def endless(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """An answer of 10 GB."""
    writer.write(b"HTTP/1.1 500 No\r\ncontent-length: 10000000000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"x" * 65_536)
        await writer.drain()


async def redirects(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 307 There\r\nlocation: /inside\r\ncontent-length: 0\r\n\r\n")


def pushed(*receivers: Receiver) -> list[Answer | PartnerUnreachable]:
    """What comes of a push to each, all at once, and how long it took."""

    async def one(pushing: Pushing, url: str) -> Answer | PartnerUnreachable:
        try:
            return await pushing.post(url, INSIDE, SAID, b"<x/>", most=MOST, seconds=SECONDS)
        except PartnerUnreachable as problem:
            return problem

    async def main() -> list[Answer | PartnerUnreachable]:
        key = WebhookKey(ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
        pushing = Pushing(key, Now())
        async with contextlib.AsyncExitStack() as stack:
            urls = [await stack.enter_async_context(each.there()) for each in receivers]
            async with asyncio.timeout(20 * SECONDS):
                found = await asyncio.gather(*(one(pushing, url) for url in urls))
            await pushing.close()
            return found

    return asyncio.run(main())


@pytest.mark.parametrize("serves", [silent, drips, drips_its_head])
def test_who_does_not_come_to_an_end_is_out_of_reach_in_time(serves: Serves) -> None:
    (found,) = pushed(Receiver(serves))
    assert isinstance(found, PartnerUnreachable)


def test_an_answer_of_ten_gigabytes_is_read_to_its_bound_and_tried_again() -> None:
    (found,) = pushed(Receiver(endless))
    assert isinstance(found, Answer)
    assert (len(found.body), found.whole) == (MOST, False)
    assert outcome_of(found).outcome is Outcome.FAILED


def test_a_redirect_is_not_followed_and_is_no_receipt() -> None:
    receiver = Receiver(redirects)
    (found,) = pushed(receiver)
    assert isinstance(found, Answer)
    assert outcome_of(found).outcome is Outcome.FAILED
    assert len(receiver.came) == 1


def test_others_are_served_meanwhile() -> None:
    bad = [Receiver(each) for each in (silent, drips, drips_its_head, endless, redirects)]
    *_, found = pushed(*bad, Receiver(good))
    assert isinstance(found, Answer)
    assert outcome_of(found).outcome is Outcome.ARRIVED
