"""Key agreement: an ephemeral key and the recipient's certificate give the key that wraps the content key.

The wire form is that of WSS4J and Santuario, on which the implementations of eDelivery AS4 2.0 build: base64 text in
``Salt`` and ``Info``, ``KeyLength`` in octets, an X25519 key as a bare ``DEREncodedKeyValue``. A pseudo-random function
other than HMAC-SHA-256 is never written, and an absent one means it: that family's reader looks for it elsewhere.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, x25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from douane.standards.xml_encryption import names
from douane.standards.xml_encryption.content import UNDISCLOSED
from douane.standards.xml_signature.algorithms import CURVES
from douane.standards.xml_signature.names import DS, DS11, DSM, XENC, XENC11
from douane.standards.xml_signature.names import SHA256 as SHA256_NAME
from douane.standards.xml_signature.reading import octets_of
from douane.vocabulary.errors import AlgorithmRefused, BadSignature, NotDecrypted

if TYPE_CHECKING:
    from lxml.etree import _Element

EphemeralPublic = x25519.X25519PublicKey | ec.EllipticCurvePublicKey
WRAPPING_KEY: Final = 16
SALT: Final = 16
LONGEST: Final = 64  # octets of salt, info and each field of ConcatKDF
Random = Callable[[int], bytes]
_CURVES: Final[dict[str, ec.EllipticCurve]] = {
    "1.2.840.10045.3.1.7": ec.SECP256R1(),
    "1.3.132.0.34": ec.SECP384R1(),
    "1.3.132.0.35": ec.SECP521R1(),
    "1.3.36.3.3.2.8.1.1.7": ec.BrainpoolP256R1(),
    "1.3.36.3.3.2.8.1.1.11": ec.BrainpoolP384R1(),
    "1.3.36.3.3.2.8.1.1.13": ec.BrainpoolP512R1(),
}
_OIDS: Final = {curve.name: oid for oid, curve in _CURVES.items()}
_X25519_OID: Final = "1.3.101.110"


@dataclass(frozen=True, slots=True)
class Derivation:
    """How the wrapping key comes from the agreed secret: HKDF with salt and info, or ConcatKDF with ``other``."""

    hkdf: bool = True
    salt: bytes = b""
    info: bytes = b""
    other: tuple[bytes, ...] = (b"", b"", b"")

    def key(self, secret: bytes) -> bytes:
        """The wrapping key, 16 octets."""
        if self.hkdf:
            return HKDF(SHA256(), WRAPPING_KEY, self.salt or None, self.info).derive(secret)
        return ConcatKDFHash(SHA256(), WRAPPING_KEY, b"".join(self.other)).derive(secret)

    def text(self) -> str:
        """The ``xenc11:KeyDerivationMethod``."""
        if self.hkdf:
            info = f"<dsm:Info>{_base64(self.info)}</dsm:Info>" if self.info else ""
            return (
                f'<xenc11:KeyDerivationMethod Algorithm="{names.HKDF}"><dsm:HKDFParams xmlns:dsm="{DSM}">'
                f'<dsm:PRF Algorithm="{names.HMAC_SHA256}"/><dsm:Salt>{_base64(self.salt)}</dsm:Salt>{info}'
                f"<dsm:KeyLength>{WRAPPING_KEY}</dsm:KeyLength></dsm:HKDFParams></xenc11:KeyDerivationMethod>"
            )
        attributes = "".join(
            f' {name}="00{value.hex().upper()}"'
            for name, value in zip(("AlgorithmID", "PartyUInfo", "PartyVInfo"), self.other, strict=True)
        )
        return (
            f'<xenc11:KeyDerivationMethod Algorithm="{names.CONCAT_KDF}"><xenc11:ConcatKDFParams{attributes}>'
            f'<ds:DigestMethod Algorithm="{SHA256_NAME}"/></xenc11:ConcatKDFParams></xenc11:KeyDerivationMethod>'
        )


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """What a message says of an agreement: the sender's ephemeral key, how to derive, who the recipient is."""

    ephemeral: EphemeralPublic
    derivation: Derivation
    recipient: _Element


