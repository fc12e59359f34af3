"""One role a platform: the core can do its work, the doors can read no message, nobody can change the schema."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors

from douane.backends.postgresql.backend import open_store, prepare
from douane.backends.postgresql.roles import GRANTS, PREFIX
from douane.runtime.store.envelope import Receipt
from douane.runtime.store.ports import SECOND, Batch, Log
from douane.vocabulary.errors import DeclarationFault, StoreUnavailable
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
