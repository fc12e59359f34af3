"""Signatures over messages: what they prove, and every way in which one does not hold."""

from __future__ import annotations

import datetime as dt
import hashlib
from base64 import b64decode, b64encode
from collections.abc import Callable
from copy import deepcopy

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from douane.standards.xades.names import XADES
from douane.standards.xades.signing import Seal, sign_beside, sign_inside
from douane.standards.xades.verdicts import Indication, Sub
from douane.standards.xades.verifying import LARGEST, signed_beside, signed_inside
from douane.standards.xml_signature import names
from douane.standards.xml_signature.tests.certified import end
from douane.vocabulary.errors import SignatureRefused

MESSAGE = b'<n:M xmlns:n="urn:n"><a Id="a">1</a><b>2 &amp; 3</b></n:M>'
AT = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
DS, X = f"{{{names.DS}}}", f"{{{XADES}}}"
METHODS = {"rsa": names.RSA_SHA256, "p256": names.ECDSA_SHA256, "ed25519": names.ED25519}


def seal(kind: str = "p256") -> Seal:
    return Seal(end(kind).signing, end(kind).chain, METHODS[kind])


def sub_of(work: Callable[[], object]) -> str:
    """The sub-indication that something is refused with."""
    with pytest.raises(SignatureRefused) as refusal:
        work()
    assert refusal.value.remedy
    return refusal.value.verdict


def changed(body: bytes, change: Callable[[etree._Element], None]) -> bytes:
    root = etree.fromstring(body)
    change(root)
    return etree.tostring(root)


@pytest.mark.parametrize("kind", METHODS)
def test_a_signature_inside_gives_back_what_was_signed(kind: str) -> None:
    found = signed_inside(sign_inside(MESSAGE, seal(kind), AT))
    assert found is not None
    assert found.message == MESSAGE
    assert found.certificates[0] == end(kind).certificate
    assert (found.claimed, found.method, found.enveloped) == ("2026-05-01T12:00:00Z", METHODS[kind], True)


def test_a_document_without_a_signature_is_none_of_ours() -> None:
    assert signed_inside(MESSAGE) is None


def test_a_signature_beside_covers_the_octets_of_the_message_and_of_attachments() -> None:
    body, invoice = b'{"json": 1}', b"an invoice"
    written = sign_beside({"m@t": body, "invoice@t": invoice}, seal(), AT, media="application/json")
    digests = {"invoice@t": hashlib.sha256(invoice).hexdigest(), "other@t": "00" * 32}
    found = signed_beside(written, body, "m@t", digests)
    assert (found.message, found.enveloped, found.covers) == (body, False, ("invoice@t",))
    assert sub_of(lambda: signed_beside(written, body + b" ", "m@t", digests)) == Sub.HASH
    assert sub_of(lambda: signed_beside(written, body, "other@t", digests)) == Sub.NO_DATA
    assert sub_of(lambda: signed_beside(written, body, "", digests)) == Sub.NO_DATA
    assert sub_of(lambda: signed_beside(written, body, "m@t", {})) == Sub.NO_DATA
    assert sub_of(lambda: signed_beside(written, body, "m@t", {"invoice@t": "00" * 32})) == Sub.HASH
    assert sub_of(lambda: signed_beside(b"<x", body, "m@t", digests)) == Sub.FORMAT
    assert sub_of(lambda: signed_beside(written + b" " * LARGEST, body, "m@t", digests)) == Sub.FORMAT
    inside = sign_inside(MESSAGE, seal(), AT)
    assert sub_of(lambda: signed_beside(inside, body, "m@t", digests)) == Sub.FORMAT


def one(root: etree._Element, path: str) -> etree._Element:
    found = root.find(path)
    assert found is not None
    return found


def text(path: str, value: str) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        (found,) = root.findall(path)
        found.text = value

    return change


def attribute(path: str, value: str, name: str = "Algorithm") -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        root.findall(path)[0].set(name, value)

    return change


def moved(root: etree._Element) -> None:
    """The classical wrapping: what was signed goes aside, another message takes its place."""
    signature = root[-1]
    former = deepcopy(root)
    former.remove(former[-1])
    former[0].attrib.clear()
    aside = etree.SubElement(one(signature, f"{DS}Object"), "aside")
    aside.append(former)
    root[1].text = "wrapped"


def twice(root: etree._Element) -> None:
    root.insert(0, deepcopy(root[-1]))


def first(root: etree._Element) -> None:
    root.insert(0, root[-1])


def deeper(root: etree._Element) -> None:
    root[0].append(root[-1])


def other_properties(root: etree._Element) -> None:
    """A second set of signed properties, of which one reader takes the first and another the last."""
    (found,) = root.iter(f"{X}QualifyingProperties")
    copy = deepcopy(found)
    copy[0].set("Id", "second")
    one(root[-1], f"{DS}Object").append(copy)


def other_reference(uri: str) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        info = root[-1][0]
        more = deepcopy(info.findall(f"{DS}Reference")[1])
        more.set("URI", uri)
        del more.attrib["Type"]
        info.append(more)

    return change


def without(path: str) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        found = one(root, path)
        above = found.getparent()
        assert above is not None
        above.remove(found)

    return change


