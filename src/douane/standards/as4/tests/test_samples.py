"""Messages that others wrote (AS4-P18): the genuine ones verify bit for bit, the others are refused for a reason."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from douane.standards.as4 import writing
from douane.standards.as4.messages import Receipt
from douane.standards.as4.opening import Claims, read_claims
from douane.standards.as4.profiles import V1
from douane.standards.as4.reading import Envelope, read_envelope
from douane.standards.as4.tests.test_messages import MESSAGES
from douane.standards.xml_signature.algorithms import PublicKey
from douane.standards.xml_signature.verifying import verify
from douane.vocabulary.errors import AlgorithmRefused, BadHeader, BadSignature, DouaneError

ROOT = next(parent for parent in Path(__file__).resolve().parents if (parent / "pyproject.toml").exists())
DATA = ROOT.parent / "shared/data/as4"
with_data = pytest.mark.skipif(
    not DATA.exists() and "CI" not in os.environ, reason="../shared is not beside this checkout"
)


def envelope_in(path: Path) -> bytes:
    """The SOAP envelope of a sample: HTTP headers and MIME parts around it are left out."""
    data = path.read_bytes()
    for end in (b"Envelope>",):
        start = max(data.find(b"<?xml"), 0) if data.find(b"<?xml") >= 0 else data.find(b"<")
        data = data[start : data.rfind(end) + len(end)]
    return data


def verdict(data: bytes) -> str:
    try:
        envelope = read_envelope(data)
        claims = read_claims(envelope, V1, encrypted=False)
        _prove_soap(envelope, claims)
    except DouaneError as problem:
        return f"{type(problem).__name__}: {problem.text}"
    return "verifies"


def _prove_soap(envelope: Envelope, claims: Claims) -> None:
    """The references to elements hold (the parts of the samples are not there)."""
    if not claims.signer.chain:
        raise BadSignature("the certificate does not come along")
    key = claims.signer.chain[0].public_key()
    assert isinstance(key, PublicKey)
    digests = {r.target: {r.digest: r.value} for r in claims.signature.references if r.attachment}
    signed = verify(claims.signature, key, ids=envelope.ids, attachments=digests)
    if not (signed.covers(envelope.messaging) and signed.covers(envelope.body)):
        raise BadSignature("not covered")


@with_data
def test_t02_the_genuine_samples_verify_prefix_lists_included() -> None:
    genuine = [DATA / "signed/phase4-verify/helger.as4in", DATA / "samples-negative/TestReceipt12.xml"]
    for path in genuine:
        data = envelope_in(path)
        assert b"InclusiveNamespaces" in data
        assert verdict(data) == "verifies", path.name
        assert isinstance(read_envelope(data).message, Receipt)
        for good, bad in (
            (b"DigestValue>", b"DigestValue>A"),
            (b"@phase4", b"@phase5"),
            (b"<eb:Timestamp>20", b"<eb:Timestamp>21"),
        ):
            assert verdict(data.replace(good, bad)) != "verifies"


@with_data
def test_every_sample_is_judged_as_the_list_says() -> None:
    rows = list(csv.reader((DATA / "EXPECTED.csv").read_text(encoding="utf-8").splitlines()))[1:]
    assert len(rows) == 28
    for name, well_formed, signature, _ in rows:
        found = verdict(envelope_in(DATA / name))
        assert (found == "verifies") == (signature == "verifies"), (name, found)
        if well_formed == "no":
            assert found.startswith(("NotWellFormed", "BadHeader")), (name, found)


@with_data
def test_the_negative_samples_are_refused_for_their_reason() -> None:
    expected: dict[str, tuple[type[DouaneError], str]] = {
        "samples-negative/TwoUserMessages.xml": (BadHeader, "2 messages"),
        "samples-negative/WrongSigningAlgorithm.xml": (AlgorithmRefused, "signature algorithm"),
        "samples-negative/WrongSigningDigestAlgorithm.xml": (AlgorithmRefused, "digest"),
        "samples-negative/NoResponder.xml": (BadHeader, "PartyInfo"),
        "samples-unsigned/EmptyMessaging.xml": (BadHeader, "SOAP 1.2"),
        "samples-unsigned/BundledMessage.xml": (BadHeader, "SOAP 1.2"),
        "samples-unsigned/MessageInfoMissing.xml": (BadHeader, "SOAP 1.2|MessageInfo"),
        "samples-unsigned/MessageInfoIDMissing.xml": (BadHeader, "SOAP 1.2|MessageInfo"),
    }
    for name, (kind, word) in expected.items():
        # their payload stands in the body, which would be the first reason
        data = re.sub(rb"(<S12:Body[^>]*>).*(</S12:Body>)", rb"\1\2", envelope_in(DATA / name), flags=re.DOTALL)
        data = re.sub(rb"<eb:PayloadInfo>.*?</eb:PayloadInfo>", b"", data, flags=re.DOTALL)
        with pytest.raises(kind, match=word):
            read_claims(read_envelope(data), V1, encrypted=False)


class Beside(etree.Resolver):
    """Schemas that lie beside the one that imports them, by their file names."""

    def resolve(self, url: str, public: str, context: object) -> Any:  # type: ignore[override]  # as lxml calls it
        name = url.rpartition("/")[2]
        folder = next(f for f in ("xsd", "xsd-wss") if (DATA / f / name).exists())
        return self.resolve_filename(str(DATA / folder / name), context)  # type: ignore[attr-defined]  # not in the stub


@with_data
def test_what_we_write_is_valid_against_the_official_schema() -> None:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Beside())
    path = DATA / "xsd/ebms-header-3_0-200704.xsd"
    namespace = b'<xsd:import namespace="http://www.w3.org/XML/1998/namespace" '
    source = path.read_bytes().replace(namespace, namespace + b'schemaLocation="xml.xsd" ')
    schema = etree.XMLSchema(etree.fromstring(source, parser, base_url=str(path)))
    for message in MESSAGES:
        element = etree.fromstring(writing.messaging(message))
        assert schema.validate(element), (message, schema.error_log)
    assert not schema.validate(etree.fromstring(writing.messaging(MESSAGES[0]).replace("eb:Action", "eb:Deed")))
