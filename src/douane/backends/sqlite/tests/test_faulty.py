"""The store on a disk that forgets: acknowledged batches survive every cut, and weaker settings are seen to lose."""

from __future__ import annotations

import errno
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
import pytest

from douane.backends.sqlite.backend import SqliteStore
from douane.backends.sqlite.faulty import mounted
from douane.backends.sqlite.volume import Op, Volume
from douane.runtime.store.ports import Batch, Log
from douane.vocabulary.errors import StoreUnavailable


class Disk:
    """A volume with a store on it, opened anew after each end."""

    def __init__(self, volume: Volume, path: Path, name: str, synchronous: str) -> None:
        self.volume, self._path, self._name, self._synchronous = volume, str(path), name, synchronous
        self.open()

    def open(self) -> None:
        self.store = SqliteStore(self._path, vfs=self._name)
        self.store._db.execute(f"PRAGMA synchronous = {self._synchronous}")
        self.epoch = self.store.take(0)

    def commit(self, number: int) -> None:
        batch = Batch()
        batch.append(Log.JOURNAL, number, number.to_bytes(4, "big") * 300)
        batch.new[b"K\0\0" + number.to_bytes(4, "big")] = b"x" * 50
        batch.put[b"O\0\0"] = number.to_bytes(4, "big")
        self.store.apply(batch, 0, self.epoch)

    def end(self, how: Callable[[], None]) -> None:
        how()
        self.store.close()
        self.volume.start()

    def cut(self) -> None:
        self.end(self.volume.power_cut)

    def held(self) -> int:
        """How many batches the store holds; all of each or nothing of it."""
        assert self.store._db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        rows = [p for p, _ in self.store.scan_log(Log.JOURNAL, 0, 1 << 40, 100_000)]
        known = [int.from_bytes(k[3:], "big") for k, _ in self.store.scan(b"K\0\0", b"K\0\1", 100_000)]
        counted = self.store.read([b"O\0\0"])[0] or b""
        assert rows == known == list(range(1, len(rows) + 1))
        assert int.from_bytes(counted, "big") == len(rows)
        return len(rows)


@contextmanager
def disk(folder: Path, seed: int, *, synchronous: str = "FULL") -> Iterator[Disk]:
    volume = Volume(random.Random(seed).randrange)
    name = f"{folder.name}-{seed}"
    with mounted(volume, name):
        made = Disk(volume, folder / f"{seed}.db", name, synchronous)
        try:
            yield made
        finally:
            made.store.close()


def lost_at_cuts(folder: Path, synchronous: str, cuts: int, *, checkpoints: bool = False) -> list[int]:
    """Acknowledged batches that each of some cuts lost."""
    lost = []
    for seed in range(cuts):
        with disk(folder, seed, synchronous=synchronous) as it:
            acknowledged = 3 + seed % 20
            for number in range(1, acknowledged + 1):
                it.commit(number)
                if checkpoints and number % 5 == 0:
                    it.store._db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
            it.cut()
            it.open()
            lost.append(acknowledged - it.held())
    return lost


def test_full_loses_nothing_at_a_cut(tmp_path: Path) -> None:
    assert set(lost_at_cuts(tmp_path, "FULL", 40)) == {0}
    assert set(lost_at_cuts(tmp_path, "FULL", 40, checkpoints=True)) == {0}


@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_weaker_settings_lose_rows(tmp_path: Path, synchronous: str) -> None:
    lost = lost_at_cuts(tmp_path, synchronous, 30)
    assert min(lost) >= 0
    assert sum(count > 0 for count in lost) >= 10


def test_a_cut_in_any_operation_leaves_all_or_nothing_of_a_batch(tmp_path: Path) -> None:
    """Seven batches with a checkpoint among them, the power failing in each operation in turn; twice in a row."""
    struck = 0
    for nth in range(1, 400):
        with disk(tmp_path, nth) as it:
            done = work(it, 0, cut_at=nth)
            if done == 7:
                break
            struck += 1
            it.cut()
            it.open()
            assert it.held() in (done, done + 1), f"the cut in operation {nth}"
            again = it.held()
            assert work(it, again, cut_at=None) == 7
    assert struck > 30


def work(it: Disk, done: int, *, cut_at: int | None) -> int:
    if cut_at is not None:
        it.volume.cut_at(cut_at)
    try:
        for number in range(done + 1, 8):
            it.commit(number)
            done = number
            if number == 4:
                it.store._db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
    except (StoreUnavailable, apsw.IOError):
        assert not it.volume.running
    return done


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC])
def test_every_single_operation_may_fail_without_harm(tmp_path: Path, error: int) -> None:
    """The batch is refused, or committed where the failure came after; the next one succeeds on the same store."""
    failed = 0
    for nth in range(1, 40):
        with disk(tmp_path, nth) as it:
            it.commit(1)
            it.volume.fail(nth, error=error)
            number = 2
            try:
                it.commit(number)
                number += 1
            except StoreUnavailable:
                failed += 1
            it.volume.calm()
            present = it.store.read_log(Log.JOURNAL, [2])[0] is not None
            it.commit(3 if present else 2)
            it.cut()
            it.open()
            assert it.held() == (3 if present else 2)
            assert present or number == 2
    assert failed >= 3


def fill(it: Disk) -> int:
    for number in range(1, 1000):
        try:
            it.commit(number)
        except StoreUnavailable:
            return number - 1
    raise AssertionError("the volume never became full")


def test_a_full_volume_refuses_and_reads_on(tmp_path: Path) -> None:
    with disk(tmp_path, 1) as it:
        it.volume.capacity = it.volume.used() + 100_000
        done = fill(it)
        assert 1 < done == it.held()
        it.volume.calm()
        it.commit(done + 1)
        it.cut()
        it.open()
        assert it.held() == done + 1


def test_a_killed_process_loses_nothing_it_wrote(tmp_path: Path) -> None:
    with disk(tmp_path, 1, synchronous="OFF") as it:
        for number in range(1, 30):
            it.commit(number)
        it.end(it.volume.kill)
        it.open()
        assert it.held() == 29


def test_snapshots_work_on_it(tmp_path: Path) -> None:
    with disk(tmp_path, 1) as it:
        it.commit(1)
        snapshot = it.store.snapshot()
        assert snapshot.read([b"O\0\0"]) == [(1).to_bytes(4, "big")]
        it.commit(2)
        assert snapshot.read([b"O\0\0"]) == [(1).to_bytes(4, "big")]
        snapshot.close()


def test_what_a_cut_left_opens_with_the_default_file_system(tmp_path: Path) -> None:
    with disk(tmp_path, 1) as it:
        for number in range(1, 10):
            it.commit(number)
        it.cut()
        (tmp_path / "real").mkdir()
        it.volume.save(tmp_path / "real")
        store = SqliteStore(str(tmp_path / "real" / "1.db"))
        assert len(store.scan_log(Log.JOURNAL, 0, 1 << 40, 100)) == 9
        store.close()
        it.open()


def test_a_life_must_be_closed_before_the_next_one_opens(tmp_path: Path) -> None:
    with disk(tmp_path, 1) as it:
        it.volume.power_cut()
        it.volume.start()
        with pytest.raises(StoreUnavailable, match="earlier life"):
            SqliteStore(it.store.path, vfs=it._name)


def test_syncs_are_counted(tmp_path: Path) -> None:
    with disk(tmp_path, 1) as it:
        before = it.volume.done[Op.SYNC]
        it.commit(1)
        assert it.volume.done[Op.SYNC] > before
