"""Where links listen and how doors reach them: sockets of one machine, or mutual TLS between hosts.

``unix:FOLDER``: one socket a platform, ``FOLDER/speed2.sock``, mode 0600, for the user of the core (and root) only; who
may open the socket of a platform speaks for it. ``tls://HOST:PORT``: the certificate of the door says for which
platforms it may speak (role ``link.PLATFORM`` in the register); it comes from the internal authority.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from douane.identity.authentication import by_certificate
from douane.identity.policy import may_assert
from douane.model.circles import Circle, Platform
from douane.runtime.door.link import CoreEnd, DirectLink
from douane.runtime.door.traces import Told, nobody
from douane.shared_services.link.core_end import CoreSessions
from douane.shared_services.link.door_end import Connect
from douane.shared_services.web.listener import ClientCertificate, ListenerSettings, RenewableContext, server_context
from douane.supervision.operating.local_sockets import bound, is_ours, short
from douane.trust.development_identity import DevelopmentIdentity
from douane.trust.following import Followed
from douane.trust.known import KnownClients
from douane.vocabulary.errors import DeclarationFault, NotAuthenticated, WrongCircle

LINKED = (Platform.SPEED2, Platform.CCN2, Platform.CCN_CSI, Platform.CDCO, Platform.UUMDS)
"""Platforms whose doors or pages may be processes of their own; over that of UUM&DS the sign-in pages let in."""


@dataclass(frozen=True, slots=True)
class UnixAddress:
    """A folder with one socket a platform."""

    folder: Path

    def socket(self, platform: Platform) -> Path:
        """The socket of a platform."""
        return self.folder / f"{platform.value}.sock"


@dataclass(frozen=True, slots=True)
class TlsAddress:
    """A port that every platform's door may connect to."""

    host: str
    port: int


def parse(address: str) -> UnixAddress | TlsAddress:
    """The address of a link as settings write it. Raises DeclarationFault."""
    if address.startswith("unix:") and len(address) > 5:
        return UnixAddress(Path(address.removeprefix("unix:")))
    parts = urlsplit(address)
    with contextlib.suppress(ValueError):
        if parts.scheme == "tls" and parts.hostname and parts.port is not None and not parts.path:
            return TlsAddress(parts.hostname, parts.port)
    raise DeclarationFault(f"{address!r} is no address of a link.", remedy="Write unix:FOLDER or tls://HOST:PORT.")


@dataclass(slots=True)
class LinkListeners:
    """Where a core listens for its doors."""

    addresses: Sequence[UnixAddress | TlsAddress]
    identity: DevelopmentIdentity
    core: CoreEnd
    sessions: CoreSessions
    known: KnownClients | None = None
    """Who may hold a link between hosts; read from the identity where it is not given."""
    told: Told = nobody
    untrusted: Callable[[str], None] = lambda _name: None
    port: int = 0
    """Of the TLS address, once it listens."""
    _servers: list[asyncio.Server] = field(default_factory=list)

    async def start(self) -> None:
        """Listen everywhere."""
        for address in self.addresses:
            match address:
                case UnixAddress():
                    await self._unix(address)
                case TlsAddress():
                    await self._tls(address)

    async def stop(self) -> None:
        """Take no new links, answer what was asked, hang up."""
        for server in self._servers:
            server.close()
        await self.sessions.stop()
        for server in self._servers:
            await server.wait_closed()

    async def _unix(self, address: UnixAddress) -> None:
        address.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for platform in LINKED:
            admit = _same_user(platform, DirectLink(platform, self.core))
            listening = bound(address.socket(platform))
            loop = asyncio.get_running_loop()
            made = lambda admit=admit: self.sessions.session(admit)  # noqa: E731 - bound now
            self._servers.append(await loop.create_unix_server(made, sock=listening))

    async def _tls(self, address: TlsAddress) -> None:
        known = self.known or KnownClients(self.identity)
        known.follow(lambda _: self.sessions.review())
        admit = _certified(known, self.core, self.told)
        settings = ListenerSettings(
            name="link", certificate=self.identity.server_certificate, key=self.identity.server_key,
            client_authorities=(self.identity.authority(Circle.INTERNAL),),
            client_certificate=ClientCertificate.REQUIRED,
        )  # fmt: skip

        def renew(read: ssl.SSLContext) -> None:
            context.current = read

        files = (settings.certificate, settings.key, *settings.client_authorities)
        part = known.add(
            Followed(lambda: files, lambda: server_context(settings, self.untrusted), renew, "certificates of the link")
        )
        context = RenewableContext.of(part.read())
        server = await asyncio.get_running_loop().create_server(
            lambda: self.sessions.session(admit), address.host, address.port, ssl=context,
            ssl_handshake_timeout=5.0,
        )  # fmt: skip
        self.port = server.sockets[0].getsockname()[1]
        self._servers.append(server)


def connection(address: UnixAddress | TlsAddress, platform: Platform, identity: DevelopmentIdentity) -> Connect:
    """How the door of a platform connects to a core."""
    match address:
        case UnixAddress():
            path = address.socket(platform)

            async def local(make: Callable[[], asyncio.Protocol]) -> tuple[asyncio.BaseTransport, asyncio.BaseProtocol]:
                with short(path) as reachable:
                    return await asyncio.get_running_loop().create_unix_connection(make, reachable)

            return local
        case TlsAddress(host, port):
            files = identity.client(f"link.{platform.value.replace('_', '-')}")

            def context() -> ssl.SSLContext:
                made = ssl.create_default_context(cafile=str(identity.root))
                made.load_cert_chain(files.certificate, files.key)
                return made

            context()  # what cannot be read is told at the start

            async def remote(
                make: Callable[[], asyncio.Protocol],
            ) -> tuple[asyncio.BaseTransport, asyncio.BaseProtocol]:
                return await asyncio.get_running_loop().create_connection(
                    make, host, port, ssl=context(), server_hostname=host, ssl_handshake_timeout=5.0
                )

            return remote


def _same_user(platform: Platform, link: DirectLink) -> Callable[[asyncio.BaseTransport, Platform], DirectLink]:
    """Admission at the socket of a platform: the user of the core, who says to be that platform's door."""

    def admit(transport: asyncio.BaseTransport, asserted: Platform) -> DirectLink:
        if not is_ours(transport.get_extra_info("socket")):
            raise NotAuthenticated("The link's other end runs as another user.", remedy="Run doors as the core's user.")
        if asserted is not platform:
            raise WrongCircle(f"The socket of {platform.value} does not carry {asserted.value}.",
                              remedy="Connect to the socket of that platform.")  # fmt: skip
        return link

    return admit


def _certified(
    known: KnownClients, core: CoreEnd, told: Told
) -> Callable[[asyncio.BaseTransport, Platform], DirectLink]:
    """Admission by certificate: of the internal circle, registered with the role ``link.PLATFORM``."""

    def admit(transport: asyncio.BaseTransport, asserted: Platform) -> DirectLink:
        tls = transport.get_extra_info("ssl_object")
        proof: bytes | None = tls.getpeercert(True) if tls is not None else None
        if not proof:
            raise NotAuthenticated("A link between hosts needs a certificate.", remedy="Configure that of the door.")
        try:
            checked = known.value.certificates.check(proof, core.clock.now())
            door = by_certificate(known.value.register, checked)
            for circle in {kind.circle for kind in asserted.kinds}:
                may_assert(door, asserted, circle).enforce()
        except (NotAuthenticated, WrongCircle) as problem:
            told(asserted, problem)
            raise
        return DirectLink(asserted, core)

    return admit
