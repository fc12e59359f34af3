"""What is particular to this store: plans, settings that must hold, connections that break, commits nobody heard of."""

from __future__ import annotations

import itertools
import re
import time

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.pq import Format

from douane.backends.postgresql import statements as sql
from douane.backends.postgresql.arrays import write_bigints, write_byteas
from douane.backends.postgresql.backend import PostgresqlStore, open_reader, open_store
from douane.backends.postgresql.connection import connect
from douane.runtime.store import keys
from douane.runtime.store.ports import Batch, Log
from douane.vocabulary.errors import DeclarationFault, LostOwnership, NotFound, StoreUnavailable
from tests.services.postgresql import Instance

KEY = keys.space(keys.RECORD, 0) + b"key"
STATEMENTS = [
    sql.READ, sql.READ_ONE, sql.SCAN, sql.SCAN_BACK, sql.GONE, sql.EPOCH, *sql.READ_LOG.values(), *sql.SCAN_LOG.values()
]  # fmt: skip


def batch(value: bytes = b"1", position: int = 0) -> Batch:
    made = Batch()
    made.put[KEY] = value
    if position:
        made.append(Log.JOURNAL, position, value)
    return made


def kill_sessions(address: str) -> None:
    """End every session of a database but the one that does it."""
    with psycopg.connect(address, autocommit=True) as db:
        db.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@settings(deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=20), st.lists(st.integers(-(1 << 63), (1 << 63) - 1), max_size=20))
def test_arrays_are_read_as_they_were_written(items: list[bytes], numbers: list[int]) -> None:
    loaders = psycopg.adapt.Transformer()
    assert loaders.get_loader(1001, Format.BINARY).load(write_byteas(items)) == items
    assert loaders.get_loader(1016, Format.BINARY).load(write_bigints(numbers)) == numbers


@pytest.mark.parametrize("statement", STATEMENTS)
def test_plans_made_on_empty_tables_go_by_key(database: str, statement: str) -> None:
    db = connect(database)
    count = itertools.count(1)
    text = re.sub("%b", lambda _: f"${next(count)}", statement)
    db.execute(f"PREPARE planned AS {text}", prepare=False)
    nulls = ", ".join(["NULL"] * (next(count) - 1))
    plan = "\n".join(row[0] for row in db.execute(f"EXPLAIN EXECUTE planned ({nulls})", prepare=False))
    db.close()
    assert "Index Scan" in plan
    assert "Seq Scan" not in plan
    assert "Sort" not in plan


@pytest.mark.parametrize("value", ["off", "local", "remote_write"])
def test_a_database_that_may_lose_commits_is_refused(postgresql: Instance, fresh_database: str, value: str) -> None:
    with psycopg.connect(fresh_database, autocommit=True) as db:
        db.execute(f"ALTER DATABASE {db.info.dbname} SET synchronous_commit = {value}")
    with pytest.raises(DeclarationFault, match=f"synchronous_commit is {value}") as refusal:
        open_store(fresh_database)
    assert "Set it to on" in refusal.value.remedy


def test_a_session_that_stops_to_wait_for_the_disk_commits_nothing(store: PostgresqlStore) -> None:
    epoch = store.take(0)
    store._session().execute("SET synchronous_commit = off")
    with pytest.raises(StoreUnavailable, match="synchronous_commit"):
        store.apply(batch(), 0, epoch)
    assert store.read([KEY]) == [None]


def test_a_lost_connection_is_unavailable_once_and_made_anew(store: PostgresqlStore) -> None:
    epoch = store.take(0)
    store.apply(batch(b"old"), 0, epoch)
    kill_sessions(store.address)
    with pytest.raises(StoreUnavailable):
        store.apply(batch(b"new"), 0, epoch)
    assert store.read([KEY]) == [b"old"]
    kill_sessions(store.address)
    with pytest.raises(StoreUnavailable):
        store.read([KEY])
    store.apply(batch(b"new"), 0, store.take(0))
    assert store.read([KEY]) == [b"new"]


def test_a_refused_batch_leaves_a_connection_that_goes_on(store: PostgresqlStore) -> None:
    epoch = store.take(0)
    store.apply(batch(position=1), 0, epoch)
    for _ in range(3):
        with pytest.raises(LostOwnership, match="position"):
            store.apply(batch(b"2", position=1), 0, epoch)
    store.apply(batch(b"3", position=2), 0, epoch)
    assert store.read([KEY]) == [b"3"]
    assert store.read_log(Log.JOURNAL, [2, 1, 5]) == [b"3", b"1", None]


