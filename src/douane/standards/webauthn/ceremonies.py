"""The two ceremonies of a passkey: it is made (7.1), and it proves who holds it (7.2). Octets in, a verdict out.

These hold. (1) What the browser collected is for this ceremony, this challenge, this very origin, and not from within
another site's page. (2) What the authenticator says is for our name, and a person was there and verified: a passkey
stands for two factors, or for none. (3) The key is on P-256 (ES256), or RSA of 2048 bits at least (RS256: many a TPM
makes no other). (4) A counter that does not go up is a copied key. Attestation is not asked for: which make an
authenticator is of opens nothing here.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Final, NoReturn

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from douane.standards.json.bounds import decode
from douane.standards.x509.faults import UNREADABLE
from douane.vocabulary.errors import NotAuthenticated

PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey
SMALLEST_RSA: Final = 2048
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
_HEAD: Final = 37
"""Octets of authenticator data before what is attested: hash of our name, flags, counter."""
LONGEST_ID: Final = 1023
LARGEST: Final = 8 * 1024


@dataclass(frozen=True, slots=True)
class Expected:
    """What a ceremony is for. ``name``: ours (``rp.id``); ``origin``: of our page."""

    challenge: bytes
    origin: str
    name: str


@dataclass(frozen=True, slots=True)
class Passkey:
    """A public key (SubjectPublicKeyInfo, DER) by its identifier. ``counter``: how often it signed; 0 for no count."""

    id: bytes
    key: bytes
    counter: int


class _Client(msgspec.Struct, frozen=True):
    type: str
    challenge: str
    origin: str
    crossOrigin: bool = False  # noqa: N815 - the name of the standard
    topOrigin: str = ""  # noqa: N815 - as above


def made(expected: Expected, *, id: bytes, client: bytes, authenticator: bytes, key: bytes) -> Passkey:
    """A passkey that was made for us. ``key``: as the browser gives it (``getPublicKey``).

    Raises NotAuthenticated with the reason.
    """
    _collected(client, expected, "webauthn.create")
    flags, counter = _said(authenticator, expected)
    if not flags & ATTESTED or len(authenticator) < _HEAD + 18:
        _refuse("The authenticator made no key.")
    size = int.from_bytes(authenticator[_HEAD + 16 : _HEAD + 18], "big")
    if not 0 < size <= LONGEST_ID or not hmac.compare_digest(authenticator[_HEAD + 18 : _HEAD + 18 + size], id):
        _refuse("The passkey has another identifier than its authenticator gave it.")
    public = _key(key)
    if any(each not in authenticator[_HEAD + 18 + size :] for each in _parts(public)):
        _refuse("The passkey has another key than its authenticator made.")
    return Passkey(id, public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo), counter)


def proven(expected: Expected, passkey: Passkey, *, client: bytes, authenticator: bytes, signature: bytes) -> Passkey:
    """The passkey with its counter as it is now, once its holder is proven. Raises NotAuthenticated with the reason."""
    _collected(client, expected, "webauthn.get")
    _, counter = _said(authenticator, expected)
    try:
        key, octets = _key(passkey.key), authenticator + hashlib.sha256(client).digest()
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, octets, ec.ECDSA(hashes.SHA256()))
        else:
            key.verify(signature, octets, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        _refuse("The signature of the passkey does not hold.")
    if (counter or passkey.counter) and counter <= passkey.counter:
        _refuse("The passkey has signed less often than it had before: it was copied.")
    return Passkey(passkey.id, passkey.key, counter)


def _collected(client: bytes, expected: Expected, ceremony: str) -> None:
    """Raise unless the browser collected this for this ceremony, here."""
    if len(client) > LARGEST:
        _refuse("What the browser collected is too large.")
    try:
        said = decode(client, _Client)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        _refuse("What the browser collected cannot be read.")
    wanted = urlsafe_b64encode(expected.challenge).decode().rstrip("=")
    if said.type != ceremony:
        _refuse("The passkey was used for another ceremony.")
    if not expected.challenge or not hmac.compare_digest(said.challenge.encode(), wanted.encode()):
        _refuse("The passkey answers another challenge.")
    if said.origin != expected.origin or said.crossOrigin or said.topOrigin not in ("", expected.origin):
        _refuse("The passkey was used on a page of another site.")


def _said(authenticator: bytes, expected: Expected) -> tuple[int, int]:
    """Flags and counter of what an authenticator says, where it is for us and a person was verified."""
    if not _HEAD <= len(authenticator) <= LARGEST:
        _refuse("What the authenticator says cannot be read.")
    if not hmac.compare_digest(authenticator[:32], hashlib.sha256(expected.name.encode()).digest()):
        _refuse("The passkey is for another site.")
    flags = authenticator[32]
    if flags & (PRESENT | VERIFIED) != PRESENT | VERIFIED:
        _refuse("The authenticator did not verify that you are there.")
    return flags, int.from_bytes(authenticator[33:37], "big")


def _key(octets: bytes) -> PublicKey:
    try:
        key = load_der_public_key(octets)
    except UNREADABLE:
        _refuse("The key of the passkey cannot be read.")
    match key:
        case ec.EllipticCurvePublicKey() if isinstance(key.curve, ec.SECP256R1):
            return key
        case rsa.RSAPublicKey() if key.key_size >= SMALLEST_RSA:
            return key
    return _refuse("The key of the passkey is of a kind that is not taken.")


def _parts(key: PublicKey) -> tuple[bytes, ...]:
    """The numbers of a key as an authenticator writes them (COSE, RFC 9053 and 8230)."""
    if isinstance(key, ec.EllipticCurvePublicKey):
        numbers = key.public_numbers()
        return numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
    return (key.public_numbers().n.to_bytes((key.key_size + 7) // 8, "big"),)


def _refuse(text: str) -> NoReturn:
    raise NotAuthenticated(text, remedy="Use a passkey that was made here, on this very page, and try again.")
