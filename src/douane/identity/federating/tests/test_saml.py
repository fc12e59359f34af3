"""What UUM&DS does with answers by SAML that come late, twice, in another browser, or from another provider."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from lxml.etree import _Element

from douane.identity.federating.answers import BEARS, Answers
from douane.identity.federating.providers import OPEN, SECOND, MemberStateType, Provider, SamlTerms, Statement, Wish
from douane.identity.federating.saml import SWEEP, Own, Saml
from douane.identity.federating.tests.test_sealing import sealing
from douane.standards.saml import names
from douane.standards.saml.reading import saml, samlp, written
from douane.standards.saml.redirecting import REQUEST, address, message_of
from douane.standards.saml.tests.speaking import KEY, OTHER, assertion_of, octets, response, sign
from douane.standards.xml_signature.signing import sign_enveloped
from douane.standards.xml_signature.tests.certified import certify
from douane.vocabulary.errors import AssertionRefused, NotAuthenticated, PartnerRefused

ENTITY, THERE, US = "https://id.example.se/metadata", "https://id.example.se/sign-on", "https://uumds.example/saml"
NOW = 1_795_000_000 * SECOND
WISH = Wish("economic operator", "SE")
OURS = certify("uumds", OTHER)
METADATA = f"""<md:EntityDescriptor xmlns:md="{names.METADATA}" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"
 entityID="{ENTITY}"><md:IDPSSODescriptor protocolSupportEnumeration="{names.PROTOCOL}"><md:KeyDescriptor>
