from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import http.client
import itertools
import json
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvloop
from cryptography.hazmat.primitives import serialization

from douane.identity.authorities import (
    Credential,
    Period,
    create_issuer,
    create_root,
    issue_client,
    issue_server,
)
from douane.identity.certificates import thumbprint
from douane.model.circles import Circle
from douane.shared_services.web.answers import Response, json_response
from douane.shared_services.web.http_protocol import ConnectionLimits
from douane.shared_services.web.listener import Address, ClientCertificate, Door, Listeners, ListenerSettings, listening
from douane.shared_services.web.requests import Application, Limits, Request, application

NOW = dt.datetime.now(dt.UTC)


class Union:
    """Authorities of the present day, in files, and clients that speak real TLS to a door on loopback."""

    shared: Address

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.serials = itertools.count(100)
        period = Period.days(NOW, 30)
        root = create_root("Root", period=period, serial=1)
        self.cas = {
            c: create_issuer(f"CA {c.value}", root=root, period=period, serial=2 + n) for n, c in enumerate(Circle)
        }
        servers = create_issuer("CA servers", root=root, period=period, serial=9)
        self.authorities = tuple(self.write(f"{c.value}.pem", ca.certificate_pem()) for c, ca in self.cas.items())
        self.trust = self.write("root.pem", root.certificate_pem())
        server = issue_server(["localhost", "127.0.0.1"], issuer=servers, period=period, serial=10)
        self.chain = self.write("server.pem", server.certificate_pem() + servers.certificate_pem())
        self.key = self.write("server.key", server.key_pem())

    def write(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def card(self, name: str, circle: Circle = Circle.UNTRUSTED, period: Period | None = None) -> Path:
        """A client's certificate and key in one file."""
        issued = issue_client(
            name, issuer=self.cas[circle], period=period or Period.days(NOW, 5), serial=next(self.serials)
        )
        return self.keep(name, issued)

    def keep(self, name: str, card: Credential) -> Path:
        return self.write(f"{name}-{next(self.serials)}.pem", card.certificate_pem() + card.key_pem())

    def thumb(self, card: Path) -> str:
        from cryptography import x509

        return thumbprint(x509.load_pem_x509_certificate(card.read_bytes()).public_bytes(serialization.Encoding.DER))

    def settings(self, **change: Any) -> ListenerSettings:
        facts: dict[str, Any] = {"name": "door", "certificate": self.chain, "key": self.key}
        facts["client_authorities"] = self.authorities
        return ListenerSettings(**(facts | change))

    def context(self, card: Path | None = None) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=str(self.trust))
        if card is not None:
            context.load_cert_chain(card)
        return context

    def connection(self, where: Address, card: Path | None = None) -> http.client.HTTPSConnection:
        return http.client.HTTPSConnection("localhost", where.port, context=self.context(card), timeout=10)

    def ask(
        self,
        where: Address,
        path: str = "/",
        *,
        card: Path | None = None,
        method: str = "POST",
        body: bytes = b"",
        headers: dict[str, str] | None = None,
    ) -> tuple[int, Any, dict[str, str]]:
        """One request over a fresh connection: status, decoded body, headers."""
        link = self.connection(where, card)
        try:
            link.request(method, path, body, headers or {})
            answer = link.getresponse()
            return answer.status, json.loads(answer.read()), {k.lower(): v for k, v in answer.getheaders()}
        finally:
            link.close()

    def raw(self, where: Address, *parts: bytes, card: Path | None = None) -> bytes:
        """Bytes as they are over TLS; what came back until the door closed."""
        with self.link(where, card) as link:
            for part in parts:
                link.sendall(part)
            return read_all(link)

    @contextlib.contextmanager
    def link(
        self, where: Address, card: Path | None = None, *, context: ssl.SSLContext | None = None, **more: Any
    ) -> Iterator[ssl.SSLSocket]:
        """A TLS connection without HTTP."""
        tls = context or self.context(card)
        with (
            socket.create_connection(("127.0.0.1", where.port), timeout=10) as plain,
            tls.wrap_socket(plain, server_hostname="localhost", **more) as link,
        ):
            yield link

    def run(self, app: Application, story: Callable[[Address], Awaitable[Any]], **change: Any) -> Any:
        """Serve an application on a free port while the story is told."""

        async def main() -> Any:
            async with listening([Door(self.settings(**change), app)], failed=self.failures.append) as where:
                return await story(where["door"])

        self.failures: list[BaseException] = []
        return asyncio.run(main())

    def visit(self, app: Application, client: Callable[[Address], Any], **change: Any) -> Any:
        """Serve an application while a blocking client talks to it from a thread; the plain mirror is kept running."""
        if app is MIRROR and not change:
            return client(self.shared)

        async def story(where: Address) -> Any:
            return await asyncio.to_thread(client, where)

        return self.run(app, story, **change)


def read_all(link: socket.socket) -> bytes:
    got = b""
    try:
        while chunk := link.recv(65536):
            got += chunk
    except (ConnectionResetError, ssl.SSLEOFError, ssl.SSLZeroReturnError):
        pass
    return got


async def show(request: Request) -> Response:
    """Tells what the listener handed on."""
    body = await request.body()
    return json_response(
        {
            "certificate": thumbprint(request.certificate) if request.certificate else "",
            "size": len(body),
            "scheme": request.scheme,
            "client": request.peer,
        }
    )


MIRROR = application(show, Limits(body=100_000, seconds=10.0))
HASTY = application(show, Limits(body=100_000, seconds=0.2))
"""It gives a body less time than a busy machine may hold it up: for the test of that alone."""


@pytest.fixture(scope="session")
def union(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Union]:
    found = Union(tmp_path_factory.mktemp("union"))
    loop = uvloop.new_event_loop()  # what a node runs on; the other tests use asyncio's own loop
    listeners = Listeners([Door(found.settings(), MIRROR)], failed=print)
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(listeners.start(), loop).result(10)
        found.shared = listeners.addresses["door"]
        yield found
        asyncio.run_coroutine_threadsafe(listeners.stop(), loop).result(20)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture
def mirror() -> Application:
    return MIRROR


@pytest.fixture
def hasty() -> Application:
    return HASTY


@pytest.fixture
def tight() -> ConnectionLimits:
    return ConnectionLimits(head_bytes=2000, head_seconds=0.2)


@pytest.fixture
def required() -> ClientCertificate:
    return ClientCertificate.REQUIRED
