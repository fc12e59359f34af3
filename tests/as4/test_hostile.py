"""What an attacker or a careless partner sends: refused in ebMS form, early, and nothing of it kept."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import re
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from douane.channels.as4.binding import PATH
from douane.channels.as4.client import Answered
from douane.channels.as4.sending import Packed
from douane.shared_services.web import requests
from douane.standards.as4 import names
from douane.standards.as4.awareness import Verdict
from douane.standards.as4.messages import Property
from douane.standards.as4.pmodes import Security
from tests.as4.access_points import Platform1, Side1, codes, mode_of, push, run
from tests.as4.fuzzing import search
from tests.contracts import toy
from tests.contracts.toy import sent_to

ROOT = next(parent for parent in Path(__file__).resolve().parents if (parent / "pyproject.toml").exists())
ATTACKS = ROOT.parent / "shared/data/attacks/xml"
SOAP = {"content-type": "application/soap+xml"}
ORDER = toy.Order("O1", "A", 60)


@pytest.fixture
def platform(tmp_path: Path) -> Platform1:
    return Platform1(tmp_path)


def post(platform: Platform1, body: bytes, content_type: str) -> httpx.Response:
    return run(platform, lambda http: http.post(PATH, content=body, headers={"content-type": content_type}))


@pytest.mark.skipif(not ATTACKS.exists() and "CI" not in os.environ, reason="../shared is not beside this checkout")
def test_s14_the_known_attacks_at_the_door(platform: Platform1) -> None:
    for path in sorted(ATTACKS.glob("*.xml")):
        for body, kind in (
            (path.read_bytes(), "application/soap+xml"),
            (b"--b\r\nContent-Type: application/soap+xml\r\n\r\n" + path.read_bytes() + b"\r\n--b--",
             "multipart/related; boundary=b"),
        ):  # fmt: skip
            begin = time.process_time()
            answer = post(platform, body, kind)
            assert b"EBMS:0009" in answer.content, path.name
            assert time.process_time() - begin < 2.0
    assert platform.gate.asked == 0
    assert platform.failed == []


def test_t24_the_root_part_may_say_its_charset_in_several_ways(platform: Platform1) -> None:
    mode, side = mode_of(), Side1(platform)
    root = b"Content-Type: application/soap+xml; charset=UTF-8\r\n"
    for n, way in enumerate((
        b'Content-Type: application/soap+xml; charset="utf-8"\r\n',
        b"Content-Type: application/soap+xml; CHARSET=UTF-8; action=urn:x\r\n",
        b"Content-Type: application/soap+xml\r\n",
        b'content-type: Application/SOAP+XML;\r\n\tcharset="UTF-8"; action="a b"\r\n',
    )):  # fmt: skip
        packed = side.pack(mode, toy.Order(f"O{n}", "A", 1))
        body = packed.whole()
        assert root in body
        answer = post(platform, body.replace(root, way), packed.content_type.replace("boundary", "Boundary"))
        assert b"eb:Receipt" in answer.content, way
    assert len(sent_to(platform.store, "T1")) == 4


OTHER_CHARSETS = ["ISO-8859-1", "utf-16", "UTF-7", "windows-1252", "x-unknown", "ascii", "utf-8-sig"]


@pytest.mark.parametrize("charset", OTHER_CHARSETS)
def test_an_envelope_that_is_declared_in_another_charset_is_refused(platform: Platform1, charset: str) -> None:
    mode, side = mode_of(), Side1(platform)
    packed = side.pack(mode, ORDER)
    bare = side.packer().pack(mode, side.message(mode, count=0), [], "PLATFORM", platform.clock.now())
    for body, kind in (
        (packed.whole().replace(b"charset=UTF-8", b"charset=" + charset.encode(), 1), packed.content_type),
        (bare.whole(), f'application/soap+xml; charset="{charset}"'),
    ):
        answer = post(platform, body, kind).content
        assert b'errorCode="EBMS:0007"' in answer
        assert b"Send and declare it in UTF-8." in answer
    assert sent_to(platform.store, "T1") == []
    assert platform.gate.asked == 0


def declared(where: str, charset: str, media: str) -> tuple[str, tuple[Property, ...]]:
    """A media type, and the properties of a part: its charset stands in one of three places."""
    properties = [Property(names.MIME_TYPE, media + (f"; charset={charset}" if where == "MimeType" else ""))]
    properties += [Property(names.CHARACTER_SET, charset)] if where == "CharacterSet" else []
    return media + (f"; charset={charset}" if where == "Content-Type" else ""), tuple(properties)


@pytest.mark.parametrize("where", ["Content-Type", "MimeType", "CharacterSet"])
@pytest.mark.parametrize(
    ("charset", "text", "good"),
    [
        ("utf-8", "é", True), ("UTF-8", "e", True), ("us-ascii", "e", True), ("us-ascii", "é", False),
        *((each, "e", False) for each in OTHER_CHARSETS),
    ],
)  # fmt: skip
def test_a_payload_that_is_read_is_declared_in_the_charset_it_is_read_in(
    tmp_path: Path, where: str, charset: str, text: str, good: bool
) -> None:
    """Over charsets and the places where one may stand: the MIME header, and two properties of the part."""
    mode = mode_of(security=Security(encrypt=False), compress=False)
    platform = Platform1(tmp_path, [mode])
    side = Side1(platform)
    media, properties = declared(where, charset, "application/json")
    message = side.message(mode)
    message = dataclasses.replace(message, parts=(dataclasses.replace(message.parts[0], properties=properties),))
    order = toy.Order(f"O{text}", "A", 1)
    packed = side.correspondent(None).pack(mode, message, [(msgspec.json.encode(order), "application/json")])  # type: ignore[arg-type]
    body = packed.whole().replace(b"Content-Type: application/json", b"Content-Type: " + media.encode())
    answer = post(platform, body, packed.content_type).content
    assert (b"eb:Receipt" in answer) is good, answer
    assert good or b'errorCode="EBMS:0007"' in answer


def test_canonical_xml_1_1_is_refused_by_name(platform: Platform1) -> None:
    mode, side = mode_of(), Side1(platform)
    packed = side.pack(mode, ORDER)
    for other in (b"http://www.w3.org/2006/12/xml-c14n11", b"http://www.w3.org/2006/12/xml-c14n11#WithComments",
                  b"http://www.w3.org/TR/2001/REC-xml-c14n-20010315", b"http://www.w3.org/2010/xml-c14n2"):  # fmt: skip
        body = packed.whole()
        for count in (1, -1):  # that of the signed info, then every transform too
            changed = body.replace(b"http://www.w3.org/2001/10/xml-exc-c14n#", other, count)
            answer = post(platform, changed, packed.content_type).content
            assert b'errorCode="EBMS:0103"' in answer
            assert b"Canonicalise by http://www.w3.org/2001/10/xml-exc-c14n#." in answer
    assert sent_to(platform.store, "T1") == []


@pytest.mark.parametrize("status", [200, 400, 500, 503])
def test_p04_a_signed_error_counts_whatever_the_status(platform: Platform1, status: int) -> None:
    side, wrong = Side1(platform), mode_of(action="dance")
    packed = side.pack(wrong, ORDER)
    error = post(platform, packed.whole(), packed.content_type).content

    async def under_status() -> Answered:
        answer = httpx.MockTransport(lambda request: httpx.Response(status, content=error, headers=SOAP))
        async with httpx.AsyncClient(transport=answer, base_url="http://platform") as http:
            return await side.correspondent(http).push(mode_of(), packed)

    answered = asyncio.run(under_status())
    assert (answered.verdict, codes(answered)) == (Verdict.REFUSED, ["EBMS:0010"])


def test_s11_a_message_that_stops_coming_is_cut_off(platform: Platform1, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "CHUNK_SECONDS", 0.05)
    mode, side = mode_of(), Side1(platform)
    packed = side.pack(mode, ORDER)

    async def slow() -> AsyncIterator[bytes]:
        yield packed.whole()[:3000]
        await asyncio.sleep(30)
        yield b""

    async def both(http: httpx.AsyncClient) -> tuple[httpx.Response, Answered]:
        head = {"content-type": packed.content_type}
        stuck = asyncio.create_task(http.post(PATH, content=slow(), headers=head))
        other = await side.correspondent(http).push(mode, side.pack(mode, toy.Order("O2", "A", 1)))
        return await stuck, other

    answer, other = run(platform, both)
    assert b"DOU-1006" in answer.content
    assert other.verdict is Verdict.RECEIPT


def test_s11_a_message_that_comes_too_slowly_is_cut_off(platform: Platform1, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "WHOLE_SECONDS", 0.0)
    monkeypatch.setattr(requests, "SLOWEST", 1 << 40)
    mode, side = mode_of(), Side1(platform)
    packed = side.pack(mode, ORDER)
    assert b"DOU-1006" in post(platform, packed.whole(), packed.content_type).content


CHANGES: list[Callable[[bytes], bytes]] = [
    lambda body: body.replace(b"--", b"-+", 1),
    lambda body: body.replace(b"<eb:Messaging", b"<eb:Mess", 1),
    lambda body: re.sub(rb"<ds:SignatureValue>.{8}", b"<ds:SignatureValue>AAAAAAAA", body),
    lambda body: re.sub(rb"<xenc:CipherValue>.{8}", b"<xenc:CipherValue>AAAAAAAA", body),
    lambda body: body[: len(body) // 2],
    lambda body: body.replace(b": binary", b": base64"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_broken_message_has_no_effect(platform: Platform1, change: Callable[[bytes], bytes]) -> None:
    mode, side = mode_of(), Side1(platform)
    packed = side.pack(mode, ORDER)
    answer = post(platform, change(packed.whole()), packed.content_type)
    assert answer.headers["content-type"].startswith("application/soap+xml")
    assert b"errorCode" in answer.content
    assert sent_to(platform.store, "T1") == []
    assert platform.failed == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_s12_flipped_octets_at_the_door(platform: Platform1, data: st.DataObject) -> None:
    mode, side = mode_of(), Side1(platform)
    kept = KEPT.setdefault(platform.folder, (side.pack(mode, ORDER)))
    body = kept.whole()
    at, bit = data.draw(st.integers(0, len(body) - 1)), data.draw(st.integers(0, 7))
    answer = post(platform, body[:at] + bytes((body[at] ^ 1 << bit,)) + body[at + 1 :], kept.content_type)
    assert b"eb:SignalMessage" in answer.content
    assert platform.failed == []
    assert len(sent_to(platform.store, "T1")) <= 1


KEPT: dict[Path, Packed] = {}


def test_s08_every_failure_of_decryption_is_answered_alike(platform: Platform1) -> None:
    mode, side = mode_of(), Side1(platform)
    packed = side.pack(mode, ORDER)
    body = packed.whole()
    start = body.index(b"<xenc:CipherValue>") + len(b"<xenc:CipherValue>")
    wrapped = [body[:start] + b"A" * 8 + body[start + 8 :], body[:start] + body[start + 4 :]]
    part = body.index(b"Content-ID: <payload0>")
    content = body.index(b"\r\n\r\n", part) + 10
    flipped = (body[:n] + bytes((body[n] ^ 1,)) + body[n + 1 :] for n in (content, content + 20))
    pattern = re.compile(rb'errorCode="(.*?)".*?<eb:ErrorDetail>(.*?)</eb:ErrorDetail>')
    answers = [post(platform, bad, packed.content_type).content for bad in (*wrapped, *flipped)]
    details = {found for answer in answers for found in pattern.findall(answer)}
    assert details == {(b"EBMS:0102", b"DOU-1303: The content cannot be decrypted.")}


def test_push_still_works_afterwards(platform: Platform1) -> None:
    mode, side = mode_of(), Side1(platform)
    post(platform, b"<a", "application/soap+xml")
    assert push(platform, side, mode, side.pack(mode, ORDER)).verdict is Verdict.RECEIPT


def test_s13_envelopes_put_together_wrongly_are_answered_by_our_own_errors() -> None:
    tried, read = search(2_500, 60.0, seed=4)
    assert 0 < read < tried
