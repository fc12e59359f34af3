"""Reading requests for certificates. Octets in, the request out; nothing that it says of itself is believed here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from douane.standards.x509.faults import UNREADABLE
from douane.vocabulary.errors import BadSignature, NotWellFormed

LARGEST: Final = 64 * 1024
"""Octets of a request."""


def read(octets: bytes) -> x509.CertificateSigningRequest:
    """A request whose maker holds its key. Raises NotWellFormed; BadSignature for one of another key."""
    try:
        if len(octets) > LARGEST:
            raise ValueError(len(octets))
        pem = b"-----BEGIN" in octets
        request = x509.load_pem_x509_csr(octets) if pem else x509.load_der_x509_csr(octets)
        holds, _, _ = request.is_signature_valid, kind_of(request), list(names_in(request))
    except UNREADABLE as problem:
        raise NotWellFormed(
            "The request for a certificate cannot be read.", remedy="Send PKCS#10, in PEM or DER."
        ) from problem
    if not holds:
        raise BadSignature(
            "The request for a certificate is not signed by its own key.",
            remedy="Make it anew: openssl req -new -key KEY.",
        )
    return request


def key_of(request: x509.CertificateSigningRequest) -> str:
    """By which name the key of a request is known."""
    return known_by(request.public_key())


def known_by(key: CertificatePublicKeyTypes) -> str:
    """By which name a key is known: SHA-256 of its public half, in hexadecimal."""
    public = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(public).hexdigest()


def kind_of(request: x509.CertificateSigningRequest) -> str:
    """Of which kind and size the key is, as people say it."""
    key = request.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return f"RSA {key.key_size}"
    return f"ECDSA {key.curve.name}" if isinstance(key, ec.EllipticCurvePublicKey) else type(key).__name__.strip("_")


def names_in(request: x509.CertificateSigningRequest) -> Iterator[tuple[str, str]]:
    """Everything that a request says about who it is for: kind and value of each name, alternative ones too."""
    for attribute in request.subject:
        value = attribute.value
        yield attribute.rfc4514_attribute_name, value if isinstance(value, str) else value.hex()
    try:
        others = request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return
    for each in others:
        if isinstance(each, x509.DirectoryName):
            for attribute in each.value:
                yield attribute.rfc4514_attribute_name, str(attribute.value)
        elif isinstance(each, x509.OtherName):
            yield each.type_id.dotted_string, each.value.decode("utf-8", "replace")
        else:
            yield type(each).__name__, str(each.value)
