"""The protocols in which a partner sends, as the bench answers them: AS4, REST, SOAP, and our own webhooks."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ed25519

from douane.channels.as4.binding import AccessPoint
from douane.channels.as4.receiving import Desk, Received, Receiver, always
from douane.channels.as4.sending import Packer
from douane.channels.webhook.signing import Signed, verify
from douane.conformance.incoming import Came, Sources
from douane.conformance.wire import Answer, Asked
from douane.model.web_services import Receipt as WebReceipt
from douane.runtime.store.ports import Clock
from douane.standards.as4 import names
from douane.standards.as4.errors import EMPTY_CHANNEL, ebms_error, error_of
from douane.standards.as4.matching import AgreementBook
from douane.standards.as4.messages import EbmsError, ErrorSignal, Message, PullRequest, Receipt
from douane.standards.as4.opening import references_of
from douane.standards.soap.addressing import read_addressing
from douane.standards.soap.envelope import Version, canonical, envelope_text, fault_text, read_envelope
from douane.standards.xml_schema.binding import writer_of
from douane.standards.xml_schema.structs import group_of
from douane.standards.xml_signature.pki_path import read_certificate
from douane.vocabulary.errors import BadRequest, DouaneError, NotAuthenticated, NotValid

Check = Callable[[bytes], object]
_IDENTIFICATION: Final = re.compile(rb"<(?:\w+:)?messageIdentification>\s*([^<]{1,35}?)\s*<")
_VALUE: Final = re.compile(r"(<ds:DigestValue[^>]*>)[^<]*")
_PUBLISHED: Final = "{http://ncts.dgtaxud.ec}"
OTHER: Final = hashlib.sha256(b"something else").digest()
_write_receipt = writer_of(group_of(WebReceipt))


class As4Dialect:
    """An access point of ours that receipts what is proven, or answers as it is told. ``party``: who may send.

    check: raises what is wrong with a payload of a published family (XML).
    """

    sources = Sources("ebMS 3.0 core, 5", "AS4 profile 1.0, 3.2", "AS4 profile 1.0, 5.1.8", "ebMS 3.0 core, 6")

    def __init__(self, point: AccessPoint, party: str, check: Check) -> None:
        self._point, self._party, self._check = point, party, check
        self._packer = Packer(point.certificates, point.payloads, point.ids)
        self._desk = Desk(
            AgreementBook(point.modes), point.certificates, point.payloads, self._authenticate,
            always(point.modes[0].security_profile), point.clock.now, point.limits,
        )  # fmt: skip
        self._received: dict[str, Received] = {}
        self._receipts: dict[str, Answer] = {}
        self._troubles: set[str] = set()

    async def read(self, asked: Asked) -> Came | Answer:
        """A business message; the test service, pull requests and signals are answered at once."""
        received = await Receiver(self._desk).take(asked.headers.get("content-type", ""), _once(asked.body))
        message = received.message
        match message:
            case PullRequest():
                empty = ebms_error(EMPTY_CHANNEL, ref_to=message.id)
                return self._signal(ErrorSignal(self._id(), self._point.clock.now(), message.id, (empty,)))
            case ErrorSignal(errors=errors):
                self._troubles |= {message.ref_to, *(each.ref_to for each in errors)}
                return Answer(202)
            case Receipt():
                return Answer(202)
        self._received[message.id] = received
        content = b"".join(b"".join(spool.read()) for spool in received.payloads.values())
        digest = hashlib.sha256(content).digest()
        came = Came(message.id, digest, f"{message.action}, payloads: {len(message.parts)}")
        xml = len(message.parts) == 1 and "xml" in message.parts[0].value_of(names.MIME_TYPE)
        received.discard()
        if message.is_test:
            return self.receipt(came)
        return _checked(came, content, self._check) if xml else came

    def receipt(self, came: Came) -> Answer:
        """The receipt, kept for repetitions."""
        if came.id not in self._receipts:
            self._receipts[came.id] = self._receipt(came, references_of(self._received[came.id].claims))
        return self._receipts[came.id]

    def wrong_receipt(self, came: Came) -> Answer:
        """A receipt whose digests are those of something else."""
        wrong = base64.b64encode(OTHER).decode()
        return self._receipt(
            came, tuple(_VALUE.sub(rf"\g<1>{wrong}", each) for each in references_of(self._received[came.id].claims))
        )

    def refusal(self, came: Came) -> Answer:
        """A signed error that no repetition mends."""
        return self._refusal(
            came.id, ebms_error("EBMS:0009", description="Refused by a partner bench.", ref_to=came.id)
        )

    def unreadable(self, problem: DouaneError) -> Answer:
        """The error signal for what could not be proven."""
        return self._refusal("", error_of(problem))

    def reported(self, id: str) -> bool:
        """Whether an error signal named the message."""
        return id in self._troubles

    def _receipt(self, came: Came, references: tuple[str, ...]) -> Answer:
        return self._signal(Receipt(self._id(), self._point.clock.now(), came.id, references), came.id)

    def _refusal(self, ref_to: str, error: EbmsError) -> Answer:
        return self._signal(ErrorSignal(self._id(), self._point.clock.now(), ref_to, (error,)), ref_to)

    def _signal(self, message: Message, about: str = "") -> Answer:
        known = self._received.get(about)
        mode = known.mode if known is not None and known.mode is not None else self._point.modes[0]
        signer = self._point.certificates.signer(mode, self._point.clock.now())
        media = (("content-type", f"{names.SOAP_MEDIA}; charset=UTF-8"),)
        return Answer(200, self._packer.signal(message, signer), media)

    def _authenticate(self, der: bytes) -> None:
        if not self._point.certificates.belongs(self._party, read_certificate(der)):
            raise NotAuthenticated(f"The message is signed by somebody else than {self._party}.",
                                   remedy="Sign with the certificate that is registered with us.")  # fmt: skip

    def _id(self) -> str:
        return f"{self._point.ids.random(16).hex()}@{self._point.host}"


class RestDialect:
    """``POST /v1/messages`` or ``POST /SERVICE/v1/OPERATION``; the inbox is empty.

    check: raises what is wrong with a body of a published family (XML).
    """

    sources = Sources("the service's OpenAPI", "docs/partners.md", "docs/quickstart.md", "RFC 9457")

    def __init__(self, check: Check, clock: Clock) -> None:
        self._check, self._clock = check, clock

    async def read(self, asked: Asked) -> Came | Answer:
        """A message, with what its schema says of it."""
        if asked.method != "POST":
            return _json(200, {"items": [], "after": ""})
        if asked.path.endswith("/ack"):
            return Answer(204)
        json_ = "json" in asked.headers.get("content-type", "")
        found = _IDENTIFICATION.search(asked.body)
        own = found[1].decode("utf-8", "replace") if found else ""
        digest = hashlib.sha256(asked.body).digest()
        id = own or asked.headers.get("message-id", "") or digest.hex()
        came = Came(id, digest, f"{len(asked.body)} octets at {asked.path[:60]}")
        return came if json_ else _checked(came, asked.body, self._check)

    def receipt(self, came: Came) -> Answer:
        """202 with a receipt."""
        return self._receipt(came, came.digest)

    def wrong_receipt(self, came: Came) -> Answer:
        """202 with the digest of something else."""
        return self._receipt(came, OTHER)

    def refusal(self, _came: Came, /) -> Answer:
        """422 with a fault."""
        return _problem(422, NotValid("Refused by a partner bench.", remedy="Send it no more."))

    def unreadable(self, problem: DouaneError) -> Answer:
        """Problem details."""
        return _problem(400, problem)

    def reported(self, _id: str, /) -> bool:
        """REST has no way to tell."""
        return False

    def _receipt(self, came: Came, digest: bytes) -> Answer:
        return _json(202, _receipt_of(came, digest, self._clock))


class SoapDialect(RestDialect):
    """A message in the body of an envelope, SOAP 1.1 or 1.2; the digest goes over its canonical form."""

    sources = Sources("the service's WSDL", "docs/partners.md", "docs/soap.md", "docs/soap.md")

    def __init__(self, check: Check, clock: Clock) -> None:
        super().__init__(check, clock)
        self._forms: dict[str, tuple[Version, str]] = {}

    async def read(self, asked: Asked) -> Came | Answer:
        """The element in the body."""
        if asked.method != "POST":
            return Answer(405, headers=(("allow", "POST"),))
        envelope = read_envelope(asked.body)
        body = canonical(envelope.body)
        found = _IDENTIFICATION.search(body.replace(b"&lt;", b"<").replace(b"&gt;", b">"))
        own = found[1].decode("utf-8", "replace") if found else ""
        digest = hashlib.sha256(body).digest()
        id = own or read_addressing(envelope.headers).message_id or digest.hex()
        action = asked.headers.get("soapaction", "").strip('"').rpartition("/")[2] or "send"
        self._forms[id] = envelope.version, action
        tag = str(envelope.body.tag)
        came = Came(id, digest, f"{tag.rpartition('}')[2]} by SOAP")
        return _checked(came, body, self._check) if tag.startswith(_PUBLISHED) else came

    def refusal(self, came: Came) -> Answer:
        """A fault of the sender."""
        return _fault(self._forms[came.id][0], BadRequest("Refused by a partner bench.", remedy="Send it no more."))

    def unreadable(self, problem: DouaneError) -> Answer:
        """A fault of the sender that says what is wrong."""
        return _fault(Version.SOAP11, problem)

    def _receipt(self, came: Came, digest: bytes) -> Answer:
        facts = _receipt_of(came, digest, self._clock)
        moment = dt.datetime.fromtimestamp(self._clock.now() // 1000 / 1000, dt.UTC)
        content = _write_receipt(WebReceipt(**{**facts, "received": moment}))  # type: ignore[arg-type]  # the rest is text
        version, action = self._forms[came.id]
        return _soap(version, 200, f'<{action}Response xmlns="urn:douane:bench">{content}</{action}Response>')


class WebhookDialect:
    """The receiver of our webhooks: it believes what the key signed, nothing else. ``url``: where it is registered."""

    sources = Sources("RFC 9421; docs/partners.md", "docs/partners.md", "", "docs/partners.md")

    def __init__(self, url: str, keys: Mapping[str, ed25519.Ed25519PublicKey]) -> None:
        self._url, self._keys = url, keys

    async def read(self, asked: Asked) -> Came | Answer:
        """A signed message."""
        if asked.method != "POST":
            return Answer(405, headers=(("allow", "POST"),))
        verify(Signed("POST", self._url, dict(asked.headers)), asked.body, self._keys)
        id, kind = asked.headers.get("douane-message", ""), asked.headers.get("douane-type", "")
        return Came(id, hashlib.sha256(asked.body).digest(), f"{kind} {asked.headers.get('douane-sequence', '')}")

    def receipt(self, _came: Came, /) -> Answer:
        """The confirmation of arrival: any 2xx."""
        return Answer(204)

    wrong_receipt = receipt

    def refusal(self, _came: Came, /) -> Answer:
        """A message that will never be taken."""
        return Answer(422)

    def unreadable(self, _problem: DouaneError, /) -> Answer:
        """Not signed as it should be."""
        return Answer(401)

    def reported(self, _id: str, /) -> bool:
        """Webhooks have no way to tell."""
        return False


def _checked(came: Came, body: bytes, check: Check) -> Came:
    try:
        check(body)
    except DouaneError as problem:
        first = f" {problem.faults[0].pointer}: {problem.faults[0].remedy}" if problem.faults else ""
        return replace(came, fault=f"{problem.text}{first}", remedy=problem.remedy)
    return came


def _receipt_of(came: Came, digest: bytes, clock: Clock) -> dict[str, str]:
    received = dt.datetime.fromtimestamp(clock.now() / 1e6, dt.UTC).isoformat(timespec="milliseconds")
    return {
        "id": came.id[:35], "receipt": came.digest[:6].hex(), "case": came.digest[:8].hex(), "received": received,
        "digest": digest.hex(), "leaf": OTHER.hex(), "promise": base64.b64encode(OTHER).decode(),
    }  # fmt: skip


def _json(status: int, content: object) -> Answer:
    return Answer(status, json.dumps(content).encode(), (("content-type", "application/json"),))


def _problem(status: int, problem: DouaneError) -> Answer:
    content = {"status": status, "code": problem.code, "detail": problem.text, "remedy": problem.remedy}
    return Answer(status, json.dumps(content).encode(), (("content-type", "application/problem+json"),))


def _soap(version: Version, status: int, body: str) -> Answer:
    return Answer(status, envelope_text(version, body), (("content-type", version.media),))


def _fault(version: Version, problem: DouaneError) -> Answer:
    status = 400 if version is Version.SOAP12 else 500
    return _soap(version, status, fault_text(version, version.sender, str(problem)))


async def _once(body: bytes) -> AsyncIterator[bytes]:
    yield body
