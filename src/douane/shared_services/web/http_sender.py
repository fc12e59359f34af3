"""The sender port over httpcore: HTTP/1.1, no redirects, no proxies, no cookies, no compression.

Connections are pooled by scheme, name and port. The address comes in below that, where a connection is opened: TLS
proves the name whatever address was chosen, and a second name at the same address opens a connection of its own.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any, Final

import httpcore

from douane.shared_services.web.sending import Answering, Reach, Request
from douane.vocabulary.errors import DeclarationFault, PartnerUnreachable

OPEN: Final = 100
"""Connections at once, to all servers together."""
IDLE: Final = 20
IDLE_SECONDS: Final = 5.0
_BROKEN: Final = (
    httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, httpcore.UnsupportedProtocol,
    ssl.SSLError, TimeoutError,
)  # fmt: skip
"""What breaks an exchange. An alert of TLS 1.3 may come as late as the answer, and anyio passes it on as it is."""
_USUAL: Final = {"accept-encoding": "identity", "user-agent": "douane"}


class HttpSender:
    """Sends over a pool of connections.

    trust: which servers are believed, and who we say we are; the authorities of the system by default. reach: at which
    of its addresses a host may be connected to; by default at whichever the system finds.
    """

    def __init__(self, trust: ssl.SSLContext | None = None, reach: Reach | None = None) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=trust if trust is not None else ssl.create_default_context(), max_connections=OPEN,
            max_keepalive_connections=IDLE, keepalive_expiry=IDLE_SECONDS,
            network_backend=_Checked(reach) if reach is not None else httpcore.AnyIOBackend(),
        )  # fmt: skip

    async def close(self) -> None:
        """Close the connections."""
        await self._pool.aclose()

    @asynccontextmanager
    async def send(self, request: Request) -> AsyncIterator[Answering]:
        """The answer, as long as the block lasts. Raises PartnerUnreachable, and DeclarationFault for a bad URL."""
        patience = request.patience
        try:
            url = httpcore.URL(request.url.encode("ascii"))
        except ValueError as problem:
            raise DeclarationFault(f"{request.url[:80]!r} is no address.", remedy="Write it in ASCII.") from problem
        waits = {"connect": min(patience.connect_seconds, patience.whole_seconds), "pool": patience.whole_seconds,
                 "read": patience.idle_seconds, "write": patience.idle_seconds}  # fmt: skip
        try:
            async with (
                asyncio.timeout(patience.whole_seconds),
                self._pool.stream(
                    request.method, url, headers=_headers(url, request), content=_content(request),
                    extensions={"timeout": waits},
                ) as answer,
            ):  # fmt: skip
                headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
                yield Answering(answer.status, headers, answer.aiter_stream())
        except _BROKEN as problem:
            raise PartnerUnreachable(f"{url.host.decode()} does not answer: {type(problem).__name__}.") from problem


def _headers(url: httpcore.URL, request: Request) -> list[tuple[bytes, bytes]]:
    host = b"[%b]" % url.host if b":" in url.host else url.host
    port = b"" if url.port is None else b":%d" % url.port
    named = {"host": (host + port).decode(), **_USUAL, **request.headers}
    return [(name.encode(), value.encode()) for name, value in named.items()]


def _content(request: Request) -> Any:
    """The body. A request without one has no length either, unless its method says that one belongs to it."""
    return None if request.body == b"" and request.method in ("GET", "HEAD") else request.body


class _Checked(httpcore.AnyIOBackend):
    """Connects to an address that was checked, in the order in which they were found."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    async def connect_tcp(
        self, host: str, port: int, timeout: float | None = None,  # noqa: ASYNC109 - it is httpcore that names it
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:  # fmt: skip
        """A connection to the first of a host's addresses that takes one."""
        failed: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in await self._reach(host, port):
            try:
                return await super().connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as problem:
                failed = problem
        raise failed
