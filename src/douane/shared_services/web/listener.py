"""TLS listeners: several doors in one event loop, each an application behind HTTP/1.1 connections of our own.

Signals, restarts and settings are the node's business. A listener binds (loopback by default, port 0 for a free one),
serves TLS 1.2 or newer, hands the client's certificate to the application, and drains within a limit when stopped.
"""

from __future__ import annotations

import asyncio
import contextlib
import enum
import errno
import functools
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from douane.model.routes import Route
from douane.shared_services.web.accepting import Acceptor, Way
from douane.shared_services.web.fair_use import Allowance, FairUse
from douane.shared_services.web.http_protocol import Connection, ConnectionLimits, Serving
from douane.shared_services.web.proxies import UNIX, Proxies
from douane.shared_services.web.requests import Application
from douane.vocabulary.errors import DeclarationFault

CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""For TLS 1.2: forward secrecy and authenticated encryption only. TLS 1.3 has no others."""
CLOSING_SECONDS = 1.0
"""How long what a stopping listener cuts off may take to give back what it holds."""
_OF_THE_GROUP = 0o660
BACKLOG = 2048
"""Connections that the kernel keeps until they are taken."""
PLAIN_LINES = b"x-content-type-options: nosniff\r\n"
"""On every answer."""
TLS_LINES = b"strict-transport-security: max-age=31536000; includeSubDomains\r\n" + PLAIN_LINES
"""On every answer by TLS: who was here once asks this host by TLS only, for a year (RFC 6797)."""


class ClientCertificate(enum.Enum):
    """What a listener asks of a client during the handshake."""

    NONE = ssl.CERT_NONE
    OPTIONAL = ssl.CERT_OPTIONAL  # without one the application decides, and answers 401 with a reason
    REQUIRED = ssl.CERT_REQUIRED  # without one the handshake fails


@dataclass(frozen=True, slots=True)
class ListenerSettings:
    """Where and how a door listens.

    host: an address, or ``unix:PATH`` for a socket of this machine, which the node's user and group may use.
    certificate: PEM chain, own certificate first. client_authorities: PEM files of the issuing authorities of *every*
    circle; which circle may do what the application decides, and answers with a reason where a handshake cannot.
    """

    name: str
    certificate: Path
    key: Path
    host: str = "127.0.0.1"
    port: int = 0
    client_authorities: tuple[Path, ...] = ()
    client_certificate: ClientCertificate = ClientCertificate.OPTIONAL
    limits: ConnectionLimits = field(default_factory=ConnectionLimits)
    allowance: Allowance = field(default_factory=Allowance)
    keep_alive_seconds: int = 30
    drain_seconds: int = 10
    plain: bool = False
    """Without TLS: for pages on loopback, where browsers take the host for secure, and behind a proxy."""
    proxies: Proxies | None = None
    """Who may stand before it, and is believed for whom he asks; None: nobody."""

    @property
    def local(self) -> str:
        """What a connection by a socket of this machine is called; empty for any other listener."""
        return self.host if self.host.startswith(UNIX) else ""


@dataclass(frozen=True, slots=True)
class Door:
    """An application and where it listens; ``bound`` is a socket that a parent process bound for it.

    leaving: whether it is about to stop. Each answer then ends its connection: no request is cut off when it does stop.
    use: what its callers hold; without it, one by the allowance of the settings.
    """

    settings: ListenerSettings
    application: Application
    bound: socket.socket | None = None
    routes: tuple[Route, ...] = ()
    leaving: Callable[[], bool] = lambda: False
    use: FairUse | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """Where a door really listens."""

    host: str
    port: int
    plain: bool = False

    @property
    def url(self) -> str:
        """The base address for clients."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'http' if self.plain else 'https'}://{host}:{self.port}"


