"""One role a platform: the core can do its work, the doors can read no message, nobody can change the schema."""

from __future__ import annotations

import time
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors

from douane.backends.postgresql.backend import open_store, prepare
from douane.backends.postgresql.roles import GRANTS, PREFIX
from douane.runtime.store import keys
from douane.runtime.store.envelope import Receipt
from douane.runtime.store.ports import SECOND, Batch, Log, Notice
from douane.vocabulary.errors import DeclarationFault, LostOwnership, StoreUnavailable
from tests.contracts import toy
from tests.services.postgresql import Instance, new_database

DOORS = ("speed2", "ccn2", "operations")
CONTENT = ("map", "log0", "log1", "log2")


@pytest.fixture(scope="module")
def name(postgresql: Instance) -> str:
    """A database with roles, on a server of our own: on another one they would stay, and could not sign in."""
    if postgresql.address_of_all:
        pytest.skip("Roles need a private server: install the package postgresql")
    made = new_database(postgresql)
    said = prepare(postgresql.address(made), roles=True)
    assert said == [f"role {PREFIX}{platform} has its grants" for platform in GRANTS]
    assert prepare(postgresql.address(made), roles=True) == said
    return made


@pytest.fixture
def door(postgresql: Instance, name: str, request: pytest.FixtureRequest) -> Iterator[psycopg.Connection]:
    with psycopg.connect(postgresql.address(name, PREFIX + request.param), autocommit=True) as db:
        yield db


def test_the_role_of_the_core_carries_the_whole_runtime(postgresql: Instance, name: str) -> None:
    store = open_store(postgresql.address(name, "douane_cdco"))
    node = toy.Node(store)
    (first,) = node.run(node.envelope("accounts.open", toy.Open("A", 100)))
    assert isinstance(first, Receipt)
    node.run(node.envelope("orders.place", toy.Order("O1", "A", 10)))
    node.clock.at += 11 * SECOND
    node.run()
    assert toy.sent_to(store, "T1") == ["Confirmed"]
    lease = store.claim(7, "w", SECOND)
    assert lease is not None
    store.release(lease)
    batch = Batch()
    batch.retire(Log.JOURNAL, 1)
    store.apply(batch, 0, store.epoch(0))
    assert store.read_log(Log.JOURNAL, [1]) == [None]
    listening = store.notices()
    listening.close()
    store.close()


def test_no_position_of_a_log_is_used_twice(postgresql: Instance, name: str) -> None:
    """An update would be refused; so is what comes to the same, also when the highest row of all is replaced."""
    with psycopg.connect(postgresql.address(name, "douane_cdco"), autocommit=True) as db:
        for log in ("log0", "log1", "log2"):
            for position in (7 << 48 | 1, 7 << 48 | 2, 8 << 48 | 1):
                db.execute(f"INSERT INTO douane.{log} VALUES (%s, 'original')", (position,))
            db.execute(f"DELETE FROM douane.{log} WHERE position IN (%s, %s)", (7 << 48 | 1, 7 << 48 | 2))
            for position in (7 << 48 | 1, 7 << 48 | 2):
                with pytest.raises(psycopg.DatabaseError, match="was used"):
                    db.execute(f"INSERT INTO douane.{log} VALUES (%s, 'changed after all')", (position,))
            db.execute(f"INSERT INTO douane.{log} VALUES (%s, 'the next one')", (7 << 48 | 3,))
            db.execute(f"INSERT INTO douane.{log} VALUES (%s, 'of another partition')", (8 << 48 | 2,))
        for statement in (
            "DELETE FROM douane.retired", "UPDATE douane.retired SET highest = 0", "SELECT * FROM douane.retired",
            "ALTER TABLE douane.log0 DISABLE TRIGGER unused", "DROP FUNCTION douane.unused() CASCADE",
            "SET session_replication_role = replica", "UPDATE douane.secret SET key = ''",
        ):  # fmt: skip
            with pytest.raises(errors.InsufficientPrivilege):
                db.execute(statement)


def test_a_store_is_told_that_a_position_was_used(postgresql: Instance, name: str) -> None:
    store = open_store(postgresql.address(name, "douane_cdco"))
    epoch, batch, gone = store.take(9), Batch(), Batch()
    batch.append(Log.JOURNAL, 9 << 48 | 1, b"original")
    store.apply(batch, 9, epoch)
    gone.retire(Log.JOURNAL, 9 << 48 | 1)
    store.apply(gone, 9, epoch)
    with pytest.raises(LostOwnership, match="was used"):
        store.apply(batch, 9, epoch)
    store.close()


