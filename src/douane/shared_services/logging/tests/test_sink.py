"""Lines reach the descriptor whole, or are known to be cut off."""

from __future__ import annotations

import os

import pytest

from douane.shared_services.logging.sink import descriptor_sink

LONG = b"x" * 1_000_000 + b"\n"


def test_a_line_that_was_cut_off_does_not_swallow_the_next() -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    os.set_blocking(reading, False)
    write = descriptor_sink(writing)
    write(b"first\n")
    with pytest.raises(BlockingIOError):
        write(LONG)
    with pytest.raises(BlockingIOError):  # nothing of this one fits
        write(b"second\n")
    kept = os.read(reading, len(LONG))
    write(b"third\n")
    write(b"fourth\n")
    lines = (kept + os.read(reading, 100)).split(b"\n")
    assert lines[0] == b"first"
    assert set(lines[1]) == set(b"x")
    assert lines[2:] == [b"third", b"fourth", b""]
    os.close(reading)
    os.close(writing)
