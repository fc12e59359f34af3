"""The sender port: a connection belongs to the name that was proven on it, and every exchange ends."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import ipaddress
import itertools
import random
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from douane.channels.webhook.pushing import Pushing
from douane.channels.webhook.signing import WebhookKey
from douane.identity.authorities import Period, create_issuer, create_root, issue_server
from douane.shared_services.web.http_sender import HttpSender
from douane.shared_services.web.sending import Patience, Request, answer_to
from douane.vocabulary.errors import DeclarationFault, PartnerUnreachable
from tests.contracts import toy

NAMES = ("partner-a.example", "partner-b.example", "partner-c.example")
LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
HEADERS = {"content-type": "application/xml", "douane-message": "M", "douane-type": "T", "douane-sequence": "1"}
PERIOD = Period.days(dt.datetime.now(dt.UTC), 30)


@dataclass
class Server:
    """Takes requests at an address, with a certificate for some names; remembers who was meant, and what came."""

    proves: frozenset[str]
    seen: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.tasks.append(asyncio.current_task())  # type: ignore[arg-type]
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
                lines = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
                body = await reader.readexactly(int(lines["content-length"]))
                self.seen.append((lines["host"].partition(":")[0], body))
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
                await writer.drain()
        await closed(writer)


async def closed(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(ConnectionError, ssl.SSLError):
        await writer.wait_closed()


class Trust:
    """An authority, and server certificates of it by what they prove."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        root = create_root("partners", period=PERIOD, serial=1)
        self._issuer = create_issuer("issuer", root=root, period=PERIOD, serial=2)
        self.client = ssl.create_default_context(cadata=root.certificate_pem().decode())
        self._made: dict[frozenset[str], ssl.SSLContext] = {}

    def server(self, names: frozenset[str]) -> ssl.SSLContext:
        if names not in self._made:
            serial = 3 + len(self._made)
            card = issue_server(sorted(names), issuer=self._issuer, period=PERIOD, serial=serial)
            chain, key = self._folder / f"{serial}.pem", self._folder / f"{serial}.key"
            chain.write_bytes(card.certificate_pem() + self._issuer.certificate_pem())
            key.write_bytes(card.key_pem())
            made = self._made[names] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            made.load_cert_chain(chain, key)
        return self._made[names]


@contextlib.asynccontextmanager
async def serving(servers: Mapping[str, Server], trust: Trust) -> AsyncIterator[int]:
    """All of them on one port, each at its own address."""
    opened: list[asyncio.Server] = []
    try:
        port = 0
        for address, server in servers.items():
            opened.append(await asyncio.start_server(server, address, port, ssl=trust.server(server.proves)))
            port = opened[0].sockets[0].getsockname()[1]
        yield port
    finally:
        for each in opened:
            each.close()
        await asyncio.gather(*(task for server in servers.values() for task in server.tasks))


