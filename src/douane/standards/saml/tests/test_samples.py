"""The responses and metadata of others: nothing faulty or weakly signed passes; each is refused for its own fault.

Those of the collection are signed by SHA-1, or by nobody. So each is judged twice: as it is, and with its signatures
replaced by right ones of a key that is known, whereby what remains is the fault that its name tells.
"""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest
from cryptography import x509
from lxml import etree
from lxml.etree import _Element

from douane.standards.saml.metadata import read_metadata
from douane.standards.saml.reading import saml, text_of
from douane.standards.saml.responses import Expected, read_response
from douane.standards.saml.signatures import SIGNATURE
from douane.standards.saml.tests.speaking import KEY, octets, sign
from douane.standards.xml_signature import names
from douane.standards.xml_signature.algorithms import PublicKey
from douane.vocabulary.errors import AssertionRefused, DeclarationFault
from douane.vocabulary.time import SECOND, from_ncts

DATA = Path(__file__).parents[6] / "shared/data/saml"
pytestmark = pytest.mark.skipif(
    not DATA.exists() and "CI" not in os.environ, reason="../shared is not beside this checkout"
)
FILES = sorted(DATA.glob("responses*/*.base64"))
SIGNATURE_AMISS = {"no_key", "no_signature", "signed_assertion_response"}
"""Invalid ones whose fault is the signature itself."""
REASONS: dict[str, tuple[str, str]] = {
    "responses/adfs_response": ("foreign_key", ""),
    "responses/double_signed_encrypted_assertion": ("encrypted", "encrypted"),
    "responses/double_signed_encrypted_assertion2": ("encrypted", "encrypted"),
    "responses/double_signed_response": ("algorithm", ""),
    "responses/no_audience": ("unsigned", "audience"),
    "responses/response1_with_duplicate_attributes": ("algorithm", "issuer"),
    "responses/response1_with_friendlyname": ("algorithm", "issuer"),
    "responses/response2": ("algorithm", "answers"),
    "responses/response4": ("assertions", "assertions"),
    "responses/response_encrypted_nameid": ("encrypted", "encrypted"),
    "responses/response_node_text_attack": ("comment", "comment"),
    "responses/response_with_ampersands": ("assertions", "assertions"),
    "responses/response_without_assertion_reference_uri": ("algorithm", ""),
    "responses/signed_assertion_response": ("algorithm", ""),
    "responses/signed_encrypted_assertion2": ("encrypted", "encrypted"),
    "responses/signed_message_encrypted_assertion": ("encrypted", "encrypted"),
    "responses/signed_message_response": ("algorithm", ""),
    "responses/signed_message_response2": ("encrypted", "encrypted"),
    "responses/unsigned_response": ("unsigned", ""),
    "responses/valid_encrypted_assertion_encrypted_nameid": ("encrypted", "encrypted"),
    "responses/valid_response": ("algorithm", ""),
    "responses/valid_response2": ("algorithm", ""),
    "responses/valid_response_without_inresponseto": ("algorithm", "answers"),
    "responses/valid_unsigned_response": ("unsigned", ""),
    "responses/wrapped_response_2": ("wrapped", "wrapped"),
    "responses-invalid/duplicated_attributes": ("algorithm", "attributes"),
    "responses-invalid/empty_destination": ("algorithm", "recipient"),
    "responses-invalid/empty_nameid": ("algorithm", "subject"),
    "responses-invalid/encrypted_attrs": ("encrypted", "encrypted"),
    "responses-invalid/encrypted_nameID_without_EncMethod": ("encrypted", "encrypted"),
    "responses-invalid/invalid_issuer_assertion": ("unsigned", "issuer"),
    "responses-invalid/invalid_issuer_message": ("unsigned", "issuer"),
    "responses-invalid/invalid_subjectconfirmation_inresponse": ("unsigned", "answers"),
    "responses-invalid/invalid_subjectconfirmation_nb": ("unsigned", "early"),
    "responses-invalid/multiple_assertions": ("assertions", "assertions"),
    "responses-invalid/no_authnstatement": ("algorithm", "not_proven"),
    "responses-invalid/no_id": ("no_id", "no_id"),
    "responses-invalid/no_issuer_response": ("algorithm", "issuer"),
    "responses-invalid/no_key": ("signature", ""),
    "responses-invalid/no_nameid": ("unsigned", "subject"),
    "responses-invalid/no_saml2": ("no_response", "no_response"),
    "responses-invalid/no_signature": ("unsigned", ""),
    "responses-invalid/no_status": ("status", "status"),
    "responses-invalid/no_subjectconfirmation_data": ("unsigned", "confirmation"),
    "responses-invalid/no_subjectconfirmation_method": ("unsigned", "confirmation"),
    "responses-invalid/not_before_failed": ("status", "status"),
    "responses-invalid/signature_wrapping_attack": ("wrapped", "wrapped"),
    "responses-invalid/signed_assertion_response": ("algorithm", ""),
    "responses-invalid/status_code_responder": ("status", "status"),
    "responses-invalid/wrong_spnamequalifier": ("algorithm", "qualifier"),
}
"""By file: why it is refused as it is, and why where its signatures are right; empty where it passes then."""


