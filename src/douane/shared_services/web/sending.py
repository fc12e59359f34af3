"""The sender port: one request to somebody else's server, and its answer read piece by piece.

Whoever fills it keeps two promises. A connection belongs to the name that its server proved, and to nobody who merely
shares the address. And an exchange ends: by its answer, or by one of the limits of its patience.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Final, Protocol

from douane.vocabulary.errors import PartnerUnreachable

Reach = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses at which a host may be connected to, on a port. Raises PartnerUnreachable where there is none."""
LARGEST: Final = 256 * 1024 * 1024
"""Octets of an answer that is read whole: a page of an inbox with its largest messages."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited: for a connection, for a sign of life of the other side, and for all of an exchange."""

    connect_seconds: float = 5.0
    idle_seconds: float = 15.0
    whole_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Request:
    """One request. ``url``: with the name that the server has to prove; ``headers`` need no Host."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | AsyncIterable[bytes] = b""
    patience: Patience = Patience()


@dataclass(frozen=True, slots=True)
class Answering:
    """An answer as it begins: its status, its headers by name in small letters, and its octets as they come."""

    status: int
    headers: Mapping[str, str]
    pieces: AsyncIterator[bytes]

    async def read(self, most: int = LARGEST) -> tuple[bytes, bool]:
        """At most so many octets, and whether that is all of them."""
        found = bytearray()
        async for piece in self.pieces:
            found += piece
            if len(found) > most:
                return bytes(found[:most]), False
        return bytes(found), True


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that was read whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text; what is no UTF-8 is replaced."""
        return self.body.decode(errors="replace")

    def json(self) -> Any:
        """The body as JSON. Raises ValueError."""
        return json.loads(self.body)


class Sender(Protocol):
    """Sends requests, over connections of its own."""

    def send(self, request: Request) -> AbstractAsyncContextManager[Answering]:
        """The answer, as long as the block lasts. Raises PartnerUnreachable, also while it is read in the block."""

    async def close(self) -> None:
        """Close the connections."""


async def answer_to(sender: Sender, request: Request, most: int = LARGEST) -> Answer:
    """The answer, whole. Raises PartnerUnreachable, also for one that is longer."""
    async with sender.send(request) as answering:
        body, whole = await answering.read(most)
    if not whole:
        raise PartnerUnreachable(f"The answer to {request.method} is longer than {most} bytes.")
    return Answer(answering.status, answering.headers, body)
