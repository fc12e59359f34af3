"""Names of servers as the system's resolver knows them, asked apart from the event loop in threads of its own."""

from __future__ import annotations

import ipaddress
import socket

from douane.runtime.turns.pools import Purpose, beside
from douane.vocabulary.errors import Overloaded


async def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host, each once; a literal address is its own. Raises OSError where it has none."""
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        pass
    try:
        found = await beside(Purpose.NAMES, socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    except Overloaded as problem:
        raise OSError("too many names wait for the resolver") from problem
    return list(dict.fromkeys(str(each[4][0]) for each in found))
