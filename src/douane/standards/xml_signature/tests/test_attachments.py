"""The digest of a part follows its media type (AS4-T03)."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest

from douane.standards.xml_signature import names
from douane.standards.xml_signature.attachments import LARGEST_XML, ContentDigest
from douane.standards.xml_signature.content_ids import address_of, content_id_of
from douane.vocabulary.errors import BadSignature, TooLarge

DOCUMENT = b"<?xml version='1.0'?>\n<!-- c --><?p i?><a  b='2' a='1'><!-- c -->\r\n<c/></a>\n"
CANONICAL = b'<?p i?>\n<a a="1" b="2">\n<c></c></a>'


def digest_of(media_type: str, octets: bytes, cuts: tuple[int, ...] = ()) -> bytes:
    content = ContentDigest(media_type, {names.SHA256})
    for begin, end in pairwise((0, *cuts, len(octets))):
        content.update(octets[begin:end])
    return content.values()[names.SHA256]


@pytest.mark.parametrize(
    "kind", ["text/xml", "Application/XML", "text/xml; charset=utf-8", "application/x+xml", "image/svg+xml"]
)
def test_xml_is_canonicalised(kind: str) -> None:
    assert digest_of(kind, DOCUMENT, (5, 40)) == hashlib.sha256(CANONICAL).digest()


@pytest.mark.parametrize("kind", ["text/plain", "TEXT/csv"])
@pytest.mark.parametrize("cuts", [(), (1,), (2,), (3,), (4,), (1, 2, 3, 4, 5, 6)])
def test_text_has_crlf_line_ends(kind: str, cuts: tuple[int, ...]) -> None:
    assert digest_of(kind, b"a\nb\r\nc\rd\r", cuts) == hashlib.sha256(b"a\r\nb\r\nc\r\nd\r\n").digest()


@pytest.mark.parametrize("kind", ["application/gzip", "application/octet-stream", "application/pdf", "image/png", ""])
def test_everything_else_counts_as_it_is(kind: str) -> None:
    assert digest_of(kind, DOCUMENT, (7,)) == hashlib.sha256(DOCUMENT).digest()


@pytest.mark.parametrize(
    "octets", [b"", b"<a", b"<!DOCTYPE a><a/>", b"<a xmlns:b='rel'><b:c/></a>", "<a/>".encode("utf-16")]
)
def test_what_cannot_be_canonicalised_is_no_signed_part(octets: bytes) -> None:
    with pytest.raises(BadSignature):
        digest_of("text/xml", octets)


def test_a_large_xml_part_is_refused_before_it_is_kept() -> None:
    content = ContentDigest("text/xml", {names.SHA256})
    content.update(b" " * LARGEST_XML)
    with pytest.raises(TooLarge):
        content.update(b" ")


@pytest.mark.parametrize("name", ["a@host", "percent %41 and blank@host", '<>"&/?#[]@ü', "100%"])
def test_an_address_means_its_content_id_again(name: str) -> None:
    address = address_of(name)
    assert address.startswith("cid:")
    assert address.isascii()
    assert content_id_of(address) == name
    assert content_id_of("cid:a%40host%2") == "a@host%2"
