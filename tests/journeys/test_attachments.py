"""A message with attachments over REST: durable before its receipt, streamed; what is refused leaves no draft."""

from __future__ import annotations

import hashlib
import json
import re
import ssl
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from douane.runtime.store.envelope import JOURNAL
from douane.runtime.store.ports import Log
from tests.journeys.standing import Standing, identity_in, standing

DECLARATION = (Path(__file__).parents[2] / "docs" / "examples" / "declaration.xml").read_bytes()
TRADER = "trader.fr.lesquin"
LARGE = b"%PDF-1.7" + bytes(range(248)) + bytes(range(256)) * 7_999  # 2 MB: a draft of the payload store
SMALL = b"\x89PNG\r\n\x1a\nsmall"
Part = tuple[str, str, bytes]


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("attachments")
    with standing(folder, identity_in(folder)) as made:
        yield made


def multipart(*parts: Part) -> bytes:
    """Parts of (Content-Type, Content-ID, content)."""
    found = b""
    for media, name, content in parts:
        id_line = f"Content-ID: <{name}>\r\n" if name else ""
        found += f"--part\r\nContent-Type: {media}\r\n{id_line}\r\n".encode() + content + b"\r\n"
    return found + b"--part--\r\n"


MEDIA = {"content-type": 'multipart/related; type="application/xml"; boundary=part'}


def post(node: Standing, *parts: Part, path: str = "/v1/messages") -> Any:
    return node.client("speed2", TRADER).ask("POST", path, multipart(*parts), MEDIA)


def payloads(node: Standing) -> set[str]:
    folder = node.identity.folder.parent / "payloads"
    assert list((folder / "incoming").iterdir()) == []
    return {each.name for each in folder.glob("[0-9a-f][0-9a-f]/*")}


def test_attachments_are_kept_by_digest_and_named_in_the_journal(node: Standing) -> None:
    found = post(
        node,
        ("application/xml", "", DECLARATION),
        ("application/pdf", "invoice@trader", LARGE),
        ("image/png", "stamp@trader", SMALL),
        path="/transit/v1/lodge_declaration",
    )
    assert found.status == 202, found
    digests = {hashlib.sha256(each).hexdigest() for each in (LARGE, SMALL)}
    assert payloads(node) == digests
    rows = node.node.core.store.scan_log(Log.JOURNAL, 0, 1 << 48, 100)
    (row,) = [r for r in map(JOURNAL.read, (raw for _, raw in rows)) if r.content.attachments]
    assert [(a.name, a.media_type, a.size) for a in row.content.attachments] == [
        ("invoice@trader", "application/pdf", len(LARGE)), ("stamp@trader", "image/png", len(SMALL))
    ]  # fmt: skip
    assert {a.digest for a in row.content.attachments} == digests
    assert found.json["digest"] == row.content.digest.hex()
    assert row.content.digest != hashlib.sha256(DECLARATION).digest(), "the receipt covers the attachments"


def test_the_same_message_with_another_attachment_is_another_message(node: Standing) -> None:
    # another one than the first test's, which may run in another process
    declaration = re.sub(rb"(<messageIdentification>).*?<", rb"\1ANOTHER<", DECLARATION)
    assert declaration != DECLARATION
    statuses = [
        post(node, ("application/xml", "", declaration), ("application/pdf", "invoice@trader", content)).status
        for content in (b"%PDF-an invoice", b"%PDF-an invoice", b"%PDF-another invoice")
    ]
    assert statuses == [202, 202, 409]


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ((), 422),
        ((("application/xml", "", b"<CC015C/>"), ("application/pdf", "a@b", LARGE[:-1])), 422),
        ((("application/xml", "", DECLARATION), ("application/pdf", "", b"unnamed")), 422),
        ((("application/xml", "", DECLARATION), ("a/b", "a@b", b"1"), ("a/b", "a@b", b"2")), 422),
        ((("application/xml", "", b" " * (4 * 1024 * 1024 + 1)),), 413),
    ],
)
def test_what_is_refused_leaves_no_draft(node: Standing, parts: tuple[Part, ...], status: int) -> None:
    found = post(node, *parts)
    assert found.status == status, found
    payloads(node)


@pytest.mark.parametrize(
    ("media", "name", "octets"),
    [
        ("text/html", "page@trader", b"<script>alert(1)</script>"),
        ("application/pdf", "x@trader", b"MZ this is no pdf"),
        ("application/zip", "x@trader", b"PK\3\4"),
        ("image/svg+xml", "x@trader", b"<svg onload='1'/>"),
        ("image/png", "x@trader", b"%PDF-1.7"),
        ("application/pdf", "invoice.pdf.exe", b"%PDF-1.7"),
        ("application/pdf", "../../etc/x.pdf", b"%PDF-1.7"),
        ("application/pdf", "..", b"%PDF-1.7"),
        ("application/pdf", 'q".pdf', b"%PDF-1.7"),
        ("application/pdf", ".profile", b"%PDF-1.7"),
        ("application/pdf", "empty@trader", b""),
    ],
)
@pytest.mark.parametrize("path", ["/v1/messages", "/transit/v1/lodge_declaration"])
def test_what_is_no_document_of_its_kind_or_bears_no_name_of_one_is_refused(
    node: Standing, path: str, media: str, name: str, octets: bytes
) -> None:
    """Whatever the page of a draft refuses, a program is refused, too; nothing of it is kept, and why is said."""
    before = payloads(node)
    found = post(node, ("application/xml", "", DECLARATION), (media, name, octets), path=path)
    assert found.status == 422, found
    (fault,) = found.json["faults"]
    assert (fault["pointer"], bool(fault["remedy"])) == ("/attachments", True)
    assert payloads(node) == before


