"""The store port on PostgreSQL: one writing connection a process, a batch in one round trip, snapshots beside it.

A batch is a pipeline: begin, fence (lock the lease row, compare the epoch), arrays of rows, commit. The server skips
whatever comes after a refusal, the commit included. Calls block: the tick waits for its commit, as with any store.
"""

from __future__ import annotations

import abc
import contextlib
from collections.abc import Iterable, Sequence
from typing import Any, Final, LiteralString, cast

import psycopg
from psycopg import errors
from psycopg.types.numeric import Int8

from douane.backends.postgresql import migrations, notices
from douane.backends.postgresql import statements as sql
from douane.backends.postgresql.arrays import Bigints, Byteas
from douane.backends.postgresql.connection import Connection, connect, must_be_primary, open_connections, translated
from douane.backends.postgresql.pulse import Pulse
from douane.backends.postgresql.roles import grant
from douane.runtime.store.keys import marks
from douane.runtime.store.ports import Batch, Instant, Lease, Log, foreign_to
from douane.vocabulary.errors import (
    AliasTaken,
    DouaneError,
    ForeignSubject,
    LostOwnership,
    NotFound,
    StoreUnavailable,
)

SCHEME = "postgresql"
IDLE: Final = 4
"""Snapshot connections kept open for the next one."""
SNAPSHOT_TIMEOUT: Final = "10min"
"""How long a snapshot may stay unused; a forgotten one would keep vacuum from its work."""


class _Reading(abc.ABC):
    """Reading over one connection."""

    @abc.abstractmethod
    def _rows(self, query: LiteralString, *parameters: object) -> list[tuple[Any, ...]]: ...

    def read(self, keys: Sequence[bytes]) -> list[bytes | None]:
        """Values under keys, in their order: one query, whatever their number."""
        if not keys:
            return []
        if len(keys) == 1:
            row = self._rows(sql.READ_ONE, keys[0])
            return [row[0][0] if row else None]
        found = dict(cast("list[tuple[bytes, bytes]]", self._rows(sql.READ, Byteas(keys))))
        return [found.get(key) for key in keys]

    def scan(self, start: bytes, end: bytes, limit: int, *, reverse: bool = False) -> list[tuple[bytes, bytes]]:
        """Pairs in key order."""
        return cast("list[tuple[bytes, bytes]]", self._rows(sql.SCAN_BACK if reverse else sql.SCAN, start, end, limit))

    def read_log(self, log: Log, positions: Sequence[int]) -> list[bytes | None]:
        """Rows at positions."""
        if not positions:
            return []
        found = dict(cast("list[tuple[int, bytes]]", self._rows(sql.READ_LOG[log], Bigints(positions))))
        return [found.get(position) for position in positions]

    def scan_log(self, log: Log, after: int, end: int, limit: int) -> list[tuple[int, bytes]]:
        """Rows in position order."""
        rows = self._rows(sql.SCAN_LOG[log], Int8(after), Int8(min(end, sql.HIGHEST)), limit)
        return cast("list[tuple[int, bytes]]", rows)


class _Spare:
    """Connections of closed snapshots, kept for the next ones until the store closes."""

    def __init__(self, bound: int) -> None:
        self._bound, self._idle = bound, list[Connection]()

    def take(self) -> Connection | None:
        """A connection, if there is one."""
        return self._idle.pop() if self._idle else None

    def give(self, db: Connection) -> None:
        """Keep a connection, or close it."""
        if db.closed or len(self._idle) >= self._bound:
            db.close()
        else:
            self._idle.append(db)

    def close(self) -> None:
        """Keep none from now on."""
        self._bound = 0
        while (db := self.take()) is not None:
            db.close()


class Snapshot(_Reading):
    """A read-only transaction that sees one committed state, on a connection of its own."""

    def __init__(self, db: Connection, spare: _Spare) -> None:
        self._db: Connection | None = db
        self._spare = spare
        self._begin()

    def _begin(self) -> None:
        assert self._db is not None
        try:
            self._db.execute(sql.LOOK, prepare=False)  # the first statement makes the snapshot, not BEGIN
        except psycopg.Error as problem:
            raise translated(problem) from problem

    def _rows(self, query: LiteralString, *parameters: object) -> list[tuple[Any, ...]]:
        if self._db is None:
            raise StoreUnavailable("This snapshot is closed.", remedy="Take another one.")
        try:
            return self._db.execute(query, parameters, binary=True).fetchall()
        except psycopg.Error as problem:
            raise translated(problem) from problem

    def renew(self) -> None:
        """See what was committed since."""
        if self._db is not None:
            self._db.rollback()
            self._begin()

    def close(self) -> None:
        """End the transaction; the connection serves the next snapshot."""
        db, self._db = self._db, None
        if db is None:
            return
        with contextlib.suppress(psycopg.Error):
            db.rollback()
        self._spare.give(db)

    __del__ = close


