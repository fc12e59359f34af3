"""A message made ready to be sent: parts sealed into spools, the envelope over them, the body as a stream.

What is sent is made once: a repetition takes the same octets from its spools.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cryptography import x509

from douane.channels.as4.certificates import CertificateRegister
from douane.runtime.store.ports import Ids, Payloads
from douane.runtime.store.transmission import WireForm
from douane.shared_services.payloads.spool import Spool
from douane.standards.as4 import names
from douane.standards.as4.messages import Message, PartInfo, Property
from douane.standards.as4.pmodes import PMode
from douane.standards.as4.securing import Recipient, SealedPart, Sealer, Signer, content_key, nonce, secure
from douane.standards.as4.writing import envelope, messaging
from douane.standards.mime.writing import Part, related, tail
from douane.standards.xml_signature.pki_path import octets

ROOT: Final = "envelope@douane"
_ROOT_TYPE: Final = f"{names.SOAP_MEDIA}; charset=UTF-8"
_UNBOUNDED: Final = 1 << 50
SHORT: Final = 64 * 1024
"""Octets of an answer that are kept as they came: a receipt repeats a few digests."""
LONGEST_KEPT: Final = 1024 * 1024
"""Octets of a message that is kept as it went out."""
_LARGE: Final = 300_000  # octets from which compression costs more than everything else


@dataclass(slots=True, eq=False)
class Packed:
    """A message as it goes out. ``references``: what its receipt has to repeat."""

    message_id: str
    content_type: str
    references: tuple[str, ...]
    envelope: bytes
    boundary: str
    parts: list[tuple[SealedPart, Spool]]
    key: bytes = b""
    """The content key of encrypted parts, which opens this message only."""
    chain: tuple[x509.Certificate, ...] = ()
    """Of its signer, the own certificate first."""

    def pieces(self) -> Iterator[bytes]:
        """The body, as often as it has to be sent."""
        if not self.boundary:
            yield self.envelope
            return
        yield Part(_ROOT_TYPE, ROOT).head(self.boundary) + self.envelope + b"\r\n"
        for part, spool in self.parts:
            yield Part(part.wire_type, part.content_id).head(self.boundary)
            yield from spool.read()
            yield b"\r\n"
        yield tail(self.boundary)

    @property
    def size(self) -> int:
        """Octets of envelope and parts, about."""
        return len(self.envelope) + sum(spool.size for _, spool in self.parts)

    def whole(self) -> bytes:
        """The body at once."""
        return b"".join(self.pieces())

    def form(self, body: bytes) -> WireForm:
        """How it goes out, for evidence. ``body``: the whole."""
        facts = ("message_id", self.message_id), ("content-type", self.content_type)
        chain = tuple(octets(each) for each in self.chain)
        return WireForm(facts, body, certificates=chain, key=self.key, signed=True)

    def discard(self) -> None:
        """Leave nothing of the spools behind."""
        for _, spool in self.parts:
            spool.discard()


@dataclass(frozen=True, slots=True)
class Packer:
    """Packs messages under agreements."""

    certificates: CertificateRegister
    payloads: Payloads
    ids: Ids

    def pack(
        self, mode: PMode, message: Message, contents: Sequence[tuple[PartInfo, Iterable[bytes], int]], party: str,
        now: int,
    ) -> Packed:  # fmt: skip
        """A message with its payloads (about so many octets each), encrypted for a party where that is agreed.

        Raises DeclarationFault when a certificate is missing, StoreUnavailable when the spool cannot be written.
        """
        locked = bool(contents) and mode.security.encrypt
        return self.seal(
            mode, message, contents, self.certificates.signer(mode, now),
            self.certificates.recipient(mode, party, now) if locked else None,
        )  # fmt: skip

    def seal(
        self, mode: PMode, message: Message, contents: Sequence[tuple[PartInfo, Iterable[bytes], int]], signer: Signer,
        recipient: Recipient | None,
    ) -> Packed:  # fmt: skip
        """The same with certificates of the caller's choice. Raises StoreUnavailable."""
        random = self.ids.random
        key = content_key(random) if recipient is not None else b""
        parts: list[tuple[SealedPart, Spool]] = []
        for info, content, size in contents:
            kind = info.value_of(names.MIME_TYPE) or names.OCTETS_MEDIA
            level = 1 if size > _LARGE else 6
            sealer = Sealer(
                info.content_id,
                kind,
                compress=info.compressed,
                key=key,
                nonce=nonce(random) if key else b"",
                level=level,
            )
            spool = Spool(self.payloads, _UNBOUNDED)
            for piece in content:
                if sealed := sealer.update(piece):
                    spool.write(sealed)
            spool.write(sealer.finish())
            parts.append((sealer.part(), spool))
        secured = secure(messaging(message), [p for p, _ in parts], signer, recipient=recipient, key=key, random=random)
        boundary = random(16).hex() if parts or mode.multipart_always else ""
        content_type = related(boundary, Part(_ROOT_TYPE, ROOT)) if boundary else _ROOT_TYPE
        return Packed(
            message.id, content_type, secured.references, secured.envelope, boundary, parts, key, signer.chain
        )

    def signal(self, message: Message, signer: Signer | None) -> bytes:
        """A signal as a bare envelope; unsigned where there is nothing to sign with."""
        header = messaging(message)
        if signer is None:
            return envelope(header, "")
        return secure(header, [], signer, random=self.ids.random).envelope


def part_info(content_id: str, media_type: str, *, compress: bool) -> PartInfo:
    """What a header says of a payload."""
    properties = [Property(names.MIME_TYPE, media_type)]
    if compress:
        properties.append(Property(names.COMPRESSION_TYPE, names.GZIP_MEDIA))
    return PartInfo(content_id, tuple(properties))
