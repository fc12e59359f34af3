"""The AS4 channel from the other side: messages pushed to a partner's access point, and pulled from it.

Whatever is no proven ebMS answer (no connection, HTML, an empty body, an unsigned error) is tried again: only a signed
error that no repetition mends, and that names the message, ends a delivery: whoever stands between could say again what
the partner said of another one. A receipt counts when it repeats what was signed, and nothing else. A user message is
an answer to a pull alone: of a push none of its payloads is read.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from douane.channels.as4.binding import PATH, AccessPoint
from douane.channels.as4.receiving import Desk, Received, Receiver, always
from douane.channels.as4.sending import LONGEST_KEPT, SHORT, Packed, Packer, part_info
from douane.runtime.store.ports import Attempt, Offered, Outcome
from douane.runtime.store.transmission import Carried
from douane.shared_services.payloads.spool import SMALL
from douane.shared_services.web.http_sender import HttpSender
from douane.shared_services.web.retrying import asked
from douane.shared_services.web.sending import Patience, Request, Sender
from douane.standards.as4.awareness import Verdict, judge
from douane.standards.as4.matching import ANY, AgreementBook
from douane.standards.as4.messages import ErrorSignal, Message, Party, PartyId, PullRequest, Receipt, UserMessage
from douane.standards.as4.opening import references_of
from douane.standards.as4.pmodes import PMode
from douane.standards.as4.receipts import check_receipt
from douane.standards.xml_signature.pki_path import read_certificate
from douane.vocabulary.errors import DeclarationFault, DouaneError, NotAuthenticated, PartnerUnreachable, ReceiptInvalid

PATIENCE: Final = Patience(connect_seconds=15.0, idle_seconds=100.0, whole_seconds=3600.0)
"""A large message takes its time, as long as it moves."""
_SIGNALS: Final = AgreementBook([])
"""Agrees on no user message."""
HINT: Final = 2048
"""Octets kept of an answer that is no ebMS message, for the operator."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of one attempt: the verdict, why, the answer where it was one, and what a pull brought.

    after: seconds for which the partner asks to be left alone. media and octets: the answer as it came, where it was
    short.
    """

    verdict: Verdict
    reason: str = ""
    message: Message | None = None
    received: Received | None = None
    after: float = 0.0
    media: str = ""
    octets: bytes = b""


class AnswerReader:
    """Reads a partner's answers. ``party``: under which identifier its certificates are registered here."""

    def __init__(self, point: AccessPoint, party: str) -> None:
        self._point, self._party, self._book = point, party, AgreementBook(point.modes)
        self._limits = point.limits

    async def read(
        self, mode: PMode, status: int, media: str, body: AsyncIterator[bytes], *, pulls: bool = False
    ) -> Answered:  # fmt: skip
        """What an HTTP answer means. Never raises for what the partner did. pulls: a user message may come."""
        desk = Desk(
            self._book if pulls else _SIGNALS, self._point.certificates, self._point.payloads, self._authenticate,
            always(mode.security_profile), self._point.clock.now, self._limits,
        )  # fmt: skip
        seen = bytearray()
        try:
            received = await Receiver(desk).take(media, _seen(body, seen))
        except DouaneError as problem:
            if status in (202, 204) and not seen:
                return Answered(Verdict.EMPTY)
            shown = seen[:HINT].decode("utf-8", "replace")
            reason = f"HTTP {status}, no proven answer: {problem.text} {shown}"
            return Answered(Verdict.AGAIN, reason[:HINT])
        if isinstance(received.message, UserMessage):
            return Answered(Verdict.MESSAGE, "", received.message, received)
        verdict, octets = judge(received.message, proven=True), bytes(seen) if len(seen) <= SHORT else b""
        return Answered(verdict, _reason(received.message), received.message, received, media=media, octets=octets)

    def _authenticate(self, der: bytes) -> None:
        """The answer is the partner's own, whoever else may be trusted. Raises NotAuthenticated."""
        if not self._point.certificates.belongs(self._party, read_certificate(der)):
            raise NotAuthenticated(f"The answer is signed by somebody else than {self._party}.")