def agree(key: EphemeralPublic, derivation: Derivation, reference: str, random: Random) -> tuple[bytes, str]:
    """Agree with a recipient's public key: the wrapping key and the ``xenc:AgreementMethod``."""
    if isinstance(key, x25519.X25519PublicKey):
        own = x25519.X25519PrivateKey.from_private_bytes(random(32))
        secret, method = own.exchange(key), names.X25519
        encoded = own.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        originator = f'<ds11:DEREncodedKeyValue xmlns:ds11="{DS11}">{_base64(encoded)}</ds11:DEREncodedKeyValue>'
    else:
        ephemeral = _ephemeral(key.curve, random)
        secret, method = ephemeral.exchange(ec.ECDH(), key), names.ECDH_ES
        point = ephemeral.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        oid = _OIDS[key.curve.name]
        originator = (
            f'<ds:KeyValue><ds11:ECKeyValue xmlns:ds11="{DS11}"><ds11:NamedCurve URI="urn:oid:{oid}"/>'
            f"<ds11:PublicKey>{_base64(point)}</ds11:PublicKey></ds11:ECKeyValue></ds:KeyValue>"
        )
    text = (
        f'<xenc:AgreementMethod Algorithm="{method}">{derivation.text()}'
        f"<xenc:OriginatorKeyInfo>{originator}</xenc:OriginatorKeyInfo>"
        f"<xenc:RecipientKeyInfo>{reference}</xenc:RecipientKeyInfo></xenc:AgreementMethod>"
    )
    return derivation.key(secret), text


def agreed(agreement: Agreement, key: object) -> bytes:
    """The wrapping key on the recipient's side. Raises NotDecrypted for whatever does not fit."""
    ephemeral = agreement.ephemeral
    try:
        if isinstance(key, x25519.X25519PrivateKey) and isinstance(ephemeral, x25519.X25519PublicKey):
            return agreement.derivation.key(key.exchange(ephemeral))
        if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(ephemeral, ec.EllipticCurvePublicKey):
            return agreement.derivation.key(key.exchange(ec.ECDH(), ephemeral))
    except ValueError as problem:  # a point of another curve, or a secret of zeros
        raise NotDecrypted(UNDISCLOSED) from problem
    raise NotDecrypted(UNDISCLOSED)


def read_agreement(element: _Element) -> Agreement:
    """An ``xenc:AgreementMethod``. Raises AlgorithmRefused, naming what differs from the form that is known."""
    method = element.get("Algorithm", "")
    if element.tag != f"{{{XENC}}}AgreementMethod" or method not in (names.X25519, names.ECDH_ES):
        raise _other(f"the key agreement {method or 'without a name'}", f"{names.X25519} or {names.ECDH_ES}")
    children = list(element)
    wanted = [f"{{{XENC11}}}KeyDerivationMethod", f"{{{XENC}}}OriginatorKeyInfo", f"{{{XENC}}}RecipientKeyInfo"]
    if [c.tag for c in children] != wanted:
        raise _other(
            "an AgreementMethod with other children", "KeyDerivationMethod, OriginatorKeyInfo, RecipientKeyInfo"
        )
    derivation, originator, recipient = children
    try:
        ephemeral = _read_ephemeral(originator)
    except (ValueError, UnsupportedAlgorithm, BadSignature) as problem:
        raise NotDecrypted(UNDISCLOSED) from problem
    if isinstance(ephemeral, x25519.X25519PublicKey) != (method == names.X25519):
        raise _other("a key of another kind than the agreement names", f"{names.X25519} for X25519 keys only")
    return Agreement(ephemeral, _read_derivation(derivation), recipient)


def _read_derivation(element: _Element) -> Derivation:
    method, params = element.get("Algorithm", ""), list(element)
    if method == names.HKDF:
        if len(params) != 1 or params[0].tag != f"{{{DSM}}}HKDFParams":
            raise _other("HKDF without HKDFParams", f"HKDFParams in {DSM}")
        return _read_hkdf(params[0])
    if method == names.CONCAT_KDF and len(params) == 1 and params[0].tag == f"{{{XENC11}}}ConcatKDFParams":
        digest = list(params[0])
        if len(digest) != 1 or digest[0].get("Algorithm") != SHA256_NAME:
            raise _other("ConcatKDF under another digest", SHA256_NAME)
        fields = ("AlgorithmID", "PartyUInfo", "PartyVInfo", "SuppPubInfo", "SuppPrivInfo")
        return Derivation(hkdf=False, other=tuple(_bits(params[0].get(name, "")) for name in fields))
    raise _other(f"the key derivation {method or 'without a name'}", names.HKDF)