class Listeners:
    """The listeners of a node, started and stopped together.

    untrusted: told the name of a door whose handshake refused a client certificate. routes: by the name of the door.
    """

    def __init__(
        self, doors: Sequence[Door], *, failed: Callable[[BaseException], None],
        untrusted: Callable[[str], None] = lambda _name: None,
    ) -> None:  # fmt: skip
        self._doors, self._failed, self._untrusted = tuple(doors), failed, untrusted
        self.routes = {door.settings.name: door.routes for door in self._doors}
        self._servers: list[_Server] = []
        self.addresses: dict[str, Address] = {}

    async def start(self) -> None:
        """Bind every door, then serve. DeclarationFault when a port is taken or a certificate cannot be read."""
        with contextlib.ExitStack() as bound:
            sockets = [bound.enter_context(door.bound or bind(door.settings)) for door in self._doors]
            self._servers = [_Server(door, self._failed, self._untrusted) for door in self._doors]
            bound.pop_all()
        for door, server, listening in zip(self._doors, self._servers, sockets, strict=True):
            host, port = (door.settings.host, 0) if door.settings.local else listening.getsockname()[:2]
            self.addresses[door.settings.name] = Address(host, port, door.settings.plain)
            server.start(listening)

    def files(self) -> set[Path]:
        """What the TLS side of the doors is read from."""
        each = (door.settings for door in self._doors if not door.settings.plain)
        return {path for s in each for path in (s.certificate, s.key, *s.client_authorities)}

    def contexts(self) -> list[ssl.SSLContext]:
        """The TLS side of each door as its files are now. Raises DeclarationFault."""
        return [server_context(door.settings, self._untrusted) for door in self._doors if not door.settings.plain]

    def renew(self, contexts: Sequence[ssl.SSLContext]) -> None:
        """Serve every connection that begins from now on by these."""
        with_tls = [server.context for server in self._servers if server.context is not None]
        for renewable, context in zip(with_tls, contexts, strict=False):  # there are none where it stops meanwhile
            renewable.current = context

    async def stop(self) -> None:
        """Take no more connections, let requests finish within the time limit, close."""
        await asyncio.gather(*(server.stop() for server in self._servers))
        self._servers = []


@contextlib.asynccontextmanager
async def listening(
    doors: Sequence[Door], *, failed: Callable[[BaseException], None]
) -> AsyncIterator[dict[str, Address]]:
    """Doors that listen as long as the block lasts; yields the address of each by name."""
    listeners = Listeners(doors, failed=failed)
    await listeners.start()
    try:
        yield listeners.addresses
    finally:
        await listeners.stop()


