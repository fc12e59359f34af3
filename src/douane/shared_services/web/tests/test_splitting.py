"""Connections over a transport in memory: how octets are cut into pieces changes no answer, and nothing is kept."""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from douane.shared_services.web import http_protocol
from douane.shared_services.web.answers import Response, json_response
from douane.shared_services.web.body import UNREAD_BYTES
from douane.shared_services.web.fair_use import Allowance, FairUse
from douane.shared_services.web.http_protocol import Connection, ConnectionLimits, Serving
from douane.shared_services.web.requests import Application, Limits, Request, application

LIMITS = ConnectionLimits(head_bytes=2000)
MANY = (
    b"POST /a?x=%41 HTTP/1.1\r\nhost: h\r\ncontent-length: 3\r\n\r\nabc"
    b"GET /%62/c HTTP/1.1\r\nHost: h\r\nX-Other: \xe9\r\n\r\n"
    b"POST /d HTTP/1.1\r\nhost: h\r\ntransfer-encoding: chunked\r\n\r\n"
    b"3;ext=1\r\nabc\r\n4\r\ndefg\r\n0\r\nx: trailer\r\n\r\n"
    b"\r\nHEAD /e HTTP/1.1\r\nhost: h\r\n\r\n"
    b"POST http://h/f HTTP/1.1\r\nhost: h\r\ncontent-length: 0\r\n\r\n"
    b"POST /g HTTP/1.1\r\nhost: h\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\nok"
)
BAD = {
    "chunk": MANY + b"POST /z HTTP/1.1\r\nhost: h\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabcX\r\n",
    "host": MANY + b"POST http://other/z HTTP/1.1\r\nhost: h\r\ncontent-length: 0\r\n\r\n",
    "port": MANY + b"POST http://h:81/z HTTP/1.1\r\nhost: h\r\ncontent-length: 0\r\n\r\n",
    "head": MANY + b"GET /z HTTP/1.1\r\nhost: h\r\nx: " + b"y" * 3000 + b"\r\n\r\n",
    "trailers": MANY
    + b"POST /z HTTP/1.1\r\nhost: h\r\ntransfer-encoding: chunked\r\n\r\n0\r\nx: "
    + b"y" * 3000
    + b"\r\n\r\n",
    "nonsense": MANY + b"\x16\x03\x01\r\n\r\n",
    "tunnel": MANY + b"CONNECT h:443 HTTP/1.1\r\nhost: h:443\r\n\r\n",
    "old": MANY + b"GET /z HTTP/1.0\r\n\r\nGET /smuggled HTTP/1.1\r\nhost: h\r\n\r\n",
    "last": MANY + b"GET /z HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\nGET /smuggled HTTP/1.1\r\nhost: h\r\n\r\n",
}


class Wire(asyncio.Transport):
    """The other side of a connection: what was written, and whether it reads on."""

    def __init__(self) -> None:
        super().__init__()
        self.written, self.closed, self.stuck = b"", False, 0
        self._reading = True

    def reads(self) -> bool:
        return self._reading

    def write(self, data: Any) -> None:
        self.written += data

    def close(self) -> None:
        self.closed = True

    abort = close

    def is_closing(self) -> bool:
        return self.closed

    def pause_reading(self) -> None:
        self._reading = False

    def resume_reading(self) -> None:
        self._reading = True

    def get_write_buffer_size(self) -> int:
        return self.stuck

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return ("192.0.2.1", 1) if name == "peername" else default


async def mirror(request: Request) -> Response:
    await asyncio.sleep(0)
    body = await request.body()
    return json_response([request.method, request.path, request.query.decode(), body.decode(), len(request.headers)])


def connected(served: Application, *, limits: ConnectionLimits = LIMITS) -> tuple[Connection, Wire, FairUse]:
    use = FairUse(Allowance(), asyncio.get_running_loop().time)
    serving = Serving(
        served, limits, use, idle_seconds=30, lines=b"", failed=lambda error: pytest.fail(repr(error)),
        leaving=lambda: False,
    )  # fmt: skip
    connection, wire = Connection(serving), Wire()
    connection.connection_made(wire)
    return connection, wire, use


async def settled(until: Callable[[], bool] = lambda: False) -> None:
    """Let the loop turn: a few times, then until something holds, but not for ever."""
    for n in range(60):
        await asyncio.sleep(0)
        if n > 2 and until():
            return


