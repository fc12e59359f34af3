"""A client is registered by a request of its own: its key stays where it is, and nobody gets more than was meant."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from douane.configuration.ports import SystemIds
from douane.identity.authentication import by_certificate
from douane.identity.certificates import thumbprint_of
from douane.identity.register import Client
from douane.model.circles import ActorKind, Circle
from douane.trust import expiring
from douane.trust.development_identity import CLIENT_DAYS, DevelopmentIdentity, prepare
from douane.trust.enrolling import Enrolled, add, renew
from douane.vocabulary.errors import BadSignature, DeclarationFault, DouaneError, NotFound, NotWellFormed

TIME = dt.datetime.now(dt.UTC).replace(microsecond=0)
NOW, SECOND = int(TIME.timestamp()) * 1_000_000, 1_000_000
LILLE = Client("trader.fr.lille", ActorKind.TRADER, "FR", "FR40123456700025", roles=frozenset({"declarant"}))


def request(key: Any = None, *, subject: str = "whoever", authority: bool = False) -> bytes:
    """A request for a certificate, in PEM."""
    made = x509.CertificateSigningRequestBuilder().subject_name(
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    )
    made = made.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    key = key or ec.generate_private_key(ec.SECP256R1())
    hashed = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return made.sign(key, hashed).public_bytes(Encoding.PEM)


@pytest.fixture
def identity(tmp_path: Path) -> DevelopmentIdentity:
    return prepare(tmp_path / "identity", now=NOW, random=SystemIds().random, clients=())


def enrolled(identity: DevelopmentIdentity, wanted: Client = LILLE, octets: bytes = b"") -> Enrolled:
    return add(identity, wanted, octets or request(), now=NOW, random=SystemIds().random)


def test_a_client_enters_as_whom_it_is_registered_by_the_key_of_its_request(identity: DevelopmentIdentity) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    done = enrolled(identity, octets=request(key, subject="commission.officer", authority=True))
    made = x509.load_pem_x509_certificate(done.certificate)
    assert made.public_key() == key.public_key()
    assert made.subject.rfc4514_string() == "CN=trader.fr.lille,C=FR", "not what the request says of itself"
    assert made.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    usage = made.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [ExtendedKeyUsageOID.CLIENT_AUTH]
    checked = identity.load_certificates().check(made.public_bytes(Encoding.DER), NOW)
    caller = by_certificate(identity.load_register(), checked)
    assert (caller.id, caller.eori, caller.circle) == ("trader.fr.lille", "FR40123456700025", Circle.UNTRUSTED)
    assert caller.roles == {"declarant", "inbox"}


def test_a_renewed_certificate_holds_beside_the_former(identity: DevelopmentIdentity) -> None:
    first = enrolled(identity)
    second = renew(identity, LILLE.id, request(), now=NOW, random=SystemIds().random)
    assert second.client.certificates == (*first.client.certificates, second.client.certificates[-1])
    register = identity.load_register()
    for done in (first, second):
        held = register.holder(thumbprint_of(x509.load_pem_x509_certificate(done.certificate)))
        assert held is not None
        assert held.eori == LILLE.eori


def altered(octets: bytes) -> bytes:
    """A request whose key is another than the one that signed it."""
    own, other = (x509.load_pem_x509_csr(each).public_bytes(Encoding.DER) for each in (octets, request()))
    place = own.index(b"\x03\x42\x00\x04")
    return own[:place] + other[other.index(b"\x03\x42\x00\x04") :][:69] + own[place + 69 :]


@pytest.mark.parametrize(
    ("octets", "error"),
    [
        (b"", NotWellFormed), (b"hallo", NotWellFormed), (b"x" * 70_000, NotWellFormed),
        (altered(request()), BadSignature), (request(rsa.generate_private_key(65537, 1024)), DeclarationFault),
        (request(ec.generate_private_key(ec.SECP192R1())), DouaneError),
        (request(ed25519.Ed25519PrivateKey.generate()), DeclarationFault),
    ],
    ids=["empty", "text", "large", "another's key", "weak", "small curve", "other kind"],
)  # fmt: skip
def test_a_request_that_proves_no_good_key_registers_nobody(
    identity: DevelopmentIdentity, octets: bytes, error: type[DouaneError]
) -> None:
    before = identity.register.read_bytes()
    with pytest.raises(error):
        add(identity, LILLE, octets, now=NOW, random=SystemIds().random)
    assert identity.register.read_bytes() == before
    assert not identity.client(LILLE.id).certificate.exists()


def test_nobody_takes_anothers_name_key_or_a_bad_registration(identity: DevelopmentIdentity) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    enrolled(identity, octets=request(key))
    other = dataclasses.replace(LILLE, id="trader.fr.other")
    for wanted, octets, why in (
        (LILLE, request(), "is registered"), (other, request(key), "is that of trader.fr.lille"),
        (dataclasses.replace(other, eori="nonsense"), request(), "bad EORI"),
        (dataclasses.replace(other, eori=""), request(), "without EORI"),
        (dataclasses.replace(other, id="../x"), request(), "bad id"),
    ):  # fmt: skip
        with pytest.raises(DeclarationFault, match=why):
            enrolled(identity, wanted, octets)
    with pytest.raises(NotFound):
        renew(identity, "trader.fr.nobody", request(), now=NOW, random=SystemIds().random)
    assert [each.id for each in identity.load_register()] == [LILLE.id]
    identity.authority_key(Circle.UNTRUSTED).unlink()
    with pytest.raises(DeclarationFault):
        enrolled(identity, other)


def test_what_runs_out_is_told_two_months_before_and_by_the_last_certificate(identity: DevelopmentIdentity) -> None:
    enrolled(identity)
    day = 86_400 * SECOND
    assert not list(expiring.clients(identity, NOW + (CLIENT_DAYS - 61) * day))
    late = NOW + (CLIENT_DAYS - 20) * day
    (found,) = expiring.clients(identity, late)
    assert (found.client, found.kind) == (LILLE.id, expiring.CLIENT)
    assert "douane client renew trader.fr.lille" in found.remedy
    renew(identity, LILLE.id, request(), now=late, random=SystemIds().random)
    assert not list(expiring.clients(identity, late))
