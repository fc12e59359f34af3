"""Several authorities and several lists: which one says what, and that no order of them makes a revoked card good."""

from __future__ import annotations

import base64
import datetime as dt
import itertools
from collections.abc import Sequence

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ObjectIdentifier
from hypothesis import given
from hypothesis import strategies as st

from douane.identity.authorities import (
    Credential,
    Period,
    Revocation,
    create_issuer,
    create_root,
    issue_client,
    issue_revocations,
)
from douane.identity.certificates import CertificateChecker
from douane.identity.revocations import RevocationList, key_identifier, newest, read_lists
from douane.model.circles import Circle
from douane.vocabulary.errors import DeclarationFault, NotAuthenticated, StaleEvidence

START = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
NOW = int(START.timestamp()) * 1_000_000
LONG = Period.days(START, 3650)
ROOT = create_root("Root", period=LONG, serial=1)
AUTHORITIES = [create_issuer(f"Authority {n}", root=ROOT, period=LONG, serial=10 + n) for n in range(3)]
CARDS = [[issue_client(f"c{s}", issuer=each, period=LONG, serial=s) for s in range(100, 103)] for each in AUTHORITIES]
ANCHORS = {
    Circle.UNTRUSTED: [AUTHORITIES[0].certificate, AUTHORITIES[1].certificate],
    Circle.TRUSTED: [AUTHORITIES[2].certificate],
}


def pem(issuer: Credential, serials: Sequence[int], number: int = 1, days: int = 7) -> bytes:
    entries = [Revocation(serial, START) for serial in serials]
    return issue_revocations(entries, issuer=issuer, period=Period.days(START, days), number=number)


def checker(*files: bytes, **more: object) -> CertificateChecker:
    return CertificateChecker(ANCHORS, [each for file in files for each in read_lists(file)], **more)  # type: ignore[arg-type]  # a test's short cut


def good(found: CertificateChecker, card: Credential) -> bool:
    try:
        found.check(card.certificate.public_bytes(Encoding.DER), NOW)
    except (NotAuthenticated, StaleEvidence):
        return False
    return True


def test_every_list_of_a_file_is_read() -> None:
    both = pem(AUTHORITIES[0], []) + b"of the second authority:\n" + pem(AUTHORITIES[1], [100])
    found = checker(both)
    assert good(found, CARDS[0][0])
    assert not good(found, CARDS[1][0])
    assert good(found, CARDS[1][1])


def test_an_authority_without_a_list_vouches_for_nobody_unless_that_is_declared() -> None:
    first = pem(AUTHORITIES[0], [])
    with pytest.raises(StaleEvidence, match=r"no revocation list of CN=Authority 1") as caught:
        checker(first).check(CARDS[1][0].certificate.public_bytes(Encoding.DER), NOW)
    assert "certificate load" in caught.value.remedy
    declared = checker(first, unlisted={key_identifier(AUTHORITIES[1].certificate)})
    assert [good(declared, cards[0]) for cards in CARDS] == [True, True, False]
    listed = checker(first, pem(AUTHORITIES[1], [100]), unlisted={key_identifier(AUTHORITIES[1].certificate)})
    assert not good(listed, CARDS[1][0]), "a list counts more than what was declared for want of one"


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3)), max_size=8),
    st.lists(st.integers(0, 8), max_size=3),
    st.sets(st.integers(0, 2)),
)
def test_whatever_lists_lie_there_in_whatever_order_no_revoked_card_is_good(
    given_: list[tuple[int, int]], joints: list[int], declared: set[int]
) -> None:
    """List n of each authority revokes its first n cards. They come in any order, grouped into any files."""
    files = [b""]
    for place, which in enumerate(given_):
        files[-1] += LISTS[which]
        files += [b""] if place in joints else []
    keys = {key_identifier(AUTHORITIES[n].certificate) for n in declared}
    found = checker(*(file for file in files if file), unlisted=keys)
    for authority, cards in enumerate(CARDS):
        numbers = [number for n, number in given_ if n == authority]
        for place, card in enumerate(cards):
            known = bool(numbers) or authority in declared
            assert good(found, card) == (known and place >= max(numbers, default=0))


LISTS = {
    (n, number): pem(each, [100 + place for place in range(number)], number)
    for n, each in enumerate(AUTHORITIES)
    for number in (1, 2, 3)
}


def test_an_authority_is_its_name_and_key_however_often_its_certificate_is_made() -> None:
    first = AUTHORITIES[0]
    renewed = Credential(_again(first, serial=77), first.key)
    both = CertificateChecker(
        {Circle.UNTRUSTED: [first.certificate, renewed.certificate]}, read_lists(pem(first, [100]))
    )
    assert not good(both, CARDS[0][0])
    assert good(both, CARDS[0][1])
    with pytest.raises(DeclarationFault, match="two circles"):
        CertificateChecker({Circle.UNTRUSTED: [first.certificate], Circle.TRUSTED: [renewed.certificate]})


def _again(authority: Credential, serial: int) -> x509.Certificate:
    old = authority.certificate
    builder = x509.CertificateBuilder(
        old.issuer, old.subject, old.public_key(), serial, old.not_valid_before_utc, old.not_valid_after_utc
    )
    for each in old.extensions:
        builder = builder.add_extension(each.value, each.critical)
    return builder.sign(ROOT.key, hashes.SHA256())


