"""What is no honest answer of the provider that was asked is refused, each for its own reason."""

from __future__ import annotations

import base64
import copy
from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml.etree import _Element

from douane.standards.saml import names as saml_names
from douane.standards.saml.reading import saml, samlp, written
from douane.standards.saml.reasons import Reason
from douane.standards.saml.responses import Assertion, Expected, at_least, person_of, read_response, request_of
from douane.standards.saml.tests.speaking import (
    ATTRIBUTE,
    EXPECTED,
    HERE,
    KEY,
    NOW,
    OTHER,
    THEM,
    assertion_of,
    at,
    octets,
    response,
    sign,
)  # fmt: skip
from douane.standards.xml_signature import names
from douane.vocabulary.errors import AssertionRefused

Change = Callable[[_Element], object]


def refused(data: bytes, expected: Expected = EXPECTED) -> str:
    """The reason of a refusal."""
    with pytest.raises(AssertionRefused) as raised:
        read_response(data, expected)
    assert raised.value.remedy
    return raised.value.reason


def first(root: _Element, name: str) -> _Element:
    found = next(iter(root.iter(saml(name))), None)
    assert found is not None
    return found


@pytest.mark.parametrize("which", ["assertion", "response", "both"])
def test_an_honest_answer_says_who_it_is_and_how_he_proved_it(which: str) -> None:
    root = response()
    if which != "response":
        sign(assertion_of(root))
    if which != "assertion":
        sign(root)
    found = read_response(octets(root), EXPECTED)
    assert (found.subject, found.proven, found.session) == ("astrid", NOW, "_session")
    assert found.level == saml_names.SUBSTANTIAL
    assert person_of(found) == "astrid"
    assert person_of(found, ATTRIBUTE) == "SE/EU/1234"
    assert request_of(octets(root)) == "_asked"


def put(name: str, attribute: str, value: str | None) -> Change:
    """Set an attribute of an element of the assertion namespace, or take it away."""

    def change(root: _Element) -> None:
        element = root if name == "Response" else first(root, name)
        if value is not None:
            element.set(attribute, value)
        elif attribute in element.attrib:
            del element.attrib[attribute]

    return change


def text(name: str, value: str) -> Change:
    return lambda root: setattr(first(root, name), "text", value)


def drop(name: str) -> Change:
    def change(root: _Element) -> None:
        for each in list(root.iter(saml(name), samlp(name))):
            parent = each.getparent()
            assert parent is not None
            parent.remove(each)

    return change


def twice(name: str) -> Change:
    def change(root: _Element) -> None:
        each = first(root, name)
        parent = each.getparent()
        assert parent is not None
        parent.append(copy.deepcopy(each))

    return change


def more(name: str, inner: str) -> Change:
    return lambda root: etree.SubElement(first(root, name), saml(inner))


