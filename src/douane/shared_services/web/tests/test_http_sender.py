"""Our own client of HTTP/1.1 against servers that behave, misbehave, and cut: on both event loops."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvloop
from hypothesis import given
from hypothesis import strategies as st

from douane.shared_services.web import http_sender
from douane.shared_services.web.http_connection import Connection
from douane.shared_services.web.http_sender import HttpSender
from douane.shared_services.web.sending import Answer, Patience, Request, answer_to
from douane.vocabulary.errors import DeclarationFault, PartnerUnreachable

OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
Says = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Server:
    """Answers each request of a connection by a script; keeps what came, by connection."""

    says: Says | list[bytes]
    came: list[list[bytes]] = field(default_factory=list)
    ended: list[asyncio.Task[None]] = field(default_factory=list)

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.ended.append(task)
        requests: list[bytes] = []
        self.came.append(requests)
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            if callable(self.says):
                await self.says(reader, writer)
            else:
                while True:
                    head = await reader.readuntil(b"\r\n\r\n")
                    length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
                    requests.append(head + await reader.readexactly(int(length or b"0")))
                    writer.write(self.says[(sum(map(len, self.came)) - 1) % len(self.says)])
        writer.close()
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            await writer.wait_closed()


@pytest.fixture(params=[asyncio.new_event_loop, uvloop.new_event_loop], ids=["asyncio", "uvloop"])
def run(request: Any) -> Any:
    def ran(main: Any) -> Any:
        with asyncio.Runner(loop_factory=request.param) as runner:
            return runner.run(main)

    return ran


@contextlib.asynccontextmanager
async def serving(server: Server, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    opened = await asyncio.start_server(server, "127.0.0.1", 0, ssl=tls)
    async with opened:
        yield f"{'https://localhost' if tls else 'http://127.0.0.1'}:{opened.sockets[0].getsockname()[1]}/x?y=1"
        await asyncio.gather(*server.ended)


async def told(server: Server, times: int = 1, **said: Any) -> list[Answer]:
    """The answers to requests, one after the other."""
    sender = HttpSender()
    async with serving(server) as url:
        request = Request(said.pop("method", "POST"), url, said.pop("headers", {}), said.pop("body", b"abc"), **said)
        try:
            return [await answer_to(sender, request) for _ in range(times)]
        finally:
            await sender.close()


def script(*pieces: bytes, then: Says | None = None) -> Says:
    """Read a head, and say this piece by piece."""

    async def says(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
        if then is not None:
            await then(reader, writer)

    return says


def test_a_request_is_what_it_should_be_and_the_connection_is_used_again(run: Any) -> None:
    server = Server([OK])
    answers = run(told(server, 3, headers={"content-type": "application/xml"}))
    assert [(each.status, each.headers, each.body) for each in answers] == [(200, {"content-length": "2"}, b"ok")] * 3
    (requests,) = server.came
    assert len(set(requests)) == 1
    lines = requests[0].split(b"\r\n")
    assert lines[0] == b"POST /x?y=1 HTTP/1.1"
    assert lines[1].startswith(b"host: 127.0.0.1:")
    assert lines[2:] == [
        b"accept-encoding: identity", b"user-agent: douane", b"content-type: application/xml", b"content-length: 3",
        b"", b"abc",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "answer",
    [b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok",
     b"HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nok", OK + b"HTTP/1.1 200 OK\r\n", OK + OK],
    ids=["close", "1.0", "more than was asked", "two answers"],
)  # fmt: skip
def test_what_may_not_be_used_again_is_not(run: Any, answer: bytes) -> None:
    server = Server([answer])
    assert [each.body for each in run(told(server, 2))] == [b"ok"] * 2
    assert [len(each) for each in server.came] == [1, 1]


def test_an_answer_that_nobody_asked_for_reaches_nobody(run: Any) -> None:
    """It comes while the connection waits: the next request goes over another one."""

    async def more(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(3)
        await asyncio.sleep(0.02)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged")

    async def main() -> list[bytes]:
        sender, server = HttpSender(), Server(script(OK, then=more))
        async with serving(server) as url:
            found = []
            for _ in range(2):
                found.append((await answer_to(sender, Request("POST", url, {}, b"abc"))).body)
                await asyncio.sleep(0.05)
            await sender.close()
        assert len(server.came) == 2
        return found

    assert run(main()) == [b"ok", b"ok"]


def test_interim_answers_are_passed_over(run: Any) -> None:
    server = Server(script(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n", OK))
    (answer,) = run(told(server))
    assert (answer.status, answer.headers, answer.body) == (200, {"content-length": "2"}, b"ok")


@pytest.mark.parametrize(
    "answer",
    [b"HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
     b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
     b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nok",
     b"HTTP/1.1 200 OK\r\nx: " + b"y" * 70_000, b"HTTP/1.1 100 Continue\r\n\r\n" * 4000,
     b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nok\r\n",
     b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nok",
     b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n"],
    ids=["another protocol", "two lengths", "lengths that differ", "long head", "interim for ever", "no chunk", "cut",
         "cut between chunks"],
)  # fmt: skip
def test_what_is_no_whole_answer_is_none(run: Any, answer: bytes) -> None:
    with pytest.raises(PartnerUnreachable):
        run(told(Server(script(answer))))


def test_an_answer_may_end_with_the_connection(run: Any) -> None:
    (answer,) = run(told(Server(script(b"HTTP/1.1 200 OK\r\n\r\nall of", b" it"))))
    assert answer.body == b"all of it"


def test_under_tls_an_answer_has_an_end_of_its_own(run: Any, union: Any) -> None:
    """Who cuts the line must not shorten an answer, and a loop tells no farewell from a cut."""

    async def main(text: bytes) -> bytes:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(union.chain, union.key)
        sender = HttpSender(union.context())
        async with serving(Server(script(text)), made) as url:
            return (await answer_to(sender, Request("GET", url, {}))).body

    assert run(main(OK)) == b"ok"
    with pytest.raises(PartnerUnreachable):
        run(main(b"HTTP/1.1 200 OK\r\n\r\nall of it"))


def test_a_server_that_wants_no_more_is_heard(run: Any) -> None:
    """It answers 413 in the midst of a large body, and closes."""
    refusal = b"HTTP/1.1 413 Content Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"

    async def lingers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.05)

    (answer,) = run(told(Server(script(refusal, then=lingers)), body=b"x" * 20_000_000))
    assert answer.status == 413


def test_a_body_goes_in_pieces(run: Any) -> None:
    came: list[bytes] = []

    async def takes(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.append(await reader.readuntil(b"0\r\n\r\n"))
        writer.write(OK)

    async def pieces() -> AsyncIterator[bytes]:
        for piece in (b"first", b"", b"second"):
            yield piece

    (answer,) = run(told(Server(script(then=takes)), body=pieces()))
    assert (answer.status, came) == (200, [b"5\r\nfirst\r\n6\r\nsecond\r\n0\r\n\r\n"])


def test_the_answer_to_head_has_no_body(run: Any) -> None:
    server = Server(script(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n"))
    (answer,) = run(told(server, method="HEAD", body=b""))
    assert (answer.headers["content-length"], answer.body) == ("900", b"")


def test_silence_ends_an_exchange_and_a_slow_reader_does_not(run: Any) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(-1)

    async def main() -> int:
        sender, large = HttpSender(), b"y" * 8_000_000
        head = b"HTTP/1.1 200 OK\r\ncontent-length: 8000000\r\n\r\n"
        read = 0
        async with (
            serving(Server(script(head, large))) as url,
            sender.send(Request("GET", url, {}, patience=Patience(idle_seconds=0.05))) as answer,
        ):
            async for piece in answer.pieces:
                if not read:
                    await asyncio.sleep(0.2)
                read += len(piece)
        return read

    assert run(main()) == 8_000_000
    with pytest.raises(PartnerUnreachable, match="TimeoutError"):
        run(told(Server(script(then=silent)), patience=Patience(idle_seconds=0.05)))


def test_a_connection_that_the_server_closed_is_not_used_again(run: Any) -> None:
    async def main() -> int:
        sender, server = HttpSender(), Server(script(OK))  # and then it closes
        async with serving(server) as url:
            for _ in range(3):
                await answer_to(sender, Request("POST", url, {}, b"abc"))
                await asyncio.sleep(0.02)
        return len(server.came)

    assert run(main()) == 3


def test_exchanges_at_once_have_a_bound(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_sender, "OPEN", 3)
    at_once, most = 0, 0

    async def counts(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal at_once, most
        await reader.readuntil(b"\r\n\r\n")
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.01)
        at_once -= 1
        writer.write(OK.replace(b"OK\r\n", b"OK\r\nconnection: close\r\n"))

    async def main() -> None:
        sender = HttpSender()
        async with serving(Server(counts)) as url:
            await asyncio.gather(*(answer_to(sender, Request("GET", url, {})) for _ in range(12)))

    run(main())
    assert most == 3


def test_an_exchange_that_is_given_up_leaves_no_connection(run: Any) -> None:
    """Its answer may still come: it must not meet the next request."""

    async def late(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(-1)

    async def main() -> int:
        sender, server = HttpSender(), Server(script(then=late))
        async with serving(server) as url:
            for _ in range(2):
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(0.05):
                        await answer_to(sender, Request("GET", url, {}))
            await sender.close()
        return len(server.came)

    assert run(main()) == 2


def test_what_fails_on_our_side_is_not_put_down_to_the_partner(run: Any) -> None:
    """A full disk while an answer is kept, or a body that cannot be read: the partner did answer."""

    async def unreadable() -> AsyncIterator[bytes]:
        yield b"first"
        raise OSError(5, "the body cannot be read")

    async def main(body: Any, *, keeps: bool) -> None:
        sender = HttpSender()
        async with serving(Server(script(OK))) as url, sender.send(Request("POST", url, {}, body)):
            if not keeps:
                raise OSError(28, "no space is left")

    for body, keeps in ((b"abc", False), (unreadable(), True)):
        with pytest.raises(OSError, match=r"no space|cannot be read"):
            run(main(body, keeps=keeps))


@pytest.mark.parametrize("name", ["x" * 64 + ".example", "nowhere.invalid"])
def test_a_name_that_leads_nowhere_is_a_partner_out_of_reach(run: Any, name: str) -> None:
    async def reach(host: str, port: int) -> list[str]:
        return [host]

    with pytest.raises(PartnerUnreachable):
        run(answer_to(HttpSender(reach=reach), Request("GET", f"http://{name}:9/", {})))


@pytest.mark.parametrize(
    ("headers", "url"),
    [({"x": "a\r\ny: b"}, ""), ({"x\r\ny": "a"}, ""), ({"x y": "a"}, ""), ({"x": "a\0"}, ""),
     ({}, "ftp://a.example/"), ({}, "http://"), ({}, "http://a.example/ HTTP/1.1"), ({}, "http://a.example/\r\nx: y"),
     ({}, "http://a.example:99999/"), ({}, "http://[a/")],
)  # fmt: skip
def test_nothing_is_written_that_reads_as_something_else(headers: dict[str, str], url: str) -> None:
    async def ask() -> None:
        await answer_to(HttpSender(), Request("GET", url or "http://127.0.0.1:9/", headers))

    with pytest.raises(DeclarationFault):
        asyncio.run(ask())


ANSWERS = {
    b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\nX-A: b\r\n\r\nabcdef": b"abcdef",
    b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
    b"4\r\nabcd\r\n2;x=y\r\nef\r\n0\r\ntrailer: z\r\n\r\n": b"abcdef",
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nabcdef": b"abcdef",
    b"HTTP/1.1 204 No Content\r\n\r\n": b"",
}


@given(answer=st.sampled_from(sorted(ANSWERS)), cuts=st.lists(st.integers(0, 120), max_size=6))
def test_an_answer_reads_the_same_however_it_is_cut(answer: bytes, cuts: list[int]) -> None:
    class Transport:
        def write(self, data: bytes) -> None: ...

        def abort(self) -> None: ...

        def get_extra_info(self, name: str) -> None: ...

    async def main() -> tuple[bytes, bool]:
        made = Connection()
        made.connection_made(Transport())  # type: ignore[arg-type] # only what an exchange needs
        await made.ask(b"GET / HTTP/1.1\r\n\r\n", b"", method="GET", seconds=9)
        at = sorted({0, *(cut for cut in cuts if cut < len(answer)), len(answer)})
        for start, end in itertools.pairwise(at):
            made.data_received(answer[start:end])
        await made.answered()
        body = b"".join([piece async for piece in made.pieces()])
        return body, made.finish(1)

    assert asyncio.run(main()) == (ANSWERS[answer], True)
