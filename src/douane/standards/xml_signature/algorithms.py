"""The signature algorithms, each bound to one kind of key; what is not in these tables does not exist here.

RSA is PKCS#1 v1.5 with at least 2048 bits. An ECDSA value is ``r || s`` of fixed width (XML Signature 1.1, 6.4.3), not
DER. No HMAC, no DSA, no SHA-1.
"""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from douane.standards.xml_signature import names
from douane.vocabulary.errors import AlgorithmRefused, BadSignature

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey

SMALLEST_RSA: Final = 2048
HASHES: Final[dict[str, hashes.HashAlgorithm]] = {
    names.SHA256: hashes.SHA256(),
    names.SHA384: hashes.SHA384(),
    names.SHA512: hashes.SHA512(),
}
_RSA: Final[dict[str, hashes.HashAlgorithm]] = {
    names.RSA_SHA256: hashes.SHA256(),
    names.RSA_SHA384: hashes.SHA384(),
    names.RSA_SHA512: hashes.SHA512(),
}
_ECDSA: Final[dict[str, hashes.HashAlgorithm]] = {
    names.ECDSA_SHA256: hashes.SHA256(),
    names.ECDSA_SHA384: hashes.SHA384(),
    names.ECDSA_SHA512: hashes.SHA512(),
}
CURVES: Final = frozenset({
    "secp256r1", "secp384r1", "secp521r1", "brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1",
})  # fmt: skip
KNOWN: Final = frozenset({*_RSA, *_ECDSA, names.ED25519})


def digest(algorithm: str, octets: bytes) -> bytes:
    """The digest of octets under a digest algorithm of this profile."""
    state = hashes.Hash(HASHES[algorithm])
    state.update(octets)
    return state.finalize()


def sign_octets(key: PrivateKey, algorithm: str, octets: bytes) -> bytes:
    """The signature value. Raises AlgorithmRefused when the key is not of the algorithm's kind."""
    if isinstance(key, rsa.RSAPrivateKey) and algorithm in _RSA:
        return key.sign(octets, padding.PKCS1v15(), _RSA[algorithm])
    if isinstance(key, ec.EllipticCurvePrivateKey) and algorithm in _ECDSA:
        r, s = decode_dss_signature(key.sign(octets, ec.ECDSA(_ECDSA[algorithm])))
        width = _width(key.curve)
        return r.to_bytes(width, "big") + s.to_bytes(width, "big")
    if isinstance(key, ed25519.Ed25519PrivateKey) and algorithm == names.ED25519:
        return key.sign(octets)
    raise _mismatch(key, algorithm)


def verify_octets(key: PublicKey, algorithm: str, value: bytes, octets: bytes) -> None:
    """Silent when the value is the key's signature over the octets.

    Raises AlgorithmRefused when algorithm and key do not belong together or the key is too weak, else BadSignature.
    """
    check_key(key, algorithm)
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(value, octets, padding.PKCS1v15(), _RSA[algorithm])
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(_der(key.curve, value), octets, ec.ECDSA(_ECDSA[algorithm]))
        else:
            key.verify(value, octets)
    except InvalidSignature as problem:
        raise BadSignature("The signature value does not belong to the signed info.") from problem


def check_key(key: object, algorithm: str) -> None:
    """Whether a public key may verify under an algorithm, known before anything is canonicalised."""
    match key:
        case rsa.RSAPublicKey() if algorithm in _RSA:
            if key.key_size < SMALLEST_RSA:
                raise AlgorithmRefused(f"An RSA key of {key.key_size} bits is too short.",
                                       remedy=f"Sign with at least {SMALLEST_RSA} bits.")  # fmt: skip
        case ec.EllipticCurvePublicKey() if algorithm in _ECDSA:
            if key.curve.name not in CURVES:
                raise AlgorithmRefused(f"The curve {key.curve.name} is not accepted.",
                                       remedy=f"Use one of: {', '.join(sorted(CURVES))}.")  # fmt: skip
        case ed25519.Ed25519PublicKey() if algorithm == names.ED25519:
            pass
        case _:
            raise _mismatch(key, algorithm)


def _mismatch(key: object, algorithm: str) -> AlgorithmRefused:
    kind = type(key).__name__.removesuffix("PublicKey").removesuffix("PrivateKey")
    return AlgorithmRefused(
        f"A key of type {kind} does not sign under {algorithm}.",
        remedy="Name the signature algorithm that belongs to the certificate's key.",
    )


def _width(curve: ec.EllipticCurve) -> int:
    return (curve.key_size + 7) // 8


def _der(curve: ec.EllipticCurve, value: bytes) -> bytes:
    width = _width(curve)
    if len(value) != 2 * width:
        raise BadSignature(
            f"An ECDSA value of {len(value)} bytes is not r || s of twice {width} bytes.",
            remedy="Write r and s in fixed width, not in DER.",
        )
    return encode_dss_signature(int.from_bytes(value[:width], "big"), int.from_bytes(value[width:], "big"))
