"""XAdES beside two that are not ours: signxml signs and verifies, libxmlsec1 signs what we verify."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
import xmlsec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from lxml import etree

from douane.standards.xades.names import SIGNED_PROPERTIES, XADES
from douane.standards.xades.signing import Seal, sign_inside
from douane.standards.xades.verifying import signed_beside, signed_inside
from douane.standards.xml_signature import names
from douane.standards.xml_signature.tests.certified import Certified, end
from douane.vocabulary.errors import SignatureRefused
from tests.architecture.tree import REPOSITORY

PEER = REPOSITORY / "build/peers/signxml/bin/python"
SCRIPT = REPOSITORY / "bench/peers/signxml_signature.py"
DECLARATION = (Path(__file__).parents[2] / "docs" / "examples" / "declaration.xml").read_bytes()
AT = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
signxml = pytest.mark.skipif(
    not PEER.exists() and "CI" not in os.environ, reason="tools/peer_environment.sh signxml makes the environment"
)


def key_pem(own: Certified) -> bytes:
    return own.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def ask(**asked: str) -> Any:
    asked["certificate"] = end("p256").certificate.public_bytes(Encoding.PEM).decode()
    done = subprocess.run(
        [PEER, SCRIPT], input=json.dumps(asked), capture_output=True, text=True, timeout=60, check=True
    )
    return json.loads(done.stdout)


def same(one: bytes, other: bytes) -> bool:
    forms = [etree.tostring(etree.fromstring(each), method="c14n", exclusive=True) for each in (one, other)]
    return forms[0] == forms[1]


@signxml
def test_we_verify_what_signxml_signed_inside_a_declaration() -> None:
    made = ask(sign="enveloped", document=DECLARATION.decode(), key=key_pem(end("p256")).decode())["signed"].encode()
    found = signed_inside(made)
    assert found is not None
    assert same(found.message, DECLARATION)
    assert found.certificates[0] == end("p256").certificate
    with pytest.raises(SignatureRefused):
        signed_inside(made.replace(b"<grossMass>", b"<grossMass>9"))


@signxml
def test_we_verify_what_signxml_signed_beside_a_declaration() -> None:
    made = ask(sign="detached", uri="cid:m@t", document=DECLARATION.decode(), key=key_pem(end("p256")).decode())
    written = made["signed"].encode()
    assert signed_beside(written, DECLARATION, "m@t", {}).message == DECLARATION
    with pytest.raises(SignatureRefused):
        signed_beside(written, DECLARATION.replace(b"<grossMass>", b"<grossMass>9"), "m@t", {})


@signxml
def test_signxml_verifies_what_we_signed() -> None:
    made = sign_inside(DECLARATION, Seal(end("p256").signing, end("p256").chain[:1], names.ECDSA_SHA256), AT)
    found = ask(verify=made.decode())
    assert found["holds"], found
    assert same(found["covers"].encode(), DECLARATION)
    assert not ask(verify=made.decode().replace("<grossMass>", "<grossMass>9"))["holds"]


@pytest.mark.parametrize("form", ["exclusive", "inclusive"])
def test_we_verify_what_libxmlsec1_signed(form: str) -> None:
    root = etree.fromstring(DECLARATION)
    kind = {"exclusive": xmlsec.constants.TransformExclC14N, "inclusive": xmlsec.constants.TransformInclC14N}[form]
    node = xmlsec.template.create(root, kind, xmlsec.constants.TransformEcdsaSha256)
    node.set("Id", "sig")
    root.append(node)
    whole = xmlsec.template.add_reference(node, xmlsec.constants.TransformSha256, uri="")
    xmlsec.template.add_transform(whole, xmlsec.constants.TransformEnveloped)
    xmlsec.template.add_transform(whole, kind)
    own = xmlsec.template.add_reference(node, xmlsec.constants.TransformSha256, uri="#props", type=SIGNED_PROPERTIES)
    xmlsec.template.add_transform(own, kind)
    data = xmlsec.template.add_x509_data(xmlsec.template.ensure_key_info(node))
    xmlsec.template.x509_data_add_certificate(data)
    print_of = b64encode(end("p256").certificate.fingerprint(hashes.SHA256())).decode()
    node.append(etree.fromstring(
        f'<ds:Object xmlns:ds="{names.DS}"><x:QualifyingProperties xmlns:x="{XADES}" Target="#sig">'
        '<x:SignedProperties Id="props"><x:SignedSignatureProperties><x:SigningTime>2026-05-01T12:00:00Z'
        f'</x:SigningTime><x:SigningCertificateV2><x:Cert><x:CertDigest><ds:DigestMethod Algorithm="{names.SHA256}"/>'
        f"<ds:DigestValue>{print_of}</ds:DigestValue></x:CertDigest></x:Cert></x:SigningCertificateV2>"
        "</x:SignedSignatureProperties></x:SignedProperties></x:QualifyingProperties></ds:Object>"
    ))  # fmt: skip
    root = etree.fromstring(etree.tostring(root))  # what is signed is the document as it is written
    xmlsec.tree.add_ids(root, ["Id"])
    signing = xmlsec.SignatureContext()
    signing.key = xmlsec.Key.from_memory(key_pem(end("p256")), xmlsec.constants.KeyDataFormatPem, None)
    signing.key.load_cert_from_memory(
        end("p256").certificate.public_bytes(Encoding.PEM), xmlsec.constants.KeyDataFormatPem
    )
    signing.sign(root[-1])
    found = signed_inside(etree.tostring(root))
    assert found is not None
    assert same(found.message, DECLARATION)
