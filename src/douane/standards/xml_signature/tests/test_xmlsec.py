"""The same signatures by a program that is not ours (libxmlsec1): each side verifies what the other signed."""

from __future__ import annotations

from typing import Any

import pytest
import xmlsec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from lxml import etree

from douane.standards.xml.reading import Limits, read_tree
from douane.standards.xml_signature import names
from douane.standards.xml_signature.canonical import EXCLUSIVE
from douane.standards.xml_signature.identifiers import identified
from douane.standards.xml_signature.reading import DOCUMENTS, read_signature
from douane.standards.xml_signature.signing import Digested, sign_enveloped, signature
from douane.standards.xml_signature.tests.certified import end
from douane.standards.xml_signature.verifying import verify, verify_enveloped

DOCUMENT = b'<a xmlns="urn:a" xmlns:p="urn:p"><b Id="b" p:x="1">text &amp; more</b>\n<c Id="c"><p:d/></c></a>'
KINDS = {
    "rsa": (names.RSA_SHA256, xmlsec.constants.TransformRsaSha256),
    "p256": (names.ECDSA_SHA256, xmlsec.constants.TransformEcdsaSha256),
}
every_kind = pytest.mark.parametrize("kind", KINDS)


def context(kind: str) -> Any:
    key = end(kind).key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    made = xmlsec.SignatureContext()
    made.key = xmlsec.Key.from_memory(key, xmlsec.constants.KeyDataFormatPem, None)
    return made


@every_kind
def test_it_verifies_what_we_signed(kind: str) -> None:
    root = etree.fromstring(DOCUMENT)
    things = [Digested.element(e.get("Id", ""), EXCLUSIVE.octets(e)) for e in root]
    text = signature(things, key=end(kind).signing, method=KINDS[kind][0], key_info="", id="s")
    root.append(etree.fromstring(text))
    for each in root:
        xmlsec.tree.add_ids(each, ["Id"])
    context(kind).verify(root[2])
    root[0].text = "changed"
    with pytest.raises(xmlsec.Error):
        context(kind).verify(root[2])


@every_kind
def test_it_verifies_a_document_that_we_signed_whole(kind: str) -> None:
    root = etree.fromstring(DOCUMENT)
    sign_enveloped(root, key=end(kind).signing, method=KINDS[kind][0])
    context(kind).verify(root[2])


@every_kind
def test_we_verify_what_it_signed(kind: str) -> None:
    root = etree.fromstring(DOCUMENT)
    node = xmlsec.template.create(root, xmlsec.constants.TransformExclC14N, KINDS[kind][1])
    root.append(node)
    for each in list(root)[:2]:
        xmlsec.tree.add_ids(each, ["Id"])
        reference = xmlsec.template.add_reference(node, xmlsec.constants.TransformSha256, uri=f"#{each.get('Id')}")
        xmlsec.template.add_transform(reference, xmlsec.constants.TransformExclC14N)
    context(kind).sign(node)
    again = read_tree(etree.tostring(root), Limits(), keep_comments=True)
    read = read_signature(again[2], DOCUMENTS)
    signed = verify(read, end(kind).public, ids=identified(again))
    assert [e.tag for e in signed.elements] == ["{urn:a}b", "{urn:a}c"]


@every_kind
def test_we_verify_a_document_that_it_signed_whole(kind: str) -> None:
    root = etree.fromstring(DOCUMENT)
    node = xmlsec.template.create(root, xmlsec.constants.TransformExclC14N, KINDS[kind][1])
    root.append(node)
    reference = xmlsec.template.add_reference(node, xmlsec.constants.TransformSha256, uri="")
    xmlsec.template.add_transform(reference, xmlsec.constants.TransformEnveloped)
    xmlsec.template.add_transform(reference, xmlsec.constants.TransformExclC14N)
    context(kind).sign(node)
    again = read_tree(etree.tostring(root), Limits(), keep_comments=True)
    whole = verify_enveloped(again, end(kind).public, DOCUMENTS)
    assert etree.tostring(whole) == DOCUMENT
