"""Gzip comes out whole and bounded (AS4-T13)."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from douane.standards.mime.gzip_stream import Gunzip, Gzip, pack, unpack
from douane.vocabulary.errors import NotDecompressed

MOST = 64 * 1024 * 1024


@given(st.binary(max_size=2000), st.integers(1, 100), st.integers(0, 9))
def test_what_is_packed_comes_out_again(content: bytes, step: int, level: int) -> None:
    packer = Gzip(level)
    packed = b"".join(packer.update(content[n : n + step]) for n in range(0, len(content), step)) + packer.finish()
    assert gzip.decompress(packed) == content
    state = Gunzip(MOST)
    found = b"".join(piece for n in range(0, len(packed), step) for piece in state.update(packed[n : n + step]))
    state.finish()
    assert found == content
    assert pack(content) == pack(content)


@pytest.mark.parametrize(
    "packed",
    [
        pack(b"content")[:-1],
        pack(b"content")[:5],
        b"",
        pack(b"content") + b"\0",
        pack(b"content") + pack(b"more"),
        b"no gzip",
        zlib.compress(b"content"),
        pack(b"content")[:12] + b"\xff" + pack(b"content")[13:],
        pack(b"content")[:-8] + b"\0" * 8,
    ],
)
def test_what_is_damaged_is_refused(packed: bytes) -> None:
    with pytest.raises(NotDecompressed):
        unpack(packed, MOST)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    packed = pack(bytes(200_000_000), 9)
    assert len(packed) < 200_000
    for most in (MOST, 1 << 40):
        tracemalloc.start()
        begin = time.process_time()
        with pytest.raises(NotDecompressed, match="more than is allowed"):
            for _ in Gunzip(most).update(packed):
                pass
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 5_000_000
        assert time.process_time() - begin < 1.0


def test_the_cap_is_exact() -> None:
    assert len(unpack(pack(b"x" * 1000), 1000)) == 1000
    with pytest.raises(NotDecompressed):
        unpack(pack(b"x" * 1001), 1000)