def _read_hkdf(params: _Element) -> Derivation:
    found: dict[str, _Element] = {}
    for child in params:
        name = child.tag.removeprefix(f"{{{DSM}}}")
        if name not in ("PRF", "Salt", "Info", "KeyLength") or name in found:
            raise _other(f"the HKDF parameter {child.tag}", "PRF, Salt, Info and KeyLength, each once")
        if len(child):
            raise _other(f"{name} with an element inside", "base64 text")
        found[name] = child
    if "PRF" in found and found["PRF"].get("Algorithm") != names.HMAC_SHA256:
        raise _other("HKDF under another function", names.HMAC_SHA256)
    length = (found["KeyLength"].text or "").strip() if "KeyLength" in found else str(WRAPPING_KEY)
    if length != str(WRAPPING_KEY):
        raise NotDecrypted(UNDISCLOSED)
    try:
        salt, info = (octets_of(found[name]) if name in found else b"" for name in ("Salt", "Info"))
    except BadSignature as problem:
        raise NotDecrypted(UNDISCLOSED) from problem
    if max(len(salt), len(info)) > LONGEST:
        raise NotDecrypted(UNDISCLOSED)
    return Derivation(salt=salt, info=info)


def _read_ephemeral(originator: _Element) -> EphemeralPublic:
    children = list(originator)
    if len(children) == 1 and children[0].tag == f"{{{DS}}}KeyValue":
        children = list(children[0])
    if len(children) == 1 and children[0].tag == f"{{{DS11}}}DEREncodedKeyValue":
        key = load_der_public_key(octets_of(children[0]))
        if isinstance(key, x25519.X25519PublicKey):
            return key
        if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in CURVES:
            return key
    if len(children) == 1 and children[0].tag == f"{{{DS11}}}ECKeyValue" and len(children[0]) == 2:
        curve, point = children[0]
        oid = curve.get("URI", "").removeprefix("urn:oid:")
        if oid == _X25519_OID:
            return x25519.X25519PublicKey.from_public_bytes(octets_of(point))
        if oid in _CURVES:
            return ec.EllipticCurvePublicKey.from_encoded_point(_CURVES[oid], octets_of(point))
    raise ValueError("no ephemeral key")


def _ephemeral(curve: ec.EllipticCurve, random: Random) -> ec.EllipticCurvePrivateKey:
    """A key from the port of randomness: of more bits than the order, so that no number is favoured."""
    number = int.from_bytes(random((curve.key_size + 7) // 8 + 8), "big")
    return ec.derive_private_key(number % (_ORDERS[curve.name] - 1) + 1, curve)


_ORDERS: Final = {
    "secp256r1": 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    "secp384r1": int("f" * 48 + "c7634d81f4372ddf581a0db248b0a77aecec196accc52973", 16),
    "secp521r1": int("1" + "f" * 65 + "a51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409", 16),
    "brainpoolP256r1": 0xA9FB57DBA1EEA9BC3E660A909D838D718C397AA3B561A6F7901E0E82974856A7,
    "brainpoolP384r1": int(
        "8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b31f166e6cac0425a7cf3ab6af6b7fc3103b883202e9046565", 16
    ),
    "brainpoolP512r1": int(
        "aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca70330870"
        "553e5c414ca92619418661197fac10471db1d381085ddaddb58796829ca90069", 16,
    ),
}  # fmt: skip


def _bits(text: str) -> bytes:
    """A field of ConcatKDF: hexadecimal, the first octet telling how many bits of padding follow (here none)."""
    if not text:
        return b""
    try:
        raw = bytes.fromhex(text)
    except ValueError as problem:
        raise NotDecrypted(UNDISCLOSED) from problem
    if not raw or raw[0] or len(raw) > LONGEST:
        raise NotDecrypted(UNDISCLOSED)
    return raw[1:]


def _other(what: str, wanted: str) -> AlgorithmRefused:
    return AlgorithmRefused(f"The key is agreed with {what[:160]}.", remedy=f"Use {wanted}, as WSS4J writes it.")


def _base64(octets: bytes) -> str:
    return b64encode(octets).decode()
