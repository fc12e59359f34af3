"""Whether what the settings name answers: ports that are free, the database, the carrier, other nodes.

Each question has a short time-out; nothing is sent but what a connection needs.
"""

from __future__ import annotations

import fcntl
import os
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from douane.configuration.settings import NodeSettings
from douane.examination.starting.conflicts import loopback, places_of_pages
from douane.examination.starting.finding import Check, Said, fault, warning
from douane.identity.federating.providers import MemberStateType
from douane.model.circles import Platform
from douane.trust.development_identity import DevelopmentIdentity
from douane.trust.providers import PROVIDERS, read_providers
from douane.vocabulary.errors import DouaneError, OurFault

TIMEOUT_SECONDS: Final = 3.0
PORT_OF: Final = {"https": 443, "http": 80, "amqp": 5672, "amqps": 5671}
INSIDE: Final = "127.0.0.1"
PLAIN: Final = frozenset({"disable", "allow", "prefer"})
PROVEN: Final = "verify-full"
"""The sslmode of PostgreSQL by which the server proves its name; with those of PLAIN it may go unencrypted."""


def ports(settings: NodeSettings) -> Iterator[Said]:
    """Whether doors, pages and console can listen where they should; not asked of a node that runs: it does so."""
    if _runs(settings):
        return
    for name in settings.platforms:
        if settings.role in ("core", "pages") and name != Platform.OPERATIONS.value:
            continue
        host = INSIDE if name == Platform.CDCO.value else settings.host
        wrong = _cannot_listen(host, settings.ports[name])
        if wrong:
            yield fault(f"{name} cannot listen at {host}, port {settings.ports[name]}: {wrong}.",
                        f"Stop what listens there, or set another host or [ports] {name}.")  # fmt: skip
    for each in places_of_pages(settings) if settings.has_core else ():
        wrong = _cannot_listen(each.host, each.port)
        if wrong:
            yield fault(f"{each.who.capitalize()} cannot listen at {each.host}, port {each.port}: {wrong}.",
                        f"Stop what listens there, or name an address of this host. {each.remedy}")  # fmt: skip


def database(settings: NodeSettings) -> Iterator[Said]:
    """Whether PostgreSQL answers, and keeps what it confirms."""
    address = settings.store_address
    if not settings.has_core or not address.startswith("postgresql:"):
        return
    from douane.backends.postgresql.connection import connect

    try:
        connect(address, patience=TIMEOUT_SECONDS).close()
    except OurFault as problem:
        yield fault(
            f"The store does not serve: {problem.text}", problem.remedy or "Start it, or mend the setting store."
        )


def queues(settings: NodeSettings) -> Iterator[Said]:
    """Whether the broker of the queues takes a connection."""
    if settings.queues.startswith("amqp") and settings.has_core:
        yield from _answers("The broker of queues", settings.queues)


def time_stamps(settings: NodeSettings) -> Iterator[Said]:
    """Whether the time-stamp authority takes a connection."""
    if settings.time_stamps.startswith("http") and settings.has_core:
        yield from _answers("The time-stamp authority", settings.time_stamps)


def nodes(settings: NodeSettings) -> Iterator[Said]:
    """Whether the centre and other administrations take a connection."""
    if not settings.has_core:
        return
    if settings.uplink is not None:
        yield from _answers("The centre (uplink)", settings.uplink.url)
    for code, route in sorted(settings.peers.items()):
        yield from _answers(f"The node of {code} (peers)", route.url)
    for code, route in sorted(settings.keepers.items()):
        yield from _answers(f"The node of {code} (keepers)", route.url)


def providers(settings: NodeSettings) -> Iterator[Said]:
    """Whether the identity providers take a connection from here: sign-in asks them, and their name must be known."""
    if settings.development or settings.pages is None:
        return
    try:
        named = read_providers(settings.identity_folder / PROVIDERS)
    except (DouaneError, OSError):
        return  # pages.providers says so
    for country, each in sorted(named.items()):
        if each.saml is None and each.type is not MemberStateType.CENTRAL:
            yield from _answers(f"The identity provider of {country}", each.issuer)


def issuer(settings: NodeSettings) -> Iterator[Said]:
    """Whether the names by which UUM&DS issues tokens are known here: clients ask for tokens at them."""
    if settings.development:
        return
    for address in settings.issuers.named:
        host = urlsplit(address).hostname or ""
        if not _known(host):
            yield warning(f"The name {host} of the issuer {address} cannot be resolved on this host.",
                          "Enter it where names are kept (DNS), or mend issuer, or uumds in [public].")  # fmt: skip


