"""A secured message opened: first what its header claims, against the profile; then, with keys, what is proven.

Between the two stand the caller's steps: find the agreement, decrypt parts into a place apart, decide on trust.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from douane.standards.as4.messages import UserMessage
from douane.standards.as4.profiles import SecurityProfile
from douane.standards.as4.reading import Envelope
from douane.standards.as4.times import read_timestamp
from douane.standards.xml_encryption.content import Decryptor
from douane.standards.xml_encryption.keys import EncryptedKey, read_encrypted_key
from douane.standards.xml_encryption.parts import EncryptedPart, check_references, read_encrypted_part
from douane.standards.xml_signature.algorithms import PublicKey
from douane.standards.xml_signature.attachments import ContentDigest
from douane.standards.xml_signature.canonical import EXCLUSIVE
from douane.standards.xml_signature.names import DS, SHA256, WSSE, WSU, XENC
from douane.standards.xml_signature.reading import Signature, read_signature
from douane.standards.xml_signature.tokens import Named, read_named
from douane.standards.xml_signature.verifying import verify_attachments, verify_elements
from douane.vocabulary.errors import AlgorithmRefused, BadHeader, BadPackaging, BadSignature

if TYPE_CHECKING:
    from lxml.etree import _Element

_TOKENS: Final = 4


@dataclass(frozen=True, slots=True, eq=False)
class Claims:
    """What a security header says; nothing of it is proven. ``parts``: encrypted parts by Content-ID."""

    signature: Signature
    signer: Named
    key: EncryptedKey | None
    parts: Mapping[str, EncryptedPart]
    timestamp: _Element | None


def read_claims(envelope: Envelope, profile: SecurityProfile, *, encrypted: bool) -> Claims:
    """The security header of a message, by position and against a profile.

    encrypted: whether every payload has to be encrypted. Raises AlgorithmRefused for what the profile does not accept
    (naming the profile) and for messages that are not signed or not encrypted; BadSignature, NotDecrypted for form.
    """
    if envelope.security is None:
        raise AlgorithmRefused("The message is not signed.", remedy="Sign header, body and every payload.")
    payloads = _payloads(envelope)
    try:
        return _read(envelope, profile, encrypted and bool(payloads), payloads)
    except AlgorithmRefused as problem:
        text = f"Profile eDelivery AS4 {profile.name} is agreed. {problem.text}"
        raise AlgorithmRefused(text, remedy=problem.remedy) from problem


def prove(
    envelope: Envelope, claims: Claims, key: PublicKey, digests: Mapping[str, Mapping[str, bytes]], now: int
) -> None:
    """Silent when the signature holds and covers header, body and every part: by node and by Content-ID."""
    prove_header(envelope, claims, key, now)
    prove_parts(envelope, claims, digests)


def prove_header(envelope: Envelope, claims: Claims, key: PublicKey, now: int) -> None:
    """Silent when the signature holds, covers header and body by node, and says that it covers every payload.

    What it costs is known before any payload is decrypted. Raises BadSignature, and BadHeader when a signed
    wsu:Timestamp has expired.
    """
    elements = verify_elements(claims.signature, key, ids=envelope.ids)
    for node in (envelope.messaging, envelope.body):
        if all(node is not each for each in elements):
            raise BadSignature(f"The signature does not cover {node.tag.rpartition('}')[2]}.", remedy="Sign it.")
    allowed = [envelope.messaging, envelope.body, *([claims.timestamp] if claims.timestamp is not None else [])]
    if any(all(each is not node for node in allowed) for each in elements):
        raise BadSignature("The signature covers elements that are no part of the message.", remedy="Leave them out.")
    if frozenset(r.target for r in claims.signature.references if r.attachment) != _payloads(envelope):
        raise BadSignature("The signature does not cover every payload.", remedy="Sign every part.")
    if claims.timestamp is not None and any(claims.timestamp is each for each in elements):
        expires = claims.timestamp.find(f"{{{WSU}}}Expires")
        if expires is not None and read_timestamp(expires.text or "") < now:
            raise BadHeader("The security timestamp has expired.", remedy="Send the message with a fresh one.")


def prove_parts(envelope: Envelope, claims: Claims, digests: Mapping[str, Mapping[str, bytes]]) -> None:
    """Silent when every payload, as it was received and decrypted, is the one that was signed.

    digests: by Content-ID and algorithm. Call it after ``prove_header``. Raises BadSignature.
    """
    if verify_attachments(claims.signature, digests) != _payloads(envelope):
        raise BadSignature("The signature does not cover every payload.", remedy="Sign every part.")


def check_parts(envelope: Envelope, found: list[str]) -> None:
    """Every part of the MIME body is a payload of the header, and every payload a part. Raises BadPackaging."""
    payloads = _payloads(envelope)
    if len(set(found)) != len(found):
        raise BadPackaging("Two parts have one Content-ID.", remedy="Give every part one of its own.")
    for missing in sorted(payloads - set(found))[:1]:
        raise BadPackaging(f"No part has the Content-ID {missing[:80]!r}.", remedy="Send every payload that is named.")
    for unknown in sorted(set(found) - payloads)[:1]:
        raise BadPackaging(f"The part {unknown[:80]!r} is named in no PartInfo.", remedy="Name every part, or none.")


class Opener:
    """Takes the octets of one MIME part; gives those of the payload as it was signed, not yet proven."""

    def __init__(self, media_type: str, content_key: bytes) -> None:
        self._decryptor = Decryptor(content_key) if content_key else None
        self._digest = ContentDigest(media_type, (SHA256,))

    def update(self, octets: bytes) -> bytes:
        """The payload octets that the next octets hold."""
        plain = self._decryptor.update(octets) if self._decryptor is not None else octets
        self._digest.update(plain)
        return plain

    def finish(self) -> dict[str, bytes]:
        """The digests of the payload. Raises NotDecrypted, BadSignature for XML that cannot be canonicalised."""
        if self._decryptor is not None:
            self._decryptor.finish()
        return self._digest.values()


def references_of(claims: Claims) -> tuple[str, ...]:
    """The references of the signature in canonical form, for the receipt."""
    return tuple(EXCLUSIVE.octets(each.element).decode() for each in claims.signature.references)


def _payloads(envelope: Envelope) -> frozenset[str]:
    message = envelope.message
    return frozenset(p.content_id for p in message.parts) if isinstance(message, UserMessage) else frozenset()


def _read(envelope: Envelope, profile: SecurityProfile, encrypted: bool, payloads: frozenset[str]) -> Claims:
    found = _blocks(envelope.security)
    signature = read_signature(found["Signature"][0], profile.policy(len(payloads)))
    if signature.key_info is None:
        raise BadSignature("The signature does not name its certificate.", remedy="Write a KeyInfo.")
    signer = read_named(signature.key_info, envelope.ids)
    key, parts = None, {}
    if found["EncryptedKey"]:
        key = read_encrypted_key(found["EncryptedKey"][0], envelope.ids, profile.keys)
        numbered = [read_encrypted_part(each, key_id=key.id) for each in found["EncryptedData"]]
        parts = {each.content_id: each for each in numbered}
        check_references({each.id: each for each in numbered}, key.data)
        if len(parts) != len(numbered) or not parts.keys() <= payloads:
            raise BadPackaging("Encrypted parts are named twice or are no payloads.", remedy="Encrypt payloads once.")
    elif found["EncryptedData"]:
        raise BadSignature("Encrypted parts come without their key.", remedy="Send the EncryptedKey.")
    if encrypted and parts.keys() != payloads:
        raise AlgorithmRefused("A payload is not encrypted.", remedy="Encrypt every payload.")
    return Claims(signature, signer, key, parts, found["Timestamp"][0] if found["Timestamp"] else None)


_BLOCKS: Final = {
    f"{{{WSSE}}}BinarySecurityToken": ("Token", _TOKENS),
    f"{{{WSU}}}Timestamp": ("Timestamp", 1),
    f"{{{XENC}}}EncryptedKey": ("EncryptedKey", 1),
    f"{{{XENC}}}EncryptedData": ("EncryptedData", 10_000),
    f"{{{DS}}}Signature": ("Signature", 1),
}


def _blocks(security: _Element | None) -> dict[str, list[_Element]]:
    """The children of the security header by kind; each kind at most so often, exactly one signature."""
    found: dict[str, list[_Element]] = {name: [] for name, _ in _BLOCKS.values()}
    for child in security if security is not None else ():
        name, most = _BLOCKS.get(child.tag, ("", 0))
        if not name or len(found[name]) == most:
            local = child.tag.rpartition("}")[2][:40]
            raise BadSignature(f"The security header has {local} where it may not stand.",
                               remedy="Send one signature, one EncryptedKey, tokens and EncryptedData.")  # fmt: skip
        found[name].append(child)
    if not found["Signature"]:
        raise AlgorithmRefused("The message is not signed.", remedy="Sign header, body and every payload.")
    return found
