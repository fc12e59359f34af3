"""An assertion that is encrypted for us is opened, and proves no more than one that is not."""

from __future__ import annotations

import os
from base64 import b64encode
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml.etree import _Element

from douane.standards.saml.encryption import AES, MGF1_SHA256, OAEP
from douane.standards.saml.reading import saml
from douane.standards.saml.responses import Expected, read_response
from douane.standards.saml.tests.speaking import EXPECTED, OTHER, assertion_of, octets, response, sign
from douane.standards.xml_signature.names import DS, XENC, XENC11
from douane.standards.xml_signature.names import SHA256 as SHA256_NAME
from douane.vocabulary.errors import AssertionRefused

OURS = replace(EXPECTED, opens=OTHER)
OAEP_SCHEME = padding.OAEP(mgf=padding.MGF1(SHA256()), algorithm=SHA256(), label=None)


def encrypt(root: _Element, *, aes: str = f"{XENC11}aes256-gcm", oaep: str = OAEP, digest: str = SHA256_NAME,
            mask: str = MGF1_SHA256, plain: bytes = b"") -> _Element:  # fmt: skip
    """Put what encrypts the assertion of a response in its place; the response."""
    assertion = assertion_of(root)
    key, nonce = os.urandom(AES.get(aes, 16)), os.urandom(12)
    data = nonce + AESGCM(key).encrypt(nonce, plain or etree.tostring(assertion), None)
    wrapped = OTHER.public_key().encrypt(key, OAEP_SCHEME)
    text = (
        f'<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:xenc="{XENC}" '
        f'xmlns:xenc11="{XENC11}" xmlns:ds="{DS}"><xenc:EncryptedData Type="{XENC}Element"><xenc:EncryptionMethod '
        f'Algorithm="{aes}"/><ds:KeyInfo><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="{oaep}"><ds:DigestMethod '
        f'Algorithm="{digest}"/><xenc11:MGF Algorithm="{mask}"/></xenc:EncryptionMethod><xenc:CipherData>'
        f"<xenc:CipherValue>{b64encode(wrapped).decode()}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>"
        f"</ds:KeyInfo><xenc:CipherData><xenc:CipherValue>{b64encode(data).decode()}</xenc:CipherValue>"
        "</xenc:CipherData></xenc:EncryptedData></saml:EncryptedAssertion>"
    )
    root.replace(assertion, etree.fromstring(text))
    return root


def signed_within() -> _Element:
    """A response whose assertion is signed."""
    root = response()
    sign(assertion_of(root))
    return root


def refused(data: bytes, expected: Expected = OURS) -> str:
    with pytest.raises(AssertionRefused) as raised:
        read_response(data, expected)
    return raised.value.reason


@pytest.mark.parametrize("aes", sorted(AES))
def test_an_encrypted_assertion_says_what_a_plain_one_does(aes: str) -> None:
    meant = read_response(octets(signed_within()), EXPECTED)
    assert read_response(octets(encrypt(signed_within(), aes=aes)), OURS) == meant
    assert read_response(octets(sign(encrypt(response(), aes=aes))), OURS) == meant, "signed around it"
    assert read_response(octets(sign(encrypt(signed_within(), aes=aes))), OURS) == meant, "and both"
    assert read_response(octets(signed_within()), OURS) == meant, "a plain one is taken, too"


def test_to_have_been_encrypted_proves_nothing() -> None:
    assert refused(octets(encrypt(response()))) == "unsigned"
    root = response()
    sign(assertion_of(root), OTHER)
    assert refused(octets(encrypt(root))) == "foreign_key"
    changed = signed_within()
    next(iter(changed.iter(saml("NameID")))).text = "eve"
    assert refused(octets(encrypt(changed))) == "signature"
    late = replace(OURS, now=OURS.now + 400)
    assert refused(octets(encrypt(signed_within())), late) == "expired"


def test_what_was_signed_around_cannot_be_exchanged_within() -> None:
    honest = sign(encrypt(response()))
    evil = response()
    next(iter(evil.iter(saml("NameID")))).text = "eve"
    other = encrypt(evil).find(saml("EncryptedAssertion"))
    mine = honest.find(saml("EncryptedAssertion"))
    assert other is not None
    assert mine is not None
    honest.replace(mine, other)
    assert refused(octets(honest)) == "signature"
    both = encrypt(signed_within())
    both.append(assertion_of(response()))
    assert refused(octets(both)) == "assertions"
    twice = encrypt(signed_within())
    twice.append(encrypt(response())[-1])
    assert refused(octets(twice)) == "encrypted"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"aes": f"{XENC}aes256-cbc"}, "algorithm"), ({"aes": f"{XENC}tripledes-cbc"}, "algorithm"),
        ({"oaep": f"{XENC}rsa-1_5"}, "algorithm"), ({"oaep": f"{XENC}rsa-oaep-mgf1p"}, "algorithm"),
        ({"digest": f"{DS}sha1"}, "algorithm"), ({"mask": f"{XENC11}mgf1sha1"}, "algorithm"),
    ],
    ids=str,
)  # fmt: skip
def test_weak_encryption_is_refused_unseen(change: dict[str, str], reason: str) -> None:
    assert refused(octets(encrypt(signed_within(), **change))) == reason  # type: ignore[arg-type]  # texts all


def test_what_is_encrypted_is_judged_as_what_is_not() -> None:
    for plain, reason in (
        (b"<x/>", "assertions"), (b"hallo", "unreadable"),
        (b"<!DOCTYPE x>" + etree.tostring(assertion_of(signed_within())), "unreadable"),
        (etree.tostring(assertion_of(signed_within())).replace(b"astrid", b"as<!-- -->trid"), "comment"),
    ):  # fmt: skip
        assert refused(octets(encrypt(response(), plain=plain))) == reason
    assert refused(octets(encrypt(signed_within())), EXPECTED) == "encrypted", "where it is not agreed"


HONEST = octets(encrypt(signed_within()))
MEANT = read_response(HONEST, OURS)


@given(st.integers(0, len(HONEST)), st.binary(min_size=1, max_size=4), st.integers(0, 8))
def test_whatever_is_changed_never_says_something_else(at: int, put: bytes, cut: int) -> None:
    try:
        found = read_response(HONEST[:at] + put + HONEST[at + cut :], OURS)
    except AssertionRefused:
        return
    assert found == MEANT
