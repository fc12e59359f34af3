"""Where a webhook may go: to its registered address only, and only where that resolves to a network it may reach.

A name is resolved once, every address it resolves to is checked, and the connection goes to the checked one: whoever
controls the name cannot point it at the inside afterwards.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

from douane.vocabulary.errors import DeclarationFault, PartnerUnreachable

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def check_address(url: str, networks: Sequence[Network]) -> SplitResult:
    """The parts of an address that may be registered. Plain HTTP is for the loopback, where ``networks`` names it."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    plain = parts.scheme == "http" and any(n.is_loopback for n in networks)
    if (parts.scheme != "https" and not plain) or not parts.hostname or parts.username or parts.fragment or port == -1:
        raise DeclarationFault(
            f"{url[:80]!r} is no address that a webhook goes to.", remedy="Register https://HOST[:PORT]/PATH."
        )
    return parts


async def resolve(host: str, port: int, networks: Sequence[Network]) -> str:
    """An address of a host that may be reached: public, or in one of ``networks``. Raises PartnerUnreachable."""
    addresses = [host] if _literal(host) else await _addresses(host, port)
    for address in addresses:
        if not allowed(address, networks):
            raise PartnerUnreachable(f"{host} resolves to {address}, which its agreement does not allow.")
    return addresses[0]


async def _addresses(host: str, port: int) -> list[str]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=1)  # SOCK_STREAM
    except OSError as problem:
        raise PartnerUnreachable(f"{host} cannot be resolved.") from problem
    return [str(each[4][0]) for each in found]


def _literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def allowed(address: str, networks: Sequence[Network]) -> bool:
    """Whether a webhook may connect to this address."""
    found = ipaddress.ip_address(address)
    inner = getattr(found, "ipv4_mapped", None) or found
    return inner.is_global or any(inner in network for network in networks if network.version == inner.version)
