"""Certificate authorities: one root, an issuing authority per circle and one for servers, each with a revocation list.

A node makes these at first start for development; a production union brings its own authorities in the same shape.
Moments and serial numbers come in as arguments; only key generation draws randomness of its own, inside the
cryptographic library.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

MARGIN = dt.timedelta(minutes=5)
"""Certificates begin a little earlier, so that a partner whose clock is behind accepts them at once."""


@dataclass(frozen=True, slots=True)
class Period:
    """When a certificate or a list holds."""

    begin: dt.datetime
    end: dt.datetime

    @classmethod
    def days(cls, now: dt.datetime, days: int) -> Period:
        """From just before ``now``, for so many days."""
        return cls(now - MARGIN, now + dt.timedelta(days=days))


@dataclass(frozen=True, slots=True, repr=False)
class Credential:
    """A certificate and its private key. Its representation names the subject only."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def __repr__(self) -> str:
        return f"<Credential {self.certificate.subject.rfc4514_string()}>"

    def certificate_pem(self) -> bytes:
        """The certificate alone, PEM."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def key_pem(self) -> bytes:
        """The private key, unencrypted PKCS#8 PEM: keep it in a file of mode 600."""
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )


def create_root(name: str, *, period: Period, serial: int) -> Credential:
    """A self-signed root that signs issuing authorities only."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(name)
    builder = _builder(subject, subject, key.public_key(), key.public_key(), period, serial)
    return Credential(_authority(builder, path_length=1).sign(key, hashes.SHA256()), key)


def create_issuer(name: str, *, root: Credential, period: Period, serial: int) -> Credential:
    """An issuing authority under the root; it signs end certificates and its revocation list."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(_name(name), root.certificate.subject, key.public_key(), root.key.public_key(), period, serial)
    return Credential(_authority(builder, path_length=0).sign(root.key, hashes.SHA256()), key)


def issue_client(subject: str, *, issuer: Credential, period: Period, serial: int, country: str = "") -> Credential:
    """A client certificate. The subject's name is for people; which circle it opens depends on the issuer alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _end(_name(subject, country), issuer, key, period, serial, ExtendedKeyUsageOID.CLIENT_AUTH)
    return Credential(builder.sign(issuer.key, hashes.SHA256()), key)


def issue_requested(
    request: x509.CertificateSigningRequest, subject: str, *, issuer: Credential, period: Period, serial: int,
    country: str = "",
) -> x509.Certificate:  # fmt: skip
    """A client certificate for the key of a request, which is judged before; nothing else of it is taken."""
    usage = ExtendedKeyUsageOID.CLIENT_AUTH
    public: Any = request.public_key()  # of a kind that the builder knows: the caller has looked
    return _end_of(_name(subject, country), issuer, public, period, serial, usage).sign(issuer.key, hashes.SHA256())


def issue_server(hosts: Sequence[str], *, issuer: Credential, period: Period, serial: int) -> Credential:
    """A server certificate for host names and addresses; the first one is its subject."""
    key = ec.generate_private_key(ec.SECP256R1())
    names = x509.SubjectAlternativeName([_host(host) for host in hosts])
    builder = _end(_name(hosts[0]), issuer, key, period, serial, ExtendedKeyUsageOID.SERVER_AUTH)
    return Credential(builder.add_extension(names, critical=False).sign(issuer.key, hashes.SHA256()), key)


def issue_stamper(subject: str, *, issuer: Credential, period: Period, serial: int) -> Credential:
    """A certificate for time-stamps and nothing else: its extended key usage is critical (RFC 3161, 2.3)."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _end(_name(subject), issuer, key, period, serial, ExtendedKeyUsageOID.TIME_STAMPING, critical=True)
    return Credential(builder.sign(issuer.key, hashes.SHA256()), key)


@dataclass(frozen=True, slots=True)
class Revocation:
    """One entry of a revocation list: the certificate's serial number, since when it is worth nothing, and why."""

    serial: int
    at: dt.datetime
    reason: x509.ReasonFlags = x509.ReasonFlags.unspecified


def issue_revocations(revoked: Iterable[Revocation], *, issuer: Credential, period: Period, number: int = 1) -> bytes:
    """The issuer's signed revocation list (PEM, RFC 5280, 5), complete: it replaces the former, lower-numbered one."""
    builder = x509.CertificateRevocationListBuilder(
        issuer.certificate.subject, last_update=period.begin, next_update=period.end
    )
    for each in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(each.serial).revocation_date(each.at)
        if each.reason is not x509.ReasonFlags.unspecified:  # which is said by saying nothing (5.3.1)
            entry = entry.add_extension(x509.CRLReason(each.reason), critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    builder = builder.add_extension(x509.CRLNumber(number), critical=False).add_extension(above, critical=False)
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def read_credential(certificate_pem: bytes, key_pem: bytes) -> Credential:
    """Read back what ``certificate_pem`` and ``key_pem`` wrote."""
    key = serialization.load_pem_private_key(key_pem, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("The key of a credential is an elliptic-curve key.")
    return Credential(x509.load_pem_x509_certificate(certificate_pem), key)


def _name(common: str, country: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, country)] if country else []
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    signer: ec.EllipticCurvePublicKey,
    period: Period,
    serial: int,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=public, serial_number=serial)
        .not_valid_before(period.begin)
        .not_valid_after(period.end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer), critical=False)
    )


def _authority(builder: x509.CertificateBuilder, *, path_length: int) -> x509.CertificateBuilder:
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    constraints = x509.BasicConstraints(ca=True, path_length=path_length)
    return builder.add_extension(constraints, critical=True).add_extension(usage, critical=True)


def _end(
    subject: x509.Name,
    issuer: Credential,
    key: ec.EllipticCurvePrivateKey,
    period: Period,
    serial: int,
    purpose: x509.ObjectIdentifier,
    *,
    critical: bool = False,
) -> x509.CertificateBuilder:
    return _end_of(subject, issuer, key.public_key(), period, serial, purpose, critical=critical)


def _end_of(
    subject: x509.Name,
    issuer: Credential,
    public: ec.EllipticCurvePublicKey,
    period: Period,
    serial: int,
    purpose: x509.ObjectIdentifier,
    *,
    critical: bool = False,
) -> x509.CertificateBuilder:
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=purpose != ExtendedKeyUsageOID.TIME_STAMPING, key_cert_sign=False, crl_sign=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    above = issuer.certificate.subject
    return (
        _builder(subject, above, public, issuer.key.public_key(), period, serial)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([purpose]), critical=critical)
    )