class Correspondent:
    """A partner's access point. ``party``: under which identifier its certificates are registered here."""

    def __init__(self, point: AccessPoint, sender: Sender, *, party: str, address: str = PATH) -> None:
        self._point, self._sender, self._party, self._address = point, sender, party, address
        self._reader = AnswerReader(point, party)
        self.packer = Packer(point.certificates, point.payloads, point.ids)

    def pack(self, mode: PMode, message: UserMessage, contents: Sequence[tuple[bytes, str]]) -> Packed:
        """A message made ready: the same octets for every attempt. ``contents``: payload and media type, in order."""
        payloads = [(info, [content], len(content)) for info, (content, _) in zip(message.parts, contents, strict=True)]
        return self.packer.pack(mode, message, payloads, self._party, self._point.clock.now())

    async def close(self) -> None:
        """Close the connections."""
        await self._sender.close()

    async def push(self, mode: PMode, packed: Packed, trace: str = "") -> Answered:
        """One attempt. Never raises for what the partner did. trace: what it says of its trace (W3C)."""
        answer = await self._post(mode, packed, trace)
        if answer.verdict is Verdict.REFUSED and not _names(answer.message, packed.message_id):
            return Answered(Verdict.AGAIN, f"an error about another message: {answer.reason}"[:HINT], answer.message)
        if not isinstance(answer.message, Receipt) or answer.verdict is not Verdict.RECEIPT:
            missing = answer.verdict is Verdict.EMPTY
            return Answered(Verdict.AGAIN, "no receipt came", answer.message) if missing else answer
        try:
            check_receipt(answer.message, packed.message_id, packed.references)
        except ReceiptInvalid as problem:
            return Answered(Verdict.AGAIN, problem.text, answer.message)
        return answer

    async def pull(self, mode: PMode, mpc: str) -> Answered:
        """The next message of a channel (in ``received``), or EMPTY. Take it, then ``acknowledge`` it."""
        request = PullRequest(f"{self._point.ids.random(16).hex()}@{self._point.host}", self._point.clock.now(), mpc)
        packed = self.packer.pack(mode, request, [], self._party, self._point.clock.now())
        return await self._post(mode, packed, pulls=True)

    async def acknowledge(self, mode: PMode, received: Received) -> Answered:
        """Push the receipt of a pulled message."""
        now = self._point.clock.now()
        id = f"{self._point.ids.random(16).hex()}@{self._point.host}"
        receipt = Receipt(id, now, received.message.id, references_of(received.claims))
        return await self._post(mode, self.packer.pack(mode, receipt, [], self._party, now))

    async def _post(self, mode: PMode, packed: Packed, trace: str = "", *, pulls: bool = False) -> Answered:
        headers = {"content-type": packed.content_type} | ({"traceparent": trace} if trace else {})
        request = Request("POST", mode.address or self._address, headers, _content(packed), PATIENCE)
        try:
            async with self._sender.send(request) as answer:
                media = answer.headers.get("content-type", "")
                read = await self._reader.read(mode, answer.status, media, answer.pieces, pulls=pulls)
                after = asked(answer.headers)
                return replace(read, after=after) if after else read
        except (PartnerUnreachable, DeclarationFault) as problem:
            return Answered(Verdict.AGAIN, f"no answer: {problem.text}")


def correspond(point: AccessPoint, party: str, tls: ssl.SSLContext, *, address: str = PATH) -> Correspondent:
    """A partner's access point over connections of its own; redirects are not followed.

    address: where it is called under legs that name no address.
    """
    return Correspondent(point, HttpSender(tls), party=party, address=address)