def test_a_lease_row_that_stays_locked_is_unavailable(store: PostgresqlStore) -> None:
    epoch = store.take(0)
    store._session().execute("SET lock_timeout = '50ms'")
    with psycopg.connect(store.address) as other:
        other.execute("SELECT * FROM douane.lease FOR UPDATE")
        with pytest.raises(StoreUnavailable, match="lock timeout"):
            store.apply(batch(), 0, epoch)
    store.apply(batch(), 0, epoch)


def test_a_read_only_server_is_unavailable(store: PostgresqlStore) -> None:
    epoch = store.take(0)
    store._session().execute("SET default_transaction_read_only = on")
    with pytest.raises(StoreUnavailable, match="read-only"):
        store.apply(batch(), 0, epoch)


def test_a_commit_let_go_before_its_standby_had_it_is_not_acknowledged(store: PostgresqlStore) -> None:
    """The server ends such a commit with success and a warning; here a trigger raises the warning."""
    epoch = store.take(0)
    with psycopg.connect(store.address, autocommit=True) as owner:
        owner.execute(
            "CREATE FUNCTION pg_temp.warn() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE WARNING 'canceling wait for synchronous replication'; RETURN NULL; END $$"
        )
        owner.execute("CREATE TRIGGER warn AFTER INSERT ON douane.map EXECUTE FUNCTION pg_temp.warn()")
        with pytest.raises(StoreUnavailable, match="not safe: canceling wait"):
            store.apply(batch(), 0, epoch)
        owner.execute("DROP FUNCTION pg_temp.warn() CASCADE")


def test_snapshots_reuse_connections_and_see_one_state(store: PostgresqlStore) -> None:
    epoch = store.take(0)
    store.apply(batch(b"old"), 0, epoch)
    first = store.snapshot()
    session = first._db
    store.apply(batch(b"new"), 0, epoch)
    assert first.scan(KEY, keys.after(KEY), 5) == [(KEY, b"old")]
    first.renew()
    assert first.read([KEY, b"R\0\0none"]) == [b"new", None]
    first.close()
    second = store.snapshot()
    assert second._db is session
    second.close()
    with pytest.raises(StoreUnavailable):
        second.read([KEY])


def test_a_snapshot_survives_the_loss_of_spare_connections(store: PostgresqlStore) -> None:
    store.snapshot().close()
    kill_sessions(store.address)
    snapshot = store.snapshot()
    assert snapshot.read([KEY]) == [None]
    snapshot.close()


def test_a_snapshot_that_lay_unused_for_too_long_is_unavailable(store: PostgresqlStore) -> None:
    """And no fault of a statement, at which a process would end."""
    held = store.snapshot()
    assert held._db is not None
    held._db.execute("SET idle_in_transaction_session_timeout = 1")
    with psycopg.connect(store.address, autocommit=True) as other:
        while other.execute("SELECT FROM pg_stat_activity WHERE pid = %s", (held._db.info.backend_pid,)).fetchone():
            time.sleep(0.01)
    with pytest.raises(StoreUnavailable):
        held.read([KEY])


def test_a_reader_finds_what_is_committed_or_says_that_nothing_is_there(
    postgresql: Instance, store: PostgresqlStore
) -> None:
    store.apply(batch(), 0, store.take(0))
    reader = open_reader(store.address)
    assert reader.read([KEY]) == [b"1"]
    reader.close()
    with pytest.raises(NotFound):
        open_reader(postgresql.address("template1"))


def test_a_reader_of_a_database_that_cannot_be_asked_does_not_say_that_nothing_is_there(postgresql: Instance) -> None:
    with pytest.raises(StoreUnavailable, match="There is no store to read"):
        open_reader(postgresql.address("none"))


def test_scans_take_any_bound(store: PostgresqlStore) -> None:
    store.apply(batch(position=(1 << 48) + 3), 0, store.take(0))
    assert [p for p, _ in store.scan_log(Log.JOURNAL, 0, 1 << 70, 10)] == [(1 << 48) + 3]
