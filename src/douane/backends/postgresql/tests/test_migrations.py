"""The runner: every step once, online, whoever starts at the same time; and databases it must not touch."""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psycopg
import pytest

from douane.backends.postgresql.backend import open_reader, open_store
from douane.backends.postgresql.migrations import STEPS, Step, migrate
from douane.runtime.store import keys
from douane.runtime.store.ports import Batch
from douane.vocabulary.errors import DeclarationFault
from tests.services.postgresql import Instance, drop

LAST = STEPS[-1].number
EXPAND = Step(LAST + 1, "a column", ("ALTER TABLE douane.lease ADD COLUMN place text",), needs=LAST)
CONTRACT = Step(LAST + 2, "no column", ("ALTER TABLE douane.lease DROP COLUMN place",), needs=LAST + 2, contract=True)
INDEX = Step(
    LAST + 1, "an index", ("CREATE UNIQUE INDEX CONCURRENTLY by_value ON douane.map (value)",), needs=LAST, online=True,
    undo=("DROP INDEX CONCURRENTLY IF EXISTS douane.by_value",),
)  # fmt: skip


_count = itertools.count(1)


@pytest.fixture
def empty_database(postgresql: Instance) -> Iterator[str]:
    """The address of a database without schema."""
    name = f"empty{os.getpid()}_{next(_count)}"
    with postgresql.administer() as db:
        db.execute(f"CREATE DATABASE {name}")
    yield postgresql.address(name)
    drop(postgresql, name)


def steps_of(address: str) -> list[tuple[int, int]]:
    with psycopg.connect(address) as db:
        return db.execute("SELECT number, needs FROM douane.migration ORDER BY number").fetchall()


def record(number: int, value: bytes) -> Batch:
    batch = Batch()
    batch.put[keys.space(keys.RECORD, 0) + keys.u64(number)] = value
    return batch


def test_of_concurrent_starters_one_takes_each_step(empty_database: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        taken = list(pool.map(lambda _: migrate(empty_database), range(6)))
    assert sorted(taken) == [[]] * 5 + [[step.number for step in STEPS]]
    assert steps_of(empty_database) == [(step.number, step.needs) for step in STEPS]


def test_a_store_makes_its_schema_and_a_reader_does_not(empty_database: str) -> None:
    open_store(empty_database).close()
    open_reader(empty_database).close()
    assert len(steps_of(empty_database)) == len(STEPS)


def test_a_newer_release_expands_under_a_running_one_and_contracts_when_asked(fresh_database: str) -> None:
    steps = (*STEPS, EXPAND, CONTRACT)
    older = open_store(fresh_database)
    epoch = older.take(0)
    assert migrate(fresh_database, steps=steps) == [EXPAND.number]
    older.apply(record(1, b"1"), 0, epoch)
    open_store(fresh_database).close()  # the release before may start anew
    assert migrate(fresh_database, steps=steps) == []
    assert migrate(fresh_database, steps=steps, contract=True) == [CONTRACT.number]
    for start in (open_store, open_reader, migrate):
        with pytest.raises(DeclarationFault, match=f"needs schema {CONTRACT.number}"):
            start(fresh_database)
    older.close()


def test_a_database_of_the_first_release_keeps_its_rows_and_uses_no_position_twice(empty_database: str) -> None:
    """Rows below the lowest one were retired before anybody counted; the release before goes on beside it."""
    assert migrate(empty_database, steps=STEPS[:1]) == [1]
    with psycopg.connect(empty_database, autocommit=True) as db:
        for position in (1 << 48 | 5, 1 << 48 | 6, 2 << 48 | 1):
            db.execute("INSERT INTO douane.log0 VALUES (%s, 'kept')", (position,))
        assert migrate(empty_database) == [step.number for step in STEPS[1:]]
        for position in (1 << 48 | 4, 1 << 48 | 1):
            with pytest.raises(psycopg.DatabaseError, match="was used"):
                db.execute("INSERT INTO douane.log0 VALUES (%s, 'late')", (position,))
        db.execute("INSERT INTO douane.log0 VALUES (%s, 'next')", (1 << 48 | 7,))
        db.execute("INSERT INTO douane.log1 VALUES (1, 'first')")
        assert db.execute("SELECT count(*) FROM douane.log0").fetchone() == (4,)
        ((key,),) = db.execute("SELECT key FROM douane.secret").fetchall()
        assert len(key) == 32
    assert migrate(empty_database) == []


def test_a_step_that_fails_leaves_nothing(fresh_database: str) -> None:
    broken = replace(EXPAND, statements=(*EXPAND.statements, "SELECT 1 / 0"))
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(fresh_database, steps=(*STEPS, broken))
    assert migrate(fresh_database, steps=(*STEPS, EXPAND)) == [EXPAND.number]


def test_an_index_is_built_online_and_what_a_broken_run_left_is_cleared(fresh_database: str) -> None:
    store = open_store(fresh_database)
    epoch = store.take(0)
    for number in (1, 2):
        store.apply(record(number, b"twice"), 0, epoch)
    with pytest.raises(psycopg.errors.UniqueViolation):  # leaves an index behind that is not valid
        migrate(fresh_database, steps=(*STEPS, INDEX))
    store.apply(record(2, b"once"), 0, epoch)
    ends = threading.Event()

    def load() -> int:
        number = 2
        while not ends.is_set():
            number += 1
            store.apply(record(number, b"%d" % number), 0, epoch)
        return number

    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(load)
        assert migrate(fresh_database, steps=(*STEPS, INDEX)) == [INDEX.number]
        ends.set()
        assert loading.result() > 2
    with psycopg.connect(fresh_database) as db:
        assert db.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = 'douane.by_value'::regclass").fetchone() == (True,)  # fmt: skip  # noqa: E501
    store.close()


def test_a_step_that_must_wait_for_a_lock_lets_commits_pass(fresh_database: str) -> None:
    store = open_store(fresh_database)
    epoch = store.take(0)
    change = Step(LAST + 1, "a column", ("ALTER TABLE douane.map ADD COLUMN place text",), needs=LAST)
    with psycopg.connect(fresh_database) as reader, ThreadPoolExecutor(1) as pool:
        reader.execute("SELECT count(*) FROM douane.map")  # a report that takes long holds the table
        migrating = pool.submit(migrate, fresh_database, steps=(*STEPS, change))
        for number in range(20):
            store.apply(record(number, b"1"), 0, epoch)
        assert not migrating.done()
        reader.rollback()
        assert migrating.result() == [change.number]
    store.apply(record(99, b"1"), 0, epoch)
    store.close()
