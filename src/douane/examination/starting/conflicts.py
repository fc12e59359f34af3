"""Settings that contradict each other, each right by itself."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from urllib.parse import urlsplit

from douane.configuration import discovery
from douane.configuration.settings import SHARED, NodeSettings
from douane.examination.starting.finding import Check, Said, fault, warning
from douane.model.circles import Platform
from douane.trust.stamping import OWN

ALONE = "memory:"
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared, not listened on


def store(settings: NodeSettings) -> Iterator[Said]:
    """Whether there is a store of that kind; raised where there is none."""
    if settings.role != "doors":
        discovery.must_be_store(settings.store_address)
    yield from ()


def workers(settings: NodeSettings) -> Iterator[Said]:
    """Several processes need a store that they can share, and a place each."""
    if settings.role == "doors":
        return  # they hold no store; workers says where their links lead
    several = max(settings.workers, settings.processes) > 1
    if several and settings.store_address.startswith(ALONE):
        yield fault("A store in memory lives in one process.", "Run one, or name a store.")
    elif settings.workers > 1 and not settings.store_address.startswith(SHARED):
        yield fault(f"{settings.workers} workers need a store that processes can share.",
                    'Set store = "files:FOLDER" or "postgresql://USER@HOST/DATABASE", or workers = 1.')  # fmt: skip
    if settings.workers > settings.partitions:
        yield fault(f"{settings.workers} workers share {settings.partitions} partitions: some would have none.",
                    "Set partitions to at least the number of workers.")  # fmt: skip
    if settings.worker >= settings.workers:
        yield fault(f"There is no worker {settings.worker} of {settings.workers}.", "Number workers from 0.")
    if settings.role != "node" and settings.processes > 1:
        yield warning(f"processes says nothing to the role {settings.role}: it is one process.",
                      'Leave processes out, or set role = "node".')  # fmt: skip


def ports(settings: NodeSettings) -> Iterator[Said]:
    """Two doors cannot listen at one place."""
    taken: dict[int, str] = {}
    for name in settings.platforms:
        port = settings.ports[name]
        other = taken.setdefault(port, name)
        apart = Platform.CDCO.value in (name, other) and settings.host not in ("127.0.0.1", "localhost", *EVERYWHERE)
        if port and other != name and not apart:  # CDCO always listens on 127.0.0.1
            yield fault(f"{other} and {name} both want port {port}.", "Give each a port of its own under [ports].")


def development(settings: NodeSettings) -> Iterator[Said]:
    """A node with an identity that it made for itself is for one machine."""
    if not settings.development:
        if settings.time_stamps == OWN:
            yield fault('time_stamps = "own" is the authority of a development identity.',
                        "Name the address of a time-stamp authority, or start with --development.")  # fmt: skip
        if settings.time_scale != 1:
            yield fault(f"time_scale = {settings.time_scale} shortens every time limit of the law.",
                        "Leave it out: it is for shows of a development node.")  # fmt: skip
        return
    hosts = [settings.host, *(urlsplit(each).hostname or "" for each in settings.links if each.startswith("tls:"))]
    for host in hosts:
        if not loopback(host):
            yield fault(f"A development identity is for this machine only, and the node would meet others at {host}.",
                        "Leave out host and links, or name an identity that authorities issued.")  # fmt: skip


def pages(settings: NodeSettings) -> Iterator[Said]:
    """Pages listen without TLS, so on loopback only; and whom they let in, only a development identity can say yet."""
    if settings.pages is None:
        return
    if not loopback(settings.pages.host):
        yield fault(f"Pages without TLS would be open to others at {settings.pages.host}.",
                    'Leave host out of [pages], or set it to "127.0.0.1".')  # fmt: skip
    if not settings.development:
        yield fault("Pages are for development yet: nobody could sign in to those of this node.",
                    "Leave [pages] out.")  # fmt: skip
    if settings.role != "node" or settings.processes > 1:
        yield fault("Pages are served by a node of one process.", "Leave [pages] out, or role and processes.")
    if settings.pages.port and settings.pages.port in {settings.ports[name] for name in settings.platforms}:
        yield fault(f"A door and the pages both want port {settings.pages.port}.", "Give each a port of its own.")


def loopback(host: str) -> bool:
    """Whether an address is reached from this machine only."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def administrations(settings: NodeSettings) -> Iterator[Said]:
    """Each administration's cases are kept in one place, and it is reached by one way."""
    for code in sorted(settings.administrations & settings.elsewhere):
        yield fault(f"The cases of {code} are kept here (administrations) and by another node (elsewhere).",
                    "Name it once.")  # fmt: skip
    for code in sorted(settings.administrations & settings.peers.keys()):
        yield fault(f"{code} is kept here, and peers leads to it at another node.", "Take it out of one of them.")
    for code in sorted(settings.administrations & settings.keepers.keys()):
        yield fault(f"{code} is kept here, and keepers leads to it at another node.", "Take it out of one of them.")
    ways = {"peers": set(settings.peers), "folders": set(settings.folders),
            "queue_users": set(settings.queue_users.values())}  # fmt: skip
    for code in sorted(set().union(*ways.values())):
        named = [way for way, codes in ways.items() if code in codes]
        if len(named) > 1:
            yield warning(f"{code} is reached by {' and by '.join(named)}: only one of them is used.",
                          "Leave one way.")  # fmt: skip
    if settings.uplink is not None and not settings.administrations:
        yield warning("A node with an uplink names no administrations: it keeps the cases of all.",
                      'Set administrations = ["DE"], or leave the uplink out.')  # fmt: skip
    if settings.traders == "here" and Platform.SPEED2.value not in settings.platforms:
        yield warning('traders = "here" needs SPEED2 at this node.', "Add speed2 to platforms.")


def unused(settings: NodeSettings) -> Iterator[Said]:
    """Settings that nothing reads as others stand."""
    if settings.queue_users and not settings.queues:
        yield warning("queue_users names users of queues, and queues names no carrier.",
                      "Set queues, or leave queue_users out.")  # fmt: skip
    for name in sorted(settings.soap_signed - set(settings.platforms)):
        yield warning(f"soap_signed names {name}, which this node does not open.",
                      f"Add {name} to platforms, or leave it out.")  # fmt: skip


CHECKS = (
    Check("settings.store", store),
    Check("settings.workers", workers),
    Check("settings.ports", ports),
    Check("settings.development", development),
    Check("settings.pages", pages),
    Check("settings.administrations", administrations),
    Check("settings.unused", unused),
)
