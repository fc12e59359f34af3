"""Encrypted attachments of a message (``xenc:EncryptedData`` by the SwA profile), written and read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from douane.standards.xml_encryption.names import AES128_GCM
from douane.standards.xml_signature.content_ids import CID, address_of, content_id_of
from douane.standards.xml_signature.names import (
    CIPHERTEXT,
    CONTENT_ONLY,
    DS,
    ENCRYPTED_KEY_TOKEN,
    WSSE,
    WSSE11,
    XENC,
)
from douane.vocabulary.errors import AlgorithmRefused, NotDecrypted

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class EncryptedPart:
    """One encrypted attachment: its Content-ID, its media type before encryption, and the Id of its EncryptedData."""

    id: str
    content_id: str
    media_type: str


def write_encrypted_part(part: EncryptedPart, *, key_id: str) -> str:
    """An ``xenc:EncryptedData``; binds its prefixes, ``wsse`` excepted."""
    address = address_of(part.content_id)
    return (
        f'<xenc:EncryptedData xmlns:xenc="{XENC}" Id="{part.id}" MimeType={quoteattr(part.media_type)} '
        f'Type="{CONTENT_ONLY}"><xenc:EncryptionMethod Algorithm="{AES128_GCM}"/>'
        f'<ds:KeyInfo xmlns:ds="{DS}"><wsse:SecurityTokenReference xmlns:wsse11="{WSSE11}" '
        f'wsse11:TokenType="{ENCRYPTED_KEY_TOKEN}"><wsse:Reference URI="#{key_id}"/></wsse:SecurityTokenReference>'
        f"</ds:KeyInfo><xenc:CipherData><xenc:CipherReference URI={quoteattr(address)}><xenc:Transforms>"
        f'<ds:Transform xmlns:ds="{DS}" Algorithm="{CIPHERTEXT}"/></xenc:Transforms></xenc:CipherReference>'
        "</xenc:CipherData></xenc:EncryptedData>"
    )


def read_encrypted_part(element: _Element, *, key_id: str) -> EncryptedPart:
    """An ``xenc:EncryptedData`` of an attachment, by position.

    Some senders leave out the key reference or write the transform's name as type: both are read. Raises
    AlgorithmRefused for another algorithm, NotDecrypted for another form or key.
    """
    children = {child.tag: child for child in element}
    method, cipher = children.get(f"{{{XENC}}}EncryptionMethod"), children.get(f"{{{XENC}}}CipherData")
    if element.tag != f"{{{XENC}}}EncryptedData" or method is None or cipher is None or len(cipher) != 1:
        raise NotDecrypted("An encrypted part does not have its prescribed form.")
    if method.get("Algorithm") != AES128_GCM:
        raise AlgorithmRefused(f"Content under {method.get('Algorithm', '')[:80]} is not accepted.",
                               remedy=f"Encrypt by {AES128_GCM}.")  # fmt: skip
    uri = cipher[0].get("URI", "")
    transforms = [t.get("Algorithm") for t in cipher[0].iter(f"{{{DS}}}Transform")]
    kind = element.get("Type", CONTENT_ONLY)
    if cipher[0].tag != f"{{{XENC}}}CipherReference" or not uri.startswith(CID):
        raise NotDecrypted("An encrypted part does not lie in an attachment.")
    if transforms != [CIPHERTEXT] or kind not in (CONTENT_ONLY, CIPHERTEXT):
        raise AlgorithmRefused("An attachment is encrypted in another way than its content only.",
                               remedy=f"Use the type {CONTENT_ONLY} and the transform {CIPHERTEXT}.")  # fmt: skip
    info = children.get(f"{{{DS}}}KeyInfo")
    named = [r.get("URI") for r in info.iter(f"{{{WSSE}}}Reference")] if info is not None else []
    if named not in ([], [f"#{key_id}"]):
        raise NotDecrypted("An encrypted part refers to another key than the message carries.")
    return EncryptedPart(element.get("Id", ""), content_id_of(uri), element.get("MimeType", ""))


def check_references(parts: Mapping[str, EncryptedPart], data: tuple[str, ...]) -> None:
    """Whether the key opens exactly these parts, where it says which."""
    if data and (set(data) != set(parts) or len(data) != len(parts)):
        raise NotDecrypted("The key and the encrypted parts do not belong together.")
