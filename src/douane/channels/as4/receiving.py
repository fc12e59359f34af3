"""A message received from a stream: refused as early as possible, proven before anything of it is used.

The envelope comes first, so its agreement, its signer and the signature over header and body are settled before one
octet of a payload is decrypted: a stranger costs a parse and one signature check.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from cryptography import x509

from douane.channels.as4.certificates import CertificateRegister
from douane.runtime.door.decoding import Decoding
from douane.runtime.door.door import Authenticated
from douane.runtime.store.ports import Payloads
from douane.shared_services.payloads.spool import IN_MEMORY, SMALL, Spool
from douane.standards.as4 import names
from douane.standards.as4.matching import AgreementBook, check_time
from douane.standards.as4.messages import Message, PartInfo, UserMessage
from douane.standards.as4.opening import Claims, Opener, check_parts, prove_header, prove_parts, read_claims
from douane.standards.as4.pmodes import PMode, check_message
from douane.standards.as4.profiles import SecurityProfile
from douane.standards.as4.reading import Envelope, read_envelope
from douane.standards.mime.gzip_stream import Gunzip
from douane.standards.mime.media_type import ASCII, MediaType, check_charset, read_media_type
from douane.standards.mime.reading import Limits, PartData, PartEnd, PartStart, Splitter
from douane.standards.x509.faults import UNREADABLE
from douane.standards.xml_signature.algorithms import PublicKey
from douane.standards.xml_signature.pki_path import octets as octets_of
from douane.vocabulary.errors import BadPackaging, BadSignature, TooLarge

ENVELOPE: Final = 1024 * 1024
BREATH: Final = 64  # pieces of 64 kB between two pauses of the event loop
Signal = Callable[[Message], Awaitable[SecurityProfile]]
"""Under which profile a signal of somebody comes; raises NoAgreement."""


def always(profile: SecurityProfile) -> Signal:
    """Signals of one profile only."""

    async def found(_message: Message) -> SecurityProfile:
        return profile

    return found


@dataclass(slots=True)
class Desk:
    """What receiving needs: agreements, certificates, payload store, gate and clock.

    authenticate: who the holder of a certificate (DER) is; raises where it is nobody. A client that only wants to know
    that it is its partner answers None. hold: told of octets that are kept in memory; may refuse them.
    """

    book: AgreementBook
    certificates: CertificateRegister
    payloads: Payloads
    authenticate: Callable[[bytes], Authenticated | None]
    profile_of: Signal
    now: Callable[[], int]
    limits: Limits
    decoding: Decoding = field(default_factory=Decoding)
    hold: Callable[[int], None] = lambda _size: None


@dataclass(slots=True, eq=False)
class Received:
    """A message whose header is proven; a user message also whose payloads are."""

    envelope: Envelope
    claims: Claims
    caller: Authenticated | None
    certificate: x509.Certificate
    profile: SecurityProfile
    mode: PMode | None = None
    content_key: bytes = b""
    payloads: dict[str, Spool] = field(default_factory=dict)

    @property
    def message(self) -> Message:
        """The message."""
        return self.envelope.message

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The certificates (DER) that its signer showed, or is known by; the own first."""
        shown = self.claims.signer.chain or (self.certificate,)
        return tuple(octets_of(each) for each in shown)

    def discard(self) -> None:
        """Leave nothing of the payloads behind that was not published."""
        for spool in self.payloads.values():
            spool.discard()


