"""Whether what the settings name answers: ports that are free, the database, the carrier, other nodes.

Each question has a short time-out; nothing is sent but what a connection needs.
"""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from douane.configuration.settings import NodeSettings
from douane.examination.starting.conflicts import loopback
from douane.examination.starting.finding import Check, Said, fault, warning
from douane.model.circles import Platform
from douane.vocabulary.errors import OurFault

TIMEOUT_SECONDS: Final = 3.0
PORT_OF: Final = {"https": 443, "http": 80, "amqp": 5672, "amqps": 5671}
INSIDE: Final = "127.0.0.1"
PLAIN: Final = frozenset({"disable", "allow", "prefer"})
PROVEN: Final = "verify-full"
"""The sslmode of PostgreSQL by which the server proves its name; with those of PLAIN it may go unencrypted."""


def ports(settings: NodeSettings) -> Iterator[Said]:
    """Whether the doors can listen where they should. Not asked of a node that runs: it listens there itself."""
    if _runs(settings):
        return
    for name in settings.platforms:
        if settings.role == "core" and name != Platform.OPERATIONS.value:
            continue
        host = INSIDE if name == Platform.CDCO.value else settings.host
        wrong = _cannot_listen(host, settings.ports[name])
        if wrong:
            yield fault(f"{name} cannot listen at {host}, port {settings.ports[name]}: {wrong}.",
                        f"Stop what listens there, or set another host or [ports] {name}.")  # fmt: skip


def database(settings: NodeSettings) -> Iterator[Said]:
    """Whether PostgreSQL answers, and keeps what it confirms."""
    address = settings.store_address
    if settings.role == "doors" or not address.startswith("postgresql:"):
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
    if settings.queues.startswith("amqp") and settings.role != "doors":
        yield from _answers("The broker of queues", settings.queues)


def time_stamps(settings: NodeSettings) -> Iterator[Said]:
    """Whether the time-stamp authority takes a connection."""
    if settings.time_stamps.startswith("http") and settings.role != "doors":
        yield from _answers("The time-stamp authority", settings.time_stamps)


def nodes(settings: NodeSettings) -> Iterator[Said]:
    """Whether the centre and other administrations take a connection."""
    if settings.role == "doors":
        return
    if settings.uplink is not None:
        yield from _answers("The centre (uplink)", settings.uplink.url)
    for code, route in sorted(settings.peers.items()):
        yield from _answers(f"The node of {code} (peers)", route.url)
    for code, route in sorted(settings.keepers.items()):
        yield from _answers(f"The node of {code} (keepers)", route.url)


def links(settings: NodeSettings) -> Iterator[Said]:
    """Whether doors find their core, and whether a core can listen for doors."""
    for address in settings.link_addresses:
        if not address.startswith("tls:"):
            folder = Path(address.removeprefix("unix:"))
            if settings.role == "doors" and not folder.is_dir():
                yield warning(
                    f"No core has opened the link {address}.", "Start the core, or name the folder of its link."
                )
        elif settings.role == "doors":
            yield from _answers("The core", address)
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
    if settings.role == "doors":
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
)
