"""Access by REST and by SOAP: the same inbox by cursor."""

from __future__ import annotations

from collections.abc import AsyncIterator

import msgspec

from douane.channels.rest.client import Partner
from douane.channels.soap.client import SoapPartner
from douane.model.web_services import Problem
from douane.simulator.access.port import Answer, Delivered, refused


class RestAccess:
    """A party at a REST door."""

    channel = "REST"

    def __init__(self, door: Partner) -> None:
        self._door, self._cursor = door, ""

    async def send(self, body: bytes) -> Answer:
        """Post a message."""
        reply = await self._door.send(body)
        return Answer(reply.status, reply.json())

    async def collect(self, wait: float) -> AsyncIterator[Delivered]:
        """A page of the inbox."""
        items, self._cursor = await self._door.collect(self._cursor, wait)
        for each in items:
            yield Delivered(*(each[name] for name in ("id", "type", "message", "answers", "case", "sent", "body")))
            await self._door.acknowledge(each["id"])

    async def close(self) -> None:
        """Close the connections."""
        await self._door.close()


class SoapAccess:
    """A party at a SOAP door."""

    channel = "SOAP"

    def __init__(self, door: SoapPartner) -> None:
        self._door, self._cursor = door, ""

    async def send(self, body: bytes) -> Answer:
        """Call the service that takes the message."""
        reply = await self._door.send(body)
        content = msgspec.to_builtins(reply)
        return refused(content) if isinstance(reply, Problem) else Answer(202, content)

    async def collect(self, wait: float) -> AsyncIterator[Delivered]:
        """A page of the mailbox."""
        page = await self._door.collect(self._cursor, wait)
        self._cursor = page.after
        for each in page.items:
            yield Delivered(each.id, each.type, each.message, each.answers, each.case, each.sent.isoformat(), each.body)
            await self._door.acknowledge(each.id)

    async def close(self) -> None:
        """Close the connections."""
        await self._door.close()