def server_context(settings: ListenerSettings, untrusted: Callable[[str], None] | None = None) -> ssl.SSLContext:
    """The TLS side of a listener. ``untrusted``: told its name when the handshake refuses a client certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if untrusted is not None:
        context.sslobject_class = _telling(functools.partial(untrusted, settings.name))
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(CIPHERS)
    context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION | ssl.OP_CIPHER_SERVER_PREFERENCE
    try:
        context.load_cert_chain(settings.certificate, settings.key)
        for authority in settings.client_authorities:
            context.load_verify_locations(authority)
    except (OSError, ssl.SSLError) as error:
        raise DeclarationFault(
            f"Door {settings.name} cannot read its certificate, key or client authorities.",
            remedy="Check that the files of its settings exist, are PEM, and that key and certificate belong together.",
        ) from error
    # An issuing authority is trusted by itself: the root also signs the authority of servers, which are no clients.
    context.verify_flags |= ssl.VerifyFlags.VERIFY_X509_PARTIAL_CHAIN | ssl.VerifyFlags.VERIFY_X509_STRICT
    context.verify_mode = ssl.VerifyMode(settings.client_certificate.value)
    return context


class RenewableContext(ssl.SSLContext):
    """What a server that runs is given: each new connection gets the context that holds then, open ones keep theirs.

    A context that connections use can take up authorities and cannot let go of any; so it is replaced as a whole.
    """

    current: ssl.SSLContext

    @classmethod
    def of(cls, current: ssl.SSLContext) -> RenewableContext:
        """One that begins with a context."""
        made = cls(ssl.PROTOCOL_TLS_SERVER)
        made.current = current
        return made

    def wrap_bio(
        self, incoming: ssl.MemoryBIO, outgoing: ssl.MemoryBIO, server_side: bool = False,
        server_hostname: str | bytes | None = None, session: ssl.SSLSession | None = None,
    ) -> ssl.SSLObject:  # fmt: skip
        """A connection."""
        return self.current.wrap_bio(incoming, outgoing, server_side, server_hostname, session)


class _Server:
    """One door that listens."""

    def __init__(self, door: Door, failed: Callable[[BaseException], None], untrusted: Callable[[str], None]) -> None:
        settings = door.settings
        self._drain_seconds = settings.drain_seconds
        self.context = None if settings.plain else RenewableContext.of(server_context(settings, untrusted))
        self._use = door.use or FairUse(settings.allowance, asyncio.get_running_loop().time)
        self._serving = Serving(
            door.application, settings.limits, self._use, idle_seconds=settings.keep_alive_seconds,
            lines=PLAIN_LINES if settings.plain and settings.proxies is None else TLS_LINES, failed=failed,
            leaving=door.leaving, proxies=settings.proxies, local=settings.local,
        )  # fmt: skip
        self._settings = settings

    def start(self, listening: socket.socket) -> None:
        """Take connections; they are counted before their handshake, whose time is limited too."""
        serving = self._serving
        way = Way(lambda: Connection(serving), self.context, serving.limits.head_seconds, self._settings.proxies,
                  self._settings.local)  # fmt: skip
        self._listening, self._acceptor = listening, Acceptor(listening, way, self._use)
        self._acceptor.start(BACKLOG)

    async def stop(self) -> None:
        """Take no more connections and let what has begun end; what lasts longer than the limit is cut off.

        What is cut off gives back what it holds and says so, while there are links.
        """
        serving = self._serving
        self._acceptor.close()
        self._listening.close()
        serving.end()
        await self._acceptor.wait_closed()
        if serving.tasks:
            await asyncio.wait(list(serving.tasks), timeout=self._drain_seconds)
        for task in list(serving.tasks):
            task.cancel()
        if serving.tasks:
            await asyncio.wait(list(serving.tasks), timeout=CLOSING_SECONDS)
        serving.end()
        with contextlib.suppress(TimeoutError):  # what was answered last may still be on its way
            await asyncio.wait_for(serving.alone.wait(), CLOSING_SECONDS)
        for each in list(serving.connections):
            each.cut()


def _telling(untrusted: Callable[[], None]) -> type[ssl.SSLObject]:
    """A TLS connection that tells of a client certificate in which the handshake found no trust."""

    class Telling(ssl.SSLObject):
        def do_handshake(self) -> None:
            try:
                super().do_handshake()
            except ssl.SSLCertVerificationError:
                untrusted()
                raise

    return Telling


def bind(settings: ListenerSettings, *, shared: bool = False) -> socket.socket:
    """A socket at the address of a listener; ``shared`` ones divide what comes. DeclarationFault where it is taken."""
    if settings.local:
        return _bind_unix(settings)
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        bound.bind((settings.host, settings.port))
    except OSError as error:
        bound.close()
        raise DeclarationFault(
            f"Door {settings.name} cannot listen on {settings.host}:{settings.port}: {error.strerror}.",
            remedy="End what holds the port, or set another one.",
        ) from error
    bound.setblocking(False)
    return bound


def _bind_unix(settings: ListenerSettings) -> socket.socket:
    """A socket of this machine, in the place of one that nobody listens at any more. Raises DeclarationFault."""
    path = settings.local.removeprefix(UNIX)
    bound = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        if _nobody_listens(path):
            Path(path).unlink()
        bound.bind(path)
        Path(path).chmod(_OF_THE_GROUP)  # the proxy connects as a member of the node's group
    except OSError as error:
        bound.close()
        raise DeclarationFault(
            f"Door {settings.name} cannot listen at {path}: {error.strerror or error}.",
            remedy="End what listens there, or make the folder, where the node's user can write.",
        ) from error
    bound.setblocking(False)
    return bound


def _nobody_listens(path: str) -> bool:
    """Whether a socket is left there by a process that has ended."""
    if not Path(path).is_socket():
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
        return asking.connect_ex(path) == errno.ECONNREFUSED