@dataclass(slots=True)
class Receiver:
    """Receives one message. ``message_id`` is known as soon as the envelope is read, for error signals."""

    desk: Desk
    message_id: str = ""
    received: Received | None = None
    _spools: dict[str, Spool] = field(default_factory=dict)
    _digests: dict[str, dict[str, bytes]] = field(default_factory=dict)
    _found: list[str] = field(default_factory=list)
    _opener: Opener | None = None
    _spool: Spool | None = None
    _key: bytes = b""
    _ascii: list[str] = field(default_factory=list)
    _taken: int = 0

    async def take(self, content_type: str, body: AsyncIterator[bytes]) -> Received:
        """Read the whole request. Raises what refuses it; then nothing is left of its payloads."""
        try:
            media = read_media_type(content_type)
            if media.name == names.SOAP_MEDIA:
                check_charset(media.charset, "The envelope")
                octets = await _bounded(body, self.desk.hold)
                received = await self._header(octets)
            elif media.name == "multipart/related":
                received = await self._multipart(media.boundary, media.parameters.get("start", ""), body)
            else:
                raise BadPackaging(f"The media type {media.name[:80]!r} is not known here.",
                                   remedy=f"Send multipart/related or {names.SOAP_MEDIA}.")  # fmt: skip
            check_parts(received.envelope, self._found)
            prove_parts(received.envelope, received.claims, self._digests)
            await self._unpack(received)
            for each in self._ascii:
                if not all(octets.isascii() for octets in self._spools[each].read()):
                    raise BadPackaging(f"The part {each[:80]!r} is not in US-ASCII, as it is declared.",
                                       remedy="Send and declare it in UTF-8.")  # fmt: skip
        except BaseException:
            for spool in self._spools.values():
                spool.discard()
            raise
        return received

    async def _multipart(self, boundary: bytes, start: str, body: AsyncIterator[bytes]) -> Received:
        splitter = Splitter(boundary, self.desk.limits)
        root: bytearray | None = None
        async for octets in body:
            for event in splitter.feed(octets):
                if self.received is not None:
                    await self._part(self.received, event)
                    continue
                match event:
                    case PartStart(media_type=media, content_id=content_id):
                        if media.name != names.SOAP_MEDIA or (start and start.strip("<>") != content_id):
                            raise BadPackaging("The envelope is not the first part.", remedy="Send it first.")
                        check_charset(media.charset, "The envelope")
                        root = bytearray()
                    case PartData(octets=piece) if root is not None:
                        root += piece
                        _check_envelope(len(root))
                        self.desk.hold(len(piece))
                    case PartEnd() if root is not None:
                        await self._header(bytes(root))
        splitter.close()
        if self.received is None:
            raise BadPackaging("The message has no envelope.", remedy="Send it as the first part.")
        return self.received

    async def _header(self, octets: bytes) -> Received:
        """Everything that can be settled before a payload: agreement, profile, signer, signature over the header."""
        desk, now = self.desk, self.desk.now()
        envelope = await desk.decoding.read(len(octets), "", lambda: read_envelope(octets))
        message = envelope.message
        self.message_id = message.id
        mode = None
        if isinstance(message, UserMessage):
            mode = desk.book.find(message)
            check_time(mode, message, now)
        profile = mode.security_profile if mode is not None else await desk.profile_of(message)
        claims = read_claims(envelope, profile, encrypted=mode is not None and mode.security.encrypt)
        certificate = desk.certificates.certificate(claims.signer)
        caller = desk.authenticate(octets_of(certificate))
        prove_header(envelope, claims, _public(certificate), now)
        if claims.key is not None:
            self._key = claims.key.content_key(desk.certificates.private_key(claims.key.recipient, now))
        self.received = Received(envelope, claims, caller, certificate, profile, mode, self._key, self._spools)
        if mode is not None and isinstance(message, UserMessage):
            check_message(mode, message)
        return self.received

    async def _part(self, received: Received, event: PartStart | PartData | PartEnd) -> None:
        match event:
            case PartStart(media_type=media, content_id=content_id):
                info = _info(received, content_id)
                if info is None or content_id in self._spools:
                    raise BadPackaging(f"The part {content_id[:80]!r} is named in no PartInfo, or comes twice.",
                                       remedy="Name every part, and send it once.")  # fmt: skip
                locked = received.claims.parts.get(content_id)
                self._charset(received, info, media, locked.media_type if locked else "")
                self._opener = Opener(locked.media_type if locked else media.name, self._key if locked else b"")
                largest = received.mode.largest if received.mode is not None else 0
                waiting = sum(min(each.size, SMALL) for each in self._spools.values())
                small = SMALL if waiting + SMALL <= IN_MEMORY else 0
                self._spool = self._spools[content_id] = Spool(self.desk.payloads, largest, small)
                self._found.append(content_id)
            case PartData(octets=octets):
                assert self._opener is not None
                assert self._spool is not None
                self._taken += len(octets)
                most = received.mode.total if received.mode is not None else 0
                if self._taken > most:
                    raise TooLarge(f"The message has more than {most} octets.", remedy="Agree on a higher limit.")
                self._spool.write(self._opener.update(octets))
            case PartEnd():
                assert self._opener is not None
                assert self._spool is not None
                size, name = self._spool.size, received.caller.id if received.caller is not None else ""
                self._digests[self._found[-1]] = await self.desk.decoding.read(size, name, self._opener.finish)

    def _charset(self, received: Received, info: PartInfo, outer: MediaType, inner: str) -> None:
        """A payload that is read as text is declared in UTF-8, wherever its charset stands. Raises BadPackaging."""
        message = received.message
        stated = [outer, *(read_media_type(each) for each in (inner, info.value_of(names.MIME_TYPE)) if each)]
        first = isinstance(message, UserMessage) and message.parts[0] is info  # the business message
        if not first and not any(each.name.endswith(("xml", "json")) for each in stated):
            return  # nobody reads it here
        charsets = {each.charset for each in stated} | {info.value_of(names.CHARACTER_SET).strip().lower()}
        for each in sorted(charsets):
            check_charset(each, f"The part {info.content_id[:80]!r}")
        if ASCII in charsets:
            self._ascii.append(info.content_id)

    async def _unpack(self, received: Received) -> None:
        """Compressed payloads, now that they are proven: each into a spool of its own, within its limit."""
        message, mode = received.message, received.mode
        if not isinstance(message, UserMessage) or mode is None:
            return
        for info in message.parts:
            if not info.compressed:
                continue
            packed, unpacked = self._spools[info.content_id], Spool(self.desk.payloads, mode.largest)
            state = Gunzip(mode.largest)
            try:
                for count, octets in enumerate(packed.read(), 1):
                    for piece in state.update(octets):
                        unpacked.write(piece)
                    if count % BREATH == 0:
                        await asyncio.sleep(0)
                state.finish()
            finally:
                packed.discard()
                self._spools[info.content_id] = unpacked