@pytest.mark.parametrize("door", DOORS, indirect=True)
def test_nobody_believes_a_note_of_a_door(postgresql: Instance, name: str, door: psycopg.Connection) -> None:
    store, other = (open_store(postgresql.address(name, "douane_cdco")) for _ in range(2))
    line, batch = other.notices(), Batch()
    batch.put[keys.INBOX + keys.u16(9) + keys.text("T1") + keys.u64(7)] = b""
    door.execute("LISTEN douane")
    store.apply(batch, 9, store.take(9))
    (genuine,) = door.notifies(timeout=5, stop_after=1)
    for text in (genuine.payload, "9:*", "9:1"):
        door.execute("SELECT pg_notify('douane', %s)", (text,))
    store.apply(batch, 9, store.epoch(9))
    found: list[Notice] = []
    for _ in range(200):
        found += line.pending()
        if len(found) >= 2:
            break
        time.sleep(0.02)
    time.sleep(0.2)
    found += line.pending()
    assert [each.partition for each in found] == [9, 9], "the two of the core, and none of the door"
    for each in (line, store, other):
        each.close()
    with pytest.raises(errors.InsufficientPrivilege):
        door.execute("SELECT key FROM douane.secret")


@pytest.mark.parametrize("table", CONTENT)
@pytest.mark.parametrize("door", [*DOORS, "uumds"], indirect=True)
def test_no_door_reads_or_writes_what_was_sent(door: psycopg.Connection, table: str) -> None:
    for statement in (
        f"SELECT count(*) FROM douane.{table}",
        f"DELETE FROM douane.{table}",
        f"TRUNCATE douane.{table}",
        f"INSERT INTO douane.{table} SELECT * FROM douane.{table}",
        f"COPY douane.{table} TO STDOUT",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            door.execute(statement)


@pytest.mark.parametrize("door", DOORS, indirect=True)
def test_a_door_sees_who_holds_what_and_changes_nothing(door: psycopg.Connection) -> None:
    door.execute("SELECT partition, holder, epoch FROM douane.lease").fetchall()
    door.execute("LISTEN douane")
    for statement in (
        "UPDATE douane.lease SET epoch = 99",
        "INSERT INTO douane.lease (partition, epoch) VALUES (9, 9)",
        "SELECT douane.fence(0, 1)",
        "INSERT INTO douane.migration (number, name, needs) VALUES (99, '', 99)",
        "CREATE TABLE douane.mine (a integer)",
        "CREATE TABLE public.mine (a integer)",
        "CREATE TEMP TABLE mine (a integer)",
        "SET ROLE douane_cdco",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            door.execute(statement)


def test_a_door_s_role_opens_no_store(postgresql: Instance, name: str) -> None:
    store = open_store(postgresql.address(name, "douane_speed2"))
    with pytest.raises(errors.InsufficientPrivilege):
        store.read([b"R\0\0key"])
    with pytest.raises(errors.InsufficientPrivilege):
        store.take(0)
    store.close()


def test_the_core_changes_no_row_of_a_log_and_no_schema(postgresql: Instance, name: str) -> None:
    with psycopg.connect(postgresql.address(name, "douane_cdco"), autocommit=True) as db:
        for statement in (
            "UPDATE douane.log0 SET value = ''",
            "TRUNCATE douane.log2",
            "ALTER TABLE douane.map ADD COLUMN mine text",
            "DROP TABLE douane.lease",
            "CREATE ROLE mine",
            "SELECT * FROM pg_authid",
            "COPY douane.map TO PROGRAM 'cat'",
            "ALTER DATABASE postgres SET synchronous_commit = off",
        ):
            with pytest.raises((errors.InsufficientPrivilege, errors.NotSupportedError)):
                db.execute(statement)


@pytest.mark.usefixtures("name")
def test_a_role_that_may_not_change_the_schema_says_who_can(postgresql: Instance) -> None:
    with postgresql.administer() as db:
        db.execute("CREATE DATABASE bare_of_schema")
    with pytest.raises(DeclarationFault) as refusal:
        open_store(postgresql.address("bare_of_schema", "douane_cdco"))
    assert "douane database migrate" in refusal.value.remedy
    with pytest.raises(DeclarationFault, match="may not"):
        prepare(postgresql.address("bare_of_schema", "douane_cdco"), roles=True)


def test_strangers_to_the_database_are_not_let_in(postgresql: Instance, name: str) -> None:
    with postgresql.administer() as db:
        db.execute("CREATE ROLE stranger LOGIN")
    with pytest.raises(StoreUnavailable, match="permission denied"):
        open_store(postgresql.address(name, "stranger"))
