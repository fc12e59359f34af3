"""What we write ourselves: requests, metadata, addresses; and what others write of logout."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from douane.standards.saml import names
from douane.standards.saml.metadata import Ourselves, read_metadata, write_metadata
from douane.standards.saml.reading import md, saml, samlp
from douane.standards.saml.redirecting import LARGEST, REQUEST, RESPONSE, address, message_of
from douane.standards.saml.requests import Asked, read_logout, write_logout_response, write_request
from douane.standards.saml.tests.speaking import HERE, KEY, NOW, OTHER, THEM, US
from douane.standards.xml_signature.tests.certified import certify
from douane.vocabulary.errors import AssertionRefused, DeclarationFault

THERE = "https://id.example.se/logout?x=1"
LOGOUT = (
    f'<samlp:LogoutRequest xmlns:samlp="{names.PROTOCOL}" xmlns:saml="{names.ASSERTION}" ID="_1" Version="2.0" '
    f'IssueInstant="2026-05-28T20:26:40Z" Destination="{THERE}"><saml:Issuer>{THEM}</saml:Issuer>'
    "<saml:NameID>astrid</saml:NameID><samlp:SessionIndex>_session</samlp:SessionIndex></samlp:LogoutRequest>"
).encode()  # fmt: skip


def query(to: str) -> bytes:
    return urlsplit(to).query.encode()


def test_a_request_says_who_asks_where_to_answer_and_how_much_proof_is_wanted() -> None:
    asked = Asked(id="_1", issuer=US, destination=THERE, consumer=HERE, now=NOW, fresh=True, level=names.SUBSTANTIAL)
    to = address(THERE, REQUEST, write_request(asked), key=KEY)
    assert to.startswith(f"{THERE}&SAMLRequest=")
    root = etree.fromstring(message_of(query(to).partition(b"&")[2], REQUEST, [KEY.public_key()])[0])
    assert root.tag == samlp("AuthnRequest")
    assert (root.get("ID"), root.get("ForceAuthn"), root.get("AssertionConsumerServiceURL")) == ("_1", "true", HERE)
    assert root.findtext(saml("Issuer")) == US
    assert root.findtext(f".//{saml('AuthnContextClassRef')}") == names.SUBSTANTIAL


@given(st.text(max_size=80), st.binary(min_size=1, max_size=300))
def test_an_address_carries_a_message_whole_and_no_other_key_signed_it(relay: str, message: bytes) -> None:
    came = query(address("https://x.example", RESPONSE, message, key=KEY, relay=relay))
    assert message_of(came, RESPONSE, [OTHER.public_key(), KEY.public_key()]) == (message, relay)
    with pytest.raises(AssertionRefused) as raised:
        message_of(came, RESPONSE, [OTHER.public_key()])
    assert raised.value.reason == "foreign_key"


@pytest.mark.parametrize("change", ["relay", "message", "method", "none", "twice", "other kind", "sha-1"])
def test_an_address_that_was_changed_is_refused(change: str) -> None:
    came = query(address("https://x.example", REQUEST, LOGOUT, key=KEY, relay="here"))
    match change:
        case "relay":
            came = came.replace(b"RelayState=here", b"RelayState=there")
        case "message":
            came = came.replace(b"SAMLRequest=", b"SAMLRequest=A")
        case "method":
            came = came.replace(b"rsa-sha256", b"rsa-sha512")
        case "sha-1":
            came = came.replace(b"2001%2F04%2Fxmldsig-more%23rsa-sha256", b"2000%2F09%2Fxmldsig%23rsa-sha1")
        case "none":
            came = came.partition(b"&SigAlg")[0]
        case "twice":
            came += b"&RelayState=there"
        case _:
            came = came.replace(b"SAMLRequest", b"SAMLResponse")
    with pytest.raises(AssertionRefused):
        message_of(came, REQUEST, [KEY.public_key()])


def test_a_message_that_swells_without_bound_is_refused() -> None:
    came = query(address("https://x.example", REQUEST, b"x" * (LARGEST + 1), key=KEY))
    with pytest.raises(AssertionRefused, match="too large"):
        message_of(came, REQUEST, [KEY.public_key()])


def test_a_provider_asks_to_sign_somebody_out_and_is_answered() -> None:
    found = read_logout(LOGOUT, issuer=THEM, destination=THERE, now=NOW)
    assert (found.id, found.subject, found.sessions) == ("_1", "astrid", ("_session",))
    answer = etree.fromstring(write_logout_response(id="_2", answers=found.id, issuer=US, destination=THERE, now=NOW))
    assert (answer.tag, answer.get("InResponseTo")) == (samlp("LogoutResponse"), "_1")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (THEM, "https://other.example", "issuer"), (THERE, "https://other.example", "destination"),
        ("20:26:40Z", "20:14:40Z", "issued"), ('Version="2.0"', 'Version="2.0" NotOnOrAfter="2026-05-28T20:25:40Z"',
                                               "expired"),
        ("LogoutRequest", "LogoutResponse", "no_response"), ('ID="_1" ', "", "no_id"), ("astrid", "", "subject"),
        ("astrid", "a<!-- -->b", "comment"),
    ],
)  # fmt: skip
def test_a_request_to_sign_somebody_out_that_is_amiss_is_refused(old: str, new: str, reason: str) -> None:
    with pytest.raises(AssertionRefused) as raised:
        read_logout(LOGOUT.decode().replace(old, new).encode(), issuer=THEM, destination=THERE, now=NOW)
    assert raised.value.reason == reason


def test_our_own_metadata_says_that_we_sign_and_want_what_is_signed() -> None:
    card = certify("uumds", KEY).certificate
    root = etree.fromstring(write_metadata(Ourselves(US, HERE, f"{US}/logout", card)))
    service = root.find(md("SPSSODescriptor"))
    assert service is not None
    assert (service.get("AuthnRequestsSigned"), service.get("WantAssertionsSigned")) == ("true", "true")
    consumer = service.find(md("AssertionConsumerService"))
    assert consumer is not None
    assert (consumer.get("Location"), consumer.get("Binding")) == (HERE, names.POST)
    wrapped = root.find(f".//{md('EncryptionMethod')}")
    assert wrapped is not None
    assert [each.get("Algorithm", "").rpartition("#")[2] for each in wrapped.iter()] == [
        "rsa-oaep",
        "sha256",
        "mgf1sha256",
    ]
    with pytest.raises(DeclarationFault, match="no one identity provider"):
        read_metadata(etree.tostring(root), now=NOW)


def test_what_a_query_holds_is_what_python_reads_of_it() -> None:
    to = address("https://x.example/a", REQUEST, LOGOUT, key=KEY, relay="a b&c")
    assert parse_qs(urlsplit(to).query)["RelayState"] == ["a b&c"]
    assert quote("a b&c", safe="") in to
