"""A member state's trader door, as a trader uses it: by REST, SOAP or AS4."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from douane.channels.as4.binding import AccessPoint
from douane.channels.as4.client import Correspondent
from douane.channels.as4.sending import part_info
from douane.channels.rest.client import Partner
from douane.channels.soap.client import SoapPartner
from douane.model.web_services import Receipt
from douane.standards.as4.awareness import Verdict
from douane.standards.as4.messages import Party, PartyId, UserMessage
from douane.standards.as4.pmodes import PMode
from douane.vocabulary.errors import PartnerUnreachable

WAIT: Final = 1.0
"""Seconds that one look into the inbox may wait for something."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a door said of a message. ``told``: all of it as text, pointers of faults included.

    receipt: what identifies the receipt, the same for a repetition; empty where the message was refused.
    """

    taken: bool
    told: str
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """An answer of the office."""

    type: str
    body: bytes


Own = Callable[[Arrived], bool]
"""Whether mail answers what this bench has sent."""


class TraderDoor(Protocol):
    """Where a trader sends and collects."""

    async def send(self, body: bytes) -> Reply:
        """Send a message once; each call of the same body is a repetition. Raises PartnerUnreachable."""

    async def collect(self, own: Own) -> list[Arrived]:
        """What is new and our own: taken and acknowledged. The rest of the mail stays where it is, for whom it is.

        Raises PartnerUnreachable, PartnerRefused.
        """


class RestDoor:
    """``POST /v1/messages`` and ``GET /v1/inbox``."""

    def __init__(self, partner: Partner) -> None:
        self._partner, self._after = partner, ""

    async def send(self, body: bytes) -> Reply:
        """202 with a receipt, or problem details."""
        answer = await self._partner.send(body)
        told = f"HTTP {answer.status} {answer.text}"
        if answer.status != 202:
            return Reply(taken=False, told=told)
        try:
            content = answer.json()
            receipt = f"{content['receipt']} {content['digest']}"
        except (ValueError, KeyError, TypeError):
            receipt = ""
        return Reply(taken=True, told=told, receipt=receipt)

    async def collect(self, own: Own) -> list[Arrived]:
        """A page of the inbox."""
        items, self._after = await self._partner.collect(self._after, WAIT)
        found = [(each["id"], Arrived(each["type"], each["body"].encode())) for each in items]
        return [await _taken(self._partner, id, arrived) for id, arrived in found if own(arrived)]


class SoapDoor:
    """The operation that takes the message, and the mailbox."""

    def __init__(self, partner: SoapPartner) -> None:
        self._partner, self._after = partner, ""

    async def send(self, body: bytes) -> Reply:
        """A receipt, or a fault whose detail holds the faults."""
        answer = await self._partner.send(body)
        if isinstance(answer, Receipt):
            return Reply(taken=True, told="a receipt", receipt=f"{answer.receipt} {answer.digest}")
        places = "; ".join(f"{each.pointer} {each.remedy}" for each in answer.faults)
        return Reply(taken=False, told=f"{answer.code} {answer.detail} {answer.remedy} {places}")

    async def collect(self, own: Own) -> list[Arrived]:
        """A page of the mailbox."""
        page = await self._partner.collect(self._after, WAIT)
        self._after = page.after
        found = [(each.id, Arrived(each.type, each.body.encode())) for each in page.items]
        return [await _taken(self._partner, id, arrived) for id, arrived in found if own(arrived)]


async def _taken(partner: Partner | SoapPartner, id: str, arrived: Arrived) -> Arrived:
    """Mail, once it is acknowledged."""
    await partner.acknowledge(id)
    return arrived


class As4Door:
    """Push and pull. ``push``: the leg for a message, by its type; ``pull``: the leg of the answers."""

    def __init__(
        self, point: AccessPoint, correspondent: Correspondent, push: Callable[[bytes], PMode], pull: PMode,
        sender: PartyId,
    ) -> None:  # fmt: skip
        self._point, self._correspondent = point, correspondent
        self._push, self._pull, self._sender = push, pull, sender
        self._sent: dict[bytes, tuple[PMode, UserMessage]] = {}

    async def send(self, body: bytes) -> Reply:
        """A receipt, or an error signal whose detail holds the faults."""
        mode, message = self._sent.get(body) or self._message(body)
        self._sent[body] = mode, message
        answered = await self._correspondent.push(mode, self._correspondent.pack(mode, message, [(body, "text/xml")]))
        match answered.verdict:
            case Verdict.RECEIPT:
                # each call packs anew, so the receipt is known by what it names; its octets are the AS4 cases' matter
                return Reply(taken=True, told="a receipt", receipt=message.id)
            case Verdict.REFUSED:
                return Reply(taken=False, told=answered.reason)
            case _:
                if answered.message is not None:  # a proven error after which a repetition might help
                    return Reply(taken=False, told=answered.reason)
                raise PartnerUnreachable(answered.reason[:300])

    async def collect(self, own: Own) -> list[Arrived]:
        """Everything that can be pulled. What is not ours gets no receipt; once it comes again, nothing is left."""
        found: list[Arrived] = []
        left = set[str]()
        while True:
            pulled = await self._correspondent.pull(self._pull, f"{self._pull.mpc}/{self._sender.value}")
            received = pulled.received
            if pulled.verdict is not Verdict.MESSAGE or received is None or not isinstance(pulled.message, UserMessage):
                if pulled.verdict is Verdict.EMPTY:
                    return found
                raise PartnerUnreachable(pulled.reason[:300] or "Nothing can be pulled.")
            bodies = [b"".join(spool.read()) for spool in received.payloads.values()]
            arrived = Arrived(pulled.message.action, bodies[0] if bodies else b"")
            if own(arrived):
                found.append(arrived)
                await self._correspondent.acknowledge(self._pull, received)
            received.discard()
            if pulled.message.id in left:
                return found
            left.add(pulled.message.id)

    def _message(self, body: bytes) -> tuple[PMode, UserMessage]:
        mode, point = self._push(body), self._point
        info = part_info("message", "text/xml", compress=mode.compress)
        message = UserMessage(
            f"{point.ids.random(16).hex()}@{point.host}", point.clock.now(), Party(self._sender, mode.sender.role),
            Party(mode.receiver.parties[0], mode.receiver.role), mode.service, mode.action,
            point.ids.random(8).hex(), mode.agreement, mode.mpc, parts=(info,),
        )  # fmt: skip
        return mode, message
