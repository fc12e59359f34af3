"""Settings that contradict each other, each right by itself."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from douane.configuration import discovery
from douane.configuration.settings import SHARED, NodeSettings, PagesAt
from douane.examination.starting.finding import Check, Said, fault, warning
from douane.model.circles import Platform
from douane.trust.stamping import OWN

ALONE = "memory:"
SIGN_IN = "signin"
_SITES = {
    "portal": Platform.SPEED2, "desk": Platform.CCN2, "centre": Platform.CDCO, "console": Platform.OPERATIONS,
}  # fmt: skip
LOOPBACK = "127.0.0.1"
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared, not listened on


def store(settings: NodeSettings) -> Iterator[Said]:
    """Whether there is a store of that kind; raised where there is none."""
    if settings.has_core:
        discovery.must_be_store(settings.store_address)
    yield from ()


def workers(settings: NodeSettings) -> Iterator[Said]:
    """Several processes need a store that they can share, and a place each."""
    if not settings.has_core:
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


class At(NamedTuple):
    """Where something listens."""

    who: str
    host: str
    port: int
    remedy: str

    def clashes(self, other: At) -> bool:
        """Whether the system would refuse one of both."""
        hosts = {LOOPBACK if each == "localhost" else each for each in (self.host, other.host)}
        return self.port == other.port and (len(hosts) == 1 or bool(hosts & set(EVERYWHERE)))


def ports(settings: NodeSettings) -> Iterator[Said]:
    """Two that listen cannot do so at one place: doors, pages, the console of its own, the links of a core."""
    found = [each for each in (*_doors(settings), *places_of_pages(settings), *_links(settings)) if each.port]
    for number, one in enumerate(found):
        other = next((each for each in found[:number] if one.clashes(each)), None)
        if other is not None:
            yield fault(f"{other.who} and {one.who} both want port {one.port}.", one.remedy)
    sockets = _sockets(settings)
    for path in sorted({each for each in sockets if sockets.count(each) > 1}):
        yield fault(f"Two of the links and proxies of this node name one socket: {path}.", "Give each one of its own.")


def _doors(settings: NodeSettings) -> Iterator[At]:
    for name in listening(settings):
        host = LOOPBACK if name == Platform.CDCO.value else settings.host  # the desk's door, whatever host says
        yield At(name, host, settings.ports[name], "Give each a port of its own under [ports].")


def places_of_pages(settings: NodeSettings) -> Iterator[At]:
    """Where pages listen, and the console where it stands in a process of its own."""
    pages = settings.pages
    if pages is None or not pages.listens:
        return
    apart = settings.role == "node" and settings.processes > 1
    if not apart or any(site != "console" for site in pages.public):
        yield At("the pages", pages.host, pages.port, "Set another port in [pages].")
    if apart and "console" in pages.public:
        yield At("the console", pages.host, pages.console, "Set another console in [pages].")


def _links(settings: NodeSettings) -> Iterator[At]:
    """Where a core listens for doors of other hosts; each worker at one of them."""
    for number, address in enumerate(settings.link_addresses if settings.has_core else ()):
        parts = urlsplit(address)
        if parts.scheme == "tls":
            who = f"the link {address}" if number == 0 else f"the link {address} (the {number + 1}. of links)"
            yield At(who, parts.hostname or "", parts.port or 0, "Name another port in links.")


def _sockets(settings: NodeSettings) -> list[str]:
    links = settings.link_addresses if settings.has_core else ()
    behind = settings.pages.behind if settings.pages is not None else ()
    return [each for each in (*links, *behind) if each.startswith("unix:")]


def listening(settings: NodeSettings) -> tuple[str, ...]:
    """The platforms whose doors for programs listen in this process, or in those that it starts."""
    own = (Platform.OPERATIONS.value,)
    return settings.platforms if settings.role != "pages" else tuple(each for each in settings.platforms if each in own)


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
    """Pages of a node for development listen without TLS, so on loopback only; in production browsers reach them by TLS
    alone, and each site at an address of its own."""
    pages = settings.pages
    if pages is None:
        if settings.role == "pages":
            yield fault("This process is to serve pages, and nothing says where.", "Add [pages], or set another role.")
        return
    yield from _shown_pages(settings, pages) if settings.development else _public_pages(settings, pages)
    if settings.role == "core" or (settings.role == "doors" and settings.platforms != (Platform.OPERATIONS.value,)):
        yield fault(
            f"A process of the role {settings.role} serves no pages.", 'Leave [pages] out, or set role = "pages".'
        )


def issuer(settings: NodeSettings) -> Iterator[Said]:
    """A token says at which address it was asked for, and a client compares; so in production that has to be named."""
    if settings.development or settings.issuers.named or settings.role in ("core", "pages"):
        return
    if Platform.UUMDS.value in settings.platforms:
        yield fault("Nobody named the address at which clients ask UUM&DS for tokens.",
                    'Set uumds = "https://uumds.example" in [public], or issuer.')  # fmt: skip
    elif set(settings.platforms) - {Platform.OPERATIONS.value}:
        yield warning("The doors of this node believe no token: they do not know by which name UUM&DS issues them.",
                      "Set issuer to the address at which clients ask UUM&DS.")  # fmt: skip


def _shown_pages(settings: NodeSettings, pages: PagesAt) -> Iterator[Said]:
    """Of a node for development: everybody on this machine is let in, so nobody else may reach them."""
    if settings.role != "node" or settings.processes > 1:
        yield fault("Pages of a node for development are served by a node of one process.",
                    "Leave [pages] out, or role and processes.")  # fmt: skip
    if not loopback(pages.host):
        yield fault(f"Pages without TLS would be open to others at {pages.host}.",
                    'Leave host out of [pages], or set it to "127.0.0.1".')  # fmt: skip
    if pages.certificate or pages.key or pages.behind or pages.public:
        yield fault("Pages with TLS, behind a proxy or at a public address are those of a node in production.",
                    "Leave certificate, key, behind and public out, or start without --development.")  # fmt: skip


def _public_pages(settings: NodeSettings, pages: PagesAt) -> Iterator[Said]:
    """In production: TLS up to the browser, and a host of its own for each site."""
    yield from _tls_of(pages)
    if pages.under:
        yield fault("[pages] names hosts below localhost (under), for a node for development.",
                    "Name each site in [pages.public].")  # fmt: skip
    if SIGN_IN not in pages.public:
        yield fault("The pages have no public address at which persons sign in.",
                    'Set signin = "https://signin.example" in [pages.public].')  # fmt: skip
    served = {site for site in pages.public if _at(site).value in settings.platforms}
    if settings.role == "pages" and not served - {"console"}:
        yield fault("None of the sites of [pages.public] is of a platform that these pages serve.",
                    'Name in platforms what they serve: "speed2", "ccn2", "cdco", and "uumds" for signin.')  # fmt: skip
    for site in sorted(pages.public.keys() & _SITES.keys()) if settings.role == "node" else ():
        if site not in served:
            yield fault(f"[pages.public] names {site}, and this node does not open {_SITES[site].value}.",
                        f"Leave {site} out, or add {_SITES[site].value} to platforms.")  # fmt: skip
    if not pages.public.keys() & _SITES.keys():
        yield fault("The pages have no public address for any desk.",
                    'Set portal = "https://portal.example" in [pages.public], or desk.')  # fmt: skip
    taken: dict[str, str] = {}
    for site, address in sorted(pages.public.items()):
        other = taken.setdefault(urlsplit(address).hostname or "", site)
        if other != site:
            yield fault(f"{other} and {site} would share the cookies of one host: {address}.",
                        "Give each a host of its own: browsers tell hosts apart, not ports.")  # fmt: skip


def _at(site: str) -> Platform:
    """The platform of a site."""
    return _SITES.get(site, Platform.UUMDS)


def _tls_of(pages: PagesAt) -> Iterator[Said]:
    """Where TLS ends: at the listener, or at a proxy that nobody but itself can stand in for."""
    if bool(pages.certificate) is not bool(pages.key):
        yield fault("Of the pages' certificate and key one is missing.", "Set both in [pages].")
    elif not pages.by_tls and not pages.behind:
        yield fault("Browsers would reach the pages without TLS.",
                    "Set certificate and key in [pages], or behind: the proxy that ends TLS before them.")  # fmt: skip
    elif not pages.by_tls and pages.listens and not _inside(pages.host):
        yield fault(f"Pages without TLS for a proxy would be open to others at {pages.host}.",
                    "Set host to a loopback or private address, or set certificate and key.")  # fmt: skip


def _inside(host: str) -> bool:
    """Whether an address is reached within a network of one's own only."""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    return found.is_loopback or (found.is_private and not found.is_unspecified)


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
    Check("settings.issuer", issuer),
    Check("settings.administrations", administrations),
    Check("settings.unused", unused),
)
