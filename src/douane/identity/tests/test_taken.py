"""What processes of a host take, each once: two that share a folder, one that begins anew, and many at once."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from douane.identity.taken import KEEP, Taken
from douane.vocabulary.errors import StoreUnavailable

NOW = 29_000_000


def name(number: int) -> bytes:
    return hashlib.sha256(str(number).encode()).digest()


def test_what_one_took_nobody_else_takes(tmp_path: Path) -> None:
    first, second = Taken(tmp_path), Taken(tmp_path)
    assert first.take(name(1), NOW, NOW)
    assert not second.take(name(1), NOW, NOW)
    assert not first.take(name(1), NOW, NOW)
    assert second.take(name(2), NOW, NOW)
    assert not first.take(name(2), NOW, NOW)
    assert not Taken(tmp_path).take(name(2), NOW, NOW), "a process that was started again"
    assert first.take(name(1), NOW - 1, NOW), "another minute is another name"


def test_of_processes_that_come_at_once_one_is_first(tmp_path: Path) -> None:
    number, wins = 400, tmp_path / "wins"
    wins.mkdir()
    folder = tmp_path / "proofs"
    Taken(folder)
    read, write = os.pipe()
    children = []
    for child in range(4):
        pid = os.fork()
        if not pid:
            os.close(write)
            os.read(read, 1)  # until all are there
            own = Taken(folder)
            got = [n for n in range(number) if own.take(name(n), NOW, NOW)]
            (wins / str(child)).write_text(" ".join(map(str, got)))
            os._exit(0)
        children.append(pid)
    os.close(read)
    os.close(write)
    assert [os.waitpid(pid, 0)[1] for pid in children] == [0] * 4
    taken = sorted(int(n) for each in wins.iterdir() for n in each.read_text().split())
    assert taken == list(range(number))


def test_files_whose_time_is_over_are_removed(tmp_path: Path) -> None:
    made = Taken(tmp_path)
    for minute in range(NOW, NOW + 3 * KEEP):
        assert made.take(name(1), minute, minute)
    assert len(list(tmp_path.iterdir())) == KEEP + 1


def test_where_nothing_can_be_kept_nothing_is_taken(tmp_path: Path) -> None:
    made = Taken(tmp_path / "proofs")
    (tmp_path / "proofs").rmdir()
    with pytest.raises(StoreUnavailable):
        made.take(name(1), NOW, NOW)