def tls_context(*, roots: Path | None, certificate: Path | None, key: Path | None) -> ssl.SSLContext:
    """The client's side of TLS 1.2 or newer: whom we trust (None: the system's roots), and who we say we are."""
    context = ssl.create_default_context(cafile=str(roots) if roots is not None else None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if certificate is not None:
        context.load_cert_chain(certificate, key)
    return context


@dataclass(frozen=True, slots=True)
class Route:
    """A lane: the partner's access point, and the agreement for a message type."""

    correspondent: Correspondent
    mode_of: Callable[[str], PMode]


class As4Transport:
    """Carries lanes to partners' access points: one message a request, in order; a repetition has the same octets.

    The id of a message comes from its position, so it stays the same after a restart too.
    """

    def __init__(self, point: AccessPoint, routes: Mapping[str, Route], *, keep: bool = True) -> None:
        """``keep``: whether receipts are kept, with what was signed for."""
        self._point, self._routes, self._keep = point, dict(routes), keep
        self._packed: dict[tuple[str, str], Packed] = {}

    async def send(self, lane: str, items: Sequence[Offered]) -> list[Attempt]:
        """Offer items in order; stops at the first that got no proven answer."""
        route = self._routes[lane]
        attempts: list[Attempt] = []
        for id, headers, body in items:
            try:
                mode = route.mode_of(headers["type"])
                packed = self._packed.get((lane, id)) or self._pack(lane, route, mode, id, headers, body)
            except DouaneError as problem:  # an agreement or a certificate is missing: an operator has to act
                attempts.append(Attempt(Outcome.FAILED, problem.text))
                break
            answer = await route.correspondent.push(mode, packed, headers.get("traceparent", ""))
            outcome, reason = _OUTCOMES[answer.verdict], answer.reason[:200]
            if outcome is Outcome.FAILED:
                attempts.append(Attempt(outcome, reason, answer.after))
                break
            attempts.append(Attempt(outcome, reason, carried=self._proof(packed, answer)))
            self._packed.pop((lane, id)).discard()
        return attempts

    def _proof(self, packed: Packed, answer: Answered) -> Carried | None:
        """What proves that the partner has it, where that is kept."""
        received = answer.received
        if not (self._keep and isinstance(answer.message, Receipt) and answer.octets and received is not None):
            return None
        if packed.size > LONGEST_KEPT:
            return None
        return Carried(packed.form(packed.whole())).receipted(answer.octets, answer.media, received.chain)

    async def close(self) -> None:
        """Close the connections."""
        for route in self._routes.values():
            await route.correspondent.close()

    def _pack(
        self, lane: str, route: Route, mode: PMode, id: str, headers: Mapping[str, str], body: bytes
    ) -> Packed:  # fmt: skip
        media = "application/json" if headers["media"] == "json" else "text/xml"
        info = part_info("message", media, compress=mode.compress)
        conversation = headers.get("conversation") or headers["correlation"] or id
        message = UserMessage(
            f"{id}@{self._point.host}", self._point.clock.now(), Party(mode.sender.parties[0], mode.sender.role),
            Party(_receiver(mode, headers.get("party", "")), mode.receiver.role), mode.service,
            headers["type"] if mode.action == ANY else mode.action, conversation, mode.agreement, mode.mpc,
            parts=(info,), ref_to=headers.get("answers", ""),
        )  # fmt: skip
        packed = route.correspondent.pack(mode, message, [(body, media)])
        if len(self._packed) >= KEPT:
            self._packed.pop(next(iter(self._packed))).discard()
        self._packed[lane, id] = packed
        return packed


KEPT: Final = 256
"""Messages kept packed for a repetition; one that fell out is packed anew, with the same digests."""
_OUTCOMES: Final = {
    Verdict.RECEIPT: Outcome.ARRIVED,
    Verdict.REFUSED: Outcome.REFUSED,
    Verdict.AGAIN: Outcome.FAILED,
    Verdict.EMPTY: Outcome.FAILED,
    Verdict.MESSAGE: Outcome.FAILED,
}


def _receiver(mode: PMode, party: str) -> PartyId:
    """Which of the parties that may receive is meant; the only one where the leg is with one partner."""
    meant = [each for each in mode.receiver.parties if each.value.rpartition("@")[2] == party]
    return (meant or list(mode.receiver.parties))[0]


def _content(packed: Packed) -> bytes | AsyncIterator[bytes]:
    """A small body at once, in one write with its head; a large one as a stream."""
    return packed.whole() if packed.size <= SMALL else _stream(packed)


async def _stream(packed: Packed) -> AsyncIterator[bytes]:
    for piece in packed.pieces():
        yield piece


async def _seen(body: AsyncIterator[bytes], seen: bytearray) -> AsyncIterator[bytes]:
    async for octets in body:
        seen += octets[: max(0, SHORT + 1 - len(seen))]
        yield octets


def _names(message: Message | None, id: str) -> bool:
    """Whether an error says that it is about a message, in its header or with one of its errors."""
    return isinstance(message, ErrorSignal) and id in (message.ref_to, *(each.ref_to for each in message.errors))


def _reason(message: Message) -> str:
    if not isinstance(message, ErrorSignal):
        return ""
    return "; ".join(f"{e.code} {e.short}: {e.detail or e.description}" for e in message.errors)[:HINT]
