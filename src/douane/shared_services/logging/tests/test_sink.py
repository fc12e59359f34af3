"""Lines reach the descriptor whole, or are known to be cut off."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from douane.shared_services.logging.sink import LogFile, descriptor_sink

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


def test_a_file_that_was_moved_away_is_made_anew_and_where_it_cannot_be_the_former_one_goes_on(tmp_path: Path) -> None:
    path, moved = tmp_path / "logs" / "node.log", tmp_path / "node.log.1"
    path.parent.mkdir()
    write, other = LogFile(path), LogFile(path)
    write(b"first\n")
    path.rename(moved)
    write(b"second\n")
    path.parent.rmdir()
    with pytest.raises(FileNotFoundError):
        write.reopen()
    write(b"third\n")
    path.parent.mkdir()
    for each in (write, other):
        each.reopen()
        each(b"fourth\n")
    assert moved.read_bytes() == b"first\nsecond\nthird\n"
    assert path.read_bytes() == b"fourth\nfourth\n"
    assert path.stat().st_mode & 0o777 == 0o600
