"""Certificates of traders' programs: who may ask, what a request may say, what is issued, who sees it, how it ends."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from douane.applications.accounts.messages import (
    AccountRecords,
    CertificateAsked,
    CertificateConfirmed,
    CertificateNoted,
    CertificateRefused,
    CertificateWithdrawn,
    MyCertificates,
)
from douane.applications.accounts.records import registered_keys
from douane.applications.accounts.rules import allowed, wrong_names
from douane.applications.accounts.tests.test_delegations import agreed, person
from douane.author import Caller, DouaneError, NotAuthorised, TooMany
from douane.standards.pkcs10.requests import key_of, read
from douane.testing.office import Office, acting, administration, officer, trader

A, B = "FR40123456700017", "BE0123456789"
NAMES: Final = {"CN": NameOID.COMMON_NAME, "serialNumber": NameOID.SERIAL_NUMBER, "O": NameOID.ORGANIZATION_NAME}
UNTIL: Final = 4_000_000_000_000_000


def request(key: Any = None, **names: str) -> str:
    """A request of a program, in PEM."""
    said = [x509.NameAttribute(NAMES[kind], value) for kind, value in (names or {"CN": "our program"}).items()]
    key = key or ec.generate_private_key(ec.SECP256R1())
    hashed = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    made = x509.CertificateSigningRequestBuilder().subject_name(x509.Name(said)).sign(key, hashed)
    return made.public_bytes(Encoding.PEM).decode()


def certify(request: bytes, client: str, country: str, _now: int) -> tuple[str, str, int]:
    """An authority that writes down whom it certifies."""
    return f"certificate of {client} ({country})", key_of(read(request))[:43], UNTIL


@pytest.fixture
def office() -> Office:
    made = Office("EU", "FR", "BE", certify=certify)
    made.send(AccountRecords("EU", (person("fr.chief", A, "declarant", "keeper of keys"),)), by=administration("FR"))
    return made


def answer(office: Office, message: Any, by: Caller) -> Any:
    before = len(office.inbox(by))
    office.send(message, by=by)
    return office.inbox(by)[before]


def done(office: Office, message: Any, by: Caller) -> bool:
    """Whether somebody achieved it: neither the core nor the application refused him."""
    try:
        return isinstance(answer(office, message, by), CertificateNoted)
    except DouaneError:
        return False


def asked(office: Office, pem: str, owner: str = A, by: Caller | None = None) -> Any:
    return answer(office, CertificateAsked(owner=owner, request=pem), by or trader(owner))


def held(office: Office, pem: str) -> str:
    """The key of a certificate that was asked for and confirmed."""
    key: str = asked(office, pem).key
    assert answer(office, CertificateConfirmed(owner=A, key=key), trader(A)).state == "holds"
    return key


def let_in(office: Office) -> list[Any]:
    """Whom doors would let in."""
    return list(registered_keys(office._view("EU")))


def test_a_certificate_is_asked_for_seen_confirmed_and_withdrawn(office: Office) -> None:
    pem = request(CN="our program")
    found = asked(office, pem)
    assert isinstance(found, CertificateNoted), found
    assert found.state == "waits for confirmation"
    (line,) = office.ask(MyCertificates(), by=trader(A)).lines
    assert (line.kind, line.says, line.certificate) == ("ECDSA secp256r1", ("CN: our program",), "")
    assert not let_in(office), "what is not confirmed lets nobody in"
    assert answer(office, CertificateConfirmed(owner=A, key=found.key), trader(A)).state == "holds"
    (line,) = office.ask(MyCertificates(key=found.key), by=trader(A)).lines
    assert (line.state, line.until) == ("holds", UNTIL)
    assert line.certificate == f"certificate of key.{found.key[:32]} (FR)", "named by its key, not by the request"
    (one,) = let_in(office)
    assert (one.eori, one.roles) == (A, frozenset({"declarant"})), "a program does not manage keys"
    assert answer(office, CertificateWithdrawn(owner=A, key=found.key), trader(A)).state == "was withdrawn"
    assert not let_in(office)
    assert not office.audited()


def test_who_has_no_rights_any_more_has_no_program_that_is_let_in(office: Office) -> None:
    held(office, request())
    office.send(AccountRecords("EU", (person("fr.chief", A, "carrier"),)), by=administration("FR"))
    assert [each.roles for each in let_in(office)] == [frozenset({"carrier"})], "the roles of today"
    office.send(AccountRecords("EU", (person("fr.chief", A),)), by=administration("FR"))
    assert not let_in(office)


def test_a_stranger_neither_asks_for_another_nor_confirms_nor_withdraws_nor_sees(office: Office) -> None:
    key = asked(office, request()).key
    for message in (CertificateConfirmed, CertificateWithdrawn):
        for owner in (A, B):
            assert not done(office, message(owner=owner, key=key), trader(B))
    assert office.ask(MyCertificates(), by=trader(B)).lines == ()
    assert office.ask(MyCertificates(key=key), by=trader(B)).lines == ()
    assert not let_in(office)
    with pytest.raises(NotAuthorised):
        office.send(CertificateAsked(owner=A, request=request()), by=officer("fr.luc", "FR"))


def test_a_delegate_does_none_of_it_however_wide_his_delegation(office: Office) -> None:
    office.send(AccountRecords("EU", (person("be.bert", B, "declarant"),)), by=administration("BE"))
    agreed(office, A, B)
    delegate = acting("be.bert", principal=A, delegate=B)
    refused = asked(office, request(), by=delegate)
    assert isinstance(refused, CertificateRefused)
    assert "outlast a delegation" in refused.reasons[0]
    key = asked(office, request()).key
    for message in (CertificateConfirmed, CertificateWithdrawn):
        assert isinstance(answer(office, message(owner=A, key=key), delegate), CertificateRefused)
    assert office.ask(MyCertificates(), by=delegate).lines == ()
    assert not let_in(office)


@pytest.mark.parametrize("names", [{"CN": B}, {"serialNumber": f"EORI-{B}"}, {"CN": "us", "O": B.lower()}])
def test_a_request_that_names_another_firm_is_refused(office: Office, names: dict[str, str]) -> None:
    refused = asked(office, request(**names))
    assert isinstance(refused, CertificateRefused)
    assert f"names {B}" in refused.reasons[0]
    assert not let_in(office)


def test_what_is_no_number_of_another_firm_may_stand_in_a_request(office: Office) -> None:
    assert not wrong_names([("CN", A), ("O", "DOUANE SAS"), ("CN", "srv01.example.com"), ("OU", "PC12")], A)
    assert isinstance(asked(office, request(CN=A, O="Lesquin Transports")), CertificateNoted)


def test_a_key_that_is_registered_is_taken_by_nobody_else_and_never_again(office: Office) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = held(office, request(key))
    other = asked(office, request(key, CN="another program"), B)
    assert isinstance(other, CertificateRefused)
    assert office.ask(MyCertificates(), by=trader(B)).lines == ()
    again = asked(office, request(key, CN="the same key"))
    assert isinstance(again, CertificateRefused)
    answer(office, CertificateWithdrawn(owner=A, key=name), trader(A))
    assert isinstance(asked(office, request(key)), CertificateRefused), "a withdrawn key does not come back"
    assert isinstance(answer(office, CertificateConfirmed(owner=A, key=name), trader(A)), CertificateRefused)


@pytest.mark.parametrize("key", [
    rsa.generate_private_key(public_exponent=65537, key_size=1024), ec.generate_private_key(ec.SECP192R1()),
    ed25519.Ed25519PrivateKey.generate(),
])  # fmt: skip
def test_a_weak_key_or_one_of_another_kind_is_refused_with_what_is_taken(office: Office, key: Any) -> None:
    refused = asked(office, request(key))
    assert isinstance(refused, CertificateRefused)
    assert "RSA of 2048 bits or more" in refused.reasons[0]


@pytest.mark.parametrize(
    "text", ["x", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"]
)
def test_nonsense_is_refused(office: Office, text: str) -> None:
    refused = asked(office, text)
    assert isinstance(refused, CertificateRefused)
    assert "Send PKCS#10" in refused.reasons[0]
    assert office.ask(MyCertificates(), by=trader(A)).lines == ()


def test_a_request_that_another_key_signed_is_refused(office: Office) -> None:
    der = bytearray(x509.load_pem_x509_csr(request().encode()).public_bytes(Encoding.DER))
    der[-1] ^= 1
    broken = x509.load_der_x509_csr(bytes(der)).public_bytes(Encoding.PEM).decode()
    refused = asked(office, broken)
    assert isinstance(refused, CertificateRefused)
    assert "not signed by its own key" in refused.reasons[0]


def test_a_request_that_waits_is_replaced_by_one_of_the_same_key(office: Office) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    asked(office, request(key, CN="first"))
    asked(office, request(key, CN="second"))
    (line,) = office.ask(MyCertificates(), by=trader(A)).lines
    assert line.says == ("CN: second",)


def test_a_key_that_another_asked_for_first_is_not_taken_over(office: Office) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = asked(office, request(key, CN="first")).key
    assert isinstance(asked(office, request(key, CN="second"), B), CertificateRefused)
    (line,) = office.ask(MyCertificates(), by=trader(A)).lines
    assert line.says == ("CN: first",)
    assert not done(office, CertificateConfirmed(owner=B, key=name), trader(B))


def test_without_an_authority_nothing_is_issued() -> None:
    office = Office("EU", "FR")
    key = asked(office, request()).key
    refused = answer(office, CertificateConfirmed(owner=A, key=key), trader(A))
    assert isinstance(refused, CertificateRefused)
    assert "no authority" in refused.reasons[0]


def test_a_firm_asks_for_so_many_in_a_day_and_no_more_until_it_is_over(office: Office) -> None:
    most, key = allowed(), ec.generate_private_key(ec.SECP256R1())
    asked(office, request(key))
    withdrawn = asked(office, request()).key
    answer(office, CertificateWithdrawn(owner=A, key=withdrawn), trader(A))
    for _ in range(most.asked_a_day - 2):
        assert isinstance(asked(office, request()), CertificateNoted)
    refused = asked(office, request())
    assert isinstance(refused, CertificateRefused), "what is withdrawn was asked for all the same"
    assert refused.code == TooMany.code
    assert f"may for {most.asked_a_day}. Ask again tomorrow." in refused.reasons[0]
    assert isinstance(asked(office, request(key, CN="again")), CertificateNoted), "the same key takes no further place"
    told = office.ask(MyCertificates(), by=trader(A)).allowed
    assert (told.asked, told.most_asked, told.held) == (most.asked_a_day, most.asked_a_day, 0)
    assert isinstance(asked(office, request(), B), CertificateNoted), "what one firm asks for costs no other"
    assert office.ask(MyCertificates(), by=trader(B)).allowed.asked == 1
    office.wait(dt.timedelta(days=1))
    assert isinstance(asked(office, request()), CertificateNoted)


def test_so_many_certificates_of_a_firm_hold_at_once_and_one_that_ends_makes_room(office: Office) -> None:
    most = allowed()
    keys: list[str] = []
    while len(keys) < most.held:
        if len(keys) % most.asked_a_day == 0:
            office.wait(dt.timedelta(days=1))
        keys.append(held(office, request()))
    office.wait(dt.timedelta(days=1))
    key = asked(office, request()).key
    refused = answer(office, CertificateConfirmed(owner=A, key=key), trader(A))
    assert (type(refused), refused.code) == (CertificateRefused, TooMany.code)
    assert "Withdraw one that no program needs" in refused.reasons[0]
    assert len(let_in(office)) == most.held
    told = office.ask(MyCertificates(), by=trader(A)).allowed
    assert (told.held, told.most_held) == (most.held, most.held)
    answer(office, CertificateWithdrawn(owner=A, key=keys[0]), trader(A))
    assert isinstance(answer(office, CertificateConfirmed(owner=A, key=key), trader(A)), CertificateNoted)


def test_certificates_that_ran_out_take_no_place(office: Office) -> None:
    assert held(office, request())
    assert office.ask(MyCertificates(), by=trader(A)).allowed.held == 1
    office.wait(dt.timedelta(days=71 * 366))
    assert office.ask(MyCertificates(), by=trader(A)).allowed.held == 0


def test_many_certificates_are_told_a_page_at_a_time(office: Office) -> None:
    keys = set()
    for n in range(51):
        if n % allowed().asked_a_day == 0:
            office.wait(dt.timedelta(days=1))
        keys.add(asked(office, request()).key)
    first = office.ask(MyCertificates(), by=trader(A))
    more = office.ask(MyCertificates(after=first.after), by=trader(A))
    assert {each.key for each in (*first.lines, *more.lines)} == keys
    assert (len(first.lines), more.after) == (50, "")
