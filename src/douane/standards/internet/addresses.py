"""Where a node may connect to on behalf of somebody: how a URL is spelled, and which addresses are public.

An address inside has many spellings: as a number, in octal, inside an IPv6 address of a translator or tunnel. A host is
taken in its one plain spelling only, and an address that carries another one is judged by that one (RFC 4291, 6052,
6890). Nothing here resolves a name: ask again of every address that a name resolves to.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from douane.vocabulary.errors import DeclarationFault

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_URL: Final = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.-]{1,253})(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?"
    r"(?P<query>\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?"
)
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_NAME: Final = re.compile(rf"(?:{_LABEL}\.)*(?!0[xX]|[0-9]+$)[A-Za-z0-9](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])?")
"""A host name. Its last label is neither a number nor hexadecimal: many resolvers read such a host as an address."""
_MAPPED: Final = ipaddress.IPv6Network("::ffff:0:0/96")
_TRANSLATED: Final = ipaddress.IPv6Network("64:ff9b::/96")
_UNICAST: Final = ipaddress.IPv6Network("2000::/3")
_NEVER_PUBLIC: Final = tuple(
    ipaddress.ip_network(each)
    for each in ("192.88.99.0/24", "2001::/32", "2002::/16", "3fff::/20")  # 6to4 relays, Teredo, 6to4, documentation
)
_NO_HOST: Final = tuple(ipaddress.ip_network(each) for each in ("0.0.0.0/8", "224.0.0.0/4", "::/128", "ff00::/8"))
"""Unspecified and multicast: no partner is there, whatever an agreement names."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The parts of a URL. ``host``: without brackets, in small letters; ``authority``: as the Host header says it."""

    scheme: str
    host: str
    port: int
    authority: str

    @property
    def literal(self) -> Address | None:
        """The address that stands in the place of a name; None for a name."""
        return _address(self.host)


def read_endpoint(url: str) -> Endpoint:
    """The parts of an address that a node may call. Raises DeclarationFault for every other spelling."""
    found = _URL.fullmatch(url) if len(url) <= 2048 else None
    port = int(found["port"] or 0) if found is not None else 0
    host = found["host"].strip("[]").lower() if found is not None else ""
    bracketed = found is not None and found["host"].startswith("[")
    address = _address(host)
    plain = isinstance(address, ipaddress.IPv6Address) if bracketed else (
        isinstance(address, ipaddress.IPv4Address) or _NAME.fullmatch(host) is not None
    )  # fmt: skip
    if found is None or not plain or port > 65_535 or found["port"] == "0":
        raise DeclarationFault(
            f"{url[:80]!r} is no address that a message goes to.", remedy="Write https://HOST[:PORT]/PATH."
        )
    authority = found["host"].lower() + (f":{port}" if port else "")
    return Endpoint(found["scheme"], host, port or (443 if found["scheme"] == "https" else 80), authority)


def check_endpoint(url: str, networks: Sequence[Network]) -> Endpoint:
    """The parts of an address that an agreement names, with the networks beyond the public ones that it opens.

    Raises DeclarationFault for what could never be called: plain HTTP off the loopback, or an address that lies in
    none of them.
    """
    found = read_endpoint(url)
    loopback = any(each.is_loopback for each in networks)
    if found.scheme == "http" and not loopback:
        raise DeclarationFault(
            f"{url[:80]!r} is not encrypted.",
            remedy='Write https://..., or for a test on this machine networks = ["127.0.0.0/8"].',
        )
    local = found.host == "localhost" or found.host.endswith(".localhost")
    if (local and not loopback) or (found.literal is not None and not may_reach(found.literal, networks)):
        raise DeclarationFault(
            f"{url[:80]!r} lies in no public network.", remedy="Name its network in networks, or a public address."
        )
    return found


def may_reach(address: Address | str, networks: Sequence[Network]) -> bool:
    """Whether a connection may go to an address: a public one, or one in ``networks``."""
    given = ipaddress.ip_address(address.partition("%")[0]) if isinstance(address, str) else address
    found = _carried(given)
    if _within(found, _NO_HOST):
        return False
    return _public(found) or _within(found, networks)


def network_faults(networks: Iterable[str]) -> Iterator[str]:
    """What is wrong with networks as they are written: each must be one, and not hold every address there is."""
    for each in networks:
        try:
            found = ipaddress.ip_network(each)
        except ValueError:
            yield f"{each[:60]!r} is no network; write it like 10.0.0.0/8."
            continue
        if not found.prefixlen:
            yield f"{each} is every address; name the network that the partner lies in."
        elif _within(found.network_address, _NO_HOST):
            yield f"{each} holds no partner: its addresses are unspecified or multicast."


def _address(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _carried(address: Address) -> Address:
    """The address that is reached in the end: the IPv4 one that an IPv6 address of a translator carries."""
    if isinstance(address, ipaddress.IPv6Address) and (address in _MAPPED or address in _TRANSLATED):
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address


def _public(address: Address) -> bool:
    """Whether everybody's packets go there. IPv6: of global unicast only, so no IPv4-compatible or site-local ones."""
    if isinstance(address, ipaddress.IPv6Address) and address not in _UNICAST:
        return False
    return address.is_global and not _within(address, _NEVER_PUBLIC)


def _within(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in each for each in networks if each.version == address.version)
