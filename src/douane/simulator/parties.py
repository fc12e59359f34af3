"""Simulated parties: each has a name, a certificate, the door it uses, and an inbox that it empties all the time."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable
from dataclasses import InitVar, dataclass, field
from typing import Any

import msgspec

from douane.channels.rest.client import Partner
from douane.simulator.access.port import Access, Answer, Delivered
from douane.simulator.access.web import RestAccess
from douane.standards.ncts import phase5
from douane.vocabulary.errors import PartnerUnreachable

WAIT = 20.0
PAUSE = 0.5


@dataclass(slots=True, eq=False)
class Party:
    """Somebody who sends and collects. ``lane`` is the lifeline in the sequence diagram.

    ``by``: its way to the platform for messages; REST where no other is given. Queries and orders go by REST.
    """

    id: str
    title: str
    lane: str
    door: Partner
    other: Partner | None = None
    """The door of the other circle with the own certificate, for a call at the wrong platform."""
    listens: bool = True
    way: InitVar[Access | None] = None
    by: Access = field(init=False)
    inbox: list[Delivered] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self, way: Access | None) -> None:
        self.by = RestAccess(self.door) if way is None else way

    async def send(self, message: object, *, astray: bool = False) -> Answer:
        """Send a message of the family (or bytes as they are) to the own door, or by mistake to the other circle's."""
        by = RestAccess(self.other) if astray and self.other is not None else self.by
        body = message if isinstance(message, bytes) else phase5.write(message)  # type: ignore[arg-type]  # any struct of the family
        return await by.send(body)

    async def order(self, operation: str, /, **content: object) -> Any:
        """Call an operation with JSON content; its answer. Raises PartnerRefused with the faults named."""
        return await self.door.call(operation, msgspec.json.encode(content))

    async def listen(self) -> None:
        """Take what comes until cancelled: keep it, then let it be confirmed."""
        while True:
            try:
                async for each in self.by.collect(WAIT):
                    self._take(each)
            except PartnerUnreachable:
                await asyncio.sleep(PAUSE)

    async def close(self) -> None:
        """Close every connection."""
        await self.by.close()
        for door in (self.door, self.other):
            if door is not None:
                await door.close()

    def about(self, references: Iterable[str]) -> list[Delivered]:
        """What came about these references, in order."""
        wanted = tuple(references)
        return [each for each in self.inbox if each.names(wanted)]

    async def changed(self, seconds: float) -> None:
        """Wait until something new arrived, at most so long."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.arrived.wait()

    def _take(self, each: Delivered) -> None:
        self.inbox.append(each)
        self.arrived.set()
        self.arrived = asyncio.Event()


__all__ = ["Answer", "Delivered", "Party"]
