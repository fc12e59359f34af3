"""One caller takes all it can get of a door; another one, and the operator, notice nothing."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from douane.channels.soap import mailbox
from douane.shared_services.web.fair_use import Allowance
from tests.journeys.standing import Answer, Client, Standing, identity_in, standing, trust
from tests.journeys.supervised import supervised

GREEDY, OTHER = "trader.fr.lesquin", "trader.de.rhein"
XML = {"content-type": "application/xml"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
ELSEWHERE = "127.0.0.2"
"""Where the greedy one is: of one address only so many connections are taken in a second, whoever comes from it."""
POLL = b"GET /v1/inbox?after=ffffff&wait=30 HTTP/1.1\r\nhost: localhost\r\n\r\n"
HALF_A_FORM = (
    b"POST /token HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\n"
    b"content-length: 100\r\n\r\na"
)
SOAP_POLL = (
    b'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>'
    b'<collect xmlns="' + mailbox.SPACE.encode() + b'"><after>ffffff</after><wait>%d</wait></collect>'
    b"</e:Body></e:Envelope>"
)


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("fair")
    with standing(folder, identity_in(folder)) as found:
        yield found


def context_of(node: Standing, name: str) -> ssl.SSLContext:
    files = node.identity.client(name) if name else None
    return trust(node.identity, files.certificate, files.key) if files else trust(node.identity)


def port_of(node: Standing, platform: str) -> int:
    return int(node.node.url(platform).rpartition(":")[2])


@contextlib.contextmanager
def many(node: Standing, platform: str, name: str, said: bytes, count: int) -> Iterator[None]:
    """So many connections of one caller, each of which has said something, as long as the block lasts."""
    context, port = context_of(node, name), port_of(node, platform)
    ready, done = threading.Event(), asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def one() -> asyncio.StreamWriter | None:
        try:
            _, writer = await asyncio.open_connection(
                "127.0.0.1", port, ssl=context, server_hostname="localhost", local_addr=(ELSEWHERE, 0)
            )
        except (OSError, ssl.SSLError):
            return None
        writer.write(said)
        with contextlib.suppress(ConnectionError):
            await writer.drain()
        return writer

    async def hold() -> None:
        loops.append(asyncio.get_running_loop())
        opened: list[asyncio.StreamWriter | None] = []
        for _ in range(0, count, 40):
            opened += await asyncio.gather(*(one() for _ in range(40)))
        ready.set()
        await done.wait()
        for writer in opened:
            if writer is not None:
                writer.transport.abort()

    thread = threading.Thread(target=lambda: asyncio.run(hold()))
    thread.start()
    try:
        assert ready.wait(100)
        yield
    finally:
        loops[0].call_soon_threadsafe(done.set)
        thread.join()


def afresh(node: Standing, platform: str, name: str, path: str = "/openapi.json") -> int:
    """What a caller is answered over a connection of its own."""
    client = Client(node.node.url(platform), context_of(node, name))
    try:
        return client.ask("GET", path).status
    finally:
        client.close()


def test_polls_of_one_trader_take_no_place_of_another_and_end_with_its_connections(node: Standing) -> None:
    with many(node, "speed2", GREEDY, POLL, 520):
        use = node.node.telemetry.uses["speed2"]
        assert use.polls.held <= use.polls.each
        assert use.requests.held == 0
        assert [afresh(node, "speed2", OTHER) for _ in range(3)] == [200] * 3
        assert node.client("speed2", OTHER).ask("POST", "/v1/messages", b"<a/>", XML).status == 422

    async def ended() -> None:
        while use.polls.held or use.connections.held > 5:  # noqa: ASYNC110 - shares tell nobody
            await asyncio.sleep(0.01)

    node.run(ended())


def test_half_sent_forms_take_no_place_of_another(node: Standing) -> None:
    client = Client(node.node.url("uumds"), context_of(node, OTHER))
    with many(node, "uumds", "", HALF_A_FORM, 520):
        answer = client.ask("POST", "/token", b"grant_type=client_credentials", FORM)
        assert answer.status == 200
    client.close()


def test_a_form_that_stops_coming_is_given_up_in_two_seconds_and_a_long_one_at_once(node: Standing) -> None:
    link = Client(node.node.url("uumds"), context_of(node, "")).connection()
    link.putrequest("POST", "/token")
    link.putheader("content-type", FORM["content-type"])
    link.putheader("content-length", "100")
    link.endheaders(b"a")
    assert link.getresponse().status == 408
    link.close()
    assert node.client("uumds", "").ask("POST", "/token", b"a=" + b"b" * 2048, FORM).status == 413


def test_who_guesses_secrets_waits_and_another_does_not(node: Standing) -> None:
    secret = (node.identity.folder / "clients" / f"{GREEDY}.secret").read_text()
    guesser = node.client("uumds", "")

    def ask(client: Client, secret: str) -> Answer:
        form = {"grant_type": "client_credentials", "client_id": GREEDY, "client_secret": secret}
        return client.ask("POST", "/token", urlencode(form).encode(), FORM)

    home = Client(node.node.url("uumds"), context_of(node, OTHER))
    assert home.ask("POST", "/token", b"grant_type=client_credentials", FORM).status == 200
    statuses = [401]
    while statuses[-1] == 401 and len(statuses) < 20:
        statuses.append(ask(guesser, f"guess {len(statuses)}").status)
    assert statuses[-1] == 429
    assert len(statuses) > 2
    guesser.close()  # a connection is answered no more for a second after a refusal
    assert ask(guesser, secret).status == 429, "the right one is no different"
    assert home.ask("POST", "/token", b"grant_type=client_credentials", FORM).status == 200
    home.close()


def test_the_operator_is_answered_while_the_doors_stand_still(node: Standing) -> None:
    held, go_on = threading.Event(), threading.Event()

    def stand_still() -> None:
        held.set()
        go_on.wait(30)

    operator, guesser = node.client("operations", "operator"), node.client("uumds", "")
    guess = urlencode({"grant_type": "client_credentials", "client_id": GREEDY, "client_secret": "guess"}).encode()
    assert 429 in [guesser.ask("POST", "/token", guess, FORM).status for _ in range(10)]
    node.loop.call_soon_threadsafe(stand_still)
    try:
        assert held.wait(10)
        assert afresh(node, "operations", "", "/health/live") == 200
        assert operator.ask("GET", "/health/ready").status == 200
        metrics = operator.ask("GET", "/metrics")
    finally:
        go_on.set()
    assert metrics.status == 200
    assert b'douane_held{limit="requests",platform="speed2"}' in metrics.body
    assert b'douane_limited_total{limit="guesses",platform="uumds"}' in metrics.body


def test_a_party_has_one_share_whatever_channel_it_takes(tmp_path: Path) -> None:
    limits = Allowance(polls=1, requests_per_second=2)
    with standing(tmp_path, identity_in(tmp_path), limits=limits) as node:
        use = node.node.telemetry.uses["speed2"]
        first = Client(node.node.url("speed2"), context_of(node, GREEDY)).connection()
        first.request("GET", "/v1/inbox?after=ffffff&wait=30")

        async def polled() -> None:
            while not use.polls.held:  # noqa: ASYNC110 - shares tell nobody
                await asyncio.sleep(0.01)

        node.run(polled())
        greedy, other = node.client("speed2", GREEDY), node.client("speed2", OTHER)
        media = {"content-type": "text/xml"}
        assert greedy.ask("POST", "/messages/v1", SOAP_POLL % 1, media).status == 429
        assert greedy.ask("POST", "/messages/v1", SOAP_POLL % 0, media).status == 200
        statuses = [greedy.ask("GET", "/v1/inbox").status for _ in range(8)]
        assert statuses[0] == 200
        assert 429 in statuses, "requests by either channel count"
        assert other.ask("POST", "/messages/v1", SOAP_POLL % 0, media).status == 200
        first.close()


@pytest.mark.parametrize("processes", ["1", "2"])
def test_connections_that_never_begin_take_no_descriptor_of_the_others(tmp_path: Path, processes: str) -> None:
    few = ["sh", "-c", 'ulimit -n 1024 && exec "$@"', "sh"]
    with supervised(tmp_path, "--processes", processes, inside=few) as node, contextlib.ExitStack() as stack:
        port = int(node.urls["speed2"].rpartition(":")[2])
        for _ in range(1010):
            link = stack.enter_context(socket.socket())
            link.setblocking(False)
            link.connect_ex(("127.0.0.1", port))
        for platform, name in (("ccn2", "fr.officer"), ("operations", ""), ("speed2", OTHER)):
            files = node.identity.client(name) if name else None
            context = trust(node.identity, files.certificate, files.key) if files else trust(node.identity)
            path = "/openapi.json" if name else "/health/ready"
            assert from_elsewhere(node.urls[platform], context, path) == 200, platform
        assert "is ready" in node.said[-1], "nothing of it is written to the terminal"
        assert node.stop() == 0


def from_elsewhere(url: str, context: ssl.SSLContext, path: str) -> int:
    """What a caller is answered whose connections come from another address than those of the crowd, and soon."""
    host, _, port = url.removeprefix("https://").rpartition(":")
    link = http.client.HTTPSConnection(host, int(port), timeout=8, context=context, source_address=("127.0.0.2", 0))
    try:
        link.request("GET", path)
        return link.getresponse().status
    finally:
        link.close()