SAID: list[tuple[Change, Reason]] = [
    (put("Response", "Version", "1.1"), Reason.NO_RESPONSE),
    (put("Assertion", "Version", "1.1"), Reason.NO_RESPONSE),
    (put("Response", "ID", None), Reason.NO_ID),
    (put("Assertion", "ID", "_response"), Reason.NO_ID),
    (drop("Status"), Reason.STATUS),
    (lambda root: root[1][0].set("Value", "urn:oasis:names:tc:SAML:2.0:status:Responder"), Reason.STATUS),
    (drop("Assertion"), Reason.ASSERTIONS),
    (more("Assertion", "EncryptedID"), Reason.ENCRYPTED),
    (put("Response", "Destination", None), Reason.DESTINATION),
    (put("Response", "Destination", ""), Reason.DESTINATION),
    (put("Response", "Destination", "https://elsewhere.example/acs"), Reason.DESTINATION),
    (put("Response", "InResponseTo", None), Reason.ANSWERS),
    (put("Response", "InResponseTo", "_other"), Reason.ANSWERS),
    (put("SubjectConfirmationData", "InResponseTo", None), Reason.ANSWERS),
    (put("SubjectConfirmationData", "InResponseTo", "_other"), Reason.ANSWERS),
    (put("Response", "IssueInstant", None), Reason.ISSUED),
    (put("Response", "IssueInstant", "yesterday"), Reason.ISSUED),
    (put("Response", "IssueInstant", "2026-05-28T20:26:40+02:00"), Reason.ISSUED),
    (put("Response", "IssueInstant", written(NOW - 700)), Reason.ISSUED),
    (put("Assertion", "IssueInstant", written(NOW + 61)), Reason.ISSUED),
    (text("Issuer", "https://id.example.se.evil.example"), Reason.ISSUER),
    (lambda root: setattr(assertion_of(root)[0], "text", "https://id.example.no"), Reason.ISSUER),
    (put("Issuer", "Format", saml_names.PERSISTENT), Reason.ISSUER),
    (drop("Subject"), Reason.SUBJECT),
    (drop("NameID"), Reason.SUBJECT),
    (twice("NameID"), Reason.SUBJECT),
    (text("NameID", " "), Reason.SUBJECT),
    (text("NameID", "x" * 257), Reason.SUBJECT),
    (more("NameID", "b"), Reason.SUBJECT),
    (put("NameID", "SPNameQualifier", "https://other.example"), Reason.QUALIFIER),
    (drop("SubjectConfirmation"), Reason.CONFIRMATION),
    (twice("SubjectConfirmation"), Reason.CONFIRMATION),
    (drop("SubjectConfirmationData"), Reason.CONFIRMATION),
    (put("SubjectConfirmation", "Method", "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"), Reason.CONFIRMATION),
    (put("SubjectConfirmationData", "NotBefore", written(NOW + 61)), Reason.EARLY),
    (put("SubjectConfirmationData", "NotBefore", "soon"), Reason.EARLY),
    (put("SubjectConfirmationData", "NotOnOrAfter", None), Reason.CONFIRMATION),
    (put("SubjectConfirmationData", "NotOnOrAfter", written(NOW - 60)), Reason.EXPIRED),
    (put("SubjectConfirmationData", "Recipient", None), Reason.RECIPIENT),
    (put("SubjectConfirmationData", "Recipient", f"{HERE}/"), Reason.RECIPIENT),
    (drop("Conditions"), Reason.CONDITIONS),
    (twice("Conditions"), Reason.CONDITIONS),
    (more("Conditions", "Condition"), Reason.CONDITIONS),
    (put("Conditions", "NotOnOrAfter", None), Reason.CONDITIONS),
    (put("Conditions", "NotOnOrAfter", written(NOW - 60)), Reason.EXPIRED),
    (put("Conditions", "NotBefore", written(NOW + 61)), Reason.EARLY),
    (drop("AudienceRestriction"), Reason.AUDIENCE),
    (drop("Audience"), Reason.AUDIENCE),
    (text("Audience", "https://uumds.example.eu/saml2"), Reason.AUDIENCE),
    (lambda root: etree.SubElement(first(root, "Conditions"), saml("AudienceRestriction")), Reason.AUDIENCE),
    (drop("AuthnStatement"), Reason.NOT_PROVEN),
    (twice("AuthnStatement"), Reason.NOT_PROVEN),
    (put("AuthnStatement", "AuthnInstant", None), Reason.NOT_PROVEN),
    (put("AuthnStatement", "AuthnInstant", written(NOW + 61)), Reason.NOT_PROVEN),
    (drop("AuthnContext"), Reason.NOT_PROVEN),
    (put("AuthnStatement", "SessionNotOnOrAfter", written(NOW - 60)), Reason.SESSION),
    (twice("Attribute"), Reason.ATTRIBUTES),
    (put("Attribute", "Name", None), Reason.ATTRIBUTES),
]  # fmt: skip


@pytest.mark.parametrize(("change", "reason"), SAID, ids=[f"{n}-{reason.name}" for n, (_, reason) in enumerate(SAID)])
@pytest.mark.parametrize("which", ["response", "assertion"])
def test_what_the_provider_itself_says_wrongly_is_refused_though_it_is_signed(
    change: Change, reason: Reason, which: str
) -> None:
    root = response()
    change(root)
    signed = root if which == "response" else root.find(saml("Assertion"))
    if signed is not None and signed.get("ID"):
        sign(signed)
    assert refused(octets(root)) == reason.name.lower()


def test_an_answer_holds_for_its_minutes_and_no_longer() -> None:
    data = octets(sign(response()))
    assert read_response(data, at(EXPECTED, 359)).subject == "astrid"
    assert refused(data, at(EXPECTED, 360)) == "expired"
    assert read_response(data, at(EXPECTED, -60)).subject == "astrid"
    assert refused(data, at(EXPECTED, -61)) == "issued"


def test_a_level_below_what_is_asked_for_and_a_name_for_one_visit_are_refused() -> None:
    data = octets(sign(response()))
    for level, reason in ((saml_names.HIGH, "assurance"), (saml_names.SUBSTANTIAL, ""), (saml_names.LOW, "")):
        asked = replace(EXPECTED, levels=frozenset(at_least(level)))
        if reason:
            assert refused(data, asked) == reason
        else:
            assert read_response(data, asked) == MEANT
    with pytest.raises(AssertionRefused, match="one visit"):
        person_of(Assertion("x", NOW, "", format=saml_names.TRANSIENT))
    for values in ((), ("a", "b"), ("",)):
        with pytest.raises(AssertionRefused):
            person_of(Assertion("x", NOW, "", attributes={ATTRIBUTE: values}), ATTRIBUTE)


