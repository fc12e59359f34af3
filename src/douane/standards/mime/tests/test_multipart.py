"""A multipart body is read however it is cut; what no signature could cover, and what is too much, is refused."""

from __future__ import annotations

import time
import tracemalloc
from base64 import b64encode, encodebytes
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from douane.standards.mime.media_type import MediaType, read_media_type
from douane.standards.mime.reading import Limits, PartData, PartEnd, PartStart, Splitter
from douane.standards.mime.writing import Part, multipart, related
from douane.vocabulary.errors import BadHeader, BadPackaging, DouaneError, SenderFault, TooLarge

BOUNDARY = "=_b0undary"
CONTENTS = st.one_of(st.binary(max_size=60), st.sampled_from([b"\r\n", b"\r\n--", b"\r\n--=_b0undar"])).filter(
    lambda octets: b"--=_b0undary" not in octets  # who writes chooses a boundary that its contents do not hold
)
NOT_BASE64 = [b"x", b"QQ=", b"QQ", b"Q=Q=", b"QQ==QQ==", b"QQ==\r\nQQ==", b"=", b"====", b"QQ==!", b"Q\xfcQQ", b"A A A"]
Read = list[tuple[str, str, bytes]]


def read(body: bytes, cuts: list[int] | None = None, limits: Limits | None = None) -> Read:
    splitter = Splitter(BOUNDARY.encode(), limits or Limits())
    found: list[list[Any]] = []
    at = 0
    for size in [*(cuts or []), len(body)]:
        for event in splitter.feed(body[at : at + size]):
            match event:
                case PartStart():
                    found.append([event.media_type.name, event.content_id, b"", False])
                case PartData():
                    found[-1][2] += event.octets
                case PartEnd():
                    found[-1][3] = True
        at += size
        if at >= len(body):
            break
    splitter.close()
    assert all(each[3] for each in found)
    return [(media_type, content_id, content) for media_type, content_id, content, _ in found]


def written(*contents: bytes) -> bytes:
    parts = [(Part("application/octet-stream", f"p{n}@host"), [each]) for n, each in enumerate(contents)]
    return b"".join(multipart(BOUNDARY, parts))


@given(
    st.lists(CONTENTS, min_size=1, max_size=5),
    st.lists(st.integers(0, 50), max_size=12),
)  # fmt: skip
def test_every_cut_gives_the_same_parts(contents: list[bytes], cuts: list[int]) -> None:
    expected = [("application/octet-stream", f"p{n}@host", each) for n, each in enumerate(contents)]
    assert read(written(*contents), cuts) == expected


@given(st.binary(max_size=300))
def test_any_octets_give_parts_or_a_refusal(body: bytes) -> None:
    kinds: list[type] = []
    for each in (body, b"--=_b0undary\r\n" + body, written(b"x")[:40] + body):
        try:
            read(each)
        except SenderFault as refusal:
            kinds.append(type(refusal))
    assert set(kinds) <= {BadPackaging, BadHeader, TooLarge}


@given(
    st.lists(st.tuples(st.binary(max_size=80), st.booleans()), min_size=1, max_size=4),
    st.lists(st.integers(0, 50), max_size=12),
)  # fmt: skip
def test_parts_in_base64_come_out_plain(contents: list[tuple[bytes, bool]], cuts: list[int]) -> None:
    body = b"".join(
        b"--=_b0undary\r\nContent-Transfer-Encoding: Base64\r\n\r\n"
        + (encodebytes(content).replace(b"\n", b"\r\n") if lined else b64encode(content))
        + b"\r\n"
        for content, lined in contents
    )
    expected = [("application/octet-stream", "", content) for content, _ in contents]
    assert read(body + b"--=_b0undary--", cuts) == expected


@given(st.lists(st.integers(0, 50), max_size=12))
def test_what_stands_outside_of_all_parts_is_dropped(cuts: list[int]) -> None:
    """RFC 2046, 5.1.1: a preamble, an epilogue, blanks after a boundary."""
    body = written(b"x", b"y").replace(b"undary\r\n", b"undary \t \r\n")
    outside = b"Content-Type: text/plain\r\n\r\nthis --=_b0undary is\r\n--=_ not a part\r\n"
    assert read(outside + body + outside + body, cuts) == read(written(b"x", b"y"))


def test_content_ids_are_written_with_brackets_and_read_with_and_without() -> None:
    """AS4-T01."""
    body = written(b"x")
    assert b"Content-ID: <p0@host>\r\n" in body
    assert read(body) == read(body.replace(b"<p0@host>", b"p0@host"))


def test_folded_headers_and_other_case_are_read() -> None:
    body = written(b"x").replace(
        b"Content-Type: application/octet-stream", b"CONTENT-TYPE: Text/XML;\r\n\tcharset=utf-8"
    )
    assert read(body)[0][0] == "text/xml"


