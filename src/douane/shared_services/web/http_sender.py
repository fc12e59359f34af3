"""The sender port over connections of our own: HTTP/1.1, no redirects, no proxies, no cookies, no compression.

Connections are kept by scheme, name and port. The address comes in below that, where a connection is opened: TLS
proves the name whatever address was chosen, and a second name at the same address opens a connection of its own.
A request is sent once: whether it may be repeated is known to lanes, not here.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from douane.shared_services.web.http_connection import Broken, Connection
from douane.shared_services.web.resolving import look_up
from douane.shared_services.web.sending import Answering, Patience, Reach, Request
from douane.vocabulary.errors import DeclarationFault, PartnerUnreachable

OPEN: Final = 100
"""Exchanges at once, with all servers together."""
IDLE: Final = 20
"""Connections that wait for another exchange."""
IDLE_SECONDS: Final = 5.0
PORTS: Final = {"http": 80, "https": 443}
_USUAL: Final = {"accept-encoding": "identity", "user-agent": "douane"}
_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE: Final = re.compile(r"[^\x00\r\n]*")
_TARGET: Final = re.compile(r"[\x21-\x7e]*")
_BROKEN: Final = (Broken, TimeoutError)
"""What breaks an exchange. An OSError within it is of whoever reads the answer or makes the body, and passes."""


@dataclass(frozen=True, slots=True)
class _Origin:
    """Whose connection it is. name: what the server has to prove; tls: whether it has to."""

    name: str
    port: int
    tls: bool


class HttpSender:
    """Sends over kept connections.

    trust: which servers are believed, and who we say we are; the authorities of the system by default. reach: at which
    of its addresses a host may be connected to; by default at whichever the system finds.
    """

    def __init__(self, trust: ssl.SSLContext | None = None, reach: Reach | None = None) -> None:
        self._trust = trust if trust is not None else ssl.create_default_context()
        self._reach = reach
        self._places = asyncio.Semaphore(OPEN)
        self._idle: dict[Connection, _Origin] = {}

    async def close(self) -> None:
        """Close the connections that wait for another exchange."""
        for each in self._idle:
            each.close()
        self._idle.clear()
        await asyncio.sleep(0)

    @asynccontextmanager
    async def send(self, request: Request) -> AsyncIterator[Answering]:
        """The answer, as long as the block lasts. Raises PartnerUnreachable, and DeclarationFault for a bad URL."""
        url = _parts(request.url)
        origin = _Origin(url.hostname or "", url.port or PORTS[url.scheme], url.scheme == "https")
        head, patience = _head(url, request), request.patience
        try:
            async with asyncio.timeout(patience.whole_seconds), self._places:
                connection = self._kept(origin) or await self._opened(origin, patience)
                try:
                    await connection.ask(head, request.body, method=request.method, seconds=patience.idle_seconds)
                    status, headers = await connection.answered()
                    yield Answering(status, headers, _read(origin, connection))
                finally:
                    if connection.finish(IDLE_SECONDS):
                        self._keep(origin, connection)
        except _BROKEN as problem:
            raise _away(origin, problem) from problem

    def _kept(self, origin: _Origin) -> Connection | None:
        """The connection to this origin that was used last; those that ended meanwhile are forgotten."""
        for each in [each for each in self._idle if not each.open or each.idle() >= IDLE_SECONDS]:
            self._idle.pop(each)
            each.close()
        found = next((each for each, whose in reversed(self._idle.items()) if whose == origin), None)
        if found is not None:
            self._idle.pop(found)
        return found

    def _keep(self, origin: _Origin, connection: Connection) -> None:
        self._idle[connection] = origin
        if len(self._idle) > IDLE:
            oldest = next(iter(self._idle))
            self._idle.pop(oldest)
            oldest.close()

    async def _opened(self, origin: _Origin, patience: Patience) -> Connection:
        """A new connection, to the first of the host's addresses that takes one. Raises Broken."""
        addresses = await self._addresses(origin, patience)
        failed: Exception = OSError(f"{origin.name} has no address")
        for address in addresses:
            try:
                async with asyncio.timeout(patience.connect_seconds):
                    return await _connected(address, origin, self._trust if origin.tls else None)
            except (OSError, UnicodeError) as problem:  # also of TLS, and a name that no resolver can be asked for
                failed = problem
        raise Broken(type(failed).__name__) from failed

    async def _addresses(self, origin: _Origin, patience: Patience) -> Sequence[str]:
        """Where a host may be connected to. Raises Broken; PartnerUnreachable where it may not be."""
        try:
            async with asyncio.timeout(patience.connect_seconds):
                return await (self._reach or look_up)(origin.name, origin.port)
        except (OSError, UnicodeError) as problem:
            raise Broken(type(problem).__name__) from problem


async def _connected(address: str, origin: _Origin, trust: ssl.SSLContext | None) -> Connection:
    named: dict[str, Any] = {} if trust is None else {"ssl": trust, "server_hostname": origin.name}
    _, made = await asyncio.get_running_loop().create_connection(Connection, address, origin.port, **named)
    return made


async def _read(origin: _Origin, connection: Connection) -> AsyncIterator[bytes]:
    """The octets of an answer. Raises PartnerUnreachable."""
    try:
        async for piece in connection.pieces():
            yield piece
    except Broken as problem:
        raise _away(origin, problem) from problem


def _away(origin: _Origin, problem: Exception) -> PartnerUnreachable:
    what = problem.problem if isinstance(problem, Broken) else type(problem).__name__
    return PartnerUnreachable(f"{origin.name} does not answer: {what}.")


def _parts(url: str) -> SplitResult:
    """The URL in its parts. Raises DeclarationFault."""
    try:
        found = urlsplit(url)
        if found.scheme in PORTS and found.hostname and found.port != 0 and _TARGET.fullmatch(url):
            return found
    except ValueError:  # a port that is no number, brackets that hold no address
        pass
    raise DeclarationFault(f"{url[:80]!r} is no address.", remedy="Write it in ASCII, with http or https.")


def _head(url: SplitResult, request: Request) -> bytes:
    """The request line and headers. Raises DeclarationFault for what would be read as something else."""
    host = f"[{url.hostname}]" if ":" in (url.hostname or "") else url.hostname
    named = {"host": f"{host}:{url.port}" if url.port else f"{host}", **_USUAL, **request.headers}
    names = {name.lower() for name in named}
    if not isinstance(request.body, bytes):
        if "content-length" not in names:
            named["transfer-encoding"] = "chunked"
    elif "content-length" not in names and (request.body or request.method not in ("GET", "HEAD")):
        named["content-length"] = str(len(request.body))
    if not all(_NAME.fullmatch(name) and _VALUE.fullmatch(value) for name, value in named.items()):
        raise DeclarationFault("A header holds what no header may hold.", remedy="Leave out line ends and spaces.")
    target = f"{url.path or '/'}{'?' + url.query if url.query else ''}"
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"{request.method} {target} HTTP/1.1\r\n{lines}\r\n".encode()