def _known(host: str) -> bool:
    """Whether a name leads to an address; a resolver that says nothing for too long counts as one that knows it not."""
    known: list[bool] = []

    def ask() -> None:
        try:
            known.append(bool(socket.getaddrinfo(host, None)))
        except (OSError, UnicodeError):
            known.append(False)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(TIMEOUT_SECONDS)
    return bool(known and known[0])


def links(settings: NodeSettings) -> Iterator[Said]:
    """Whether doors find their core, and whether a core can listen for doors."""
    for address in settings.link_addresses:
        if not address.startswith("tls:"):
            folder = Path(address.removeprefix("unix:"))
            if not settings.has_core and not folder.is_dir():
                yield warning(
                    f"No core has opened the link {address}.", "Start the core, or name the folder of its link."
                )
        elif not settings.has_core:
            silent = list(_answers("The core", address))
            yield from silent or _proves_itself(settings, address)
        elif not _runs(settings):
            parts = urlsplit(address)
            wrong = _cannot_listen(parts.hostname or "", parts.port or 0)
            if wrong:
                yield fault(f"The core cannot listen at {address}: {wrong}.", "Name an address of this machine.")


def _answers(who: str, address: str) -> Iterator[Said]:
    """Whether somebody takes a connection. An address may hold a password: only host and port are repeated."""
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or PORT_OF.get(parts.scheme, 0)
    try:
        socket.create_connection((host, port), TIMEOUT_SECONDS).close()
    except (OSError, UnicodeError) as problem:
        reason = getattr(problem, "strerror", None) or "no answer"
        yield warning(f"{who} at {host}, port {port} does not answer: {reason}.",
                      "Start it, mend the address, or open the way to it; a node tries again and again.")  # fmt: skip


def _proves_itself(settings: NodeSettings, address: str) -> Iterator[Said]:
    """Whether who answers there proves to be the core: a door that is not sure tries in silence, for ever."""
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or 0
    try:
        context = ssl.create_default_context(cafile=str(DevelopmentIdentity(settings.identity_folder).root))
    except OSError:
        return  # identity.files says so
    try:
        with (
            socket.create_connection((host, port), TIMEOUT_SECONDS) as line,
            context.wrap_socket(line, server_hostname=host),
        ):
            pass
    except ssl.SSLCertVerificationError as problem:
        yield fault(f"Who answers at {host}, port {port} does not prove to be the core: {problem.verify_message}",
                    "Let the core's certificate name that address, or the address be one that it names.")  # fmt: skip
    except OSError:
        return


def _cannot_listen(host: str, port: int) -> str:
    """Why nobody can listen there now; empty where one can."""
    try:
        family, kind, number, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, number) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, UnicodeError) as problem:
        return getattr(problem, "strerror", None) or "the name is not known"
    return ""


def _runs(settings: NodeSettings) -> bool:
    """Whether a process holds the data folder now."""
    try:
        file = os.open(settings.data / "node.lock", os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(file)
    return False


def encrypted(settings: NodeSettings) -> Iterator[Said]:
    """Whether nobody on the way reads or answers what goes to a database or broker on another machine."""
    if not settings.has_core:
        return
    if settings.store_address.startswith("postgresql:"):
        from douane.backends.postgresql.connection import tls_of

        try:
            hosts, mode = tls_of(settings.store_address)
        except OurFault:
            return  # reach.database says so
        for host in (each for each in hosts if not loopback(each) and mode != PROVEN):
            yield warning(
                f"PostgreSQL at {host} is spoken to with sslmode={mode}: others could "
                + ("read along, or " if mode in PLAIN else "") + "answer in its place.",
                f"Add sslmode={PROVEN} and sslrootcert=FILE to the address in store.",
            )  # fmt: skip
    broker = urlsplit(settings.queues)
    if broker.scheme == "amqp" and not loopback(broker.hostname or ""):
        yield warning(f"Messages and the secret of the broker at {broker.hostname} travel unencrypted.",
                      "Write amqps:// in queues, and let the broker listen so.")  # fmt: skip


CHECKS = (
    Check("reach.ports", ports),
    Check("reach.database", database),
    Check("reach.queues", queues),
    Check("reach.encrypted", encrypted),
    Check("reach.time_stamps", time_stamps),
    Check("reach.nodes", nodes),
    Check("reach.links", links),
    Check("reach.providers", providers),
    Check("reach.issuer", issuer),
)