def told(pieces: Iterator[bytes]) -> tuple[bytes, bool]:
    """What comes back for pieces that come one after the other, without the date."""

    async def story() -> tuple[bytes, bool]:
        connection, wire, use = connected(application(mirror, Limits(body=1000)))
        for piece in pieces:
            connection.data_received(piece)
            await settled(until=lambda: wire.reads() or wire.closed)
        await settled()
        connection.connection_lost(None)
        await settled()
        assert (use.connections.held, use.requests.held, use.bodies.held) == (0, 0, 0)
        return re.sub(rb"date: [^\r]+\r\n", b"", wire.written), wire.closed

    return asyncio.run(story())


def cut(octets: bytes, chance: random.Random) -> Iterator[bytes]:
    at = 0
    while at < len(octets):
        size = chance.choice((1, 2, 7, 60, 400))
        yield octets[at : at + size]
        at += size


def without_continue(answer: bytes) -> bytes:
    return answer.replace(http_protocol.CONTINUE, b"")  # said only where the body had not come yet


@pytest.mark.parametrize("name", ["good", *BAD])
def test_how_octets_are_cut_into_pieces_changes_no_answer(name: str) -> None:
    octets = BAD.get(name, MANY)
    whole, closed = told(iter([octets]))
    assert closed is (name != "good")
    assert b"smuggled" not in whole
    for seed in range(30):
        found = told(cut(octets, random.Random(seed)))
        assert (without_continue(found[0]), found[1]) == (whole, closed), seed
    assert without_continue(told(bytes([each]) for each in octets)[0]) == whole


def test_every_answer_is_the_one_that_is_due() -> None:
    answers = told(iter([MANY]))[0].split(b"HTTP/1.1 200 OK\r\n")[1:]
    bodies = [each.partition(b"\r\n\r\n")[2] for each in answers]
    assert [json.loads(each) if each else None for each in bodies] == [
        ["POST", "/a", "x=%41", "abc", 2], ["GET", "/b/c", "", "", 2], ["POST", "/d", "", "abcdefg", 2], None,
        ["POST", "/f", "", "", 2], ["POST", "/g", "", "ok", 3],
    ]  # fmt: skip
    assert b"content-length: " in answers[3], "an answer to HEAD tells the length that it does not send"


@pytest.mark.parametrize("name", ["chunk", "host", "port", "head", "trailers", "nonsense", "tunnel"])
def test_a_refusal_waits_for_the_answers_before_it_and_is_the_last(name: str) -> None:
    statuses = re.findall(rb"HTTP/1\.1 (\d+) ", told(iter([BAD[name]]))[0])
    assert statuses == [b"200"] * 6 + [b"431" if name == "head" else b"413" if name == "trailers" else b"400"]


def test_who_waits_for_a_word_before_the_body_gets_it_only_if_it_is_wanted() -> None:
    head = b"POST / HTTP/1.1\r\nhost: h\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n"
    assert told(iter([head, b"ok"]))[0].startswith(http_protocol.CONTINUE)
    refused, closed = told(iter([head.replace(b"length: 2", b"length: 2000")]))
    assert refused.startswith(b"HTTP/1.1 413")
    assert closed, "nobody could tell whether the body comes"


def test_a_body_that_nobody_reads_waits_with_its_sender() -> None:
    async def story() -> None:
        go_on = asyncio.Event()

        async def slow(request: Request) -> Response:
            await go_on.wait()
            return json_response(len(await request.body()))

        connection, wire, _ = connected(application(slow))
        size, sent = 10 * UNREAD_BYTES, 0
        connection.data_received(b"POST / HTTP/1.1\r\nhost: h\r\ncontent-length: %d\r\n\r\n" % size)
        while wire.reads():
            connection.data_received(b"x" * 1000)
            sent += 1000
        assert sent <= UNREAD_BYTES + 1000
        go_on.set()
        while sent < size:
            await asyncio.sleep(0)
            assert wire.reads()
            connection.data_received(b"x" * min(1000, size - sent))
            sent += 1000
        await settled()
        assert wire.written.endswith(b"\r\n\r\n%d" % size)

    asyncio.run(story())


def test_further_requests_wait_unread_while_one_is_answered() -> None:
    async def story() -> None:
        go_on = asyncio.Event()

        async def slow(_request: Request) -> Response:
            await go_on.wait()
            return json_response({})

        connection, wire, _ = connected(application(slow))
        connection.data_received(b"GET / HTTP/1.1\r\nhost: h\r\n\r\n")
        assert wire.reads()
        connection.data_received(b"GET / HTTP/1.1\r\nhost: h\r\n\r\n")
        assert not wire.reads()
        go_on.set()
        await settled()
        assert wire.reads()
        assert wire.written.count(b"HTTP/1.1 200") == 2

    asyncio.run(story())


