"""Keys and certificates for tests of signatures and encryption: a root, an authority, ends of each kind."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa, x25519
from cryptography.x509.oid import NameOID

from douane.standards.xml_signature.algorithms import PrivateKey as SigningKey
from douane.standards.xml_signature.algorithms import PublicKey

BEGIN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
END = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
PrivateKey = SigningKey | x25519.X25519PrivateKey


@dataclass(frozen=True)
class Certified:
    """A private key with its chain, the end certificate first."""

    key: PrivateKey
    chain: tuple[x509.Certificate, ...]

    @property
    def signing(self) -> SigningKey:
        """The key, where it is one that signs."""
        assert not isinstance(self.key, x25519.X25519PrivateKey)
        return self.key

    @property
    def public(self) -> PublicKey:
        """The public half of such a key."""
        return self.signing.public_key()

    @property
    def certificate(self) -> x509.Certificate:
        return self.chain[0]


def name(common: str, **more: str) -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "BE"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Seals, Ltd"),
    ]
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, common)])


def certify(
    common: str, key: PrivateKey, issuer: Certified | None = None, *, serial: int = 0, authority: bool = False,
    identifier: bool = True, begin: dt.datetime = BEGIN, end: dt.datetime = END,
) -> Certified:  # fmt: skip
    signer = issuer.signing if issuer else key
    assert not isinstance(signer, x25519.X25519PrivateKey)
    algorithm = None if isinstance(signer, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(common))
        .issuer_name(issuer.certificate.subject if issuer else name(common))
        .public_key(key.public_key())
        .serial_number(serial or abs(hash(common)) % 10**12 + 1)
        .not_valid_before(begin)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    if identifier:
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    if authority:
        builder = builder.add_extension(
            x509.KeyUsage(False, False, False, False, False, True, True, False, False), critical=True
        )
    if issuer:
        builder = builder.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public), critical=False
        )
    certificate = builder.sign(signer, algorithm)
    return Certified(key, (certificate, *(issuer.chain if issuer else ())))


@functools.cache
def rsa_key(number: int = 0) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@functools.cache
def authority() -> Certified:
    root = certify("Root", ec.generate_private_key(ec.SECP256R1()), authority=True)
    return certify("Issuing Authority", ec.generate_private_key(ec.SECP256R1()), root, authority=True)


@functools.cache
def end(kind: str) -> Certified:
    """An end certificate: ``rsa``, ``rsa2``, ``p256``, ``p384``, ``p521``, ``bp256``, ``ed25519``, ``x25519``.

    A suffix makes another one of the kind (``rsa-old``).
    """
    keys: dict[str, Callable[[], PrivateKey]] = {
        "rsa": lambda: rsa_key(0) if kind == "rsa" else rsa.generate_private_key(65537, 2048),
        "rsa2": lambda: rsa_key(1),
        "p256": lambda: ec.generate_private_key(ec.SECP256R1()),
        "p384": lambda: ec.generate_private_key(ec.SECP384R1()),
        "p521": lambda: ec.generate_private_key(ec.SECP521R1()),
        "bp256": lambda: ec.generate_private_key(ec.BrainpoolP256R1()),
        "ed25519": ed25519.Ed25519PrivateKey.generate,
        "x25519": x25519.X25519PrivateKey.generate,
    }
    return certify(f"end {kind}", keys[kind.partition("-")[0]](), authority())
