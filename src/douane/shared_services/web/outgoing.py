"""Calls to others by HTTP/1.1: one connection a call, bounded in time and size, no redirect followed.

Names below ``localhost`` are this machine (RFC 6761, 6.3), whatever the system's resolver says of them; plain HTTP goes
nowhere else.
"""

from __future__ import annotations

import asyncio
import http.client
import ssl
from typing import Final
from urllib.parse import urlsplit

from douane.runtime.door.outgoing import Answered, Asked
from douane.vocabulary.errors import DeclarationFault, PartnerRefused, PartnerUnreachable

LARGEST: Final = 256 * 1024
SECONDS: Final = 5.0
LOOPBACK: Final = "127.0.0.1"


class Http:
    """Calls by a client of its own. ``context``: what it trusts; the system's authorities without one."""

    def __init__(self, context: ssl.SSLContext | None = None, seconds: float = SECONDS) -> None:
        self._context, self._seconds = context, seconds

    async def ask(self, asked: Asked) -> Answered:
        """The answer. Raises PartnerUnreachable, PartnerRefused, and DeclarationFault for an address of no use."""
        return await asyncio.to_thread(self._ask, asked)

    def _ask(self, asked: Asked) -> Answered:
        parts = urlsplit(asked.url)
        host = parts.hostname or ""
        here = host in ("localhost", LOOPBACK) or host.endswith(".localhost")
        if parts.scheme not in ("http", "https") or not host or (parts.scheme == "http" and not here):
            raise DeclarationFault(f"{asked.url[:80]} cannot be called.", remedy="Use https, or http on loopback.")
        to = LOOPBACK if here else host
        connection: http.client.HTTPConnection
        if parts.scheme == "https":
            context = self._context or ssl.create_default_context()
            connection = http.client.HTTPSConnection(to, parts.port, timeout=self._seconds, context=context)
        else:
            connection = http.client.HTTPConnection(to, parts.port, timeout=self._seconds)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            headers = {"host": parts.netloc, "accept": "application/json", **asked.headers}
            connection.request(asked.method, path, asked.body or None, headers)
            answer = connection.getresponse()
            body = answer.read(LARGEST + 1)
        except (OSError, http.client.HTTPException) as problem:
            raise PartnerUnreachable(f"{host} does not answer.", remedy="Try again in a while.") from problem
        finally:
            connection.close()
        if len(body) > LARGEST:
            raise PartnerRefused(f"{host} answers with more than {LARGEST} octets.", remedy="Tell its operator.")
        return Answered(answer.status, body)
