"""Fair use at a listener, over real connections: who takes too much is refused, others notice nothing.

One certificate stands for the one who takes too much, or the address of a client that shows none.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import socket
import ssl
import threading
from collections.abc import Callable
from typing import Any

import pytest
import uvloop

from douane.shared_services.web import accepting, http_protocol
from douane.shared_services.web.answers import Response, json_response
from douane.shared_services.web.fair_use import Allowance, FairUse, Limit
from douane.shared_services.web.http_protocol import Connection, ConnectionLimits
from douane.shared_services.web.listener import Address, Door, listening
from douane.shared_services.web.requests import Application, Request, application

REFUSED = (ConnectionError, OSError)
Loops = Callable[[], asyncio.AbstractEventLoop]
BOTH = pytest.mark.parametrize("loops", [asyncio.new_event_loop, uvloop.new_event_loop], ids=["asyncio", "uvloop"])
PATIENT = ConnectionLimits(head_seconds=60)


class Served:
    """A door while a client in a thread talks to it, and what its callers hold."""

    def __init__(
        self, union: Any, allowance: Allowance, now: Callable[[], float] | None = None, loops: Loops | None = None
    ) -> None:
        self.union, self.allowance, self.now, self.loops = union, allowance, now, loops
        self.use: FairUse
        self.loop: asyncio.AbstractEventLoop

    def visit(self, app: Application, client: Callable[[Address], Any]) -> Any:
        async def story() -> Any:
            self.loop = asyncio.get_running_loop()
            self.use = FairUse(self.allowance, self.now or self.loop.time)
            settings = self.union.settings(limits=PATIENT, drain_seconds=1)
            async with listening([Door(settings, app, use=self.use)], failed=failures.append) as where:
                found = await asyncio.to_thread(client, where["door"])
            assert {limit: amount for limit, amount in self.use.held().items() if amount} == {}
            return found

        failures: list[BaseException] = []
        with asyncio.Runner(loop_factory=self.loops) as runner:
            found = runner.run(story())
        assert failures == []
        return found


def bare(where: Address, stack: contextlib.ExitStack) -> socket.socket:
    """A connection that says nothing."""
    return stack.enter_context(socket.create_connection(("127.0.0.1", where.port), timeout=10))


def still_open(link: socket.socket) -> bool:
    link.settimeout(0)
    try:
        return link.recv(1) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


def ended(link: socket.socket) -> bool:
    """Whether the door ends a connection, waited for."""
    link.settimeout(10)
    try:
        return link.recv(1) == b""
    except ConnectionError:
        return True


@BOTH
def test_a_newer_handshake_takes_the_place_of_the_oldest_of_its_address(
    union: Any, mirror: Application, loops: Loops
) -> None:
    served = Served(union, Allowance(handshakes=3), loops=loops)

    def client(where: Address) -> list[int]:
        with contextlib.ExitStack() as stack:
            silent = [bare(where, stack) for _ in range(20)]
            assert all(ended(each) for each in silent[:17])
            statuses = [union.ask(where)[0] for _ in range(3)]
            assert [still_open(each) for each in silent[17:]].count(True) <= 2
            assert served.use.handshakes <= 3
            assert served.use.refused[Limit.HANDSHAKES] >= 18
            return statuses

    assert served.visit(mirror, client) == [200, 200, 200]


@BOTH
def test_silent_connections_of_many_addresses_give_way_too(union: Any, mirror: Application, loops: Loops) -> None:
    served = Served(union, Allowance(handshakes=8, all_handshakes=10), loops=loops)

    def client(where: Address) -> int:
        with contextlib.ExitStack() as stack:
            for n in range(2, 6):
                for _ in range(8):
                    link = stack.enter_context(socket.socket())
                    link.bind((f"127.0.0.{n}", 0))
                    link.connect(("127.0.0.1", where.port))
            status: int = union.ask(where)[0]
            assert served.use.handshakes <= 10
            return status

    assert served.visit(mirror, client) == 200


@BOTH
def test_who_connects_too_fast_is_cut_and_another_address_is_served(
    union: Any, mirror: Application, loops: Loops
) -> None:
    served = Served(union, Allowance(connections_per_second=1), lambda: 0.0, loops=loops)

    def client(where: Address) -> tuple[int, int]:
        with contextlib.ExitStack() as stack:
            links = []
            for _ in range(9):
                link = stack.enter_context(socket.socket())
                link.bind(("127.0.0.2", 0))
                with contextlib.suppress(ConnectionError):
                    link.connect(("127.0.0.1", where.port))
                    links.append(link)
            cut = sum(ended(each) for each in links[4:])
            assert served.use.refused[Limit.CONNECTION_RATE] == 5
            return cut, union.ask(where)[0]

    assert served.visit(mirror, client) == (5, 200)


def test_who_holds_too_many_connections_is_told_so_then_cut_and_another_is_served(
    union: Any, mirror: Application
) -> None:
    served = Served(union, Allowance(connections=2))
    greedy, other = union.card("greedy"), union.card("other")

    def client(where: Address) -> Any:
        with contextlib.ExitStack() as stack:
            for _ in range(2):
                stack.enter_context(union.link(where, greedy))
            status, body, headers = union.ask(where, card=greedy)
            assert headers["connection"] == "close"
            assert headers["retry-after"] == "1"
            for _ in range(20):
                with contextlib.suppress(*REFUSED):
                    stack.enter_context(union.link(where, greedy))
            with pytest.raises(REFUSED):
                union.ask(where, card=greedy)
            return status, body["code"], union.ask(where, card=other)[0], union.ask(where)[0]

    assert served.visit(mirror, client) == (429, "DOU-1009", 200, 200)


def test_nobody_takes_more_than_a_quarter_of_few_connections(union: Any, mirror: Application) -> None:
    served = Served(union, Allowance(all_connections=8))
    greedy = union.card("greedy")

    def client(where: Address) -> tuple[int, int]:
        with contextlib.ExitStack() as stack:
            for _ in range(2):
                stack.enter_context(union.link(where, greedy))
            return union.ask(where, card=greedy)[0], union.ask(where)[0]

    assert served.visit(mirror, client) == (429, 200)


def test_too_many_requests_of_a_party_are_told_to_come_again_and_another_is_served(union: Any) -> None:
    served = Served(union, Allowance(requests_at_once=2))
    working, go_on = threading.Semaphore(0), asyncio.Event()

    async def slow(request: Request) -> Response:
        request.belong(request.header("party"))
        working.release()
        if request.header("party") == "greedy":
            await go_on.wait()
        return json_response({})

    def client(where: Address) -> Any:
        def ask(party: str) -> Any:
            status, body, headers = union.ask(where, headers={"party": party})
            return status, body.get("code"), headers.get("retry-after")

        held: list[Any] = []
        threads = [threading.Thread(target=lambda: held.append(ask("greedy"))) for _ in range(2)]
        for thread in threads:
            thread.start()
            working.acquire()
        found = ask("greedy"), ask("other")
        served.loop.call_soon_threadsafe(go_on.set)
        for thread in threads:
            thread.join()
        return found, held

    found, held = served.visit(application(slow), client)
    assert found == ((429, "DOU-1009", "1"), (200, None, None))
    assert held == [(200, None, None)] * 2


def test_bodies_of_a_party_in_memory_are_bounded_before_they_are_read(union: Any) -> None:
    served = Served(union, Allowance(body_bytes=10_000, body_bytes_per_second=1_000_000))
    began = threading.Semaphore(0)

    async def take(request: Request) -> Response:
        request.belong(request.header("party"))
        began.release()
        return json_response({"size": len(await request.body())})

    def client(where: Address) -> Any:
        with union.link(where) as half:
            half.sendall(b"POST / HTTP/1.1\r\nhost: a\r\nparty: greedy\r\ncontent-length: 8000\r\n\r\nhalf")
            began.acquire()
            statuses = [union.ask(where, body=b"x" * 8000, headers={"party": p})[0] for p in ("greedy", "other")]
            half.sendall(b"x" * 7996)
            return statuses, half.recv(12)

    assert served.visit(application(take), client) == ([429, 200], b"HTTP/1.1 200")


def test_octets_of_a_party_to_be_read_are_bounded_in_time(union: Any) -> None:
    served = Served(union, Allowance(body_bytes_per_second=1_000), lambda: 0.0)

    async def take(request: Request) -> Response:
        request.belong(request.header("party"))
        return json_response({"size": len(await request.body())})

    def client(where: Address) -> list[int]:
        return [union.ask(where, body=b"x" * 2000, headers={"party": p})[0] for p in "aaab"]

    assert served.visit(application(take), client) == [200, 200, 429, 200]


def test_a_stranger_who_asks_too_often_is_refused_before_anything_is_done(union: Any, mirror: Application) -> None:
    served = Served(union, Allowance(strangers_per_second=1), lambda: 0.0)
    card = union.card("another")

    def client(where: Address) -> list[int]:
        return [union.ask(where)[0] for _ in range(6)] + [union.ask(where, card=card)[0]]

    assert served.visit(mirror, client) == [200] * 4 + [429] * 2 + [200]


@BOTH
def test_a_wait_ends_with_its_client(union: Any, loops: Loops) -> None:
    served = Served(union, Allowance(polls=1), loops=loops)
    waiting, ended_ = threading.Event(), threading.Event()

    async def poll(request: Request) -> Response:
        request.belong("party")
        try:
            async with request.waiting(30):
                waiting.set()
                await asyncio.Event().wait()
        finally:
            ended_.set()
        raise AssertionError

    def client(where: Address) -> int:
        with union.link(where) as link:
            link.sendall(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
            assert waiting.wait(10)
            assert served.use.requests.held == 0
            status: int = union.ask(where)[0]  # a second one polls too many
        assert ended_.wait(10)
        return status

    assert served.visit(application(poll), client) == 429


def test_a_socket_that_somebody_else_bound_keeps_nobody_waiting(union: Any, mirror: Application) -> None:
    async def story() -> list[int]:
        with socket.create_server(("127.0.0.1", 0)) as bound:  # it blocks, as sockets do by themselves
            async with listening([Door(union.settings(), mirror, bound)], failed=print) as where:
                return [(await asyncio.to_thread(union.ask, where["door"]))[0] for _ in range(2)]

    assert asyncio.run(story()) == [200, 200]


def test_where_the_system_has_no_room_connections_wait_until_it_has(
    union: Any, mirror: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    served, real, tries = Served(union, Allowance()), socket.socket.accept, list[int]()

    def accept(listening: socket.socket) -> Any:
        tries.append(1)
        if len(tries) < 3:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        return real(listening)

    monkeypatch.setattr(accepting, "REST_SECONDS", 0.01)

    def client(where: Address) -> int:
        monkeypatch.setattr(socket.socket, "accept", accept)
        status: int = union.ask(where)[0]
        return status

    assert served.visit(mirror, client) == 200
    assert len(tries) >= 3


HELD = {
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}
"""What every answer says, unless its door says otherwise."""


def test_every_answer_says_what_a_browser_and_a_cache_must_not_do_with_it(union: Any, mirror: Application) -> None:
    async def own(_request: Request) -> Response:
        return json_response({}, headers=(("cache-control", "max-age=300"), ("content-security-policy", "sandbox")))

    said = {"cache-control": "max-age=300", "content-security-policy": "sandbox"}
    for app, expected in ((mirror, HELD), (application(own), HELD | said)):
        headers = union.visit(app, lambda where: union.ask(where)[2])
        assert headers.items() >= expected.items()


@pytest.mark.parametrize(
    "sent",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: a\r\nx: " + b"y" * 40_000 + b"\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: a\r\norigin: https://evil.example\r\nconnection: close\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 99999999\r\n\r\n",
    ],
)
def test_a_refusal_says_it_too_wherever_it_is_made(union: Any, mirror: Application, sent: bytes) -> None:
    answer = union.visit(mirror, lambda where: union.raw(where, sent)).lower()
    assert answer.startswith(b"http/1.1 4")
    for name, value in HELD.items():
        assert answer.count(f"{name}: {value}\r\n".lower().encode()) == 1, name


def test_who_is_refused_is_answered_no_more_for_a_while_and_another_is_served(
    union: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two requests in one piece: the second is answered when its sender has rested, whoever asks meanwhile."""
    resting, rest = [], Connection._rest
    monkeypatch.setattr(http_protocol, "REFUSED_SECONDS", 60.0)

    def noted(connection: Connection) -> None:
        resting.append(connection)
        rest(connection)

    monkeypatch.setattr(Connection, "_rest", noted)
    served = Served(union, Allowance(strangers_per_second=1), lambda: 0.0)
    greedy, other = union.card("greedy"), union.card("other")

    async def known_to_nobody(_request: Request) -> Response:
        return json_response({})

    def client(where: Address) -> int:
        for _ in range(4):
            assert union.ask(where, card=greedy)[0] == 200
        with union.link(where, greedy) as link:
            link.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" * 2)
            link.settimeout(10)
            first = link.recv(65536)
            assert first.startswith(b"HTTP/1.1 429 ")
            assert first.count(b"HTTP/1.1 429 ") == 1
            found: int = union.ask(where, card=other)[0]
            link.settimeout(0)
            with pytest.raises(ssl.SSLWantReadError):
                link.recv(65536)
            link.settimeout(10)
            served.loop.call_soon_threadsafe(resting[0]._rested)
            assert link.recv(65536).startswith(b"HTTP/1.1 429 ")
            return found

    assert served.visit(application(known_to_nobody), client) == 200