# --- signatures


def test_what_nobody_signed_or_another_or_by_a_weak_algorithm_is_refused() -> None:
    assert refused(octets(response())) == "unsigned"
    assert refused(octets(sign(response(), OTHER))) == "foreign_key"
    assert refused(octets(sign(response())), replace(EXPECTED, keys=())) == "foreign_key"
    root = sign(response())
    for name, weak in (
        ("SignatureMethod", f"{names.DS}rsa-sha1"), ("DigestMethod", f"{names.DS}sha1"),
        ("CanonicalizationMethod", names.INCLUSIVE), ("SignatureMethod", f"{names.DS}hmac-sha1"),
    ):  # fmt: skip
        changed = copy.deepcopy(root)
        next(iter(changed.iter(f"{{{names.DS}}}{name}"))).set("Algorithm", weak)
        assert refused(octets(changed)) == "algorithm"


def test_a_signature_by_sha_1_that_is_right_is_refused_all_the_same() -> None:
    root = sign(response())
    info = next(iter(root.iter(f"{{{names.DS}}}SignedInfo")))
    info[1].set("Algorithm", f"{names.DS}rsa-sha1")
    value = KEY.sign(etree.tostring(info, method="c14n", exclusive=True), padding.PKCS1v15(), hashes.SHA1())

    next(iter(root.iter(f"{{{names.DS}}}SignatureValue"))).text = base64.b64encode(value).decode()
    assert refused(octets(root)) == "algorithm"


def test_two_signatures_of_which_one_does_not_hold_are_refused() -> None:
    root = response()
    sign(assertion_of(root), OTHER)
    sign(root)
    assert refused(octets(root)) == "foreign_key"
    root = response()
    sign(assertion_of(root))
    sign(root)
    first(root, "NameID").text = "eve"
    assert refused(octets(root)) == "signature"


def forged() -> _Element:
    """An assertion of Eve's own."""
    made = copy.deepcopy(assertion_of(response()))
    made.set("ID", "_forged")
    first(made, "NameID").text = "eve"
    return made


def wrapped(kind: str) -> _Element:
    """The places to which signature wrapping moves what was signed (Somorovsky et al., On Breaking SAML, 2012)."""
    root = response()
    honest = sign(assertion_of(root))
    evil = forged()
    match kind:
        case "before":  # XSW 3: the forged one stands first
            root.insert(2, evil)
        case "after":
            root.append(evil)
        case "around":  # XSW 4: the forged one holds the signed one
            root.remove(honest)
            evil.append(honest)
            root.append(evil)
        case "in the signature":  # XSW 6: the signed one in an Object of the signature that the forged one bears
            signature = honest[1]
            honest.remove(signature)
            root.remove(honest)
            etree.SubElement(signature, f"{{{names.DS}}}Object").append(honest)
            evil.insert(1, signature)
            root.append(evil)
        case "in extensions":  # XSW 7
            root.remove(honest)
            extensions = etree.Element(samlp("Extensions"))
            extensions.append(honest)
            root.insert(1, extensions)
            root.append(evil)
        case "in an object":  # XSW 8
            signature = honest[1]
            evil.insert(1, copy.deepcopy(signature))
            holder = etree.SubElement(evil[1], f"{{{names.DS}}}Object")
            honest.remove(signature)
            holder.append(honest)
            root.append(evil)
        case "same identifier":
            evil.set("ID", "_assertion")
            root.insert(2, evil)
        case "in the status":
            root.remove(honest)
            etree.SubElement(root[1], samlp("StatusDetail")).append(honest)
            root.append(evil)
        case "in an attribute":
            root.remove(honest)
            first(evil, "AttributeValue").append(honest)
            root.append(evil)
        case "a response in it":  # XSW 1 and 2
            outer = response()
            first(outer, "NameID").text = "eve"
            outer.set("ID", "_outer")
            assertion_of(outer).set("ID", "_forged")
            signed = sign(response())
            signature = signed[1]
            signed.remove(signature)
            etree.SubElement(signature, f"{{{names.DS}}}Object").append(signed)
            outer.insert(1, signature)
            return outer
        case "signature elsewhere":
            first(root, "Subject").append(honest[1])
        case "signature beside":
            root.insert(1, honest[1])
        case "two signatures":
            honest.insert(1, copy.deepcopy(honest[1]))
        case "something beside":
            etree.SubElement(root, "{urn:evil}x")
        case _:
            raise AssertionError(kind)
    return root


@pytest.mark.parametrize("kind", [
    "before", "after", "around", "in the signature", "in extensions", "in an object", "same identifier",
    "in the status", "in an attribute", "a response in it", "signature elsewhere", "signature beside",
    "two signatures", "something beside",
])  # fmt: skip
def test_what_was_signed_is_nowhere_but_at_its_place(kind: str) -> None:
    assert refused(octets(wrapped(kind))) in ("wrapped", "assertions")


