"""WS-Security signatures over envelopes: ours hold, changed and moved ones do not, nothing unsigned is read."""

from __future__ import annotations

import datetime as dt
from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from douane.standards.soap.envelope import Version, envelope_text, read_envelope
from douane.standards.soap.security import SKEW, Secured, Signer, read_security
from douane.standards.xml_signature.tests.certified import certify
from douane.vocabulary.errors import AlgorithmRefused, BadSignature

NOW = dt.datetime(2026, 11, 2, 3, 4, 5, 678901, tzinfo=dt.UTC)
EC = certify("signer", ec.generate_private_key(ec.SECP256R1()))
SIGNER = Signer(EC.key, EC.chain)  # type: ignore[arg-type]  # a key that signs
BODY = '<a xmlns="urn:a">x</a>'
WSA = '<w:Action xmlns:w="http://www.w3.org/2005/08/addressing">urn:do</w:Action>'


def signed(version: Version = Version.SOAP12, header: str = WSA) -> str:
    return SIGNER.sign(envelope_text(version, BODY, header), NOW).decode()


def judged(text: str, now: dt.datetime = NOW) -> Secured | None:
    return read_security(read_envelope(text.encode()), now)


@pytest.mark.parametrize("version", list(Version), ids=lambda v: v.name)
@pytest.mark.parametrize("header", ["", WSA])
def test_what_is_signed_is_proven(version: Version, header: str) -> None:
    found = judged(signed(version, header))
    assert found is not None
    assert found.certificate == EC.certificate.public_bytes(Encoding.DER)
    assert (found.created, found.expires) == (NOW.replace(microsecond=678000), NOW.replace(microsecond=678000) + SKEW)


@pytest.mark.parametrize("kind", ["rsa", "ed25519"])
def test_every_kind_of_key_signs(kind: str) -> None:
    key = rsa.generate_private_key(65537, 2048) if kind == "rsa" else ed25519.Ed25519PrivateKey.generate()
    card = certify(kind, key)
    text = Signer(key, card.chain).sign(envelope_text(Version.SOAP11, BODY), NOW).decode()
    assert judged(text) is not None


def test_an_envelope_without_a_signature_proves_nothing() -> None:
    assert judged(envelope_text(Version.SOAP12, BODY, WSA).decode()) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">x</a>", ">y</a>"), (">urn:do<", ">urn:other<"), ("2026-11-02T03:09", "2026-11-02T03:59"),
        ('URI="#body"', 'URI="#token"'), ('Id="body"', 'Id="corpse"'), ("ecdsa-sha256", "ecdsa-sha1"),
        ("SignatureValue>", "SignatureValue>AAAA", ),
    ],
)  # fmt: skip
def test_what_was_changed_is_refused(old: str, new: str) -> None:
    text = signed()
    assert old in text
    with pytest.raises((BadSignature, AlgorithmRefused)):
        judged(text.replace(old, new, 1))


def test_a_signed_body_moved_elsewhere_covers_nothing_that_is_read() -> None:
    root = etree.fromstring(signed().encode())
    body = root[-1]
    assert body.tag.endswith("Body")
    forged = etree.fromstring(etree.tostring(body))
    forged[0].text = "forged"
    del forged.attrib[next(iter(forged.attrib))]
    root[0].append(etree.Element("{urn:x}wrapper"))
    root[0][-1].append(body)
    root.append(forged)
    with pytest.raises(BadSignature, match="Body is not signed"):
        judged(etree.tostring(root).decode())
    again = etree.fromstring(etree.tostring(forged))
    again.set("Id", "body")
    root.replace(forged, again)
    with pytest.raises(BadSignature, match="stands twice"):
        judged(etree.tostring(root).decode())


@pytest.mark.parametrize("minutes", [-20, 20])
def test_a_message_holds_for_its_time_only(minutes: int) -> None:
    with pytest.raises(BadSignature, match="not now"):
        judged(signed(), NOW + dt.timedelta(minutes=minutes))
    with pytest.raises(BadSignature, match="not now"):
        judged(SIGNER.sign(envelope_text(Version.SOAP11, BODY), NOW, dt.timedelta(hours=2)).decode())


def test_exactly_one_timestamp_one_signature_one_header() -> None:
    root = etree.fromstring(signed().encode())
    security = root[0][-1]
    for part in (security[0], security[2]):
        copied = etree.fromstring(etree.tostring(root))
        copied[0][-1].remove(next(e for e in copied[0][-1] if e.tag == part.tag))
        with pytest.raises(BadSignature, match="holds 0 elements"):
            judged(etree.tostring(copied).decode())
    root[0].append(etree.fromstring(etree.tostring(security)))
    with pytest.raises(BadSignature, match="two Security headers"):
        judged(etree.tostring(root).decode())


def test_a_certificate_with_a_key_of_an_unknown_kind_is_refused() -> None:
    der = EC.certificate.public_bytes(Encoding.DER)
    kind = bytes.fromhex("06072a8648ce3d0201")  # id-ecPublicKey
    assert kind in der
    other = der.replace(kind, bytes.fromhex("06072a8648ea3d0201"))
    text = signed().replace(b64encode(der).decode(), b64encode(other).decode())
    with pytest.raises(BadSignature, match="cannot be read"):
        judged(text)