def _info(received: Received, content_id: str) -> PartInfo | None:
    message = received.message
    parts = message.parts if isinstance(message, UserMessage) else ()
    return next((p for p in parts if p.content_id == content_id), None)


async def _bounded(body: AsyncIterator[bytes], hold: Callable[[int], None]) -> bytes:
    kept = bytearray()
    async for octets in body:
        kept += octets
        _check_envelope(len(kept))
        hold(len(octets))
    return bytes(kept)


def _check_envelope(size: int) -> None:
    if size > ENVELOPE:
        raise TooLarge(f"The envelope has more than {ENVELOPE} octets.", remedy="Send payloads as MIME parts.")


def _public(certificate: x509.Certificate) -> PublicKey:
    try:
        key = certificate.public_key()
    except UNREADABLE as problem:
        raise BadSignature("The certificate's key cannot be read.") from problem
    if not isinstance(key, PublicKey) or not _may_sign(certificate):
        raise BadSignature("The certificate's key does not sign.",
                           remedy="Sign by RSA, ECDSA or Ed25519, with a certificate for signatures.")  # fmt: skip
    return key


def _may_sign(certificate: x509.Certificate) -> bool:
    """Whether key usage, where it is stated, allows signatures."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    except UNREADABLE:
        return False
    return usage.digital_signature or usage.content_commitment
