"""Certificates that a partner must not trust, made for one run: our own key under an expired one, and a stranger's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from douane.standards.as4.securing import Signer
from douane.standards.xml_signature.algorithms import PrivateKey
from douane.standards.xml_signature.tokens import TokenForm
from douane.vocabulary.errors import DeclarationFault

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StandIns:
    """Who signs what a partner has to refuse."""

    expired: Signer
    unknown: Signer


def stand_ins(own: Signer, now: dt.datetime, serial: int) -> StandIns:
    """Both for a signer of ours: the same subject and kind of key. The certificate goes along with the message."""
    stranger = _key_like(own.key)
    last_year = (now - 365 * DAY, now - DAY)
    this_year = (now - DAY, now + DAY)
    return StandIns(
        _signer(own, own.key, *last_year, serial), _signer(own, stranger, *this_year, serial + 1)
    )  # fmt: skip


def _signer(own: Signer, key: PrivateKey, begin: dt.datetime, end: dt.datetime, serial: int) -> Signer:
    subject = own.chain[0].subject
    builder = (
        x509.CertificateBuilder(subject, subject, key.public_key(), serial, begin, end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    algorithm = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    form = own.form if own.form is TokenForm.PATH else TokenForm.CERTIFICATE
    return Signer(key, (builder.sign(key, algorithm),), own.method, form)


def _key_like(key: PrivateKey) -> PrivateKey:
    match key:
        case rsa.RSAPrivateKey():
            return rsa.generate_private_key(65537, key.key_size)
        case ec.EllipticCurvePrivateKey():
            return ec.generate_private_key(key.curve)
        case ed25519.Ed25519PrivateKey():
            return ed25519.Ed25519PrivateKey.generate()
        case _:
            raise DeclarationFault("No key of this kind can be made.", remedy="Sign by RSA, ECDSA or Ed25519.")
