"""Who asks, where a proxy stands between: what a named proxy says of its own neighbour, and what nobody else says.

Invariants. (1) A header that names another sender is read from a connection of a named proxy alone; from anybody else
it changes nothing. (2) Of several hops the last one counts, which the proxy itself wrote: all before it came from the
client. (3) One header is read, which the operator names: a proxy that sets one and passes the other on would let its
clients choose. (4) Where the proxy names no address, the address of its socket stands, and it is told.
"""

from __future__ import annotations

import enum
import ipaddress
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

UNIX: Final = "unix:"
"""How the name of a proxy begins that comes by a socket of this machine."""
FORWARDED_FOR: Final = "X-Forwarded-For"
FORWARDED: Final = "Forwarded"
HEADERS: Final = (FORWARDED_FOR, FORWARDED)
"""By which a proxy may say for whom it asks: the usual one, and that of RFC 7239."""
_PROTO: Final = "x-forwarded-proto"
_TLS: Final = "https"
_LONGEST = 1_000
"""Characters of a header that are looked at; a longer one names nobody."""
_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 - of RFC 9110, no secret
_PAIR = rf'{_TOKEN}=(?:{_TOKEN}|"(?:[^"\\]|\\.)*")'
_ELEMENT = re.compile(rf"\s*({_PAIR}(?:\s*;\s*{_PAIR})*)\s*(?:,|$)")
_FIELD = re.compile(rf'({_TOKEN})=("?)((?:[^"\\;,]|\\.)*)\2')
_PORT = re.compile(r"(\d+\.\d+\.\d+\.\d+)(?::\d{1,5})?|\[([0-9A-Fa-f:.]+)\](?::\d{1,5})?")


class Doubt(enum.StrEnum):
    """Why what was forwarded is not believed; the names stand in the log."""

    UNNAMED = "unnamed"  # a header of a proxy came from somebody who is none
    SILENT = "silent"  # a named proxy names no address
    PLAIN = "plain"  # a named proxy does not say that it was asked by TLS


class Hop(NamedTuple):
    """Who asked a proxy, from where, and by which scheme; an empty address where it says none that can be read."""

    address: str
    scheme: str


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxies before a listener. names: addresses, and ``unix:PATH`` of sockets. header: the one that they set."""

    names: frozenset[str]
    header: str = FORWARDED_FOR
    told: Callable[[Doubt], None] = lambda _doubt: None

    def include(self, peer: str) -> bool:
        """Whether a connection from there is one of a named proxy."""
        return (peer if peer.startswith(UNIX) else plain_address(peer)) in self.names

    def sender(self, headers: Sequence[tuple[str, str]], peer: str) -> Hop:
        """For whom a named proxy asks: its socket's own address where it does not say so."""
        hop = last_hop(headers, self.header)
        if hop.scheme != _TLS:
            self.told(Doubt.PLAIN)
        if not hop.address:
            self.told(Doubt.SILENT)
        return Hop(hop.address or peer, hop.scheme)

    def overhear(self, headers: Sequence[tuple[str, str]]) -> None:
        """Somebody who is no proxy asked: where he says that he asks for another, that is told."""
        if any(name == self.header.lower() for name, _ in headers):
            self.told(Doubt.UNNAMED)


def last_hop(headers: Iterable[tuple[str, str]], header: str) -> Hop:
    """What the last proxy wrote of whoever asked it."""
    last = {name: value for name, value in headers if name in (header.lower(), _PROTO)}  # of several lines the last
    said = last.get(header.lower(), "")
    if len(said) > _LONGEST:
        return Hop("", "http")
    if header == FORWARDED:
        fields = _forwarded(said)
        return Hop(_address(fields.get("for", "")), _scheme(fields.get("proto", "")))
    return Hop(_address(_last(said)), _scheme(_last(last.get(_PROTO, ""))))


def plain_address(text: str) -> str:
    """An address as it is compared: an IPv4 address within IPv6 as that; the text where it is none."""
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return text
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return str(mapped or found)


def _last(text: str) -> str:
    return text.rpartition(",")[2].strip()


def _scheme(text: str) -> str:
    return _TLS if text.lower() == _TLS else "http"


def _address(text: str) -> str:
    """An address, with or without a port; empty for anything else."""
    found = _PORT.fullmatch(text)
    bare = (found[1] or found[2]) if found is not None else text
    try:
        ipaddress.ip_address(bare)
    except ValueError:
        return ""
    return plain_address(bare)


def _forwarded(text: str) -> dict[str, str]:
    """The last element of a header Forwarded (RFC 7239, 4); nothing of one that cannot be read from end to end."""
    at, last = 0, ""
    while at < len(text):
        found = _ELEMENT.match(text, at)
        if found is None:
            return {}
        at, last = found.end(), found[1]
    return {name.lower(): value for name, _, value in _FIELD.findall(last)}
