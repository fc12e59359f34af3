"""What providers in use send beyond the letter of SAML is taken, and carries nobody in whom the provider did not state.

Each allowance stands with the wrapping attack that would use it.
"""

from __future__ import annotations

import copy

import pytest
from lxml import etree
from lxml.etree import _Element

from douane.standards.saml.reading import saml, samlp, written
from douane.standards.saml.responses import read_response
from douane.standards.saml.signatures import SIGNATURE
from douane.standards.saml.tests.speaking import EXPECTED, NOW, OTHER, assertion_of, octets, response, sign
from douane.standards.saml.tests.test_attacks import MEANT, first, forged, refused
from douane.standards.saml.tests.test_encryption import OURS, encrypt
from douane.standards.xml_signature import names

WHICH = pytest.mark.parametrize("which", ["assertion", "response"])


def signed(root: _Element, which: str) -> _Element:
    """A response of which one part is signed by the provider; the part."""
    return sign(assertion_of(root) if which == "assertion" else root)


def advised(*within: _Element) -> _Element:
    """A response whose assertion holds others in its advice, not signed yet."""
    root = response()
    advice = etree.SubElement(assertion_of(root), saml("Advice"))
    advice.extend(within)
    return root


# --- a signature that stands elsewhere among the children


@WHICH
@pytest.mark.parametrize("place", [0, 2, -1], ids=["before the issuer", "third", "last"])
def test_a_signature_holds_wherever_it_stands_in_what_it_signs(which: str, place: int) -> None:
    root = response()
    part = signed(root, which)
    made = part[1]
    part.remove(made)
    part.insert(place if place >= 0 else len(part), made)
    assert read_response(octets(root), EXPECTED) == MEANT


@pytest.mark.parametrize("place", [0, 1, 2, 5])
def test_a_signature_that_stands_anywhere_proves_no_assertion_that_it_holds_within(place: int) -> None:
    root = response()
    honest = sign(assertion_of(root))
    root.remove(honest)
    made = honest[1]
    honest.remove(made)
    etree.SubElement(made, f"{{{names.DS}}}Object").append(honest)
    evil = forged()
    evil.insert(min(place, len(evil)), made)
    root.append(evil)
    assert refused(octets(root)) in ("wrapped", "assertions")


@WHICH
def test_two_signatures_are_refused_wherever_they_stand(which: str) -> None:
    root = response()
    part = signed(root, which)
    part.append(copy.deepcopy(part[1]))
    assert refused(octets(root)) == "wrapped"


@WHICH
def test_what_stands_beside_a_signature_that_stands_last_is_covered_by_it(which: str) -> None:
    root = response()
    part = signed(root, which)
    part.append(part[1])
    first(root, "NameID").text = "eve"
    assert refused(octets(root)) == "signature"


# --- a confirmation that says from when on it holds


@WHICH
@pytest.mark.parametrize("since", [NOW - 300, NOW, NOW + 60])
def test_a_confirmation_may_say_from_when_on_it_holds(which: str, since: int) -> None:
    root = response()
    first(root, "SubjectConfirmationData").set("NotBefore", written(since))
    signed(root, which)
    assert read_response(octets(root), EXPECTED) == MEANT


def test_a_beginning_replaces_no_end_and_is_covered_by_the_signature() -> None:
    root = response()
    data = first(root, "SubjectConfirmationData")
    data.set("NotBefore", written(NOW))
    del data.attrib["NotOnOrAfter"]
    assert refused(octets(sign(root))) == "confirmation"
    root = response()
    first(root, "SubjectConfirmationData").set("NotBefore", written(NOW + 3_600))
    sign(assertion_of(root))
    assert refused(octets(root)) == "early"
    del first(root, "SubjectConfirmationData").attrib["NotBefore"]
    assert refused(octets(root)) == "signature", "who waits for his hour cannot cut it off"


# --- assertions in an advice


def foreign() -> _Element:
    """Evidence of another provider, signed by it, about somebody else."""
    return sign(forged(), OTHER)


@WHICH
@pytest.mark.parametrize("evidence", [forged, foreign], ids=["unsigned", "signed by another"])
def test_evidence_in_an_advice_is_passed_over(which: str, evidence: object) -> None:
    assert callable(evidence)
    root = advised(evidence())
    signed(root, which)
    assert read_response(octets(root), EXPECTED) == MEANT


def test_evidence_in_an_encrypted_assertion_is_passed_over() -> None:
    root = advised(foreign())
    sign(assertion_of(root))
    assert read_response(octets(encrypt(root)), OURS) == MEANT


def test_a_forged_assertion_is_not_proven_by_what_its_advice_holds() -> None:
    """XSW 4 by the allowance: the honest assertion, signature and all, is the evidence of the forged one."""
    root = response()
    honest = sign(assertion_of(root))
    root.remove(honest)
    evil = forged()
    etree.SubElement(evil, saml("Advice")).append(honest)
    root.append(evil)
    assert refused(octets(root)) == "unsigned"
    assert refused(octets(encrypt(copy.deepcopy(root))), OURS) == "unsigned"
    evil.insert(1, next(iter(honest.iter(SIGNATURE))))
    assert refused(octets(root)) == "wrapped", "a signature that names the evidence is none of the forged one"
    evil.set("ID", "_assertion")
    assert refused(octets(root)) in ("signature", "wrapped"), "nor under the same identifier"


def test_an_advice_that_nobody_signed_cannot_be_put_in() -> None:
    root = response()
    sign(assertion_of(root))
    etree.SubElement(assertion_of(root), saml("Advice")).append(forged())
    assert refused(octets(root)) == "signature"


@pytest.mark.parametrize("where", ["response", "subject", "signature", "status"])
def test_an_advice_hides_an_assertion_at_its_own_place_alone(where: str) -> None:
    root = response()
    advice = etree.Element(saml("Advice"))
    honest = assertion_of(root)
    match where:
        case "response":
            root.append(advice)
        case "subject":
            first(root, "Subject").append(advice)
        case "status":
            etree.SubElement(root[1], samlp("StatusDetail")).append(advice)
        case _:
            sign(honest)
            etree.SubElement(honest[1], f"{{{names.DS}}}Object").append(advice)
    advice.append(forged())
    if where != "signature":
        sign(honest)
    assert refused(octets(root)) in ("wrapped", "assertions")


def test_two_advices_and_what_is_encrypted_in_one_are_refused() -> None:
    root = advised(forged())
    etree.SubElement(assertion_of(root), saml("Advice"))
    assert refused(octets(sign(root))) == "assertions"
    root = advised(etree.Element(saml("EncryptedAssertion")))
    assert refused(octets(sign(root))) == "encrypted"
    inner = response()
    root = advised(inner)
    assert refused(octets(sign(root))) in ("wrapped", "assertions", "signature")
