"""A statement that an administration signed with the certificate by which it is registered: a compact JWS with ``x5c``.

The algorithm follows from the key of the certificate, so that a statement cannot choose how it is checked. Whose
statement it is, is said by the register alone.
"""

from __future__ import annotations

import base64
import binascii
from typing import Final

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from douane.identity.certificates import CertificateChecker
from douane.identity.register import Client, Register
from douane.standards.json.bounds import decode
from douane.vocabulary.errors import BadSignature, NotAuthenticated

TYPE: Final = "douane-statement+jws"
LARGEST: Final = 8 * 1024 * 1024
_CURVES: Final = {"secp256r1": "ES256", "secp384r1": "ES384", "secp521r1": "ES512"}
MEND: Final = "Have the administration sign it anew with the certificate by which it is registered."
_Key = ECKey | OKPKey | RSAKey


class _Statements(jws.JWSRegistry):
    """One algorithm, and headers that hold a certificate."""

    max_header_length = 64 * 1024
    max_payload_length = LARGEST
    max_signature_length = 4096

    def __init__(self, algorithms: list[str]) -> None:
        super().__init__(algorithms=algorithms)


def sign(content: bytes, key: bytes, certificate: bytes) -> bytes:
    """A statement. key: private, PEM. certificate: of its holder, PEM."""
    chain = x509.load_pem_x509_certificates(certificate)
    algorithm, kind = _kind(chain[0])
    x5c = [base64.b64encode(each.public_bytes(Encoding.DER)).decode() for each in chain]
    header = {"alg": algorithm, "typ": TYPE, "x5c": x5c}
    return jws.serialize_compact(header, content, kind.import_key(key), registry=_Statements([algorithm])).encode()


def opened(statement: bytes, register: Register, certificates: CertificateChecker, now: int) -> tuple[bytes, Client]:
    """What a statement says, and the client that signed it. now: in microseconds since 1970.

    Raises BadSignature for one that does not hold, NotAuthenticated for a certificate that does not, or is nobody's.
    """
    if len(statement) > LARGEST:
        raise BadSignature("The statement is too large.", remedy=f"Keep it below {LARGEST} octets.")
    der = _certificate(statement)
    certificates.check(der, now)
    certificate = x509.load_der_x509_certificate(der)
    algorithm, kind = _kind(certificate)
    public = certificate.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    try:
        found = jws.deserialize_compact(statement.strip(), kind.import_key(public), registry=_Statements([algorithm]))
    except (JoseError, ValueError) as problem:
        raise BadSignature("The signature of the statement does not hold.", remedy=MEND) from problem
    if found.headers().get("typ") != TYPE:
        raise BadSignature("What is signed is no statement.", remedy=MEND)
    client = register.holder(certificates.check(der, now).thumbprint)
    if client is None:
        raise NotAuthenticated("Nobody is registered with the certificate of the statement.", remedy=MEND)
    return found.payload, client


def content_of(statement: bytes) -> bytes:
    """What a statement says that was judged before. Raises BadSignature for what is none."""
    try:
        body = statement.strip().split(b".")[1]
        return base64.urlsafe_b64decode(body + b"=" * (-len(body) % 4))
    except (IndexError, binascii.Error) as problem:
        raise BadSignature("This is no signed statement.", remedy=MEND) from problem


def _certificate(statement: bytes) -> bytes:
    """The certificate that a statement names, in DER form; nothing of it is believed yet."""
    try:
        head = statement.strip().partition(b".")[0]
        header = decode(base64.urlsafe_b64decode(head + b"=" * (-len(head) % 4)))
        return base64.b64decode(header["x5c"][0], validate=True)
    except (binascii.Error, msgspec.MsgspecError, KeyError, IndexError, TypeError, ValueError) as problem:
        raise BadSignature("This is no signed statement.", remedy=MEND) from problem


def _kind(certificate: x509.Certificate) -> tuple[str, type[_Key]]:
    """By which algorithm the holder of a certificate signs. Raises BadSignature for a key of another kind."""
    match certificate.public_key():
        case ec.EllipticCurvePublicKey() as key if key.curve.name in _CURVES:
            return _CURVES[key.curve.name], ECKey
        case ed25519.Ed25519PublicKey():
            return "EdDSA", OKPKey
        case rsa.RSAPublicKey():
            return "PS256", RSAKey
        case _:
            raise BadSignature("The key of the certificate signs by no algorithm of ours.", remedy=MEND)
