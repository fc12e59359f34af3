"""The key by which UUM&DS signs what it asks of providers that speak SAML: made once, kept in the identity folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import NameOID

from douane.identity.federating.saml import Own
from douane.trust.development_identity import write_synced
from douane.vocabulary.errors import DeclarationFault

FILE: Final = "saml.pem"
"""Key and certificate, one after the other. Providers take the certificate from our metadata."""
YEARS: Final = 5
BITS: Final = 3072


def own_key(identity: Path, now: dt.datetime) -> Own:
    """The key and its certificate; new ones where there are none yet. RSA: providers that know nothing else are many.

    Raises DeclarationFault for a file that cannot be used.
    """
    path = identity / FILE
    if not path.exists():
        write_synced(path, _made(now))
    written = path.read_bytes()
    try:
        key, certificate = load_pem_private_key(written, None), x509.load_pem_x509_certificate(written)
        if not isinstance(key, rsa.RSAPrivateKey) or key.public_key() != certificate.public_key():
            raise ValueError(path)
    except ValueError as problem:
        raise DeclarationFault(f"{path} holds no RSA key with its certificate.", remedy="Remove it.") from problem
    return Own(key, certificate)


def _made(now: dt.datetime) -> bytes:
    key = rsa.generate_private_key(65537, BITS)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "UUM&DS")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(Encoding.PEM)
