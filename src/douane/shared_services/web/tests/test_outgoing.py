"""Calls to servers of others that behave, drip, hang and never end: how long they last, and what is remembered."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from douane.runtime.door.outgoing import Answered, Asked
from douane.shared_services.web.answers import error_headers
from douane.shared_services.web.away import AT_ONCE, HOSTS, Away
from douane.shared_services.web.outgoing import LARGEST, Http
from douane.vocabulary.errors import DeclarationFault, PartnerRefused, PartnerUnreachable

Serves = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
SECONDS = 0.4


async def good(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")


async def drips(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Always about to go on: each octet is a sign of life."""
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 200000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b" ")
        await asyncio.sleep(SECONDS / 10)


async def drips_its_head(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nx: ")
    while not writer.is_closing():
        writer.write(b"y")
        await asyncio.sleep(SECONDS / 10)


async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def endless(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
        await writer.drain()


async def redirects(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 302 Found\r\nlocation: /inside\r\ncontent-length: 0\r\n\r\n")


class Host:
    """A server whose manners change. came: the requests so far."""

    def __init__(self, serves: Serves) -> None:
        self.serves, self.came, self.port = serves, list[bytes](), 0
        self._tasks = set[asyncio.Task[Any]]()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            self.came.append(await reader.readuntil(b"\r\n\r\n"))
            await self.serves(reader, writer)
        writer.close()

    @contextlib.asynccontextmanager
    async def there(self) -> AsyncIterator[Asked]:
        opened = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = opened.sockets[0].getsockname()[1]
        try:
            async with opened:
                yield Asked("GET", f"http://provider.localhost:{self.port}/keys?a=b")
        finally:
            for task in self._tasks:
                task.cancel()


async def failing(http: Http, asked: Asked) -> PartnerUnreachable:
    with pytest.raises(PartnerUnreachable) as caught:
        await http.ask(asked)
    return caught.value


def test_an_answer_comes_whole_and_a_name_below_localhost_is_this_machine() -> None:
    async def main() -> None:
        host = Host(good)
        async with host.there() as asked:
            assert await Http().ask(asked) == Answered(200, b"ok")
        head = host.came[0].decode().lower()
        assert head.startswith("get /keys?a=b http/1.1\r\n")
        assert f"host: provider.localhost:{host.port}\r\n" in head
        assert "accept: application/json\r\n" in head

    asyncio.run(main())


@pytest.mark.parametrize("serves", [drips, drips_its_head, silent])
def test_a_call_ends_with_its_limit_whatever_comes(serves: Serves) -> None:
    async def main() -> None:
        async with Host(serves).there() as asked:
            async with asyncio.timeout(20 * SECONDS):
                await failing(Http(seconds=SECONDS), asked)

    asyncio.run(main())


def test_an_answer_without_end_is_read_to_its_bound_only() -> None:
    async def main() -> None:
        async with Host(endless).there() as asked:
            http = Http(seconds=20.0)
            with pytest.raises(PartnerRefused, match=str(LARGEST)):
                await http.ask(asked)
            assert (await failing(http, asked)).after  # and is not asked again at once

    asyncio.run(main())


def test_no_redirect_is_followed() -> None:
    async def main() -> None:
        host = Host(redirects)
        async with host.there() as asked:
            assert (await Http().ask(asked)).status == 302
        assert len(host.came) == 1

    asyncio.run(main())


@pytest.mark.parametrize("url", ["http://provider.example/x", "ftp://localhost/x", "https:///x", "nothing"])
def test_addresses_without_tls_are_not_called(url: str) -> None:
    with pytest.raises(DeclarationFault):
        asyncio.run(Http().ask(Asked("GET", url)))


def test_calls_hold_no_thread() -> None:
    async def main() -> None:
        async with Host(silent).there() as asked:
            before = threading.active_count()
            http = Http(seconds=SECONDS)
            calls = [asyncio.create_task(failing(http, asked)) for _ in range(AT_ONCE)]
            await asyncio.sleep(SECONDS / 2)
            assert threading.active_count() == before
            await asyncio.gather(*calls)

    asyncio.run(main())


def test_of_a_host_that_did_not_answer_one_call_at_a_time_is_made() -> None:
    """Who comes meanwhile is told at once, and when to come again; a host that answers is asked by all again."""

    async def main() -> None:
        host, http = Host(drips), Http(seconds=SECONDS)
        async with host.there() as asked:
            await asyncio.gather(*(failing(http, asked) for _ in range(8)))
            came = len(host.came)
            for told in [await failing(http, asked) for _ in range(20)]:
                assert 1 <= told.after <= 2
                assert error_headers(told) == (("retry-after", str(told.after)),)
            assert len(host.came) == came == 8
            await asyncio.sleep(2)
            probe = asyncio.create_task(failing(http, asked))
            await asyncio.sleep(SECONDS / 4)
            assert (await failing(http, asked)).after
            assert len(host.came) == came + 1
            await probe
            host.serves = good
            told = await failing(http, asked)
            assert told.after > 2  # longer than before
            await asyncio.sleep(told.after)
            assert (await http.ask(asked)).status == 200
            assert http.away.hosts == 0

    asyncio.run(main())


def test_a_host_that_hangs_holds_so_many_calls_and_no_more() -> None:
    async def main() -> None:
        host, http = Host(silent), Http(seconds=SECONDS)
        async with host.there() as asked:
            calls = [asyncio.create_task(failing(http, asked)) for _ in range(AT_ONCE)]
            await asyncio.sleep(SECONDS / 2)
            assert (await failing(http, asked)).after
            await asyncio.gather(*calls)
            assert len(host.came) == AT_ONCE

    asyncio.run(main())


def test_who_gives_up_a_call_says_nothing_of_the_host() -> None:
    async def main() -> None:
        host, http = Host(silent), Http(seconds=20.0)
        async with host.there() as asked:
            calls = [asyncio.create_task(http.ask(asked)) for _ in range(AT_ONCE)]
            await asyncio.sleep(0.1)
            for each in calls:
                each.cancel()
            await asyncio.gather(*calls, return_exceptions=True)
            host.serves = good
            assert (await http.ask(asked)).status == 200

    asyncio.run(main())


def test_hosts_that_are_remembered_are_bounded() -> None:
    async def main() -> None:
        away = Away()
        for number in range(HOSTS + 10):
            with contextlib.suppress(PartnerUnreachable):
                async with away.calling(f"https://h{number}.example"):
                    raise PartnerUnreachable("No answer.")
        assert away.hosts == HOSTS

    asyncio.run(main())
