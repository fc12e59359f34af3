"""Calls to others by HTTP/1.1: one connection a call, one limit for the whole of it, bounded in size, no redirect.

The limit holds for names, connection, TLS, request and answer together, however slowly the other side goes on. A host
that did not answer is remembered, so that whoever comes next is told at once (``away``). Nothing here holds a thread.

Names below ``localhost`` are this machine (RFC 6761, 6.3), whatever the system's resolver says of them; plain HTTP goes
nowhere else.
"""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from typing import Final
from urllib.parse import SplitResult, urlsplit

from douane.runtime.door.outgoing import Answered, Asked
from douane.shared_services.web.away import Away, others
from douane.shared_services.web.http_sender import HttpSender
from douane.shared_services.web.resolving import look_up
from douane.shared_services.web.sending import Patience, Request
from douane.vocabulary.errors import DeclarationFault, PartnerRefused, PartnerUnreachable

LARGEST: Final = 256 * 1024
SECONDS: Final = 5.0
"""For the whole of a call."""
LOOPBACK: Final = "127.0.0.1"


class Http:
    """Calls by a client of its own.

    context: what it trusts; the system's authorities without one. away: what is known of the hosts; by default what
    the node knows.
    """

    def __init__(
        self, context: ssl.SSLContext | None = None, seconds: float = SECONDS, away: Away | None = None
    ) -> None:
        self._context, self._seconds = context, seconds
        self._away = away

    @property
    def away(self) -> Away:
        """What is known of the hosts."""
        return self._away or others()

    async def ask(self, asked: Asked) -> Answered:
        """The answer. Raises PartnerUnreachable, PartnerRefused, and DeclarationFault for an address of no use."""
        parts = _parts(asked.url)
        async with self.away.calling(f"{parts.scheme}://{parts.netloc}"):
            return await self._ask(asked, parts)

    async def _ask(self, asked: Asked, parts: SplitResult) -> Answered:
        if self._context is None:
            self._context = ssl.create_default_context()
        headers = {"accept": "application/json", **asked.headers}
        patience = Patience(self._seconds, self._seconds, self._seconds)
        sender = HttpSender(self._context, _reach)
        try:
            async with sender.send(Request(asked.method, asked.url, headers, asked.body, patience)) as answering:
                body, whole = await answering.read(LARGEST)
        except PartnerUnreachable as problem:
            raise PartnerUnreachable(f"{parts.hostname} does not answer.", remedy="Try again in a while.") from problem
        finally:
            await sender.close()
        if not whole:
            raise PartnerRefused(
                f"{parts.hostname} answers with more than {LARGEST} octets.", remedy="Tell its operator."
            )
        return Answered(answering.status, body)


def _parts(url: str) -> SplitResult:
    """The parts of an address that may be called. Raises DeclarationFault."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host or (parts.scheme == "http" and not _here(host)):
        raise DeclarationFault(f"{url[:80]} cannot be called.", remedy="Use https, or http on loopback.")
    return parts


def _here(host: str) -> bool:
    return host in ("localhost", LOOPBACK) or host.endswith(".localhost")


async def _reach(host: str, port: int) -> Sequence[str]:
    if _here(host):
        return [LOOPBACK]
    try:
        return await look_up(host, port)
    except (OSError, UnicodeError) as problem:
        raise PartnerUnreachable(f"{host} cannot be resolved.") from problem
