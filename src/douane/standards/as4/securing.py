"""A message secured: parts compressed, digested and encrypted as streams, then the header signed over all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from cryptography import x509

from douane.standards.as4 import names, writing
from douane.standards.mime.gzip_stream import Gzip
from douane.standards.xml_encryption.content import KEY, NONCE, Encryptor
from douane.standards.xml_encryption.keys import KeyMethod, write_encrypted_key
from douane.standards.xml_encryption.parts import EncryptedPart, write_encrypted_part
from douane.standards.xml_signature.algorithms import PrivateKey
from douane.standards.xml_signature.attachments import ContentDigest
from douane.standards.xml_signature.names import DS, SHA256, WSSE, WSU
from douane.standards.xml_signature.signing import Digested, signature
from douane.standards.xml_signature.tokens import TokenForm, write_token

Random = Callable[[int], bytes]
_KEY_ID: Final = "EK-1"


@dataclass(frozen=True, slots=True)
class Signer:
    """With what a message is signed: the key, its chain (own certificate first), how the certificate is named."""

    key: PrivateKey
    chain: tuple[x509.Certificate, ...]
    method: str
    form: TokenForm = TokenForm.CERTIFICATE


@dataclass(frozen=True, slots=True)
class Recipient:
    """For whom parts are encrypted: the certificate chain, the key transport, how the certificate is named."""

    chain: tuple[x509.Certificate, ...]
    method: KeyMethod
    form: TokenForm = TokenForm.KEY_IDENTIFIER


@dataclass(frozen=True, slots=True)
class SealedPart:
    """A part that is ready to be sent. ``media_type``: that before encryption; ``wire_type``: that of its MIME part."""

    content_id: str
    media_type: str
    digest: bytes
    encrypted: bool

    @property
    def wire_type(self) -> str:
        """The Content-Type of the MIME part."""
        return names.OCTETS_MEDIA if self.encrypted else self.media_type


class Sealer:
    """Turns the octets of one payload into those of its MIME part: gzip, digest, AES-GCM, in one pass."""

    def __init__(
        self, content_id: str, media_type: str, *, compress: bool, key: bytes = b"", nonce: bytes = b"", level: int = 6
    ) -> None:
        self._content_id = content_id
        self._media_type = names.GZIP_MEDIA if compress else media_type
        self._gzip = Gzip(level) if compress else None
        self._digest = ContentDigest(self._media_type, (SHA256,))
        self._encryptor = Encryptor(key, nonce) if key else None

    def update(self, octets: bytes) -> bytes:
        """What can be sent of the next octets."""
        return self._sealed(self._gzip.update(octets) if self._gzip is not None else octets)

    def finish(self) -> bytes:
        """The rest of the part."""
        rest = self._sealed(self._gzip.finish()) if self._gzip is not None else b""
        return rest + (self._encryptor.finish() if self._encryptor is not None else b"")

    def part(self) -> SealedPart:
        """What the header has to say of the part, once it is finished."""
        encrypted = self._encryptor is not None
        return SealedPart(self._content_id, self._media_type, self._digest.values()[SHA256], encrypted)

    def _sealed(self, octets: bytes) -> bytes:
        self._digest.update(octets)
        return self._encryptor.update(octets) if self._encryptor is not None else octets


@dataclass(frozen=True, slots=True)
class Secured:
    """A secured envelope and the canonical references that its receipt has to repeat."""

    envelope: bytes
    references: tuple[str, ...]


def content_key(random: Random) -> bytes:
    """A fresh content key: one for all parts of a message."""
    return random(KEY)


def nonce(random: Random) -> bytes:
    """A fresh nonce: one for every part."""
    return random(NONCE)


def secure(
    header: str, parts: Sequence[SealedPart], signer: Signer, *, recipient: Recipient | None = None, key: bytes = b"",
    random: Random,
) -> Secured:  # fmt: skip
    """Sign a header, the body and every part; put the encrypted content key before the signature.

    header: canonical, from ``writing.messaging``. recipient and key: where parts are encrypted. Raises
    AlgorithmRefused when a key does not belong to its method.
    """
    things = [
        Digested.element(writing.MESSAGING_ID, header.encode()),
        Digested.element(writing.BODY_ID, writing.BODY.encode()),
        *(Digested.attachment(part.content_id, part.digest) for part in parts),
    ]
    token = write_token(signer.form, signer.chain, id="X509-signature")
    signed = signature(things, key=signer.key, method=signer.method, key_info=token.reference, id="SIG-1")
    locked = _locked(parts, recipient, key, random) if recipient is not None and parts else ""
    security = (
        f'<wsse:Security xmlns:wsse="{WSSE}" xmlns:wsu="{WSU}" S12:mustUnderstand="true">'
        f"{locked}{token.before}{signed}</wsse:Security>"
    )
    references = tuple(each.text().replace("<ds:Reference ", f'<ds:Reference xmlns:ds="{DS}" ', 1) for each in things)
    return Secured(writing.envelope(header, security), references)


def _locked(parts: Sequence[SealedPart], recipient: Recipient, key: bytes, random: Random) -> str:
    token = write_token(recipient.form, recipient.chain, id="X509-encryption")
    numbered = [
        EncryptedPart(f"ED-{n}", part.content_id, part.media_type)
        for n, part in enumerate(parts, 1)
        if part.encrypted
    ]  # fmt: skip
    wrapped = write_encrypted_key(
        recipient.method, key, recipient.chain[0], token.reference, id=_KEY_ID, data=[each.id for each in numbered],
        random=random,
    )  # fmt: skip
    return token.before + wrapped + "".join(write_encrypted_part(each, key_id=_KEY_ID) for each in numbered)