class PostgresqlStore(_Reading):
    """The store of one process. Its connection is made anew when it was lost; what was begun on it is void.

    A refused ``apply`` may still have counted, where the connection broke after the commit was sent: the owner ends,
    and its successor takes a new epoch, behind which nothing of the old one can land, before it reads what is there.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self._db: Connection | None = None
        self._spare = _Spare(IDLE)
        self._warning = ""
        self._secret = b""
        self._closed = False
        self._session()

    def _session(self) -> Connection:
        db = self._db
        if db is not None and not db.closed:
            return db
        if self._closed:
            raise StoreUnavailable("The store is closed.")
        db = connect(self.address)
        db.add_notice_handler(self._noticed)
        try:
            must_be_primary(db)
        except BaseException:
            db.close()
            raise
        self._db = db
        return db

    def _noticed(self, notice: psycopg.errors.Diagnostic) -> None:
        if notice.severity_nonlocalized == "WARNING":
            self._warning = notice.message_primary or "unknown"

    def _refused(self, problem: psycopg.Error) -> DouaneError | psycopg.Error:
        """What to raise for a problem; leaves a connection that can go on, or none."""
        db = self._db
        if db is not None:
            with contextlib.suppress(psycopg.Error):
                db.rollback()
            if db.broken or db.closed:
                db.close()
                self._db = None
        return translated(problem)

    def _rows(self, query: LiteralString, *parameters: object) -> list[tuple[Any, ...]]:
        try:
            return self._session().execute(query, parameters, binary=True).fetchall()
        except psycopg.Error as problem:
            raise self._refused(problem) from problem

    def take(self, partition: int) -> int:
        """Become owner of a partition."""
        return int(self._committed(sql.TAKE, partition)[0][0])

    def _committed(self, query: LiteralString, *parameters: object) -> list[tuple[Any, ...]]:
        """The rows that a statement returns which commits on its own."""
        self._warning = ""
        rows = self._rows(query, *parameters)
        self._must_have_waited()
        return rows

    def epoch(self, partition: int) -> int:
        """The epoch that may commit now."""
        row = self._rows(sql.EPOCH, partition)
        return int(row[0][0]) if row else 0

    def claim(self, partition: int, holder: str, term: Instant) -> Lease | None:
        """Hold a partition, unless another holder's lease lives, or is locked by a commit of its holder.

        A worker does not stand still for that commit; where it stands still itself, its session is ended.
        """
        if self._rows(sql.LOCKED, partition, holder, partition):
            self._rows(sql.END_SILENT, partition)
            return None
        try:
            row = self._committed(sql.CLAIM, partition, holder, Int8(term))
        except StoreUnavailable as refusal:
            if isinstance(refusal.__cause__, errors.LockNotAvailable):  # its holder began a commit since we looked
                return None
            raise
        return Lease(partition, holder, int(row[0][0]), term) if row else None

    def renew(self, lease: Lease, term: Instant) -> Lease | None:
        """Hold on, unless somebody has claimed."""
        row = self._committed(sql.RENEW, Int8(term), lease.partition, Int8(lease.epoch))
        return Lease(lease.partition, lease.holder, lease.epoch, term) if row else None

    def release(self, lease: Lease) -> None:
        """Give a partition up."""
        self._committed(sql.RELEASE, lease.partition, Int8(lease.epoch))

    def leases(self) -> list[Lease]:
        """Who holds which partition now."""
        return [Lease(*row) for row in sorted(self._rows(sql.LEASES))]

    def apply(self, batch: Batch, partition: int, epoch: int) -> None:
        """Commit a batch durably, or raise and change nothing."""
        foreign = foreign_to(batch, partition)
        if foreign:
            raise ForeignSubject(f"{foreign} lies outside partition {partition}.")
        db, filled = self._session(), marks(batch.put, batch.new)
        key = self._key() if filled else b""
        end: psycopg.Cursor[Any] | None = None
        self._warning = ""
        try:
            with db.pipeline():
                _write(db, batch, partition, epoch)
                end = db.execute("COMMIT")
                if filled:
                    db.execute(
                        sql.NOTIFY, (notices.CHANNEL, notices.write(partition, filled, key, db.info.backend_pid))
                    )
        except errors.UniqueViolation as problem:
            self._refused(problem)
            if problem.diag.table_name == "map":
                raise AliasTaken(f"A key of the batch exists already: {problem.diag.message_detail}.") from problem
            raise LostOwnership(f"A position of partition {partition} is written already.") from problem
        except psycopg.Error as problem:
            refusal = self._refused(problem)
            if not _committed(end):  # else only the note was lost, and whoever waits for it looks later
                raise refusal from problem
        if not _committed(end):
            raise StoreUnavailable("The batch was rolled back.")
        self._must_have_waited()

    def _must_have_waited(self) -> None:
        """Refuse a commit that a timeout or an operator let go before its standby had it: the server calls it done."""
        if self._warning:
            raise StoreUnavailable(f"The commit is not safe: {self._warning}.", remedy="Look at the standby.")

    def notices(self) -> notices.PostgresqlNotices:
        """Hear of commits by other sessions."""
        key = self._key()
        return notices.PostgresqlNotices(connect(self.address), lambda: self._session().info.backend_pid, key)

    def _key(self) -> bytes:
        """What notes are signed by."""
        if not self._secret:
            ((self._secret,),) = self._rows(sql.NOTES_KEY)
        return self._secret

    def snapshot(self) -> Snapshot:
        """A reader that sees one committed state."""
        while (db := self._spare.take()) is not None:
            with contextlib.suppress(StoreUnavailable):  # it was lost while it lay idle
                return Snapshot(db, self._spare)
        db = connect(self.address, idle_in_transaction_session_timeout=SNAPSHOT_TIMEOUT)
        return Snapshot(db, self._spare)

    def pulse(self) -> Pulse:
        """What asks, in another thread, whether the server takes commits."""
        return Pulse(self.address)

    @property
    def connections(self) -> int:
        """How many this process has open to the server."""
        return open_connections()

    def close(self) -> None:
        """Close every connection; those of open snapshots with their snapshots."""
        self._closed = True
        self._spare.close()
        if self._db is not None:
            self._db.close()


def _committed(end: psycopg.Cursor[Any] | None) -> bool:
    """Whether COMMIT was answered with success; after a failed statement its answer is ROLLBACK."""
    return end is not None and end.statusmessage == "COMMIT"


def _write(db: Connection, batch: Batch, partition: int, epoch: int) -> None:
    run = db.execute
    run(sql.BEGIN)
    run(sql.FENCE, (partition, epoch))
    for log, rows in batch.logs.items():
        positions, values = zip(*rows, strict=True)
        run(sql.APPEND[log], (Bigints(positions), Byteas(values)))
    for log, retired in batch.retired.items():
        run(sql.RETIRE[log], (Bigints(retired),))
    if batch.gone:
        run(sql.GONE, (Byteas(sorted(batch.gone)),))
    if batch.new:
        run(sql.NEW, _columns(batch.new.items()))
    if batch.put:
        run(sql.PUT, _columns(batch.put.items()))


def _columns(pairs: Iterable[tuple[bytes, bytes]]) -> tuple[Byteas, Byteas]:
    """Keys and values, in key order: neighbours go to the same page."""
    ordered = sorted(pairs)
    return Byteas([key for key, _ in ordered]), Byteas([value for _, value in ordered])


def open_store(address: str) -> PostgresqlStore:
    """``postgresql://USER@HOST/DATABASE``; makes or completes the schema where the role may.

    Raises DeclarationFault where a setting or the schema must be changed first.
    """
    store = PostgresqlStore(address)
    try:
        if not migrations.verify(store._session()):  # noqa: SLF001 - this module's own
            migrations.migrate(address)
    except BaseException:
        store.close()
        raise
    return store


def prepare(address: str, *, contract: bool = False, roles: bool = False) -> list[str]:
    """Bring the schema up to date, and with ``roles`` the platforms' roles; a sentence for each thing done.

    ``contract`` also removes what the release before still uses: ask for it when no process of it is left.
    """
    taken = migrations.migrate(address, contract=contract)
    said = [f"schema step {number} taken" for number in taken]
    return said + [f"role {name} has its grants" for name in (grant(address) if roles else ())]


def open_reader(address: str) -> Snapshot:
    """A snapshot of the store, apart from the processes that own it. Raises NotFound where the database has no store,
    StoreUnavailable where it cannot be asked: whether it has one is not known then."""
    try:
        db = connect(address, idle_in_transaction_session_timeout=SNAPSHOT_TIMEOUT)
    except StoreUnavailable as problem:
        raise StoreUnavailable(f"There is no store to read: {problem.text}", inside=True) from problem
    try:
        if not migrations.verify(db):
            raise NotFound("There is no store in this database.", remedy="Start a node with it first.")
        return Snapshot(db, _Spare(0))
    except BaseException:
        db.close()
        raise
