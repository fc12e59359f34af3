"""An authority of the attacker, or a second one of the operator: what a real one issues, made without the product."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import ipaddress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LIFE = dt.timedelta(days=30)


def _key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


@dataclass(frozen=True)
class Issued:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        """The certificate."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        """The key."""
        kind = serialization.PrivateFormat.PKCS8
        return self.key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption())

    @property
    def thumbprint(self) -> str:
        """As the register of clients names it."""
        der = self.certificate.public_bytes(serialization.Encoding.DER)
        return base64.urlsafe_b64encode(hashlib.sha256(der).digest()).rstrip(b"=").decode()

    def write(self, folder: Path, name: str) -> None:
        """Certificate and key as two files."""
        (folder / f"{name}.pem").write_bytes(self.pem)
        (folder / f"{name}.key").touch(mode=0o600)
        (folder / f"{name}.key").write_bytes(self.key_pem)


@dataclass
class Authority:
    """An authority that answers to nobody."""

    name: str
    own: Issued = field(init=False)

    def __post_init__(self) -> None:
        key = _key()
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.name)])
        signs = x509.KeyUsage(
            digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
            key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
        )  # fmt: skip
        made = (
            _builder(subject, subject, key.public_key(), key.public_key())
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(signs, critical=True)
        )
        self.own = Issued(made.sign(key, hashes.SHA256()), key)

    def client(self, name: str) -> Issued:
        """A client's certificate."""
        return self._end(name, ExtendedKeyUsageOID.CLIENT_AUTH, [])

    def server(self, *hosts: str) -> Issued:
        """A server's certificate for names and addresses."""
        return self._end(hosts[0], ExtendedKeyUsageOID.SERVER_AUTH, [_host(each) for each in hosts])

    def revocations(self, *serials: int, number: int) -> bytes:
        """Its revocation list."""
        begin = _now() - dt.timedelta(hours=1)
        list_ = x509.CertificateRevocationListBuilder(self.own.certificate.subject, begin, begin + LIFE)
        for each in serials:
            entry = x509.RevokedCertificateBuilder(each, begin)
            list_ = list_.add_revoked_certificate(entry.build())
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.own.key.public_key())
        list_ = list_.add_extension(x509.CRLNumber(number), critical=False).add_extension(above, critical=False)
        return list_.sign(self.own.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    def _end(self, name: str, purpose: x509.ObjectIdentifier, hosts: list[x509.GeneralName]) -> Issued:
        key = _key()
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        used = x509.KeyUsage(
            digital_signature=True, content_commitment=False, key_encipherment=False, data_encipherment=False,
            key_agreement=True, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
        )  # fmt: skip
        made = (
            _builder(subject, self.own.certificate.subject, key.public_key(), self.own.key.public_key())
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(used, critical=True)
            .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
        )
        if hosts:
            made = made.add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        return Issued(made.sign(self.own.key, hashes.SHA256()), key)


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _builder(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, signer: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    begin = _now() - dt.timedelta(hours=1)
    return (
        x509.CertificateBuilder(issuer, subject, public, x509.random_serial_number(), begin, begin + LIFE)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer), critical=False)
    )
