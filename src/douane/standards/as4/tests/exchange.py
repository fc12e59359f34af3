"""A sender and a receiver in memory: what tests of AS4 send, and how it is read."""

from __future__ import annotations

import dataclasses
import os
from dataclasses import dataclass
from typing import Any

from douane.standards.as4 import names
from douane.standards.as4.messages import Message, PartInfo, Party, PartyId, Property, Typed, UserMessage
from douane.standards.as4.opening import Claims, Opener, check_parts, prove, read_claims
from douane.standards.as4.profiles import V1, V2, SecurityProfile
from douane.standards.as4.reading import Envelope, read_envelope
from douane.standards.as4.securing import Recipient, SealedPart, Sealer, Secured, Signer, content_key, nonce, secure
from douane.standards.as4.writing import messaging
from douane.standards.mime.gzip_stream import unpack
from douane.standards.mime.reading import Limits, PartData, PartEnd, PartStart, Splitter
from douane.standards.mime.writing import Part, multipart
from douane.standards.xml_encryption.keys import KeyMethod
from douane.standards.xml_signature.tests.certified import end
from douane.standards.xml_signature.tokens import TokenForm

NOW = 1_795_514_400_123_000  # 2026-11-24T10:00:00.123Z
XML = b"<CC015C>twelve items</CC015C>"
TRADER = Party(
    PartyId("FR00000000000001", "urn:oasis:names:tc:ebcore:partyid-type:unregistered:eu-customs:EORI"), "Trader"
)
CUSTOMS = Party(PartyId("sti-taxud", "urn:oasis:names:tc:ebcore:partyid-type:unregistered:eu-customs:auth"), "Customs")
BOUNDARY = "b0undary"
BOTH = (V1, V2)
KINDS = {"1.x": ("rsa", "rsa2"), "2.0": ("ed25519", "x25519")}
"""The keys of each profile: the sender's for signing, the receiver's for decryption."""


def signer_of(profile: SecurityProfile, form: TokenForm = TokenForm.CERTIFICATE) -> Signer:
    sender = end(KINDS[profile.name][0])
    return Signer(sender.signing, sender.chain, profile.signature, form)


def recipient_of(profile: SecurityProfile, form: TokenForm = TokenForm.KEY_IDENTIFIER) -> Recipient:
    return Recipient(end(KINDS[profile.name][1]).chain, profile.key, form)


def user_message(*contents: bytes, compress: bool = True, media_type: str = "text/xml", **more: Any) -> UserMessage:
    properties = [Property(names.MIME_TYPE, media_type)]
    if compress:
        properties.append(Property(names.COMPRESSION_TYPE, names.GZIP_MEDIA))
    parts = tuple(PartInfo(f"payload{n}@host", tuple(properties)) for n in range(len(contents)))
    message = UserMessage(
        "8a1f2c3d-1@sender.example", NOW, TRADER, CUSTOMS, Typed("eu_ics2_t2c", "eu-customs-service-type"), "IE3F10",
        "conversation 1", Typed("EU-ICS2-TI-V2.0", "ics2-interface-version"), parts=parts,
    )  # fmt: skip
    return dataclasses.replace(message, **more)


@dataclass
class Sent:
    """A message as it goes out: its envelope, its parts, what its receipt has to repeat."""

    secured: Secured
    parts: list[tuple[SealedPart, bytes]]

    def body(self) -> bytes:
        root = (Part("application/soap+xml; charset=UTF-8", "root@host"), [self.secured.envelope])
        rest = [(Part(p.wire_type, p.content_id), [octets]) for p, octets in self.parts]
        return b"".join(multipart(BOUNDARY, [root, *rest]))


def send(
    message: Message, *contents: bytes, profile: SecurityProfile = V1, encrypt: bool = True,
    form: TokenForm | None = None, recipient_form: TokenForm = TokenForm.KEY_IDENTIFIER,
    method: KeyMethod | None = None, to: str = "",
) -> Sent:  # fmt: skip
    key = content_key(os.urandom) if encrypt else b""
    parts = []
    for info, content in zip(getattr(message, "parts", ()), contents, strict=True):
        sealer = Sealer(
            info.content_id, info.value_of(names.MIME_TYPE), compress=info.compressed, key=key, nonce=nonce(os.urandom)
        )
        octets = sealer.update(content) + sealer.finish()
        parts.append((sealer.part(), octets))
    recipient = recipient_of(profile, recipient_form)
    if method is not None:
        recipient = Recipient(end(to).chain, method, recipient_form)
    secured = secure(
        messaging(message), [p for p, _ in parts], signer_of(profile, form or TokenForm.CERTIFICATE),
        recipient=recipient if encrypt else None, key=key, random=os.urandom,
    )  # fmt: skip
    return Sent(secured, parts)


@dataclass
class Received:
    """A message as it was proven: payloads unpacked, by Content-ID."""

    envelope: Envelope
    claims: Claims
    payloads: dict[str, bytes]


def receive(
    body: bytes,
    *,
    profile: SecurityProfile = V1,
    signer: str = "",
    own: str = "",
    encrypted: bool = True,
    now: int = NOW,
) -> Received:
    """The receiver's steps in their order."""
    parts: list[tuple[PartStart, bytearray]] = []
    splitter = Splitter(BOUNDARY.encode(), Limits(parts=66))
    for event in splitter.feed(body):
        match event:
            case PartStart():
                parts.append((event, bytearray()))
            case PartData():
                parts[-1][1].extend(event.octets)
            case PartEnd():
                pass
    splitter.close()
    envelope = read_envelope(bytes(parts[0][1]))
    check_parts(envelope, [start.content_id for start, _ in parts[1:]])
    claims = read_claims(envelope, profile, encrypted=encrypted)
    key = claims.key.content_key(end(own or KINDS[profile.name][1]).key) if claims.key else b""
    digests, payloads = {}, {}
    for start, octets in parts[1:]:
        locked = claims.parts.get(start.content_id)
        opener = Opener(locked.media_type if locked else start.media_type.name, key if locked else b"")
        payloads[start.content_id] = opener.update(bytes(octets))
        digests[start.content_id] = opener.finish()
    prove(envelope, claims, end(signer or KINDS[profile.name][0]).public, digests, now)
    for info in getattr(envelope.message, "parts", ()):
        if info.compressed:
            payloads[info.content_id] = unpack(payloads[info.content_id], 64 * 1024 * 1024)
    return Received(envelope, claims, payloads)


def signal(message: Message, *, profile: SecurityProfile = V1) -> bytes:
    """A signed signal without parts, as bare SOAP."""
    return secure(messaging(message), [], signer_of(profile), random=os.urandom).envelope


def prove_signal(octets: bytes, *, profile: SecurityProfile = V1) -> Message:
    envelope = read_envelope(octets)
    claims = read_claims(envelope, profile, encrypted=True)
    prove(envelope, claims, end(KINDS[profile.name][0]).public, {}, NOW)
    return envelope.message