@pytest.mark.parametrize("takes", [True, False])
def test_an_answer_that_is_not_taken_ends_the_connection_and_one_that_is_taken_slowly_does_not(*, takes: bool) -> None:
    async def story() -> bool:
        connection, wire, use = connected(application(mirror), limits=ConnectionLimits(taking_seconds=0.02))
        wire.stuck = 1_000_000
        real = wire.write

        def full(data: Any) -> None:
            real(data)
            connection.pause_writing()

        wire.write = full  # type: ignore[method-assign] # as a transport does whose peer reads nothing
        connection.data_received(b"GET / HTTP/1.1\r\nhost: h\r\n\r\n" * 2)
        for _ in range(10):
            await asyncio.sleep(0.01)
            assert wire.written.count(b"HTTP/1.1") == 1, "the next request waits"
            wire.stuck -= 1000 if takes else 0
        cut_off = wire.closed
        connection.connection_lost(None)
        await settled()
        assert use.requests.held == 0
        return cut_off

    assert asyncio.run(story()) is not takes


def test_a_request_costs_no_timer() -> None:
    async def story() -> int:
        connection, wire, _ = connected(application(mirror))
        loop, made = asyncio.get_running_loop(), 0
        real = loop.call_at

        def counted(when: float, callback: Any, *args: Any, context: Any = None) -> asyncio.TimerHandle:
            nonlocal made
            made += 1
            return real(when, callback, *args, context=context)

        vars(loop)["call_at"] = counted
        for _ in range(100):
            connection.data_received(b"POST / HTTP/1.1\r\nhost: h\r\ncontent-length: 2\r\n\r\nok")
            await settled()
        assert wire.written.count(b"HTTP/1.1 200") == 100
        return made

    assert asyncio.run(story()) <= 1


def test_a_header_of_two_lines_does_not_leave() -> None:
    async def split(_request: Request) -> Response:
        return Response(200, b"", headers=(("location", "/a\r\nset-cookie: x=1"),))

    async def story() -> bytes:
        failures = list[BaseException]()
        use = FairUse(Allowance(), asyncio.get_running_loop().time)
        serving = Serving(
            application(split), LIMITS, use, idle_seconds=1, lines=b"", failed=failures.append, leaving=lambda: False
        )
        connection, wire = Connection(serving), Wire()
        connection.connection_made(wire)
        connection.data_received(b"GET / HTTP/1.1\r\nhost: h\r\n\r\n")
        await settled()
        assert len(failures) == 1
        assert wire.closed
        return wire.written

    assert b"set-cookie" not in asyncio.run(story())


def test_an_answer_without_content_has_no_length() -> None:
    async def none(_request: Request) -> Response:
        return Response(204)

    async def story() -> bytes:
        connection, wire, _ = connected(application(none))
        connection.data_received(b"GET / HTTP/1.1\r\nhost: h\r\n\r\n")
        await settled()
        return wire.written

    assert b"content-length" not in asyncio.run(story())


@pytest.mark.parametrize("refused", [0, 1, 3])
def test_a_client_that_asks_much_reads_nothing_and_goes_is_no_failure_of_ours(refused: int) -> None:
    """uvloop says of a connection that broke meanwhile that it is closed by RuntimeError alone, at the next write."""

    class Broken(Wire):
        writes = 0

        def write(self, data: Any) -> None:
            self.writes += 1
            if self.writes > refused:
                raise RuntimeError("the handler is closed")
            super().write(data)

    async def story() -> None:
        wire = Broken()
        use = FairUse(Allowance(), asyncio.get_running_loop().time)
        serving = Serving(
            application(mirror, Limits(body=1000)), LIMITS, use, idle_seconds=30, lines=b"",
            failed=lambda error: pytest.fail(repr(error)), leaving=lambda: False,
        )  # fmt: skip
        connection = Connection(serving)
        connection.connection_made(wire)
        connection.data_received(b"GET /a HTTP/1.1\r\nhost: h\r\n\r\n" * 8)
        await settled(until=lambda: wire.closed)
        assert (wire.closed, wire.writes) == (True, refused + 1), "ended, and nothing more is answered"
        connection.connection_lost(None)
        await settled()
        assert (use.connections.held, use.requests.held, use.bodies.held) == (0, 0, 0)

    asyncio.run(story())
