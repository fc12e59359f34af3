"""The schema in numbered steps, and the runner that brings a database from any step to the present one.

Steps *expand* (add what the release before ignores) or *contract* (remove what nobody uses any more), so two releases
run side by side: ``needs`` says which schema a release must know to work with the database after a step. A release
refuses a database that needs more than it knows. Contracting steps are taken only when they are asked for.

Steps are taken while the platform runs: no statement waits long for a lock, since whatever comes after it would wait
too; it gives up and tries again. Concurrent starters take turns under an advisory lock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString, TypeVar

import psycopg
from psycopg import errors

from douane.backends.postgresql.connection import Connection, connect, translated
from douane.vocabulary.errors import DeclarationFault, StoreUnavailable

LOCK: Final = 0x646F_7561_6E65  # "douane": the advisory lock of the runner
LOCK_TIMEOUT: Final = "1s"
ATTEMPTS: Final = 60
PATIENCE: Final = 600  # how often a starter looks whether the one before it is done, every tenth of a second


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``online`` ones run outside a transaction (CONCURRENTLY); ``undo`` clears what a broken run left."""

    number: int
    name: str
    statements: tuple[LiteralString, ...]
    needs: int
    contract: bool = False
    online: bool = False
    undo: tuple[LiteralString, ...] = ()


_FIRST: Final = """
CREATE TABLE douane.log0 (position bigint PRIMARY KEY, value bytea NOT NULL) WITH (toast_tuple_target = 8160);
CREATE TABLE douane.log1 (position bigint PRIMARY KEY, value bytea NOT NULL) WITH (toast_tuple_target = 8160);
CREATE TABLE douane.log2 (position bigint PRIMARY KEY, value bytea NOT NULL) WITH (toast_tuple_target = 8160);
-- Rows that are replaced find room on their own page; vacuum does not wait until a fifth of millions is dead.
CREATE TABLE douane.map (key bytea PRIMARY KEY, value bytea NOT NULL)
  WITH (fillfactor = 85, toast_tuple_target = 4080, autovacuum_vacuum_scale_factor = 0.02);
-- Bodies come compressed: trying again costs time, and moving a row out of line costs a second page.
ALTER TABLE douane.log0 ALTER COLUMN value SET STORAGE EXTERNAL;
ALTER TABLE douane.log1 ALTER COLUMN value SET STORAGE EXTERNAL;
ALTER TABLE douane.log2 ALTER COLUMN value SET STORAGE EXTERNAL;
ALTER TABLE douane.map ALTER COLUMN value SET STORAGE EXTERNAL;

CREATE TABLE douane.lease (
  partition integer PRIMARY KEY, epoch bigint NOT NULL, holder text NOT NULL DEFAULT '', until timestamptz
) WITH (fillfactor = 20);

CREATE FUNCTION douane.fence(owned integer, held bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE found bigint;
BEGIN
  SELECT epoch INTO found FROM douane.lease WHERE partition = owned FOR NO KEY UPDATE;
  IF found IS DISTINCT FROM held THEN
    RAISE EXCEPTION 'Partition % has a newer owner.', owned USING ERRCODE = 'DF001';
  END IF;
  IF current_setting('synchronous_commit') NOT IN ('on', 'remote_apply') THEN
    RAISE EXCEPTION 'synchronous_commit is off.' USING ERRCODE = 'DF002';
  END IF;
END $$;
"""

_USED: Final = """
-- Of each log and partition the highest position that was retired. It is kept by the tables' own triggers, as their
-- owner: whoever writes the logs cannot change it.
CREATE TABLE douane.retired (
  log text, partition bigint, highest bigint NOT NULL, PRIMARY KEY (log, partition)
) WITH (fillfactor = 50);
INSERT INTO douane.retired SELECT 'log0', position >> 48, min(position) - 1 FROM douane.log0 GROUP BY 2;
INSERT INTO douane.retired SELECT 'log1', position >> 48, min(position) - 1 FROM douane.log1 GROUP BY 2;
INSERT INTO douane.retired SELECT 'log2', position >> 48, min(position) - 1 FROM douane.log2 GROUP BY 2;

CREATE FUNCTION douane.retire() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO douane.retired SELECT TG_TABLE_NAME, position >> 48, max(position) FROM gone GROUP BY 2
    ON CONFLICT (log, partition) DO UPDATE SET highest = greatest(retired.highest, excluded.highest);
  RETURN NULL;
END $$;
CREATE FUNCTION douane.unused() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF EXISTS (SELECT FROM douane.retired
             WHERE log = TG_TABLE_NAME AND partition = NEW.position >> 48 AND highest >= NEW.position) THEN
    RAISE EXCEPTION 'Position % was used.', NEW.position USING ERRCODE = 'DF003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER retire AFTER DELETE ON douane.log0 REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION douane.retire();
CREATE TRIGGER retire AFTER DELETE ON douane.log1 REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION douane.retire();
CREATE TRIGGER retire AFTER DELETE ON douane.log2 REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION douane.retire();
CREATE TRIGGER unused BEFORE INSERT ON douane.log0 FOR EACH ROW EXECUTE FUNCTION douane.unused();
CREATE TRIGGER unused BEFORE INSERT ON douane.log1 FOR EACH ROW EXECUTE FUNCTION douane.unused();
CREATE TRIGGER unused BEFORE INSERT ON douane.log2 FOR EACH ROW EXECUTE FUNCTION douane.unused();
"""
_SIGNED: Final = """
-- What notes of commits are signed by: any role may notify, and no role but the core's reads this.
CREATE TABLE douane.secret (key bytea NOT NULL);
INSERT INTO douane.secret
  SELECT decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'douane_cdco') THEN
    GRANT SELECT ON douane.secret TO douane_cdco;
  END IF;
END $$;
"""

