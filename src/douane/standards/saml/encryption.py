"""An encrypted assertion opened (SAML Core, 2.5.1.1; XML Encryption 1.1): AES-GCM under RSA-OAEP, and nothing else.

CBC and PKCS#1 v1.5 are refused unseen: both tell who asks often enough what was encrypted. Every failure to decrypt is
one and the same refusal. What comes out is not proven by having been encrypted: anybody can encrypt for us.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

from douane.standards.saml.reading import saml
from douane.standards.saml.reasons import Reason, refuse
from douane.standards.xml_signature.names import DS, XENC, XENC11
from douane.standards.xml_signature.names import SHA256 as SHA256_NAME
from douane.standards.xml_signature.reading import octets_of
from douane.vocabulary.errors import BadSignature

if TYPE_CHECKING:
    from lxml.etree import _Element

AES: Final = {f"{XENC11}aes128-gcm": 16, f"{XENC11}aes192-gcm": 24, f"{XENC11}aes256-gcm": 32}
"""Octets of the key, by algorithm."""
OAEP: Final = f"{XENC11}rsa-oaep"
MGF1_SHA256: Final = f"{XENC11}mgf1sha256"
NONCE, TAG, LARGEST = 12, 16, 192 * 1024


def opened(encrypted: _Element, key: rsa.RSAPrivateKey) -> bytes:
    """The octets of an assertion. Raises AssertionRefused."""
    data = encrypted.findall(_xenc("EncryptedData"))
    keys = list(encrypted.iter(_xenc("EncryptedKey")))
    if encrypted.tag != saml("EncryptedAssertion") or len(data) != 1 or len(keys) != 1:
        refuse(Reason.ENCRYPTED)
    size = AES.get(_method(data[0]).get("Algorithm", ""))
    if size is None:
        refuse(Reason.ALGORITHM, "assertions are encrypted by AES-GCM")
    scheme = _scheme(_method(keys[0]))
    try:
        content_key = key.decrypt(_cipher(keys[0]), scheme)
        octets = _cipher(data[0])
        if len(content_key) != size or not NONCE + TAG < len(octets) <= LARGEST:
            raise ValueError(size)
        return AESGCM(content_key).decrypt(octets[:NONCE], octets[NONCE:], None)
    except (ValueError, InvalidTag, BadSignature):
        return refuse(Reason.ENCRYPTED)


def _method(element: _Element) -> _Element:
    found = element.findall(_xenc("EncryptionMethod"))
    return found[0] if len(found) == 1 else refuse(Reason.ENCRYPTED)


def _scheme(method: _Element) -> padding.OAEP:
    """How a key was wrapped. Raises AssertionRefused for any other scheme."""
    said = {each.tag: each.get("Algorithm") for each in method}
    digest, mask = said.pop(f"{{{DS}}}DigestMethod", None), said.pop(f"{{{XENC11}}}MGF", None)
    name = method.get("Algorithm")
    if said or (name, digest, mask) != (OAEP, SHA256_NAME, MGF1_SHA256):
        refuse(Reason.ALGORITHM, "keys are wrapped by RSA-OAEP with SHA-256 throughout")
    return padding.OAEP(mgf=padding.MGF1(SHA256()), algorithm=SHA256(), label=None)


def _cipher(element: _Element) -> bytes:
    values: Sequence[_Element] = element.findall(f"{_xenc('CipherData')}/{_xenc('CipherValue')}")
    return octets_of(values[0]) if len(values) == 1 else b""


def _xenc(name: str) -> str:
    return f"{{{XENC}}}{name}"
