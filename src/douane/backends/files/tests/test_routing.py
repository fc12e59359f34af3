"""Reading over many files is reading over one: the same rows in the same order, whatever is asked."""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Iterator
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from douane.backends.files.backend import FilesStore, open_reader, open_store
from douane.backends.sqlite.backend import SqliteStore
from douane.runtime.store import keys
from douane.runtime.store.ports import HOUR, Batch, Log, SharedStore
from douane.runtime.upkeep.tenancy import PRESENCE
from douane.vocabulary.errors import LostOwnership, NotFound

PARTITIONS = (0, 1, 2, 5, 256)
CONTEXT = multiprocessing.get_context("fork")
SPACES = (keys.RECORD, keys.ALIAS, keys.INBOX)


def filled(store: SharedStore, seed: int) -> None:
    """The same rows in any store."""
    choose = random.Random(seed)
    for partition in PARTITIONS:
        batch, epoch = Batch(), store.take(partition)
        for _ in range(40):
            key = keys.space(choose.choice(SPACES), partition) + choose.randbytes(choose.randrange(4))
            batch.put[key] = choose.randbytes(3)
        for number in range(1, 20):
            batch.append(choose.choice(list(Log)), keys.log_position(partition, number), choose.randbytes(3))
        store.apply(batch, partition, epoch)


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[FilesStore, SqliteStore]]:
    many, one = open_store(f"files:{tmp_path / 'many'}"), SqliteStore(str(tmp_path / "one.db"))
    filled(many, 1)
    filled(one, 1)
    yield many, one
    many.close()
    one.close()


def a_key(choose: random.Random) -> bytes:
    """A key, a beginning of one, or something between keys; of partitions that have a file and that have none."""
    whole = keys.space(choose.choice((*SPACES, b"\xff")), choose.choice((*PARTITIONS, 3, 0xFFFF))) + choose.randbytes(2)
    return whole[: choose.randrange(len(whole) + 1)]


@pytest.mark.parametrize("seed", range(40))
def test_any_question_has_the_answer_of_one_file(both: tuple[FilesStore, SqliteStore], seed: int) -> None:
    choose = random.Random(seed)
    many, one = both
    shot = many.snapshot()
    for _ in range(50):
        start, end = sorted((a_key(choose), a_key(choose)))
        limit, reverse = choose.randrange(1, 200), choose.random() < 0.5
        expected = one.scan(start, end, limit, reverse=reverse)
        assert many.scan(start, end, limit, reverse=reverse) == expected
        assert shot.scan(start, end, limit, reverse=reverse) == expected
        asked = [a_key(choose) for _ in range(choose.randrange(5))] + [key for key, _ in expected[:3]]
        assert many.read(asked) == one.read(asked)
        log = choose.choice(list(Log))
        places = [keys.log_position(choose.choice((*PARTITIONS, 3)), choose.randrange(25)) for _ in range(4)]
        assert many.read_log(log, places) == one.read_log(log, places)
        after, last = sorted(places[:2])
        assert many.scan_log(log, after, last, limit) == one.scan_log(log, after, last, limit)
    shot.close()


def test_looking_makes_no_file_and_owning_makes_one(tmp_path: Path) -> None:
    store = open_store(f"files:{tmp_path}")
    assert store.read([keys.space(keys.RECORD, 7)]) == [None]
    assert (store.epoch(7), store.leases()) == (0, [])
    with pytest.raises(LostOwnership):
        store.apply(Batch(), 7, 0)
    assert list(tmp_path.iterdir()) == []
    store.take(7)
    store.claim(PRESENCE + 1, "worker", HOUR)
    store.claim(PRESENCE + 2, "other", HOUR)
    assert {path.name for path in tmp_path.glob("*.db")} == {"partition-0007.db", "workers.db"}
    assert [lease.partition for lease in store.leases()] == [PRESENCE + 1, PRESENCE + 2]
    store.close()


def claims(folder: Path, number: int, gate: Barrier, told: Queue[list[bool] | str]) -> None:
    """What a process comes to that opens a new store and claims every partition at once with others."""
    gate.wait(30)
    try:
        store = open_store(f"files:{folder}")
        told.put([store.claim(partition, f"worker-{number}", HOUR) is not None for partition in range(6)])
        store.close()
    except BaseException as problem:
        told.put(repr(problem))


@pytest.mark.parametrize("_", range(5))
def test_processes_that_make_a_store_at_once_share_its_partitions(tmp_path: Path, _: int) -> None:
    gate: Barrier = CONTEXT.Barrier(4)
    told: Queue[list[bool] | str] = CONTEXT.Queue()
    started = [CONTEXT.Process(target=claims, args=(tmp_path, number, gate, told)) for number in range(4)]
    for each in started:
        each.start()
    found = [told.get(timeout=60) for _ in started]
    for each in started:
        each.join(30)
    assert [each for each in found if isinstance(each, str)] == []
    assert [sum(flags) for flags in zip(*found, strict=True)] == [1] * 6
    names = {path.name for path in tmp_path.iterdir()}
    stores = {name for name in names if name.endswith(".db")}
    left = {f"{name}{side}" for name in stores for side in ("-wal", "-shm")}  # where two closed a file at one instant
    assert len(stores) == 6
    assert names <= stores | left


def test_a_partition_in_which_somebody_stopped_while_he_committed_is_not_waited_for(tmp_path: Path) -> None:
    mine, stopped = open_store(f"files:{tmp_path}"), open_store(f"files:{tmp_path}")
    lease = stopped.claim(0, "stopped", 1)  # over at once
    assert lease is not None
    file = stopped._file(0)
    assert file is not None
    file._db.execute("BEGIN IMMEDIATE")
    assert mine.claim(0, "other", HOUR) is None
    assert mine.claim(1, "other", HOUR) is not None
    file._db.execute("ROLLBACK")
    assert mine.claim(0, "other", HOUR) is not None
    mine.close()
    stopped.close()


def test_a_folder_without_a_partition_is_no_store_to_look_at(tmp_path: Path) -> None:
    for address in (f"files:{tmp_path / 'none'}", f"files:{tmp_path}"):
        with pytest.raises(NotFound):
            open_reader(address)
    assert not (tmp_path / "none").exists()