STEPS: Final[tuple[Step, ...]] = (
    Step(1, "logs, map, leases, fence", (_FIRST,), needs=1),
    Step(2, "no position of a log is used twice", (_USED,), needs=1),
    Step(3, "notes are signed", (_SIGNED,), needs=1),
)
T = TypeVar("T")


def migrate(address: str, *, steps: Sequence[Step] = STEPS, contract: bool = False) -> list[int]:
    """Take the steps that a database has not taken; their numbers. Returns at once where there are none.

    Raises DeclarationFault where the database is of a newer release or the role may not change it, StoreUnavailable
    where it cannot be reached or another starter does not finish.
    """
    db = connect(
        address, patience=None, lock_timeout=LOCK_TIMEOUT, statement_timeout="0", enable_seqscan="on", enable_sort="on"
    )
    try:
        _take_turn(db)
        _prepare(db)
        taken: list[int] = []
        done = _done(db)
        refuse_newer(done, steps[-1].number)
        for step in steps:
            if step.number not in done and (contract or not step.contract):
                _take(db, step)
                taken.append(step.number)
    except errors.InsufficientPrivilege as problem:
        raise DeclarationFault(
            f"This role may not change the schema: {problem.diag.message_primary}.",
            remedy="Run `douane database migrate` with the address of the database's owner.",
        ) from problem
    except psycopg.Error as problem:
        raise translated(problem) from problem
    finally:
        db.close()  # the advisory lock ends with its session
    return taken


def verify(db: Connection, *, known: int = STEPS[-1].number) -> bool:
    """Whether a database has all steps this release cannot do without. Raises DeclarationFault where it is newer."""
    try:
        done = _done(db)
    except (errors.UndefinedTable, errors.InvalidSchemaName):
        return False
    refuse_newer(done, known)
    return all(step.contract or step.number in done for step in STEPS)


def refuse_newer(done: dict[int, int], known: int) -> None:
    """Refuse a database whose steps need a later release."""
    needs = max(done.values(), default=0)
    if needs > known:
        raise DeclarationFault(
            f"The database needs schema {needs}; this release knows {known}.",
            remedy="Start the release that changed it, or a later one.",
        )


def _done(db: Connection) -> dict[int, int]:
    """By number of each step taken: which schema the database needs since."""
    return {int(number): int(needs) for number, needs in db.execute("SELECT number, needs FROM douane.migration")}


def _take_turn(db: Connection) -> None:
    # Not by waiting for the lock: a waiting statement holds a snapshot, and CREATE INDEX CONCURRENTLY waits for that.
    for _ in range(PATIENCE):
        row = db.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,)).fetchone()
        if row is not None and row[0]:
            return
        db.execute("SELECT pg_sleep(0.1)")
    raise StoreUnavailable("Another process is changing the schema.", remedy="Wait for it, then start again.")


def _prepare(db: Connection) -> None:
    found = db.execute("SELECT to_regclass('douane.migration') IS NOT NULL").fetchone()
    if found is not None and found[0]:
        return
    with db.transaction():
        db.execute("CREATE SCHEMA IF NOT EXISTS douane")
        db.execute(
            "CREATE TABLE douane.migration (number integer PRIMARY KEY, name text NOT NULL, needs integer NOT NULL,"
            " done timestamptz NOT NULL DEFAULT clock_timestamp())"
        )


def _take(db: Connection, step: Step) -> None:
    if step.online:
        for undo in step.undo:
            _insist(db, lambda undo=undo: db.execute(undo, prepare=False))  # type: ignore[misc]  # mypy does not infer a default
        for statement in step.statements:
            _insist(db, lambda statement=statement: db.execute(statement, prepare=False))  # type: ignore[misc]  # as above
        _note(db, step)
        return

    def whole() -> None:
        with db.transaction():
            for statement in step.statements:
                db.execute(statement, prepare=False)
            _note(db, step)

    _insist(db, whole)


def _note(db: Connection, step: Step) -> None:
    row = (step.number, step.name, step.needs)
    db.execute("INSERT INTO douane.migration (number, name, needs) VALUES (%s, %s, %s)", row)


def _insist(db: Connection, change: Callable[[], T]) -> T:
    """Try until the locks it needs are free: while a statement waits for one, all that comes later waits behind it."""
    for _ in range(ATTEMPTS):
        try:
            return change()
        except errors.LockNotAvailable:
            db.execute("SELECT pg_sleep(0.2)")
    raise StoreUnavailable("A table stays locked.", remedy="End long transactions, then start again.")