def test_two_lists_with_one_number_may_not_differ() -> None:
    with pytest.raises(DeclarationFault, match="number 4 and differ"):
        checker(pem(AUTHORITIES[0], [100], 4), pem(AUTHORITIES[0], [], 4))
    assert not good(checker(pem(AUTHORITIES[0], [100], 4), pem(AUTHORITIES[0], [100], 4)), CARDS[0][0])


def made(*extensions: tuple[x509.ExtensionType, bool]) -> bytes:
    builder = x509.CertificateRevocationListBuilder(
        AUTHORITIES[0].certificate.subject, last_update=START, next_update=START + dt.timedelta(days=7)
    )
    for value, critical in extensions:
        builder = builder.add_extension(value, critical)
    return builder.sign(AUTHORITIES[0].key, hashes.SHA256()).public_bytes(Encoding.PEM)


def point(**facts: object) -> x509.IssuingDistributionPoint:
    empty: dict[str, object] = dict.fromkeys(("full_name", "relative_name", "only_some_reasons"))
    kinds = ("user_certs", "ca_certs", "attribute_certs")
    empty |= dict.fromkeys((f"only_contains_{kind}" for kind in kinds), False) | {"indirect_crl": False}
    return x509.IssuingDistributionPoint(**(empty | facts))  # type: ignore[arg-type]  # its eight arguments by name


UNKNOWN = x509.UnrecognizedExtension(ObjectIdentifier("1.2.3.4"), b"\x05\x00")
NOT_WHOLE = [
    (x509.DeltaCRLIndicator(3), True, "delta list"),
    (x509.DeltaCRLIndicator(3), False, "delta list"),
    (point(only_contains_user_certs=True), True, "some certificates or reasons only"),
    (point(only_contains_ca_certs=True), False, "some certificates or reasons only"),
    (point(indirect_crl=True), True, "some certificates or reasons only"),
    (point(only_some_reasons=frozenset([x509.ReasonFlags.superseded])), True, "some certificates or reasons only"),
    (UNKNOWN, True, "critical extension 1.2.3.4"),
]


@pytest.mark.parametrize(("extension", "critical", "said"), NOT_WHOLE)
def test_a_list_that_does_not_speak_of_every_certificate_is_refused_with_a_sentence(
    extension: x509.ExtensionType, critical: bool, said: str
) -> None:
    with pytest.raises(DeclarationFault, match=said) as caught:
        read_lists(made((x509.CRLNumber(4), False), (extension, critical)))
    assert "complete list" in caught.value.remedy
    assert read_lists(made((x509.CRLNumber(4), False), (UNKNOWN, False)))[0].number == 4


def test_a_list_that_does_not_say_until_when_it_holds_is_refused() -> None:
    """The library writes none such, so its octets are cut: the second time, which is the next update."""
    tbs = x509.load_pem_x509_crl(made((x509.CRLNumber(4), False))).tbs_certlist_bytes
    content = tbs[3 if tbs[1] == 0x81 else 2 + (tbs[1] == 0x82) * 2 :]
    time, length = bytes([0x17, 13]), 15
    second = content.index(time, content.index(time) + length)
    cut = sequence(content[:second] + content[second + length :])
    signature = AUTHORITIES[0].key.sign(cut, ec.ECDSA(hashes.SHA256()))
    algorithm = bytes.fromhex("300a06082a8648ce3d040302")  # ecdsa-with-SHA256
    der = sequence(cut + algorithm + bytes([3, len(signature) + 1, 0]) + signature)
    body = b"\n".join(base64.b64encode(der[n : n + 48]) for n in range(0, len(der), 48))
    with pytest.raises(DeclarationFault, match="does not say until when it holds"):
        read_lists(b"-----BEGIN X509 CRL-----\n" + body + b"\n-----END X509 CRL-----\n")


def sequence(content: bytes) -> bytes:
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([0x81, size]) if size < 256 else b"\x82" + size.to_bytes(2, "big")
    return b"\x30" + length + content


@pytest.mark.parametrize("cut", [1, 40, 200, -30, -1])
def test_a_file_with_a_torn_list_is_no_file_of_lists(cut: int) -> None:
    whole = pem(AUTHORITIES[0], [100]).strip()
    assert len(read_lists(whole + b"\n" + whole)) == 2
    with pytest.raises(DeclarationFault, match="no revocation list"):
        read_lists(whole + b"\n" + whole[:cut] if cut > 30 or cut < 0 else whole[cut:])


def test_without_numbers_the_later_date_counts() -> None:
    lists = []
    for days, serials in ((0, [100]), (1, [100, 101]), (2, [100, 101, 102])):
        begin = START + dt.timedelta(days=days)
        builder = x509.CertificateRevocationListBuilder(
            AUTHORITIES[0].certificate.subject, last_update=begin, next_update=begin + dt.timedelta(days=7)
        )
        for serial in serials:
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(START).build()
            builder = builder.add_revoked_certificate(entry)
        lists.append(RevocationList(builder.sign(AUTHORITIES[0].key, hashes.SHA256())))
    own = (b"", b"")
    for order in itertools.permutations(lists):
        assert newest((own, each) for each in order)[own] is lists[2]


def test_a_list_says_who_signed_it_and_is_not_taken_from_a_namesake() -> None:
    namesake = Credential(AUTHORITIES[0].certificate, ec.generate_private_key(ec.SECP256R1()))
    with pytest.raises(DeclarationFault, match="signed by no known authority"):
        checker(pem(namesake, [], 9))
