"""What we send to a partner's AS4 access point, right and wrong, and what its answers are worth."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from douane.channels.as4.binding import AccessPoint
from douane.channels.as4.client import Answered, AnswerReader
from douane.channels.as4.sending import Packed, Packer, part_info
from douane.conformance import stalls
from douane.conformance.cases import Case, Judged, Trial, remark, right, wrong
from douane.conformance.stand_ins import stand_ins
from douane.conformance.wire import Target, Told, post
from douane.standards.as4 import names
from douane.standards.as4.awareness import Verdict
from douane.standards.as4.messages import ErrorSignal, Message, PartInfo, Party, Property, Receipt, Typed, UserMessage
from douane.standards.as4.pmodes import PMode
from douane.standards.as4.reading import read_envelope
from douane.standards.as4.receipts import check_receipt
from douane.standards.as4.securing import Signer
from douane.vocabulary.errors import DouaneError, ReceiptInvalid

FAILURES: Final = "ebMS 3.0 core, 6.7"
RECEIPTS: Final = "AS4 profile 1.0, 5.1.8"
AWARENESS: Final = "AS4 profile 1.0, 3.2"
_BLOCK: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Our end of one leg. ``content``: a business message that the partner takes, another one at each call.

    party: under which name the partner's certificates are registered with us. action: that of the content.
    properties: message properties that the leg demands.
    """

    point: AccessPoint
    party: str
    mode: PMode
    target: Target
    content: Callable[[], bytes]
    action: str
    media: str = "text/xml"
    properties: tuple[Property, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as HTTP, as ebMS, and the message in it where it was not proven."""

    told: Told
    answered: Answered
    hint: Message | None

    def __str__(self) -> str:
        told = self.told
        if not told.status:
            return (
                "the connection was closed without an answer" if told.closed else f"no answer in {told.seconds:.0f} s"
            )
        message = self.answered.message or self.hint
        match message:
            case ErrorSignal(errors=errors):
                text = "; ".join(
                    f"{e.code} {e.short}: {' '.join((e.detail or e.description).split())[:160]}" for e in errors
                )
            case Receipt():
                text = "a receipt"
            case None:
                text = f"{told.headers.get('content-type', 'no content')}, no ebMS message"
            case _:
                text = type(message).__name__
        proven = "" if self.answered.message or message is None else " (not proven)"
        return f"HTTP {told.status}: {text}{proven}"


class As4Bench:
    """The cases of one leg."""

    def __init__(self, outgoing: Outgoing) -> None:
        self._o = outgoing
        point = outgoing.point
        self._reader = AnswerReader(point, outgoing.party)
        self._packer = Packer(point.certificates, point.payloads, point.ids)

    @property
    def has_agreement(self) -> bool:
        """Whether the leg names an agreement."""
        return self._o.mode.agreement is not None

    # --- making messages

    def message(self, parts: Sequence[PartInfo] | None = None, **more: Any) -> UserMessage:
        """A message of the leg; ``more`` replaces fields."""
        point, mode = self._o.point, self._o.mode
        found = UserMessage(
            f"{point.ids.random(16).hex()}@{point.host}", point.clock.now(),
            Party(mode.sender.parties[0], mode.sender.role), Party(mode.receiver.parties[0], mode.receiver.role),
            mode.service, self._o.action, point.ids.random(8).hex(), mode.agreement, mode.mpc,
            properties=self._o.properties,
            parts=(self.info(),) if parts is None else tuple(parts),
        )  # fmt: skip
        return replace(found, **more)

    def info(self, *, compress: bool | None = None, content_id: str = "") -> PartInfo:
        """What a header says of the business payload."""
        named = content_id or next((rule.content_id for rule in self._o.mode.payloads if rule.content_id), "message")
        return part_info(named, self._o.media, compress=self._o.mode.compress if compress is None else compress)

    def packed(
        self, message: UserMessage | None = None, content: Iterable[bytes] | None = None, *, size: int = 0,
        infos: Sequence[PartInfo] | None = None, signer: Signer | None = None,
    ) -> Packed:  # fmt: skip
        """A message with its payload. ``infos``: how parts are sealed, where that is not what the header says."""
        made = self.message() if message is None else message
        octets = [self._o.content()] if content is None else content
        sealed = made.parts if infos is None else infos
        contents = [(info, octets if n == 0 else [b"%PDF-1.7 second payload"], size) for n, info in enumerate(sealed)]
        now, mode = self._o.point.clock.now(), self._o.mode
        certificates = self._o.point.certificates
        recipient = certificates.recipient(mode, self._o.party, now) if contents and mode.security.encrypt else None
        return self._packer.seal(mode, made, contents, signer or certificates.signer(mode, now), recipient)

    # --- sending, and reading what came

    async def send(self, packed: Packed, *, body: bytes = b"", media: str = "", **how: Any) -> Reply:
        """One attempt with these octets, or with others in their place. ``how``: as ``wire.post`` takes it."""
        headers = {"content-type": media or packed.content_type}
        told = await post(self._o.target, headers, body or packed.whole(), **how)
        answered = await self._reader.read(
            self._o.mode, told.status, told.headers.get("content-type", ""), _once(told.body)
        )
        return Reply(told, answered, None if answered.message else _hint(told.body))

    async def accepted(self, packed: Packed) -> tuple[Judged, Reply]:
        """Send what has to be receipted."""
        reply = await self.send(packed)
        return self.receipted(packed, reply), reply

    def receipted(self, packed: Packed, reply: Reply) -> Judged:
        """Whether an answer is the receipt of a message: proven, for this one, with all that was signed."""
        if not isinstance(reply.answered.message, Receipt):
            if isinstance(reply.hint, Receipt):
                return wrong(f"{reply}: {reply.answered.reason[:200]}",
                             "Sign receipts with the certificate that you agreed with us.")  # fmt: skip
            remedy = "Mend what the error names." if reply.hint or reply.answered.message else "Answer by a receipt."
            return wrong(str(reply), remedy)
        try:
            check_receipt(reply.answered.message, packed.message_id, packed.references)
        except ReceiptInvalid as problem:
            return wrong(problem.text, problem.remedy or "Copy every ds:Reference of the signature into the receipt.")
        return right(f"{reply} with all {len(packed.references)} references")

    def refused(self, reply: Reply, codes: Sequence[str], remedy: str) -> Judged:
        """Whether an answer is an error signal with one of these codes."""
        message = reply.answered.message or reply.hint
        if isinstance(message, Receipt):
            return wrong(str(reply), remedy)
        if not isinstance(message, ErrorSignal):
            return wrong(
                str(reply), f"Answer by an error signal, {' or '.join(codes)}; a bare HTTP answer is repeated."
            )
        found = {each.code.upper() for each in message.errors}
        if not found & set(codes):
            return remark(str(reply), f"Name {' or '.join(codes)}, so that the sender knows what to mend.")
        if reply.answered.verdict is Verdict.AGAIN and reply.hint is not None:
            return remark(str(reply), "Sign error signals: an unsigned one is a hint, and the message is repeated.")
        return right(str(reply))

    # --- the cases: what has to be receipted

    async def good(self) -> Judged:
        """A message as agreed."""
        return (await self.accepted(self.packed()))[0]

    async def ping(self) -> Judged:
        """The test service: no payload, never delivered."""
        message = self.message((), service=Typed(names.TEST_SERVICE), action=names.TEST_ACTION)
        return (await self.accepted(self.packed(message)))[0]

    async def compressed(self) -> Judged:
        """A payload under gzip."""
        return (await self.accepted(self.packed(self.message((self.info(compress=True),)))))[0]

    async def uncompressed(self) -> Judged:
        """A payload as it is: its digest goes over canonical XML, not over octets (SwA profile 1.1)."""
        return (await self.accepted(self.packed(self.message((self.info(compress=False),)))))[0]

    async def several(self) -> Judged:
        """A business message and an attachment."""
        message = self.message((self.info(), part_info("attachment", "application/pdf", compress=True)))
        judged, reply = await self.accepted(self.packed(message))
        if isinstance(reply.answered.message, ErrorSignal):
            return remark(str(reply), "Say in the agreement that one payload is the most.")
        return judged

    async def duplicate(self) -> Judged:
        """The same octets twice."""
        packed = self.packed()
        first, once = await self.accepted(packed)
        again, twice = await self.accepted(packed)
        for judged in (first, again):
            if judged != right(judged.seen):
                return replace(judged, seen=f"the {'first' if judged is first else 'second'} time {judged.seen}")
        if once.told.body != twice.told.body:
            return remark("another receipt for the repetition",
                          "Keep the receipt, and answer a repetition with the same octets.")  # fmt: skip
        return right("the same receipt, octet by octet")

    async def changed(self) -> Judged:
        """Another content under a known id."""
        message = self.message()
        judged, _ = await self.accepted(self.packed(message))
        if judged != right(judged.seen):
            return judged
        reply = await self.send(self.packed(message))
        return self.refused(reply, ("EBMS:0003",), "Compare digests under a known id, and refuse another content.")

    # --- what has to be refused

    async def digest(self) -> Judged:
        """A header that was changed after it was signed."""
        packed = self.packed()
        mark = b"</eb:ConversationId>"
        body = packed.whole().replace(mark, b"-changed" + mark, 1)
        reply = await self.send(packed, body=body)
        return self.refused(reply, ("EBMS:0101",), "Check the digest of every reference before anything is used.")

    async def cipher(self) -> Judged:
        """A payload whose octets were changed on the way."""
        packed = self.packed()
        body = bytearray(packed.whole())
        body[body.rindex(b"\r\n--") - 20] ^= 1
        reply = await self.send(packed, body=bytes(body))
        codes = ("EBMS:0102", "EBMS:0101") if self._o.mode.security.encrypt else ("EBMS:0101",)
        return self.refused(reply, codes, "Check the authentication tag, and give out nothing before it held.")

    async def unsigned(self) -> Judged:
        """No signature at all."""
        packed = self.packed()
        start, end = packed.envelope.index(b"<ds:Signature "), packed.envelope.index(b"</ds:Signature>")
        signature = packed.envelope[start : end + len(b"</ds:Signature>")]
        reply = await self.send(packed, body=packed.whole().replace(signature, b"", 1))
        return self.refused(reply, ("EBMS:0103", "EBMS:0101"), "Take nothing that is not signed.")

    async def expired(self) -> Judged:
        """Signed with our key under a certificate that has expired."""
        return await self._signed_by(self._stand_ins().expired, "Check the validity of certificates at each message.")

    async def unknown(self) -> Judged:
        """Signed by a stranger who calls itself as we do."""
        return await self._signed_by(self._stand_ins().unknown, "Trust registered certificates, not their names.")

    async def agreement(self) -> Judged:
        """An agreement that was never concluded."""
        message = self.message(agreement=Typed("never-concluded"))
        reply = await self.send(self.packed(message))
        return self.refused(reply, ("EBMS:0010", "EBMS:0001"), "Match the agreement, and name the field that failed.")

    async def service(self) -> Judged:
        """A service that nobody agreed on."""
        reply = await self.send(self.packed(self.message(service=Typed("nowhere", "urn:douane:bench"))))
        return self.refused(reply, ("EBMS:0010", "EBMS:0001"), "Match service and action before anything is delivered.")

    async def packaging(self) -> Judged:
        """A boundary that occurs nowhere in the body."""
        packed = self.packed()
        reply = await self.send(packed, media=packed.content_type.replace(packed.boundary, "nowhere"))
        return self.refused(reply, ("EBMS:0007", "EBMS:0009"), "Refuse what cannot be taken apart.")

    async def unnamed(self) -> Judged:
        """A signed part that PayloadInfo does not name."""
        reply = await self.send(self.packed(self.message(()), infos=(self.info(),)))
        return self.refused(reply, ("EBMS:0007", "EBMS:0009", "EBMS:0011"), "Match parts and PartInfo one to one.")

    async def damaged(self) -> Judged:
        """A payload that calls itself gzip and is none."""
        info = self.info(compress=True)
        plain = PartInfo(info.content_id, (Property(names.MIME_TYPE, names.GZIP_MEDIA),))
        reply = await self.send(self.packed(self.message((info,)), [b"no gzip"], infos=(plain,)))
        return self.refused(reply, ("EBMS:0303",), "Unpack before the receipt is given.")

    async def oversized(self) -> Judged:
        """One octet more than agreed, unpacked; on the wire it is small."""
        most = self._o.mode.largest
        packed = self.packed(self.message((self.info(compress=True),)), _zeros(most + 1), size=most)
        try:
            reply = await self.send(packed)
        finally:
            packed.discard()
        if reply.told.status == 413:
            return right(str(reply))
        codes = ("EBMS:0007", "EBMS:0303", "EBMS:0004", "EBMS:0011", "EBMS:0054", "EBMS:0055")
        return self.refused(reply, codes, f"Stop unpacking at {most} octets, whatever the message promises.")

    async def entities(self) -> Judged:
        """A document type declaration before the envelope."""
        packed = self.packed()
        start = b"<S12:Envelope "
        body = packed.whole().replace(start, b'<!DOCTYPE S12:Envelope [<!ENTITY x "x">]>' + start, 1)
        reply = await self.send(packed, body=body)
        return self.refused(reply, ("EBMS:0009", "EBMS:0004", "EBMS:0101"), "Refuse document types before parsing.")

    # --- what takes time

    async def drips(self) -> Judged:
        """One request drips; another one beside it has to be served."""
        return await stalls.beside(self.send(self.packed(), drip=True), self.good)

    async def half_open(self) -> Judged:
        """A request that stops in the middle, then the same one whole."""
        packed = self.packed()
        reply = await self.send(packed, stop=packed.size // 2)
        return await stalls.stopped(reply.told, functools.partial(self._whole, packed))

    async def _whole(self, packed: Packed) -> Judged:
        return (await self.accepted(packed))[0]

    async def _signed_by(self, signer: Signer, remedy: str) -> Judged:
        reply = await self.send(self.packed(signer=signer))
        return self.refused(reply, ("EBMS:0101",), remedy)

    def _stand_ins(self) -> Any:
        point = self._o.point
        now = point.clock.now()
        serial = int.from_bytes(b"\1" + point.ids.random(8), "big")
        own = point.certificates.signer(self._o.mode, now)
        return stand_ins(own, dt.datetime.fromtimestamp(now / 1e6, dt.UTC), serial)


def _zeros(size: int) -> Iterator[bytes]:
    for at in range(0, size, _BLOCK):
        yield bytes(min(_BLOCK, size - at))


async def _once(body: bytes) -> AsyncIterator[bytes]:
    yield body


def _hint(body: bytes) -> Message | None:
    """The message of an answer that is not proven, where it can be read."""
    try:
        return read_envelope(body).message
    except DouaneError:
        return None


_RECEIPT: Final = "a signed receipt with every reference of the signature"
_AGREEMENT: Final = Case("out.agreement", "an agreement that was never concluded", "EBMS:0010", f"{FAILURES}.1")
CASES: Final = (
    (Case("out.good", "a message as agreed", _RECEIPT, RECEIPTS), As4Bench.good, False),
    (Case("out.ping", "the test service", "a receipt, no delivery", "eDelivery AS4, test service"), As4Bench.ping,
     False),
    (Case("out.compressed", "a payload under gzip", _RECEIPT, "AS4 profile 1.0, 3.1"), As4Bench.compressed, False),
    (Case("out.uncompressed", "a payload as it is", _RECEIPT, "SwA profile 1.1, 5"), As4Bench.uncompressed, False),
    (Case("out.several", "two payloads", _RECEIPT, "ebMS 3.0 core, 5.2"), As4Bench.several, False),
    (Case("out.duplicate", "the same message twice", "the same receipt twice", AWARENESS), As4Bench.duplicate, False),
    (Case("out.changed", "another content under a known id", "EBMS:0003", AWARENESS), As4Bench.changed, False),
    (Case("out.digest", "a header changed after signing", "EBMS:0101", f"{FAILURES}.2"), As4Bench.digest, False),
    (Case("out.cipher", "payload octets changed on the way", "EBMS:0102", f"{FAILURES}.2"), As4Bench.cipher, False),
    (Case("out.unsigned", "no signature", "EBMS:0103", f"{FAILURES}.2"), As4Bench.unsigned, False),
    (Case("out.expired", "an expired certificate", "EBMS:0101", f"{FAILURES}.2"), As4Bench.expired, False),
    (Case("out.unknown", "a stranger's certificate", "EBMS:0101", f"{FAILURES}.2"), As4Bench.unknown, False),
    (_AGREEMENT, As4Bench.agreement, False),
    (Case("out.service", "a service that was not agreed", "EBMS:0010", f"{FAILURES}.1"), As4Bench.service, False),
    (Case("out.packaging", "a malformed MIME body", "EBMS:0007", f"{FAILURES}.1"), As4Bench.packaging, False),
    (Case("out.unnamed", "a part that no PartInfo names", "EBMS:0007", f"{FAILURES}.1"), As4Bench.unnamed, False),
    (Case("out.damaged", "gzip that is none", "EBMS:0303", "AS4 profile 1.0, 3.6"), As4Bench.damaged, False),
    (Case("out.oversized", "one octet more than agreed", "an error, or HTTP 413", "the agreement"), As4Bench.oversized,
     False),
    (Case("out.entities", "a document type declaration", "EBMS:0009", "SOAP 1.2 part 1, 5"), As4Bench.entities, False),
    (Case("out.slow-body", "a body that drips", "others are served meanwhile", "the agreement"), As4Bench.drips, True),
    (Case("out.half-open", "a request that stops half way", "closed in time; whole, it is receipted", AWARENESS),
     As4Bench.half_open, True),
)  # fmt: skip


def trials(make: Callable[[str], As4Bench]) -> list[Trial]:
    """Every case that a leg has, in the order in which they are told. ``make``: the bench of a case, by its id."""
    found = [(case, work, aside, make(case.id)) for case, work, aside in CASES]
    return [
        Trial(case, functools.partial(work, bench), aside=aside)
        for case, work, aside, bench in found
        if case is not _AGREEMENT or bench.has_agreement
    ]