<ds:KeyInfo><ds:X509Data><ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
<md:SingleLogoutService Binding="{names.REDIRECT}" Location="https://id.example.se/out"/>
<md:SingleSignOnService Binding="{names.REDIRECT}" Location="{THERE}"/></md:IDPSSODescriptor></md:EntityDescriptor>"""


def described(key: object = KEY) -> str:
    """The metadata of a provider with this key."""
    card = certify("provider", KEY if key is KEY else OTHER).certificate.public_bytes(Encoding.DER)
    return METADATA % base64.b64encode(card).decode()


class Ground:
    """A relying party and a provider."""

    def __init__(self, folder: Path, *, held: bool = False) -> None:
        self.now, self.count, self.file = NOW, 0, folder / "se.xml"
        self.file.write_text(described())
        terms = SamlTerms(self.file)
        self.known = {"SE": Provider("SE", "Sverige", ENTITY, saml=terms)}
        self.answers = Answers(lambda: self.known, sealing(lambda: self.now, self.random), lambda: self.now)
        self.saml = Saml(
            lambda: self.known, self.answers, at=lambda: US, own=lambda: Own(OTHER, OURS.certificate),
            name=lambda: self.random(16).hex(), now=lambda: self.now, held=held,
        )  # fmt: skip

    def random(self, size: int) -> bytes:
        """Octets that never come twice."""
        self.count += 1
        return hashlib.shake_128(b"%d" % self.count).digest(size)

    def begin(self, wish: Wish = WISH, browser: str = "b") -> _Element:
        """The request that the provider reads."""
        to = self.saml.begin(self.known["SE"], wish, browser)
        assert to.startswith(f"{THERE}?SAMLRequest=")
        return etree.fromstring(message_of(urlsplit(to).query.encode(), REQUEST, [OTHER.public_key()])[0])

    def answer(
        self, asked: _Element, *, proven: int = 0, signed: bool = True, attributes: Mapping[str, Sequence[str]] = {}
    ) -> dict[str, str]:
        """What the provider makes the browser post."""
        root = response()
        now = self.now // SECOND
        for each in root.iter():
            for name, value in (
                ("IssueInstant", written(now)), ("Destination", f"{US}/answer"), ("Recipient", f"{US}/answer"),
                ("InResponseTo", asked.get("ID", "")), ("NotBefore", written(now)),
                ("NotOnOrAfter", written(now + 300)), ("AuthnInstant", written(proven or now)),
            ):  # fmt: skip
                if name in each.attrib:
                    each.set(name, value)
            if each.tag == saml("Issuer"):
                each.text = ENTITY
            if each.tag == saml("Audience"):
                each.text = US
        _with(root, attributes)
        if signed:
            sign(assertion_of(root))
        return {"SAMLResponse": base64.b64encode(octets(root)).decode()}

    def finish(self, word: str, browser: str = "b") -> Statement:
        """What is made of an answer."""
        return self.answers.redeem(word, browser)[2]


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    return Ground(tmp_path)


def test_a_person_is_stated_by_his_provider_in_the_browser_that_began(ground: Ground) -> None:
    asked = ground.begin()
    assert asked.get("Destination") == THERE
    word = ground.saml.answer(ground.answer(asked))
    assert ground.finish(word) == Statement("astrid", NOW // SECOND, names.SUBSTANTIAL)
    with pytest.raises(NotAuthenticated, match="was used"):
        ground.finish(word)


def test_an_answer_is_worth_something_once_and_in_no_other_browser(ground: Ground) -> None:
    answer = ground.answer(ground.begin())
    word = ground.saml.answer(answer)
    with pytest.raises(NotAuthenticated, match="used before"):
        ground.saml.answer(answer)
    for browser in ("c", ""):
        with pytest.raises(NotAuthenticated, match=r"another browser|was used"):
            ground.finish(word, browser)
    with pytest.raises(NotAuthenticated, match="was used"):
        ground.finish(word)


def test_what_nobody_asked_for_and_what_comes_too_late_is_no_answer(ground: Ground) -> None:
    unasked = etree.Element("x", {"ID": "_never"})
    with pytest.raises(NotAuthenticated, match="never began here"):
        ground.saml.answer(ground.answer(unasked))
    asked = ground.begin()
    ground.now += OPEN + 1
    with pytest.raises(NotAuthenticated, match="never began here"):
        ground.saml.answer(ground.answer(asked))
    word = ground.saml.answer(ground.answer(ground.begin()))
    ground.now += BEARS + 1
    with pytest.raises(NotAuthenticated, match="was used"):
        ground.finish(word)


def test_an_answer_that_does_not_hold_uses_nothing_up(ground: Ground) -> None:
    """Who knows a request from an address could else keep its person from signing in."""
    asked = ground.begin()
    with pytest.raises(AssertionRefused) as raised:
        ground.saml.answer(ground.answer(asked, signed=False))
    assert raised.value.reason == "unsigned"
    assert ground.finish(ground.saml.answer(ground.answer(asked))).subject == "astrid"


def test_who_must_prove_anew_who_he_is_is_believed_only_where_he_did(ground: Ground) -> None:
    wish = Wish("economic operator", "SE", fresh=True)
    asked = ground.begin(wish)
    assert asked.get("ForceAuthn") == "true"
    before = NOW // SECOND - 3600
    with pytest.raises(NotAuthenticated, match="did not ask you again"):
        ground.saml.answer(ground.answer(asked, proven=before))
    assert ground.finish(ground.saml.answer(ground.answer(asked))).subject == "astrid"


def test_a_provider_that_was_replaced_or_taken_away_answers_nothing(ground: Ground) -> None:
    asked, word = ground.begin(), ground.saml.answer(ground.answer(ground.begin()))
    ground.known["SE"] = replace(ground.known["SE"], issuer="https://other.example")
    for deed in (lambda: ground.saml.answer(ground.answer(asked)), lambda: ground.finish(word)):
        with pytest.raises(NotAuthenticated, match="another provider"):
            deed()
    ground.known.clear()
    with pytest.raises(NotAuthenticated, match="another provider"):
        ground.saml.answer(ground.answer(asked))


def test_metadata_holds_as_its_file_is_now(ground: Ground) -> None:
    asked = ground.begin()
    ground.file.write_text(described(OTHER))
    os.utime(ground.file, ns=(1, 1))
    with pytest.raises(AssertionRefused) as raised:
        ground.saml.answer(ground.answer(asked))
    assert raised.value.reason == "foreign_key"
    for text in (described().replace(ENTITY, "https://other.example"), "", "<x/>",
                 described().replace("entityID", 'validUntil="2026-01-01T00:00:00Z" entityID')):  # fmt: skip
        ground.file.write_text(text)
        ground.now += SWEEP
        assert ground.saml.address(ground.known["SE"]) == ""
        with pytest.raises(PartnerRefused, match="cannot be asked"):
            ground.begin()
    ground.file.unlink()
    with pytest.raises(PartnerRefused):
        ground.begin()


def test_metadata_whose_signer_is_pinned_must_be_signed_by_him(ground: Ground) -> None:
    signer = ground.file.with_name("federation.pem")
    signer.write_bytes(certify("federation", OTHER).certificate.public_bytes(Encoding.PEM))
    ground.known["SE"] = replace(ground.known["SE"], saml=SamlTerms(ground.file, signer))
    with pytest.raises(PartnerRefused):
        ground.begin()
    for key, holds in ((KEY, False), (OTHER, True)):
        root = etree.fromstring(described())
        sign_enveloped(root, key=key, method="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256")
        ground.file.write_bytes(etree.tostring(root))
        ground.now += SWEEP
        assert bool(ground.saml.address(ground.known["SE"])) is holds


def test_in_production_the_files_of_a_provider_hold_by_digest_alone(tmp_path: Path) -> None:
    ground = Ground(tmp_path, held=True)
    with pytest.raises(PartnerRefused):
        ground.begin()  # no digest is stated: anybody could have put it there
    digest = hashlib.sha256(ground.file.read_bytes()).hexdigest()
    ground.known["SE"] = replace(ground.known["SE"], saml=SamlTerms(ground.file, metadata_sha256=digest))
    assert ground.saml.address(ground.known["SE"]) == THERE
    ground.file.write_text(described(OTHER))
    ground.now += SWEEP
    with pytest.raises(PartnerRefused):
        ground.begin()


def test_in_production_metadata_may_change_where_a_signer_holds_who_signs_it(tmp_path: Path) -> None:
    ground, signer = Ground(tmp_path, held=True), tmp_path / "federation.pem"
    card = certify("federation", OTHER).certificate.public_bytes(Encoding.PEM)
    signer.write_bytes(card)
    root = etree.fromstring(described())
    sign_enveloped(root, key=OTHER, method="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256")
    ground.file.write_bytes(etree.tostring(root))
    digest = hashlib.sha256(card).hexdigest()
    for stated, holds in (("", False), ("0" * 64, False), (digest, True)):
        ground.known["SE"] = replace(ground.known["SE"], saml=SamlTerms(ground.file, signer, signer_sha256=stated))
        assert bool(ground.saml.address(ground.known["SE"])) is holds
    signer.write_bytes(certify("federation", KEY).certificate.public_bytes(Encoding.PEM))
    root = etree.fromstring(described(OTHER))
    sign_enveloped(root, key=KEY, method="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256")
    ground.file.write_bytes(etree.tostring(root))
    ground.now += SWEEP
    assert ground.saml.address(ground.known["SE"]) == "", "who replaces both files signs by a key that nobody approved"


def test_a_person_may_be_known_by_an_attribute(ground: Ground) -> None:
    ground.known["SE"] = replace(ground.known["SE"], saml=SamlTerms(ground.file, person="urn:person"))
    assert ground.finish(ground.saml.answer(ground.answer(ground.begin()))).subject == "SE/EU/1234"


ROLES = (("customs:declarant", "declarant"), ("customs:holder", "holder of the transit procedure"))


@pytest.mark.parametrize(
    ("kind", "values", "roles"),
    [
        ("B", ["customs:declarant"], ("declarant",)),
        ("C", ["customs:holder", "customs:declarant"], ("declarant", "holder of the transit procedure")),
        ("B", ["declarant", "customs:king", ""], ()), ("B", [], ()), ("B", ["customs:declarant customs:holder"], ()),
        ("A", ["customs:declarant"], None), ("D", ["customs:declarant"], None),
    ],
)  # fmt: skip
def test_an_attribute_states_roles_by_the_table_of_the_administration_alone(
    ground: Ground, kind: str, values: list[str], roles: tuple[str, ...] | None
) -> None:
    ground.known["SE"] = replace(ground.known["SE"], type=MemberStateType(kind), role_claim="urn:roles", roles=ROLES)
    answer = ground.answer(ground.begin(), attributes={"urn:roles": values})
    assert ground.finish(ground.saml.answer(answer)).roles == roles


def test_a_provider_that_states_no_roles_leaves_them_to_the_register(ground: Ground) -> None:
    answer = ground.answer(ground.begin(), attributes={"urn:roles": ["customs:declarant"]})
    assert ground.finish(ground.saml.answer(answer)).roles is None


def test_an_attribute_of_another_name_leaves_no_role(ground: Ground) -> None:
    ground.known["SE"] = replace(
        ground.known["SE"], type=MemberStateType.AUTHORISATION, role_claim="urn:roles", roles=ROLES
    )
    answer = ground.answer(ground.begin(), attributes={"urn:role": ["customs:declarant"]})
    assert ground.finish(ground.saml.answer(answer)).roles == ()


def test_an_attribute_that_was_added_to_what_was_signed_gives_no_role(ground: Ground) -> None:
    ground.known["SE"] = replace(
        ground.known["SE"], type=MemberStateType.AUTHORISATION, role_claim="urn:roles", roles=ROLES
    )
    asked = ground.begin()
    root = etree.fromstring(base64.b64decode(ground.answer(asked)["SAMLResponse"]))
    _with(root, {"urn:roles": ["customs:holder"]})
    with pytest.raises(AssertionRefused):
        ground.saml.answer({"SAMLResponse": base64.b64encode(octets(root)).decode()})


def _with(root: _Element, attributes: Mapping[str, Sequence[str]]) -> None:
    """Let an assertion state attributes."""
    said = next(each for each in root.iter() if each.tag == saml("AttributeStatement"))
    for name, values in attributes.items():
        attribute = etree.SubElement(said, saml("Attribute"), Name=name)
        for value in values:
            etree.SubElement(attribute, saml("AttributeValue")).text = value


def test_only_a_provider_that_is_known_signs_somebody_out(ground: Ground) -> None:
    message = (
        f'<samlp:LogoutRequest xmlns:samlp="{names.PROTOCOL}" xmlns:saml="{names.ASSERTION}" ID="_1" Version="2.0" '
        f'IssueInstant="{written(NOW // SECOND)}" Destination="{US}/logout"><saml:Issuer>{ENTITY}</saml:Issuer>'
        "<saml:NameID>astrid</saml:NameID></samlp:LogoutRequest>"
    ).encode()  # fmt: skip

    def query(to: str) -> bytes:
        return urlsplit(to).query.encode()

    found = ground.saml.sign_out(query(address(ground.saml.leaving, REQUEST, message, key=KEY, relay="back")))
    assert (found.provider.country, found.subject) == ("SE", "astrid")
    told, relay = message_of(query(found.to), "SAMLResponse", [OTHER.public_key()])
    assert (etree.fromstring(told).tag, relay) == (samlp("LogoutResponse"), "back")
    for came in (query(address(ground.saml.leaving, REQUEST, message, key=OTHER)), b"", b"SAMLRequest=x"):
        with pytest.raises(AssertionRefused):
            ground.saml.sign_out(came)
    ground.known["SE"] = replace(ground.known["SE"], saml=SamlTerms(ground.file, person="urn:person"))
    with pytest.raises(AssertionRefused):
        ground.saml.sign_out(query(address(ground.saml.leaving, REQUEST, message, key=KEY)))
