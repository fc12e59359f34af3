from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from douane.identity.authorities import (
    Period,
    create_issuer,
    create_root,
    issue_client,
    issue_revocations,
    issue_server,
    read_credential,
)
from douane.identity.certificates import CertificateChecker, Stale, moment
from douane.identity.revocations import key_identifier, read_lists
from douane.model.circles import Circle
from douane.vocabulary.errors import DeclarationFault, NotAuthenticated, StaleEvidence

DAY = 24 * 3600 * 1_000_000
START = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize("circle", list(Circle))
def test_the_circle_comes_from_the_issuing_authority(pki: Any, circle: Circle) -> None:
    credential = pki.client("Kommission TRUSTED untrusted internal", circle)  # a name the holder chose says nothing
    checked = pki.checker().check(pki.der(credential), pki.now)
    assert checked.circle is circle
    assert checked.thumbprint == pki.thumb(credential)
    assert checked.until <= pki.now + 7 * DAY, "the verdict ends with the revocation list"


def test_expired_and_not_yet_valid_are_refused_with_the_date(pki: Any) -> None:
    credential, checker = pki.client("short", Circle.TRUSTED, days=2), pki.checker()
    assert checker.check(pki.der(credential), pki.now)
    with pytest.raises(NotAuthenticated, match="expired on 2026-03-03"):
        checker.check(pki.der(credential), pki.now + 2 * DAY + 60_000_000)
    with pytest.raises(NotAuthenticated, match="not valid before 2026-03-01"):
        pki.checker().check(pki.der(credential), pki.now - DAY)


def test_a_remembered_verdict_does_not_outlive_the_certificate(pki: Any) -> None:
    credential, checker = pki.client("brief", Circle.TRUSTED, days=1), pki.checker()
    first = checker.check(pki.der(credential), pki.now)
    assert checker.check(pki.der(credential), pki.now + 1) is first
    with pytest.raises(NotAuthenticated, match="expired"):
        checker.check(pki.der(credential), first.until + 1_000_000)


def test_revoked_is_refused_and_its_neighbour_is_not(pki: Any) -> None:
    gone, stays = pki.client("gone", Circle.UNTRUSTED), pki.client("stays", Circle.UNTRUSTED)
    checker = pki.checker(revoked=[gone])
    with pytest.raises(NotAuthenticated, match="revoked"):
        checker.check(pki.der(gone), pki.now)
    assert checker.check(pki.der(stays), pki.now)


def test_a_serial_revoked_in_one_circle_is_not_revoked_in_another(pki: Any) -> None:
    period = Period.days(START, 5)
    here = issue_client("a", issuer=pki.issuers[Circle.TRUSTED], period=period, serial=77)
    there = issue_client("b", issuer=pki.issuers[Circle.UNTRUSTED], period=period, serial=77)
    checker = pki.checker(revoked=[here])
    with pytest.raises(NotAuthenticated, match="revoked"):
        checker.check(pki.der(here), pki.now)
    assert checker.check(pki.der(there), pki.now)


def test_an_outdated_revocation_list_is_our_fault_not_a_free_pass(pki: Any) -> None:
    credential = pki.client("late", Circle.TRUSTED)
    with pytest.raises(StaleEvidence, match="out of date"):
        pki.checker(list_days=1).check(pki.der(credential), pki.now + 2 * DAY)


def test_as4_t15_an_outdated_list_may_be_accepted_with_a_finding(pki: Any) -> None:
    """The soft policy: the certificate passes for a while, and the operator is told which list is stale."""
    credential = pki.client("soft", Circle.TRUSTED)
    hard, soft = pki.checker(), pki.checker(stale=Stale.ACCEPT)
    late = pki.now + 10 * DAY
    with pytest.raises(StaleEvidence):
        hard.check(pki.der(credential), late)
    checked = soft.check(pki.der(credential), late)
    assert late < checked.until <= late + 300_000_000
    assert [f.endswith("is out of date.") for f in soft.findings] == [True]
    revoked = pki.checker(revoked=[credential], stale=Stale.ACCEPT)
    with pytest.raises(NotAuthenticated, match="revoked"):
        revoked.check(pki.der(credential), late)


def test_self_signed_and_foreign_are_refused(pki: Any) -> None:
    period = Period.days(START, 30)
    alone = create_root("trader.fr", period=period, serial=1)
    with pytest.raises(NotAuthenticated, match="self-signed"):
        pki.checker().check(pki.der(alone), pki.now)
    # A foreign authority with the same name as ours: only its key tells them apart.
    twin = create_issuer(
        "Test trusted", root=create_root("Test root", period=period, serial=1), period=period, serial=2
    )
    forged = issue_client("at.system", issuer=twin, period=period, serial=5)
    with pytest.raises(NotAuthenticated, match="no authority that this node knows"):
        pki.checker().check(pki.der(forged), pki.now)


def test_an_expired_authority_vouches_for_nobody(pki: Any) -> None:
    short, long = Period.days(START, 2), Period.days(START, 30)
    ca = create_issuer("Short", root=pki.root, period=short, serial=50)
    outlives = issue_client("outlives", issuer=ca, period=long, serial=51)
    none = {key_identifier(ca.certificate)}
    checker = CertificateChecker({Circle.TRUSTED: [ca.certificate]}, unlisted=none)
    assert checker.check(pki.der(outlives), pki.now).until <= pki.now + 2 * DAY
    with pytest.raises(NotAuthenticated, match=r"authority"):
        checker.check(pki.der(outlives), pki.now + 3 * DAY)