def test_a_file_of_a_draft_is_called_by_the_name_of_one(node: Standing) -> None:
    def sent(operation: str, content: dict[str, Any], *parts: Part) -> Any:
        root = ("application/json", "root", json.dumps(content).encode())
        media = {"content-type": 'multipart/related; type="application/json"; boundary=part'}
        body = multipart(root, *parts)
        return node.client("speed2", TRADER).ask("POST", f"/drafts/v1/{operation}", body, media)

    saved = {"name": "with-a-file", "operation": "transit.lodge_declaration", "turn": 0, "content": "{}"}
    assert sent("save", saved).status == 202
    for name, status in (("scan@trader", 422), ("scan", 422), ("scan.png", 422), ("scan.pdf", 202)):
        answer = sent("attach", {"name": "with-a-file", "turn": 1}, ("application/pdf", name, LARGE))
        assert answer.status == status, (name, answer)


def test_who_may_not_enter_sends_no_attachment(node: Standing) -> None:
    before = payloads(node)
    client = node.client("ccn2", TRADER)
    body = multipart(("application/xml", "", DECLARATION), ("a/b", "a@b", b"from the wrong circle"))
    assert client.ask("POST", "/v1/messages", body, MEDIA).status == 403
    assert payloads(node) == before


def test_a_large_attachment_streams(node: Standing) -> None:
    """80 MB arrive in pieces: neither side holds them."""
    files = node.identity.client(TRADER)
    context = ssl.create_default_context(cafile=str(node.identity.root))
    context.load_cert_chain(files.certificate, files.key)
    piece = bytes(1024 * 1024)

    def body() -> Iterator[bytes]:
        head, tail = multipart(("application/xml", "", b"<CC015C/>"), ("a/b", "a@b", b"CUT")).split(b"CUT")
        yield head
        for _ in range(80):
            yield piece
        yield tail

    tracemalloc.start()
    try:
        url = node.node.url("speed2") + "/v1/messages"
        answer = httpx.post(url, content=body(), headers=MEDIA, verify=context, timeout=110)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert answer.status_code == 422, answer.text
    assert peak < 32 * 1024 * 1024


def nothing_is_left(node: Standing, client: str, message: bytes, status: int, platform: str = "speed2") -> None:
    before = payloads(node)
    for content in (LARGE[:-7], b"%PDF-a small one"):
        body = multipart(("application/xml", "", message), ("application/pdf", "a@b", content))
        found = node.client(platform, client).ask("POST", "/v1/messages", body, MEDIA)
        assert found.status == status, found
    assert payloads(node) == before


@pytest.mark.parametrize(
    ("client", "change", "status"),
    [
        ("trader.at.linz", (rb".*", b"<nonsense/>"), 422),  # its type
        (TRADER, (rb"<LRN>", b"<x/><LRN>"), 422),  # its form
        (TRADER, (rb"CC015C", b"CC029C"), 422),  # nothing that a trader sends
        (
            "trader.at.linz",
            (rb"(<messageIdentification>).*?<", rb"\1REFUSED-1<"),
            403,
        ),  # its parties, which the core judges
        (TRADER, (rb"(<LRN>).*?<", rb"\1CHANGED-1<"), 409),  # known under its id, and changed
    ],
)
def test_attachments_of_a_refused_message_leave_no_file(
    node: Standing, client: str, change: tuple[bytes, bytes], status: int
) -> None:
    post(node, ("application/xml", "", DECLARATION))
    nothing_is_left(node, client, re.sub(change[0], change[1], DECLARATION, flags=re.DOTALL), status)


def test_a_party_has_its_share_of_the_day_and_a_volume_its_reserve(tmp_path: Path) -> None:
    identity = identity_in(tmp_path)
    with standing(tmp_path, identity, attachments_a_day_bytes=len(LARGE)) as node:
        first = post(node, ("application/xml", "", DECLARATION), ("application/pdf", "a@b", LARGE))
        assert first.status == 202, first
        other = re.sub(rb"(<messageIdentification>).*?<", rb"\1SECOND<", DECLARATION)
        nothing_is_left(node, TRADER, other, 503)
        assert post(node, ("application/xml", "", other)).status == 202, "messages go on"
    with standing(tmp_path, identity, reserve_bytes=1 << 59) as node:
        third = re.sub(rb"(<messageIdentification>).*?<", rb"\1THIRD<", DECLARATION)
        nothing_is_left(node, TRADER, third, 503)
        assert post(node, ("application/xml", "", third)).status == 202, "messages go on"
        assert node.client("speed2", TRADER).ask("GET", "/v1/inbox").status == 200, "and so do reads"