def test_a_part_without_headers_and_empty_parts() -> None:
    body = b"--=_b0undary\r\n\r\nx\r\n--=_b0undary\r\nContent-ID: <a>\r\n\r\n\r\n--=_b0undary--"
    assert read(body) == [("application/octet-stream", "", b"x"), ("application/octet-stream", "a", b"")]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", BadPackaging),
        (written(b"x")[:-6], BadPackaging),
        (written(b"x").replace(b"undary\r\n", b"undaryX\r\n"), BadPackaging),
        (written(b"x").replace(b"\r\n", b"\n"), BadPackaging),
        (written(b"x").replace(b"Content-Transfer", b"X-Own"), BadPackaging),
        (written(b"x").replace(b"undary\r\n", b"undary X\r\n"), BadPackaging),
        (written(b"x").replace(b"undary\r\n", b"undary" + b" " * 200 + b"\r\n"), BadPackaging),
        (written(b"x").replace(b"binary", b"quoted-printable"), BadPackaging),
        *((written(octets).replace(b"binary", b"base64"), BadPackaging) for octets in NOT_BASE64),
        (written(b"x").replace(b"Content-ID", b"Content-Type"), BadPackaging),
        (written(b"x").replace(b"Content-ID:", b"Content-ID"), BadPackaging),
        (written(b"x").replace(b"<p0@host>", b"<p0 @host>"), BadHeader),
        (written(b"x").replace(b"<p0@host>", b"<p\xfc@host>"), BadHeader),
        (written(b"x").replace(b"<p0@host>", b"<p\x01@host>"), BadHeader),
        (written(b"x").replace(b"application/octet-stream", b"application"), None),
        (written(b"x").replace(b"application/octet-stream", b"/"), BadPackaging),
    ],
)
def test_malformed_bodies(body: bytes, kind: type[DouaneError] | None) -> None:
    if kind is None:
        assert read(body)
        return
    with pytest.raises(kind) as caught:
        read(body)
    assert caught.value.remedy


def test_ten_thousand_parts_are_refused_early() -> None:
    """AS4-T12: about 2 MB of tiny parts, read as they come."""
    body = written(*[b"x"] * 10_000)
    assert len(body) > 1_000_000
    splitter = Splitter(BOUNDARY.encode(), Limits())
    tracemalloc.start()
    begin = time.process_time()
    with pytest.raises(TooLarge, match="more than 64 parts"):
        list(splitter.feed(body[:65_536]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000
    assert time.process_time() - begin < 1.0


@pytest.mark.parametrize(
    "limits", [Limits(parts=1), Limits(head=60), Limits(heads=150), Limits(part=9), Limits(total=250)]
)
def test_the_limits(limits: Limits) -> None:
    body = written(b"x" * 10, b"y")
    with pytest.raises(TooLarge):
        read(body, limits=limits)


@pytest.mark.parametrize("body", [b"a" * 9_000 + b"\r\n" + written(b"x"), written(b"x") + b"a" * 9_000])
def test_a_long_text_outside_of_all_parts_is_refused(body: bytes) -> None:
    for cuts in ([], [100] * 200):
        with pytest.raises(TooLarge, match="outside"):
            read(body, cuts)


def test_the_limit_of_a_part_counts_what_it_carries() -> None:
    body = written(b64encode(bytes(300))).replace(b"binary", b"base64")
    assert read(body, limits=Limits(part=300))[0][2] == bytes(300)
    with pytest.raises(TooLarge):
        read(body, limits=Limits(part=299))


def test_a_head_that_never_ends_is_refused_at_its_limit() -> None:
    splitter = Splitter(BOUNDARY.encode(), Limits())
    list(splitter.feed(b"--=_b0undary\r\nContent-Description: "))
    list(splitter.feed(b"a" * 8_000))
    with pytest.raises(TooLarge):
        list(splitter.feed(b"a" * 1_000))


def test_media_types() -> None:
    text = 'multipart/RELATED; type="application/soap+xml"; Boundary="a b\\"c"; action=urn:x; start=<r@h>;'
    assert read_media_type('Text/XML; Charset="utf-8" ; x=1').parameters == {"charset": "utf-8", "x": "1"}
    found = read_media_type(text)
    assert found.name == "multipart/related"
    assert found.parameters["boundary"] == 'a b"c'
    assert read_media_type(found.text()) == found
    written_type = read_media_type(related(BOUNDARY, Part("application/soap+xml; charset=UTF-8", "root@host")))
    assert written_type.boundary == BOUNDARY.encode()
    assert written_type.parameters["start"] == "<root@host>"
    for bad in ("", "a b", "text/xml; x", "text/xml; a=1; A=2", 'text/xml; a="', "text/xml;" + " " * 2000):
        with pytest.raises(BadPackaging):
            read_media_type(bad)
    for boundary in ("", "a" * 71, "ends with blank ", "ü", "<>"):
        with pytest.raises(BadPackaging):
            MediaType("multipart/related", {"boundary": boundary}).boundary  # noqa: B018
