"""Access by AS4: messages pushed to the platform; answers pulled from it, or pushed to the party's access point."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from douane.channels.as4.binding import AccessPoint
from douane.channels.as4.client import Answered, Correspondent
from douane.channels.as4.receiving import Desk, Received, Receiver
from douane.channels.as4.sending import Packer, part_info
from douane.shared_services.web.answers import Response
from douane.shared_services.web.requests import Application, Request, application
from douane.simulator.access.port import Answer, Delivered, refused
from douane.standards.as4 import names
from douane.standards.as4.awareness import Verdict
from douane.standards.as4.matching import ANY, AgreementBook
from douane.standards.as4.messages import ErrorSignal, Party, Receipt, UserMessage
from douane.standards.as4.opening import references_of
from douane.standards.as4.pmodes import PMode
from douane.standards.xml.root import root_name
from douane.vocabulary.errors import DouaneError, PartnerUnreachable

PAUSE: Final = 0.25
_SOAP: Final = f"{names.SOAP_MEDIA}; charset=UTF-8"


@dataclass
class As4Access:
    """A party with an access point of its own.

    party: its identifier. legs: agreed by what follows the party in their ids (``transit.lodge_declaration``,
    ``answers``, ``pull``). operation_of: the operation that takes a message, by its root element; empty for an answer.
    inbox: its own access point where answers are pushed to it; without one they are pulled.
    """

    party: str
    point: AccessPoint
    correspondent: Correspondent
    legs: Mapping[str, PMode]
    operation_of: Callable[[bytes], str]
    inbox: As4Inbox | None = None

    @property
    def channel(self) -> str:
        """With how the answers come."""
        return "AS4, answers pushed" if self.inbox is not None else "AS4, answers pulled"

    async def send(self, body: bytes) -> Answer:
        """Push a message under the leg of its operation; the answer is the signed receipt, or the signed error."""
        root = root_name(body)
        mode = self.legs[self.operation_of(body) or "answers"]
        id = f"{self.point.ids.random(16).hex()}@{self.point.host}"
        message = UserMessage(
            id, self.point.clock.now(), Party(mode.sender.parties[0], mode.sender.role),
            Party(mode.receiver.parties[0], mode.receiver.role), mode.service,
            root if mode.action == ANY else mode.action, id, mode.agreement, mode.mpc,
            parts=(part_info("message", "text/xml", compress=mode.compress),),
        )  # fmt: skip
        packed = self.correspondent.pack(mode, message, [(body, "text/xml")])
        try:
            answered = await self.correspondent.push(mode, packed)
        finally:
            packed.discard()
        return _answer(id, answered)

    async def collect(self, wait: float) -> AsyncIterator[Delivered]:
        """What was pushed, or what can be pulled now."""
        if self.inbox is not None:
            async for each in self.inbox.collect(wait):
                yield each
            return
        mode = self.legs["pull"]
        answered = await self.correspondent.pull(mode, f"{mode.mpc}/{self.party}")
        if answered.received is None or answered.verdict is not Verdict.MESSAGE:
            await asyncio.sleep(min(wait, PAUSE))
            return
        try:
            yield delivered(answered.received)
            await self.correspondent.acknowledge(mode, answered.received)
        finally:
            answered.received.discard()

    async def close(self) -> None:
        """Close the connections."""
        await self.correspondent.close()


@dataclass
class As4Inbox:
    """An access point that takes what its platform pushes, receipts it, and keeps it for its party."""

    point: AccessPoint
    _came: asyncio.Queue[Delivered] = field(default_factory=asyncio.Queue)

    def application(self, failed: Callable[[BaseException], None] | None = None) -> Application:
        """What answers requests, at whatever path."""
        return application(self._serve, failed=failed)

    async def collect(self, wait: float) -> AsyncIterator[Delivered]:
        """What came."""
        try:
            async with asyncio.timeout(wait):
                first = await self._came.get()
        except TimeoutError:
            return
        yield first
        while not self._came.empty():
            yield self._came.get_nowait()

    async def _serve(self, request: Request) -> Response:
        point, packer = self.point, Packer(self.point.certificates, self.point.payloads, self.point.ids)
        desk = Desk(
            AgreementBook(point.modes), point.certificates, point.payloads, lambda _der: None, _no_signal,
            point.clock.now, point.limits,
        )  # fmt: skip
        received = await Receiver(desk).take(request.header("content-type"), _octets(request))
        try:
            message, mode = received.message, received.mode
            assert isinstance(message, UserMessage)
            assert mode is not None
            self._came.put_nowait(delivered(received))
            now = point.clock.now()
            id = f"{point.ids.random(16).hex()}@{point.host}"
            receipt = Receipt(id, now, message.id, references_of(received.claims))
            return Response(200, packer.signal(receipt, point.certificates.signer(mode, now)), _SOAP)
        finally:
            received.discard()


def delivered(received: Received) -> Delivered:
    """A received user message: its first payload is the business message."""
    message = received.message
    assert isinstance(message, UserMessage)
    body = b"".join(received.payloads[message.parts[0].content_id].read()).decode()
    return Delivered(message.id, root_name(body.encode()), message.id, "", message.conversation_id, "", body)


def _answer(id: str, answered: Answered) -> Answer:
    match answered:
        case Answered(verdict=Verdict.RECEIPT, message=Receipt() as receipt):
            return Answer(202, {"id": id, "receipt": receipt.id})
        case Answered(message=ErrorSignal(errors=(error, *_))):
            return refused(problem_of(error.detail))
    raise PartnerUnreachable(f"No AS4 answer: {answered.reason}")


def problem_of(detail: str) -> dict[str, Any]:
    """The detail of an error signal as a problem: code and text, remedy, then a fault a line."""
    first, *lines = detail.splitlines() or [""]
    code, _, text = first.partition(": ")
    faults = [json.loads(line) for line in lines if line.startswith("{")]
    remedy = " ".join(line for line in lines if not line.startswith("{"))
    return {"code": code, "detail": text, "remedy": remedy} | ({"faults": faults} if faults else {})


async def _octets(request: Request) -> AsyncIterator[bytes]:
    yield await request.body()


async def _no_signal(_message: object) -> Any:
    raise DouaneError("This access point takes no signals.")
