"""Messages that travel in an address (SAML Bindings, 3.4): deflated, in base64, signed over the very octets sent.

The signature covers the octets of the address as they were written (3.4.4.1), so what is verified are those that came,
not what a decoder makes of them.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Collection
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from douane.standards.saml.reasons import Reason, refuse
from douane.standards.xml_signature import algorithms, names
from douane.standards.xml_signature.algorithms import PrivateKey, PublicKey
from douane.vocabulary.errors import SenderFault

REQUEST: Final = "SAMLRequest"
RESPONSE: Final = "SAMLResponse"
RELAY: Final = "RelayState"
_PLAIN: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
_ESCAPED: Final = re.compile(rb"%([0-9A-Fa-f]{2})")
LARGEST: Final = 64 * 1024
"""Octets of a message that is inflated."""


def method_of(key: PrivateKey) -> str:
    """The algorithm by which a key signs."""
    if isinstance(key, rsa.RSAPrivateKey):
        return names.RSA_SHA256
    return names.ECDSA_SHA256 if isinstance(key, ec.EllipticCurvePrivateKey) else names.ED25519


def address(to: str, kind: str, message: bytes, *, key: PrivateKey, relay: str = "") -> str:
    """Where a browser is sent with a message. ``kind``: ``REQUEST`` or ``RESPONSE``."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    said = base64.b64encode(packed.compress(message) + packed.flush()).decode()
    method = method_of(key)
    parts = [(kind, said), *([(RELAY, relay)] if relay else []), ("SigAlg", method)]
    query = "&".join(f"{name}={_quoted(value)}" for name, value in parts)
    value = base64.b64encode(algorithms.sign_octets(key, method, query.encode())).decode()
    return f"{to}{'&' if '?' in to else '?'}{query}&Signature={_quoted(value)}"


def message_of(query: bytes, kind: str, keys: Collection[PublicKey]) -> tuple[bytes, str]:
    """The message in an address, and its relay state, once one of these keys is proven to have signed it.

    query: the octets of the query string as they came. Raises AssertionRefused.
    """
    parts: dict[str, bytes] = {}
    for each in query.split(b"&"):
        name, _, value = each.partition(b"=")
        if name.decode("latin-1") in parts:
            refuse(Reason.UNREADABLE, "a part of the address stands twice")
        parts[name.decode("latin-1")] = value
    if kind not in parts or "Signature" not in parts or "SigAlg" not in parts:
        refuse(Reason.UNSIGNED)
    covered = b"&".join(
        name.encode() + b"=" + parts[name] for name in (kind, RELAY, "SigAlg") if name in parts
    )  # fmt: skip
    method, value = _text(parts["SigAlg"]), _octets(_text(parts["Signature"]))
    if method not in algorithms.KNOWN:
        refuse(Reason.ALGORITHM, method)
    if not any(_holds(key, method, value, covered) for key in keys):
        refuse(Reason.FOREIGN_KEY)
    return _inflated(_octets(_text(parts[kind]))), _text(parts.get(RELAY, b""))


def _holds(key: PublicKey, method: str, value: bytes, octets: bytes) -> bool:
    try:
        algorithms.verify_octets(key, method, value, octets)
    except SenderFault:
        return False
    return True


def _quoted(text: str) -> str:
    """A text in a query string (RFC 3986, 2.1)."""
    return "".join(chr(each) if each in _PLAIN else f"%{each:02X}" for each in text.encode())


def _text(value: bytes) -> str:
    """The text of a part of a query string. Raises AssertionRefused for what is none."""
    try:
        return _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), value.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        refuse(Reason.UNREADABLE, "the address is no text")


def _octets(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (ValueError, binascii.Error):
        refuse(Reason.UNREADABLE, "it is not base64")


def _inflated(octets: bytes) -> bytes:
    """What was deflated, of bounded size. Raises AssertionRefused."""
    state = zlib.decompressobj(-15)
    try:
        found = state.decompress(octets, LARGEST)
    except zlib.error:
        refuse(Reason.UNREADABLE, "it is not deflated")
    if not state.eof or state.unconsumed_tail or state.unused_data:
        refuse(Reason.UNREADABLE, "it is too large, or not whole")
    return found