def pushing(trust: Trust, look: Callable[[str, int], Awaitable[Sequence[str]]]) -> Pushing:
    key = WebhookKey(ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
    return Pushing(key, toy.Clock(), trust.client, look)


async def delivered(by: Pushing, name: str, port: int, body: bytes) -> bool:
    try:
        answer = await by.post(f"https://{name}:{port}/hook", LOOPBACK, HEADERS, body, most=100)
    except PartnerUnreachable:
        return False
    return answer.status == 200


def test_a_connection_of_one_partner_carries_nothing_of_another(tmp_path: Path) -> None:
    """One address and port, a certificate for A alone: B is refused before A was called, and after."""

    async def main() -> None:
        trust, server = Trust(tmp_path), Server(frozenset({NAMES[0]}))

        async def look(host: str, port: int) -> list[str]:
            return ["127.0.0.1"]

        async with serving({"127.0.0.1": server}, trust) as port:
            by = pushing(trust, look)
            came = [await delivered(by, NAMES[n], port, f"{n}".encode()) for n in (1, 0, 1, 0)]
            await by.close()
        assert came == [False, True, False, True]
        assert [body for _, body in server.seen] == [b"0", b"0"]
        assert server.connections <= 2  # those that proved something; what A has open is used again

    asyncio.run(main())


def test_bytes_go_to_whom_they_are_meant_for_in_any_order(tmp_path: Path) -> None:
    """Names x addresses x certificates x orders, over one pool that stays open: only who proves the name gets them."""
    trust = Trust(tmp_path)
    addresses = ("127.0.0.1", "127.0.0.2")
    sets = [frozenset(c) for n in (1, 2, 3) for c in itertools.combinations(NAMES, n)]

    came: list[bool] = []

    async def play(rng: random.Random) -> None:
        servers = {each: Server(rng.choice(sets)) for each in addresses}
        at = {name: rng.sample(addresses, rng.choice((1, 2))) for name in NAMES}

        async def look(host: str, port: int) -> list[str]:
            return at[host]

        async with serving(servers, trust) as port:
            by = pushing(trust, look)
            for number, name in enumerate(rng.choices(NAMES, k=8)):
                if rng.random() < 0.3:
                    at[name] = rng.sample(addresses, rng.choice((1, 2)))
                came.append(await delivered(by, name, port, f"{number}".encode()))
            await by.close()
        for server in servers.values():
            assert {name for name, _ in server.seen} <= server.proves

    for seed in range(30):
        asyncio.run(play(random.Random(seed)))
    assert min(came.count(True), came.count(False)) > 50


def test_an_address_inside_is_not_connected_to(tmp_path: Path) -> None:
    async def main() -> None:
        trust, server = Trust(tmp_path), Server(frozenset(NAMES))

        async def look(host: str, port: int) -> list[str]:
            return ["127.0.0.1"]

        async with serving({"127.0.0.1": server}, trust) as port:
            by = pushing(trust, look)
            assert await delivered(by, NAMES[0], port, b"known")
            with pytest.raises(PartnerUnreachable, match="does not allow"):  # not over the connection that is open
                await by.post(f"https://{NAMES[0]}:{port}/hook", (), HEADERS, b"secret", most=100)
            await by.close()
        assert [body for _, body in server.seen] == [b"known"]

    asyncio.run(main())


async def _answered(answer: Callable[[asyncio.StreamWriter], Awaitable[None]], patience: Patience) -> int:
    """What a plain server gave that answers like this."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            await answer(writer)
        await closed(writer)
        done.set()

    done = asyncio.Event()
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        sender = HttpSender()
        try:
            url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
            return (await answer_to(sender, Request("GET", url, {}, patience=patience), 100)).status
        finally:
            await sender.close()
            await done.wait()


@pytest.mark.parametrize(
    "text",
    [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nshort", b"HTTP/1.1 200 OK\r\n"],
)  # fmt: skip
def test_what_is_no_answer_is_a_partner_out_of_reach(text: bytes) -> None:
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(text)

    with pytest.raises(PartnerUnreachable):
        asyncio.run(_answered(answer, Patience()))


def test_an_answer_that_never_ends_is_given_up() -> None:
    """A drop at a time: each shows life, and all together are too long."""

    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"1\r\nx\r\n")
            await writer.drain()
            await asyncio.sleep(0.05)

    with pytest.raises(PartnerUnreachable, match="TimeoutError"):
        asyncio.run(_answered(drip, Patience(whole_seconds=0.3)))


def test_an_answer_that_is_too_long_is_given_up() -> None:
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 101\r\n\r\n" + b"x" * 101)

    with pytest.raises(PartnerUnreachable, match="longer than 100"):
        asyncio.run(_answered(answer, Patience()))


def test_a_redirect_is_an_answer() -> None:
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 302 Found\r\nlocation: https://elsewhere.example/\r\ncontent-length: 0\r\n\r\n")

    assert asyncio.run(_answered(answer, Patience())) == 302


@pytest.mark.parametrize("url", ["https://customs.ä/", "https://customs.example:port/"])
def test_what_is_no_address_is_said(url: str) -> None:
    async def ask() -> None:
        await answer_to(HttpSender(), Request("GET", url, {}))

    with pytest.raises(DeclarationFault):
        asyncio.run(ask())