def sample(path: Path) -> bytes:
    return base64.b64decode(path.read_text())


def expected(data: bytes) -> Expected:
    """What its maker would have expected: his own provider, at his own address, in the hour of its making."""
    root = etree.fromstring(data.removeprefix(b"\xef\xbb\xbf"))
    text = root.get("IssueInstant", "2014-01-01T00:00:00Z")[:19]
    audience = root.find(f".//{saml('Audience')}")
    issuer = root.find(saml("Issuer"))
    issuer = root.find(f".//{saml('Issuer')}") if issuer is None else issuer
    return Expected(
        issuer=text_of(issuer) if issuer is not None else "", recipient=root.get("Destination", ""),
        audience=text_of(audience) if audience is not None else "", request=root.get("InResponseTo", ""),
        keys=(KEY.public_key(),), now=from_ncts(text) // SECOND,
    )  # fmt: skip


def signed_anew(data: bytes) -> bytes:
    """The same with a right signature in the place of each, or of none: over the assertion."""
    root = etree.fromstring(data.removeprefix(b"\xef\xbb\xbf"))
    bearing: list[_Element] = []
    for each in list(root.iter(SIGNATURE)):
        parent = each.getparent()
        assert parent is not None
        bearing.insert(0, parent)
        parent.remove(each)
    for name in root.iter(saml("NameID")):
        if name.get("SPNameQualifier") == "hello.com":  # a fault of its own, which would hide the one that is meant
            del name.attrib["SPNameQualifier"]
    for each in bearing or root.findall(saml("Assertion")):
        if each.get("ID") and len(each) and each[0].tag == saml("Issuer"):
            sign(each)
    return octets(root)


def judged(data: bytes, of: Expected) -> str:
    try:
        read_response(data, of)
    except AssertionRefused as refusal:
        return refusal.reason
    return ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name.partition('.')[0]}")
def test_each_sample_is_refused_for_its_own_fault(path: Path) -> None:
    name, data = f"{path.parent.name}/{path.name.partition('.')[0]}", sample(path)
    if name not in REASONS:
        with pytest.raises(AssertionRefused, match="no SAML document"):
            read_response(data, Expected(issuer="", audience="", recipient="", request="", keys=(), now=0))
        return
    as_it_is, signed_right = REASONS[name]
    of = expected(data)
    assert judged(data, of) == as_it_is
    assert as_it_is, "none passes"
    assert judged(signed_anew(data), of) == signed_right


def test_every_sample_was_judged_and_what_is_called_invalid_has_a_fault_of_its_own() -> None:
    judged_ones = {f"{each.parent.name}/{each.name.partition('.')[0]}" for each in FILES}
    assert judged_ones - set(REASONS) == {"responses/unsigned_assertion"}
    for name, (_, signed_right) in REASONS.items():
        folder, _, file = name.partition("/")
        assert signed_right or folder == "responses" or file in SIGNATURE_AMISS, name


def test_metadata_of_eidas_is_read_under_the_key_of_its_federation_and_not_when_it_is_over() -> None:
    data = (DATA / "eidas-metadata/idp-metadata.xml").read_bytes()
    root = etree.fromstring(data)
    card = next(root.iterfind(f"{SIGNATURE}//{{{names.DS}}}X509Certificate"))
    signer = x509.load_der_x509_certificate(base64.b64decode(card.text or "")).public_key()
    assert isinstance(signer, PublicKey)
    now = 1_600_000_000
    found = read_metadata(data, now=now, signers=(signer,))
    assert found.keys
    assert found.sign_on.startswith("http")
    for changed, signers in ((data.replace(b'Location="http', b'Location="https'), (signer,)),
                             (data, (KEY.public_key(),))):  # fmt: skip
        with pytest.raises(DeclarationFault, match="signed it, or it was changed"):
            read_metadata(changed, now=now, signers=signers)
    with pytest.raises(DeclarationFault, match="expired"):
        read_metadata((DATA / "eidas-metadata/idp-metadata-expired.xml").read_bytes(), now=now)
    assert read_metadata((DATA / "metadata/idp_metadata.xml").read_bytes(), now=now).entity.startswith(
        "https://app.one"
    )