def foreign_certificate(root: etree._Element) -> None:
    """The certificate of somebody else in place of the one that is named."""
    (found, *_) = root.iter(f"{DS}X509Certificate")
    found.text = b64encode(end("rsa").certificate.public_bytes(Encoding.DER)).decode()


def _der() -> object:
    from cryptography.hazmat.primitives.serialization import Encoding

    return Encoding.DER


def flipped(root: etree._Element) -> None:
    (found,) = root.iter(f"{DS}SignatureValue")
    value = bytearray(b64decode(found.text or ""))
    value[5] ^= 1
    found.text = b64encode(bytes(value)).decode()


S = f"{DS}Signature/"
FAULTS = {
    "message changed": (text("b", "4"), Sub.HASH),
    "wrapped": (moved, Sub.HASH),
    "value changed": (flipped, Sub.CRYPTO),
    "signing time changed": (text(f".//{X}SigningTime", "2027-01-01T00:00:00Z"), Sub.HASH),
    "two signatures": (twice, Sub.FORMAT),
    "not last": (first, Sub.FORMAT),
    "not in the root": (deeper, Sub.FORMAT),
    "a duplicate Id": (attribute("a", "signature", "Id"), Sub.FORMAT),
    "two sets of properties": (other_properties, Sub.FORMAT),
    "properties of another signature": (attribute(f".//{X}QualifyingProperties", "#a", "Target"), Sub.FORMAT),
    "a reference to an element": (other_reference("#a"), Sub.FORMAT),
    "a reference outside": (other_reference("https://example.org/x"), Sub.WEAK),
    "a reference to a file": (other_reference("file:///etc/passwd"), Sub.WEAK),
    "an XPointer": (other_reference("#xpointer(/)"), Sub.WEAK),
    "a reference to a part": (other_reference("cid:x"), Sub.FORMAT),
    "only an element": (attribute(f"{S}{DS}SignedInfo/{DS}Reference", "#a", "URI"), Sub.NO_DATA),
    "properties not covered": (
        attribute(f"{S}{DS}SignedInfo/{DS}Reference[2]", "urn:x", "Type"), Sub.FORMAT,
    ),
    "SHA-1 signature": (
        attribute(f"{S}{DS}SignedInfo/{DS}SignatureMethod", f"{names.DS}rsa-sha1"), Sub.WEAK,
    ),
    "HMAC": (attribute(f"{S}{DS}SignedInfo/{DS}SignatureMethod", f"{names.DS}hmac-sha1"), Sub.WEAK),
    "SHA-1 digest": (attribute(f"{S}{DS}SignedInfo/{DS}Reference/{DS}DigestMethod", f"{names.DS}sha1"), Sub.WEAK),
    "XSLT": (
        attribute(f"{S}{DS}SignedInfo/{DS}Reference/{DS}Transforms/{DS}Transform[2]",
                  "http://www.w3.org/TR/1999/REC-xslt-19991116"), Sub.WEAK,
    ),
    "SHA-1 of the certificate": (attribute(f".//{X}CertDigest/{DS}DigestMethod", f"{names.DS}sha1"), Sub.WEAK),
    "another digest of the certificate": (text(f".//{X}CertDigest/{DS}DigestValue", "AAAA"), Sub.NO_CERTIFICATE),
    "the certificate of another": (foreign_certificate, Sub.NO_CERTIFICATE),
    "no certificate": (without(f"{S}{DS}KeyInfo"), Sub.NO_CERTIFICATE),
    "no digest of it": (without(f".//{X}SigningCertificateV2"), Sub.FORMAT),
    "no time": (without(f".//{X}SigningTime"), Sub.HASH),
    "no properties": (without(f"{S}{DS}Object"), Sub.FORMAT),
    "xml:base": (attribute("a", "x", "{http://www.w3.org/XML/1998/namespace}base"), Sub.FORMAT),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_what_does_not_hold_is_refused_with_its_reason(name: str) -> None:
    change, expected = FAULTS[name]
    body = changed(sign_inside(MESSAGE, seal(), AT), change)
    assert sub_of(lambda: signed_inside(body)) == expected


def test_what_signs_with_another_key_than_that_of_its_certificate_is_refused() -> None:
    false = Seal(end("p256").signing, end("rsa").chain, names.ECDSA_SHA256)
    assert sub_of(lambda: signed_inside(sign_inside(MESSAGE, false, AT))) == Sub.WEAK
    other = Seal(end("p384").signing, end("p256").chain, names.ECDSA_SHA256)
    assert sub_of(lambda: signed_inside(sign_inside(MESSAGE, other, AT))) == Sub.CRYPTO


def test_comments_are_not_signed_and_not_read() -> None:
    body = sign_inside(MESSAGE, seal(), AT).replace(b"2 &amp;", b"2<!-- 9 --> &amp;")
    found = signed_inside(body)
    assert found is not None
    assert found.message == MESSAGE


def test_each_sub_indication_belongs_to_one_status() -> None:
    assert Sub.NONE.indication is Indication.PASSED
    assert Sub.HASH.indication is Indication.FAILED
    assert Sub.NO_CHAIN.indication is Indication.INDETERMINATE
