"""A snapshot is one state that all files had together, though others commit between its looks at them."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from douane.backends.files import snapshot as under_test
from douane.backends.files.backend import FilesStore, open_reader, open_store
from douane.runtime.store import keys
from douane.runtime.store.ports import Batch, Reader
from douane.vocabulary.errors import StoreUnavailable

FIRST, LAST = 0, 9
ROUNDS = 150


class Carrying:
    """One thing that goes to and fro between two partitions, as messages do: there first, then no longer here."""

    def __init__(self, folder: Path) -> None:
        self.store: FilesStore = open_store(f"files:{folder}")
        self._epochs = {partition: self.store.take(partition) for partition in (FIRST, LAST)}
        self._at = LAST
        self._put(LAST)

    def move(self) -> None:
        """Carry it over."""
        there = FIRST if self._at == LAST else LAST
        self._put(there)
        gone = Batch()
        gone.gone.add(keys.space(keys.RECORD, self._at))
        self.store.apply(gone, self._at, self._epochs[self._at])
        self._at = there

    def _put(self, partition: int) -> None:
        batch = Batch()
        batch.put[keys.space(keys.RECORD, partition)] = b"thing"
        self.store.apply(batch, partition, self._epochs[partition])


def is_somewhere(reader: Reader) -> bool:
    """Whether a reader sees the thing at all."""
    return any(reader.read([keys.space(keys.RECORD, FIRST), keys.space(keys.RECORD, LAST)]))


def interleaved(monkeypatch: pytest.MonkeyPatch, carrying: Carrying) -> None:
    """Let the thing move right after a snapshot has begun on the first file, and before it begins on the last."""
    begun, moved = under_test._Seen._fix, list[int]()

    def fix(seen: under_test._Seen) -> None:
        begun(seen)
        if not moved:
            moved.append(1)
            carrying.move()

    monkeypatch.setattr(under_test._Seen, "_fix", fix)


def test_what_moves_between_two_looks_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    carrying = Carrying(tmp_path)
    interleaved(monkeypatch, carrying)
    shot = carrying.store.snapshot()
    assert is_somewhere(shot)
    shot.close()
    carrying.store.close()


def test_without_looking_again_it_would_be_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    carrying = Carrying(tmp_path)
    interleaved(monkeypatch, carrying)
    monkeypatch.setattr(under_test._Seen, "stands", lambda seen: True)
    shot = carrying.store.snapshot()
    assert not is_somewhere(shot)
    shot.close()
    carrying.store.close()


def test_every_snapshot_beside_somebody_who_commits_all_the_while_is_one_state(tmp_path: Path) -> None:
    carrying, ending = Carrying(tmp_path), threading.Event()

    def commit() -> None:
        while not ending.is_set():
            carrying.move()

    busy = threading.Thread(target=commit)
    busy.start()
    try:
        shot = open_reader(f"files:{tmp_path}")
        for _ in range(ROUNDS):
            assert is_somewhere(shot)
            before = shot.scan(b"", b"\xff", 9)
            assert shot.scan(b"", b"\xff", 9) == before
            shot.renew()
        shot.close()
    finally:
        ending.set()
        busy.join()
        carrying.store.close()


def test_a_partition_that_begins_meanwhile_is_seen_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its file is there before its first commit: a snapshot that has found it looks once more at all others."""
    carrying = Carrying(tmp_path)
    begun, made = under_test._Seen._fix, list[int]()

    def fix(seen: under_test._Seen) -> None:
        begun(seen)
        if not made:
            epoch = carrying.store.take(4)
            made.append(epoch)
            batch = Batch()
            batch.put[keys.space(keys.RECORD, 4)] = b"new"
            carrying.store.apply(batch, 4, epoch)

    monkeypatch.setattr(under_test._Seen, "_fix", fix)
    shot = carrying.store.snapshot()
    assert shot.read([keys.space(keys.RECORD, 4)]) == [b"new"]
    shot.close()
    carrying.store.close()


def test_files_that_never_stand_are_told_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    carrying = Carrying(tmp_path)
    monkeypatch.setattr(under_test, "ROUNDS", 50)
    monkeypatch.setattr(under_test._Seen, "stands", lambda seen: False)
    with pytest.raises(StoreUnavailable, match="changed all the while"):
        carrying.store.snapshot()
    carrying.store.close()
