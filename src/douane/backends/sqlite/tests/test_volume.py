"""The disk that forgets keeps what was synced, and any part of the rest."""

from __future__ import annotations

import errno
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from douane.backends.sqlite.volume import SECTOR, Op, Volume


def volume(seed: int = 1, **more: int) -> Volume:
    return Volume(random.Random(seed).randrange, **more)


def cut_and_start(disk: Volume) -> None:
    disk.power_cut()
    disk.start()


def content_of(disk: Volume, name: str = "a") -> bytes:
    return bytes(disk.open(name, create=False).live)


def test_what_was_synced_survives_every_cut() -> None:
    for seed in range(50):
        disk = volume(seed)
        file = disk.open("a", create=True)
        disk.write(file, 0, b"x" * 2000)
        disk.sync(file, directory=True)
        disk.write(file, 5000, b"y" * 2000)
        disk.truncate(file, 100)
        disk.truncate(file, 2000)
        cut_and_start(disk)
        assert content_of(disk)[:100] == b"x" * 100
        assert set(content_of(disk)[100:2000]) <= {ord("x"), 0}  # a truncation that was not synced, in part


def test_cuts_lose_keep_tear_and_reorder() -> None:
    seen = set()
    for seed in range(1000):
        disk = volume(seed)
        file = disk.open("a", create=True)
        disk.write(file, 0, bytes(4 * SECTOR))
        disk.sync(file, directory=True)
        disk.write(file, 0, b"1" * 2 * SECTOR)
        disk.write(file, 2 * SECTOR, b"2" * 2 * SECTOR)
        cut_and_start(disk)
        left = content_of(disk)
        assert all(len({*left[at : at + SECTOR]}) == 1 for at in range(0, 4 * SECTOR, SECTOR)), "torn within a sector"
        seen.add(bytes(left[at] for at in range(0, 4 * SECTOR, SECTOR)))
    zero = b"\0"
    assert {
        zero * 4,
        b"1122",
        b"11" + zero * 2,
        zero * 2 + b"22",
        b"1" + zero + b"22",
        zero + b"1" + zero + b"2",
    } <= seen
    assert len(seen) == 16


def test_a_size_may_be_written_back_before_the_bytes() -> None:
    left = set()
    for seed in range(100):
        disk = volume(seed)
        file = disk.open("a", create=True)
        disk.sync(file, directory=True)
        disk.write(file, 0, b"1" * 2 * SECTOR)
        cut_and_start(disk)
        left |= {content_of(disk)[:1], content_of(disk)[SECTOR : SECTOR + 1]}
    assert {b"", b"1"} < left


@pytest.mark.parametrize("synced", [True, False])
def test_a_new_name_lasts_with_its_directory(synced: bool) -> None:
    there = set()
    for seed in range(30):
        disk = volume(seed)
        file = disk.open("a", create=True)
        disk.write(file, 0, b"x")
        disk.sync(file, directory=synced)
        cut_and_start(disk)
        there.add(disk.exists("a"))
    assert there == ({True} if synced else {True, False})


def test_a_deletion_comes_back_unless_the_directory_was_synced() -> None:
    there = set()
    for seed in range(30):
        disk = volume(seed)
        disk.sync(disk.open("a", create=True), directory=True)
        disk.delete("a", directory=False)
        assert not disk.exists("a")
        cut_and_start(disk)
        there.add(disk.exists("a"))
        if disk.exists("a"):
            disk.delete("a", directory=True)
            cut_and_start(disk)
            assert not disk.exists("a")
    assert there == {True, False}


def test_the_nth_operation_fails_once_and_changes_nothing() -> None:
    disk = volume()
    file = disk.open("a", create=True)
    disk.fail(2, frozenset({Op.WRITE}), error=errno.ENOSPC)
    disk.write(file, 0, b"1")
    with pytest.raises(OSError, match="refused") as refused:
        disk.write(file, 0, b"2")
    assert refused.value.errno == errno.ENOSPC
    assert content_of(disk) == b"1"
    disk.write(file, 0, b"3")
    assert content_of(disk) == b"3"


def test_a_full_volume_refuses_growth_only() -> None:
    disk = volume(capacity=10)
    file = disk.open("a", create=True)
    disk.write(file, 0, b"0123456789")
    with pytest.raises(OSError, match="full"):
        disk.write(file, 9, b"xy")
    disk.write(file, 0, b"9")
    disk.calm()
    disk.write(file, 10, b"more")
    assert content_of(disk) == b"9123456789more"


def test_after_the_power_failed_nothing_answers_until_the_start() -> None:
    disk = volume()
    file = disk.open("a", create=True)
    disk.cut_at(1, frozenset({Op.SYNC}))
    disk.write(file, 0, b"1")
    for _ in range(2):
        with pytest.raises(OSError, match="power"):
            disk.sync(file, directory=True)
    with pytest.raises(OSError, match="power"):
        disk.open("a", create=False)
    cut_and_start(disk)
    disk.open("b", create=True)


def test_a_killed_process_leaves_what_it_wrote() -> None:
    disk = volume()
    file = disk.open("a", create=True)
    disk.write(file, 0, b"1")
    disk.kill()
    with pytest.raises(OSError, match="power"):
        disk.write(file, 0, b"2")
    disk.start()
    assert content_of(disk) == b"1"


def test_a_seed_repeats_to_the_bit() -> None:
    def once(seed: int) -> bytes:
        disk = volume(seed)
        file = disk.open("a", create=True)
        disk.sync(file, directory=True)
        for n in range(20):
            disk.write(file, n * 700, bytes([n]) * 900)
        cut_and_start(disk)
        return content_of(disk)

    assert all(once(seed) == once(seed) for seed in range(10))
    assert len({once(seed) for seed in range(10)}) > 3


def test_a_folder_and_back(tmp_path: Path) -> None:
    disk = volume()
    disk.write(disk.open("a", create=True), 0, b"1")
    disk.save(tmp_path)
    again = volume()
    again.load(tmp_path)
    cut_and_start(again)
    assert content_of(again) == b"1"


CHANGE = st.one_of(
    st.tuples(st.just("write"), st.integers(0, 1500), st.binary(min_size=1, max_size=700)),
    st.tuples(st.just("truncate"), st.integers(0, 2000), st.just(b"")),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(CHANGE, max_size=6), st.lists(CHANGE, max_size=6), st.integers(0, 2**32))
def test_undone_changes_restore_what_was_synced(first: list, second: list, seed: int) -> None:  # type: ignore[type-arg]
    def do(disk: Volume, changes: list) -> None:  # type: ignore[type-arg]
        file = disk.open("a", create=False)
        for kind, at, data in changes:
            if kind == "write":
                disk.write(file, at, data)
            else:
                disk.truncate(file, at)

    disk = Volume(lambda below: 0)  # a fate that always loses
    disk.sync(disk.open("a", create=True), directory=True)
    do(disk, first)
    disk.sync(disk.open("a", create=False), directory=False)
    kept = content_of(disk)
    do(disk, second)
    cut_and_start(disk)
    assert content_of(disk) == kept