def test_a_signature_over_another_element_proves_nothing() -> None:
    root = response()
    subject = first(root, "Subject")
    subject.set("ID", "_subject")
    signed = copy.deepcopy(sign(subject)[1])
    subject.remove(subject[1])
    assertion_of(root).insert(1, signed)
    assert refused(octets(root)) == "wrapped"


# --- octets


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda data: data.replace(b"astrid", b"astrid<!---->.evil"), "comment"),
        (lambda data: data.replace(b"astrid", b"ast<?x?>rid"), "comment"),
        (lambda data: b"<!-- x -->" + data, "comment"),
        (lambda data: data + b"<!-- x -->", "comment"),
        (lambda data: b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + data.replace(b"astrid", b"&e;"),
         "unreadable"),
        (lambda data: b'<!DOCTYPE x SYSTEM "http://localhost/x">' + data, "unreadable"),
        (lambda data: data.decode().encode("utf-16"), "unreadable"),
        (lambda data: data[:-1], "unreadable"),
        (lambda _data: b"", "unreadable"),
        (lambda _data: b"<x/>", "no_response"),
        (lambda data: data.replace(b"SAML:2.0:protocol", b"SAML:1.0:protocol"), "no_response"),
        (lambda data: data.replace(b"<saml:NameID", b"<saml:NameID " + b"a" * 70_000 + b'="1"'), "unreadable"),
        (lambda data: data.replace(b"astrid", b"x" * 300_000), "unreadable"),
        (lambda data: data.replace(b"astrid", b"&#101;ve"), "signature"),
        (lambda data: data.replace(b"astrid", b"eve"), "signature"),
    ],
    ids=list(map(str, range(15))),
)  # fmt: skip
def test_octets_that_no_honest_provider_sends_are_refused(change: Callable[[bytes], bytes], reason: str) -> None:
    assert refused(change(octets(sign(response())))) == reason


# --- whatever is changed


HONEST = {which: octets(made) for which, made in {
    "response": sign(response()),
    "both": sign((lambda root: (sign(assertion_of(root)), root)[1])(response())),
    "assertion": (lambda root: (sign(assertion_of(root)), root)[1])(response()),
}.items()}  # fmt: skip
MEANT = read_response(HONEST["response"], EXPECTED)


def never_another(data: bytes) -> None:
    """A changed answer is refused, or says the very same: nobody is let in as anybody else, or for longer."""
    try:
        found = read_response(data, EXPECTED)
    except AssertionRefused:
        return
    assert found == MEANT


@given(st.sampled_from(sorted(HONEST)), st.data())
def test_octets_that_are_changed_never_say_something_else(which: str, data: st.DataObject) -> None:
    honest = HONEST[which]
    begin = data.draw(st.integers(0, len(honest)))
    end = data.draw(st.integers(begin, min(len(honest), begin + 40)))
    put_in = data.draw(st.binary(max_size=8) | st.sampled_from([b"eve", b"<!---->", b' ID="_assertion"', b"&amp;"]))
    never_another(honest[:begin] + put_in + honest[end:])


@given(st.sampled_from(sorted(HONEST)), st.lists(
    st.tuples(st.sampled_from(["move", "copy", "drop", "swap", "text", "rename", "attribute", "id"]),
              st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=4))  # fmt: skip
def test_trees_that_are_changed_never_say_something_else(which: str, changes: list[tuple[str, int, int]]) -> None:
    root = etree.fromstring(HONEST[which])
    for what, one, other in changes:
        elements = list(root.iter())
        this, that = elements[one % len(elements)], elements[other % len(elements)]
        parent = this.getparent()
        within = any(each is this for each in that.iterancestors()) or this is that
        match what:
            case "move" if parent is not None and not within:
                that.append(this)
            case "copy":
                that.append(copy.deepcopy(this))
            case "drop" if parent is not None:
                parent.remove(this)
            case "swap" if parent is not None:
                parent.insert(0, this)
            case "text":
                this.text = "eve"
            case "rename":
                this.tag = that.tag
            case "attribute" if this.attrib:
                name = sorted(map(str, this.attrib))[other % len(this.attrib)]
                this.set(name, "https://evil.example")
            case "id":
                this.set("ID", that.get("ID") or "_assertion")
    never_another(octets(root))


def test_a_key_of_another_provider_never_speaks_for_this_one() -> None:
    other = replace(EXPECTED, issuer="https://id.example.no", keys=(OTHER.public_key(),))
    data = octets(sign(response()))
    assert refused(data, other) == "foreign_key"
    mine = octets(sign(response(), OTHER))
    assert refused(mine, other) == "issuer", "and its own key does not make it the other"
    assert other.issuer != THEM
