"""Signatures written: the signed info is written in its canonical form, so that it need not be canonicalised."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr

from lxml import etree

from douane.standards.xml_signature import names
from douane.standards.xml_signature.algorithms import PrivateKey, digest, sign_octets
from douane.standards.xml_signature.canonical import EXCLUSIVE
from douane.standards.xml_signature.content_ids import address_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_SIGNS: Final = re.compile(r'[&<"\t\n\r]')
"""What does not stand as it is between double quotes."""


@dataclass(frozen=True, slots=True)
class Digested:
    """Something to sign: where it is, under which transforms, and its SHA-256 digest."""

    uri: str
    transforms: tuple[str, ...]
    value: bytes

    @classmethod
    def element(cls, id: str, octets: bytes) -> Digested:
        """An element by its Id; ``octets`` are its exclusive canonical form."""
        return cls(f"#{id}", (names.EXCLUSIVE,), digest(names.SHA256, octets))

    @classmethod
    def attachment(cls, content_id: str, value: bytes) -> Digested:
        """An attachment by its Content-ID; ``value`` is its SHA-256 under the content transform."""
        return cls(address_of(content_id), (names.CONTENT_SIGNATURE,), value)

    def text(self) -> str:
        """The ``ds:Reference``, canonical inside an element that binds ``ds``."""
        transforms = "".join(f'<ds:Transform Algorithm="{t}"></ds:Transform>' for t in self.transforms)
        return (
            f'<ds:Reference URI="{_attribute(self.uri)}"><ds:Transforms>{transforms}</ds:Transforms>'
            f'<ds:DigestMethod Algorithm="{names.SHA256}"></ds:DigestMethod>'
            f"<ds:DigestValue>{b64encode(self.value).decode()}</ds:DigestValue></ds:Reference>"
        )


def signed_info(things: Sequence[Digested], method: str) -> str:
    """The canonical ``ds:SignedInfo``."""
    references = "".join(each.text() for each in things)
    return (
        f'<ds:SignedInfo xmlns:ds="{names.DS}">'
        f'<ds:CanonicalizationMethod Algorithm="{names.EXCLUSIVE}"></ds:CanonicalizationMethod>'
        f'<ds:SignatureMethod Algorithm="{method}"></ds:SignatureMethod>{references}</ds:SignedInfo>'
    )


def signature(things: Sequence[Digested], *, key: PrivateKey, method: str, key_info: str, id: str) -> str:
    """A ``ds:Signature`` over these things, in their order. ``key_info``: the content of its KeyInfo, as XML."""
    info = signed_info(things, method)
    value = b64encode(sign_octets(key, method, info.encode())).decode()
    about = f"<ds:KeyInfo>{key_info}</ds:KeyInfo>" if key_info else ""
    return (
        f'<ds:Signature xmlns:ds="{names.DS}" Id="{_attribute(id)}">{info}'
        f"<ds:SignatureValue>{value}</ds:SignatureValue>{about}</ds:Signature>"
    )


def sign_enveloped(root: _Element, *, key: PrivateKey, method: str, key_info: str = "", id: str = "signature") -> None:
    """Sign a document whole and put the signature in as the last child of its root."""
    value = digest(names.SHA256, EXCLUSIVE.document(root))
    whole = Digested("", (names.ENVELOPED, names.EXCLUSIVE), value)
    root.append(etree.fromstring(signature([whole], key=key, method=method, key_info=key_info, id=id)))


def _attribute(value: str) -> str:
    """A value between double quotes, in canonical form."""
    if _SIGNS.search(value) is None:
        return value
    return quoteattr(value, {"\t": "&#x9;", "\n": "&#xA;", "\r": "&#xD;", '"': "&quot;"})[1:-1].replace("&gt;", ">")
