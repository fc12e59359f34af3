"""TLS listeners: several doors in one event loop, each an ASGI application behind uvicorn used as a library.

Signals, restarts and settings are the node's business. A listener binds (loopback by default, port 0 for a free one),
serves TLS 1.2 or newer, hands the client's certificate to the application, and drains within a limit when stopped.
"""

from __future__ import annotations

import asyncio
import contextlib
import enum
import functools
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn

from douane.model.routes import Route
from douane.shared_services.web.accepting import Acceptor, Way
from douane.shared_services.web.asgi import Application, Message, Receive, Scope, Send, problem, respond
from douane.shared_services.web.fair_use import Allowance, FairUse
from douane.shared_services.web.http_protocol import ConnectionLimits, DoorProtocol
from douane.shared_services.web.place import Place
from douane.vocabulary.errors import DeclarationFault, OurFault, TooMany

CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""For TLS 1.2: forward secrecy and authenticated encryption only. TLS 1.3 has no others."""
CLOSING_SECONDS = 1.0
"""How long what a stopping listener cuts off may take to give back what it holds."""
HEADERS = [  # the first one says TLS: no answer of a plain listener does
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
]
"""On every answer: who was here once asks this host by TLS only, for a year (RFC 6797)."""
SILENT = 100
"""Above every level of uvicorn's log: what happens at a door is counted, and written by the node's own log."""


class ClientCertificate(enum.Enum):
    """What a listener asks of a client during the handshake."""

    NONE = ssl.CERT_NONE
    OPTIONAL = ssl.CERT_OPTIONAL  # without one the application decides, and answers 401 with a reason
    REQUIRED = ssl.CERT_REQUIRED  # without one the handshake fails


@dataclass(frozen=True, slots=True)
class ListenerSettings:
    """Where and how a door listens.

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
    """Without TLS: for pages on loopback only, where browsers take the host for secure."""


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
        self._tasks: list[asyncio.Task[None]] = []
        self.addresses: dict[str, Address] = {}

    async def start(self) -> None:
        """Bind every door, then serve. DeclarationFault when a port is taken or a certificate cannot be read."""
        with contextlib.ExitStack() as bound:
            sockets = [bound.enter_context(door.bound or bind(door.settings)) for door in self._doors]
            self._servers = [_server(door, self._failed, self._untrusted) for door in self._doors]
            bound.pop_all()
        for door, server, listening in zip(self._doors, self._servers, sockets, strict=True):
            host, port = listening.getsockname()[:2]
            self.addresses[door.settings.name] = Address(host, port, door.settings.plain)
            self._tasks.append(asyncio.create_task(server.serve([listening]), name=f"door {door.settings.name}"))
        for task, server in zip(self._tasks, self._servers, strict=True):
            up = asyncio.create_task(server.up.wait())
            await asyncio.wait([up, task], return_when=asyncio.FIRST_COMPLETED)
            if not up.done():
                up.cancel()
                await task  # raises what kept it from starting

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

    async def serve(self) -> None:
        """Wait until a listener ends; raises what ended it."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            await task

    async def stop(self) -> None:
        """Take no more connections, let requests finish within the time limit, close."""
        for server in self._servers:
            server.end()
        await asyncio.gather(*self._tasks)
        self._servers, self._tasks = [], []


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


class _Server(uvicorn.Server):
    """uvicorn's server without its signal handlers: several share one loop, and the node decides when to stop."""

    def __init__(self, config: uvicorn.Config, protocol: type[DoorProtocol], context: RenewableContext | None) -> None:
        super().__init__(config)
        self.protocol, self.context = protocol, context
        self.up, self.halt = asyncio.Event(), asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, but connections are counted before their handshake, whose time is limited too."""
        await self.lifespan.startup()
        make = functools.partial(
            self.protocol,
            config=self.config,
            server_state=self.server_state,
            app_state=self.lifespan.state,
        )
        way = Way(make, self.config.ssl, self.protocol.limits.head_seconds)
        acceptors = [Acceptor(each, way, self.protocol.use) for each in sockets or ()]
        for acceptor in acceptors:
            acceptor.start(self.config.backlog)
        self.servers = acceptors  # type: ignore[assignment] # closed and waited for as asyncio's own
        self.started = True
        self.up.set()

    async def main_loop(self) -> None:
        """Once a second for the Date header; uvicorn's own loop wakes ten times as often, in every door."""
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.halt.wait(), 1.0)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's; but connections whose handshake ends only now are told too, not served until the time is up.

        What is cut off then gives back what it holds and says so, while there are links.
        """
        telling = asyncio.create_task(self._tell_late_ones())
        try:
            await super().shutdown(sockets)
        finally:
            telling.cancel()
        if self.server_state.tasks:
            await asyncio.wait(list(self.server_state.tasks), timeout=CLOSING_SECONDS)

    async def _tell_late_ones(self) -> None:
        while True:
            await asyncio.sleep(0.1)
            for connection in list(self.server_state.connections):
                connection.shutdown()

    def end(self) -> None:
        """Begin to drain."""
        self.should_exit = True
        self.halt.set()


def _server(door: Door, failed: Callable[[BaseException], None], untrusted: Callable[[str], None]) -> _Server:
    settings = door.settings
    context = None if settings.plain else RenewableContext.of(server_context(settings, untrusted))

    class Limited(DoorProtocol):
        limits = settings.limits
        use = door.use or FairUse(settings.allowance, asyncio.get_running_loop().time)

    config = uvicorn.Config(
        _told(door.application, failed, door.leaving),
        http=Limited,
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        log_level=SILENT,
        access_log=False,
        proxy_headers=False,  # who calls is proven by TLS; a header proves nothing
        server_header=False,
        headers=HEADERS[1:] if settings.plain else HEADERS,
        timeout_keep_alive=settings.keep_alive_seconds,
        timeout_graceful_shutdown=settings.drain_seconds,
        ssl_context_factory=None if context is None else lambda _config, _default: context,
    )
    config.load()
    return _Server(config, Limited, context)


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


def _told(inner: Application, failed: Callable[[BaseException], None], leaving: Callable[[], bool]) -> Application:
    """The application in its place, with our failures told to the node instead of written by uvicorn, text and all.

    While the door is leaving, each answer ends its connection.
    """

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        answered = False

        async def watched(message: Message) -> None:
            nonlocal answered
            answered = True
            if message["type"] == "http.response.start" and leaving():
                message["headers"] = [*message["headers"], (b"connection", b"close")]
            await send(message)

        place: Place = scope["place"]
        try:
            place.enter()
            await inner(scope, receive, watched)
        except TooMany as refusal:
            await respond(watched, problem(refusal))
        except Exception as error:  # noqa: BLE001 - the outermost edge of a door
            failed(error)
            if not answered:
                await respond(send, problem(OurFault("The door failed.", remedy="Try again later.")))
        finally:
            place.leave()

    return run