def test_a_client_cannot_issue_further_clients(pki: Any) -> None:
    holder = pki.client("holder", Circle.TRUSTED)
    forged = issue_client("child", issuer=holder, period=Period.days(START, 3), serial=9)
    with pytest.raises(NotAuthenticated, match="no authority"):
        pki.checker().check(pki.der(forged), pki.now)


def test_a_server_certificate_is_no_client_certificate(pki: Any) -> None:
    ca = pki.issuers[Circle.TRUSTED]
    server = issue_server(["localhost", "127.0.0.1"], issuer=ca, period=Period.days(START, 3), serial=8)
    with pytest.raises(NotAuthenticated, match="may not be used by a client"):
        pki.checker().check(pki.der(server), pki.now)


@pytest.mark.parametrize("junk", [b"", b"0", b"\x30\x82\xff\xff", b"x" * 5000])
def test_junk_is_refused(pki: Any, junk: bytes) -> None:
    with pytest.raises(NotAuthenticated, match="cannot be read"):
        pki.checker().check(junk, pki.now)


@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
def test_a_flipped_bit_in_any_byte_of_a_certificate_loses_the_identity(pki: Any) -> None:
    """Refused; or, where DER leaves slack outside the signed part, another thumbprint, which no register holds."""
    credential = pki.client("exact", Circle.TRUSTED)
    whole, checker = bytearray(pki.der(credential)), pki.checker()
    slack = 0
    for place in range(len(whole)):
        changed = bytes(whole[:place]) + bytes([whole[place] ^ (1 << place % 8)]) + bytes(whole[place + 1 :])
        try:
            checked = checker.check(changed, pki.now)
        except NotAuthenticated:
            continue
        assert checked.thumbprint != pki.thumb(credential)
        slack += 1
    assert slack <= 1, "only the count of unused bits of the signature is slack"


def test_one_authority_may_not_stand_for_two_circles(pki: Any) -> None:
    ca = pki.issuers[Circle.TRUSTED].certificate
    with pytest.raises(DeclarationFault, match="two circles"):
        CertificateChecker({Circle.TRUSTED: [ca], Circle.UNTRUSTED: [ca]})


def test_a_revocation_list_of_another_authority_is_refused(pki: Any) -> None:
    other = create_root("Test trusted", period=Period.days(START, 3), serial=1)
    forged = read_lists(issue_revocations([], issuer=other, period=Period.days(START, 3)))
    with pytest.raises(DeclarationFault, match="signed by no known authority"):
        CertificateChecker({Circle.TRUSTED: [pki.issuers[Circle.TRUSTED].certificate]}, forged)


def test_credentials_survive_the_file_form_and_do_not_print_keys(pki: Any) -> None:
    credential = pki.client("file", Circle.UNTRUSTED)
    again = read_credential(credential.certificate_pem(), credential.key_pem())
    assert again.certificate == credential.certificate
    assert again.key.private_numbers() == credential.key.private_numbers()
    assert repr(again) == "<Credential CN=file>"


def test_instants_become_exact_moments() -> None:
    assert moment(1_772_366_400_000_001) == START + dt.timedelta(microseconds=1)


def test_without_authorities_nobody_is_known(pki: Any) -> None:
    credential = pki.client("any", Circle.TRUSTED)
    with pytest.raises(NotAuthenticated, match="no authority"):
        CertificateChecker({}).check(pki.der(credential), pki.now)
    assert isinstance(credential.certificate, x509.Certificate)


def weak_or_strong(pki: Any, key: Any) -> bytes:
    """The certificate (DER) of a client with this key."""
    issuer, period = pki.issuers[Circle.TRUSTED], Period.days(START, 5)
    made = (
        x509.CertificateBuilder().subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "someone")]))
        .issuer_name(issuer.certificate.subject).public_key(key.public_key()).serial_number(4711)
        .not_valid_before(period.begin).not_valid_after(period.end)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False)
        .sign(issuer.key, hashes.SHA256())
    )  # fmt: skip
    return made.public_bytes(serialization.Encoding.DER)


@pytest.mark.parametrize(
    "make",
    [
        lambda: rsa.generate_private_key(65537, 1024),
        lambda: rsa.generate_private_key(65537, 2047),
        lambda: ec.generate_private_key(ec.SECP192R1()),
        lambda: ec.generate_private_key(ec.SECP224R1()),
        lambda: ec.generate_private_key(ec.SECP256K1()),
        lambda: dsa.generate_private_key(2048),
    ],
)
def test_a_key_that_is_too_weak_is_refused_with_what_is_taken(pki: Any, make: Any) -> None:
    with pytest.raises(NotAuthenticated, match="too weak") as caught:
        pki.checker().check(weak_or_strong(pki, make()), pki.now)
    assert "RSA of 2048 bits or more (3072 are advised)" in caught.value.remedy


@pytest.mark.parametrize(
    "make",
    [
        lambda: rsa.generate_private_key(65537, 2048),
        lambda: rsa.generate_private_key(65537, 3072),
        lambda: ec.generate_private_key(ec.SECP384R1()),
        lambda: ec.generate_private_key(ec.SECP521R1()),
    ],
)
def test_keys_of_the_least_size_and_more_are_taken(pki: Any, make: Any) -> None:
    assert pki.checker().check(weak_or_strong(pki, make()), pki.now).circle is Circle.TRUSTED
