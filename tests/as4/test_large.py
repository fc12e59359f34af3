"""Large payloads stream: through the door and out again in bounded memory (the 250 MB figure is ``bench/as4.py``)."""

from __future__ import annotations

import hashlib
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import msgspec
import pytest

from douane.channels.as4.binding import PATH
from douane.channels.as4.sending import part_info
from douane.runtime.store.envelope import JOURNAL
from douane.runtime.store.ports import Log
from tests.as4.access_points import Platform1, Side1, mode_of, run
from tests.contracts import toy

SIZE = 24 * 1024 * 1024
PIECE = hashlib.shake_128(b"piece").digest(64 * 1024)


def content(size: int = SIZE) -> Iterator[bytes]:
    """Octets that do not compress, in pieces, all different."""
    for n in range(size // len(PIECE)):
        yield b"MM\0*" + n.to_bytes(4, "big") + PIECE[8:]


@pytest.mark.slow
@pytest.mark.parametrize("compress", [True, False])
def test_a_large_attachment_streams_in_bounded_memory(tmp_path: Path, compress: bool) -> None:
    platform = Platform1(tmp_path)
    mode, side = mode_of(), Side1(platform)
    infos = (part_info("order", "application/json", compress=True), part_info("scan", "image/tiff", compress=compress))
    message = side.message(mode, 0, parts=infos)
    order = msgspec.json.encode(toy.Order("O1", "A", 60))
    tracemalloc.start()
    packer = side.packer()
    packed = packer.pack(mode, message, [(infos[0], [order], len(order)), (infos[1], content(), SIZE)], "PLATFORM",
                         platform.clock.now())  # fmt: skip

    async def stream() -> AsyncIterator[bytes]:
        for piece in packed.pieces():
            yield piece

    head = {"content-type": packed.content_type}
    answer = run(platform, lambda http: http.post(PATH, content=stream(), headers=head))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    packed.discard()
    assert answer.status_code == 200
    assert b"eb:Receipt" in answer.content
    assert peak < 8 * 1024 * 1024
    (row,) = [JOURNAL.read(raw) for _, raw in platform.store.scan_log(Log.JOURNAL, 0, 1 << 62, 1)]
    (kept,) = row.content.attachments
    whole = hashlib.sha256()
    for piece in content():
        whole.update(piece)
    assert (kept.digest, kept.size) == (whole.hexdigest(), SIZE)
    assert list((tmp_path / "payloads/incoming").iterdir()) == []


def test_a_payload_above_the_agreed_size_is_cut_off_while_it_comes(tmp_path: Path) -> None:
    platform = Platform1(tmp_path, modes=[mode_of(largest=1_000_000)])
    mode, side = mode_of(), Side1(platform)
    infos = (part_info("order", "application/json", compress=True), part_info("scan", "image/tiff", compress=False))
    packer = side.packer()
    contents = [(infos[0], [b"{}"], 2), (infos[1], content(), SIZE)]
    packed = packer.pack(mode, side.message(mode, 0, parts=infos), contents, "PLATFORM", platform.clock.now())
    sent = 0

    async def stream() -> AsyncIterator[bytes]:
        nonlocal sent
        for piece in packed.pieces():
            sent += len(piece)
            yield piece

    head = {"content-type": packed.content_type}
    answer = run(platform, lambda http: http.post(PATH, content=stream(), headers=head))
    assert b"EBMS:0007" in answer.content
    packed.discard()
    assert sent < 2_000_000
    assert [p for p in (tmp_path / "payloads").rglob("*") if p.is_file()] == []


def test_t13_bombs_and_broken_gzip_are_refused_by_their_code(tmp_path: Path) -> None:
    """A bomb is proven like any payload; it ends at its limit while it is unpacked."""
    platform = Platform1(tmp_path, modes=[mode_of(largest=1_000_000)])
    mode, side = mode_of(), Side1(platform)
    infos = (part_info("order", "application/json", compress=True),)
    packer = side.packer()
    bomb = packer.pack(mode, side.message(mode, 0, parts=infos), [(infos[0], [bytes(50_000_000)], 50_000_000)],
                       "PLATFORM", platform.clock.now())  # fmt: skip
    assert bomb.size < 300_000
    head = {"content-type": bomb.content_type}
    assert b"EBMS:0303" in run(platform, lambda http: http.post(PATH, content=bomb.whole(), headers=head)).content
    plain = part_info("order", "application/json", compress=False)
    for broken in (b"no gzip", b"\x1f\x8b\x08"):
        lying = packer.pack(mode, side.message(mode, 0, parts=infos), [(plain, [broken], 1)], "PLATFORM",
                            platform.clock.now())  # fmt: skip
        head = {"content-type": lying.content_type}
        body = lying.whole()
        answer = run(platform, lambda http, body=body, head=head: http.post(PATH, content=body, headers=head))  # type: ignore[misc]
        assert b"EBMS:0303" in answer.content


def test_t12_ten_thousand_parts_are_refused_early(tmp_path: Path) -> None:
    platform = Platform1(tmp_path)
    part = b"--b\r\nContent-Type: application/soap+xml\r\n\r\nx\r\n"
    sent = 0

    async def stream() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(10_000):
            sent += 1
            yield part
        yield b"--b--"

    head = {"content-type": "multipart/related; boundary=b"}

    async def post(http: httpx.AsyncClient) -> httpx.Response:
        return await http.post(PATH, content=stream(), headers=head)

    answer = run(platform, post)
    assert b"EBMS:0009" in answer.content  # what comes first is no envelope: nothing else is read
    assert sent < 10
