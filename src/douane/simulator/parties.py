"""Simulated parties: each has a name, a certificate, the door it uses, and an inbox that it empties all the time."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from douane.channels.rest.client import Partner
from douane.standards.ncts import phase5
from douane.vocabulary.errors import PartnerUnreachable

WAIT = 20.0
PAUSE = 0.5


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message that a party collected from its inbox."""

    item: str
    type: str
    message: str
    answers: str
    case: str
    at: str
    body: str

    def content(self) -> Any:
        """The message as a struct of its family."""
        return phase5.read(self.body.encode())

    def names(self, references: Iterable[str]) -> bool:
        """Whether it is about one of these references, or answers one."""
        return any(each == self.answers or each in self.body for each in references)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a door answered: a receipt (202), or a refusal with its faults."""

    status: int
    content: dict[str, Any]

    @property
    def accepted(self) -> bool:
        """Whether the message is on disk."""
        return self.status == 202


@dataclass(slots=True, eq=False)
class Party:
    """Somebody who sends and collects. ``lane`` is the lifeline in the sequence diagram."""

    id: str
    title: str
    lane: str
    door: Partner
    other: Partner | None = None
    """The door of the other circle with the own certificate, for a call at the wrong platform."""
    listens: bool = True
    inbox: list[Delivered] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, message: object, *, astray: bool = False) -> Answer:
        """Send a message of the family (or bytes as they are) to the own door, or by mistake to the other circle's."""
        door = self.other if astray and self.other is not None else self.door
        body = message if isinstance(message, bytes) else phase5.write(message)  # type: ignore[arg-type]  # any struct of the family
        reply = await door.send(body)
        return Answer(reply.status_code, reply.json())

    async def order(self, operation: str, **content: object) -> Any:
        """Call an operation with JSON content; its answer. Raises PartnerRefused with the faults named."""
        return await self.door.call(operation, msgspec.json.encode(content))

    async def listen(self) -> None:
        """Empty the inbox until cancelled: collect, keep, acknowledge."""
        cursor = ""
        while True:
            try:
                items, cursor = await self.door.collect(cursor, WAIT)
                for item in items:
                    self._take(item)
                    await self.door.acknowledge(item["id"])
            except PartnerUnreachable:
                await asyncio.sleep(PAUSE)

    def about(self, references: Iterable[str]) -> list[Delivered]:
        """What came about these references, in order."""
        wanted = tuple(references)
        return [each for each in self.inbox if each.names(wanted)]

    async def changed(self, seconds: float) -> None:
        """Wait until something new arrived, at most so long."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.arrived.wait()

    def _take(self, item: dict[str, Any]) -> None:
        self.inbox.append(
            Delivered(
                item["id"], item["type"], item["message"], item["answers"], item["case"], item["sent"], item["body"]
            )
        )
        self.arrived.set()
        self.arrived = asyncio.Event()
