"""Certificates are named in every form of the token profile, and found again (AS4-T21, AS4-T22, AS4-P14)."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from lxml import etree

from douane.standards.xml_signature import names
from douane.standards.xml_signature.identifiers import identified
from douane.standards.xml_signature.pki_path import read_path, write_path
from douane.standards.xml_signature.tests.certified import authority, certify, end
from douane.standards.xml_signature.tokens import Named, TokenForm, key_identifier, read_named, write_token
from douane.vocabulary.errors import BadSignature

PREFIXES = f'xmlns:wsse="{names.WSSE}" xmlns:wsu="{names.WSU}" xmlns:ds="{names.DS}"'


def read(before: str, reference: str) -> Named:
    root = etree.fromstring(f"<r {PREFIXES}>{before}<ds:KeyInfo>{reference}</ds:KeyInfo></r>")
    return read_named(root[-1], identified(root))


@pytest.mark.parametrize("form", TokenForm)
@pytest.mark.parametrize("kind", ["rsa", "x25519"])
def test_every_form_names_its_certificate_and_no_other(form: TokenForm, kind: str) -> None:
    token = write_token(form, end(kind).chain, id="X509-1")
    named = read(token.before, token.reference)
    assert named.form is token.form is form
    assert named.names(end(kind).certificate)
    assert not named.names(end("ed25519").certificate)
    if form is TokenForm.PATH:
        assert named.chain == end(kind).chain


def test_line_breaks_in_tokens_are_fine() -> None:
    token = write_token(TokenForm.PATH, end("rsa").chain, id="X509-1")
    spread = token.before.replace(">MII", ">\n  MII\n").replace("</wsse:Bin", "\n</wsse:Bin")
    assert read(spread, token.reference.replace("><", ">\n<")).names(end("rsa").certificate)


def test_the_order_of_a_path_is_checked() -> None:
    chain = end("rsa").chain
    assert read_path(write_path(chain)) == chain
    for wrong in (chain[::-1], (chain[0], chain[2], chain[1]), (chain[0], chain[2])):
        with pytest.raises(BadSignature, match="not in order"):
            read_path(write_path(wrong))


@pytest.mark.parametrize("cut", [0, 1, 3, 10, -1])
def test_a_path_that_is_cut_off_is_refused(cut: int) -> None:
    with pytest.raises(BadSignature):
        read_path(write_path(end("rsa").chain)[:cut])


def test_a_path_with_too_much_is_refused() -> None:
    path = write_path(end("rsa").chain)
    for bad in (path + b"\0", b"\x30\x00", b"\x30\x80" + path, write_path([authority().chain[1]] * 11)):
        with pytest.raises(BadSignature):
            read_path(bad)


def test_a_certificate_without_the_extension_is_sent_whole_and_recognised_by_its_key() -> None:
    bare = certify("bare", ec.generate_private_key(ec.SECP256R1()), authority(), identifier=False)
    assert write_token(TokenForm.KEY_IDENTIFIER, bare.chain, id="x").form is TokenForm.CERTIFICATE
    assert len(key_identifier(bare.certificate)) == 20
    assert Named(TokenForm.KEY_IDENTIFIER, key_identifier=key_identifier(bare.certificate)).names(bare.certificate)


def test_names_are_compared_as_names() -> None:
    certificate = end("rsa").certificate
    serial = certificate.serial_number
    for text in (
        r"CN=Issuing Authority,O=Seals\, Ltd,C=BE",
        r"C=BE,O=Seals\, Ltd,CN=Issuing Authority",
        r"CN=issuing authority,O=Seals\, ltd,C=be",
    ):
        assert Named(TokenForm.ISSUER_SERIAL, issuer=text, serial=serial).names(certificate), text
        assert not Named(TokenForm.ISSUER_SERIAL, issuer=text, serial=serial + 1).names(certificate)
    for text in ("CN=Issuing Authority", "nonsense", "", r"CN=Issuing Authority,O=Seals\, Ltd,C=DE"):
        assert not Named(TokenForm.ISSUER_SERIAL, issuer=text, serial=serial).names(certificate), text


@pytest.mark.parametrize(
    "reference",
    [
        "",
        "<ds:KeyName>me</ds:KeyName>",
        "<ds:X509Data/>",
        "<ds:X509Data><ds:X509SKI>*</ds:X509SKI></ds:X509Data>",
        "<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>CN=a</ds:X509IssuerName><ds:X509SerialNumber>"
        + "9" * 5000 + "</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>",
        '<wsse:SecurityTokenReference><wsse:Reference URI="#none"/></wsse:SecurityTokenReference>',
        '<wsse:SecurityTokenReference><wsse:Reference URI="http://host/x"/></wsse:SecurityTokenReference>',
        ("<wsse:SecurityTokenReference><wsse:KeyIdentifier ValueType='x'>AA==</wsse:KeyIdentifier>"
        "</wsse:SecurityTokenReference>"),
    ],
)  # fmt: skip
def test_other_names_are_refused(reference: str) -> None:
    with pytest.raises(BadSignature):
        read("", reference)
