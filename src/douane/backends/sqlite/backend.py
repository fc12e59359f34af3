"""The store port on one SQLite file: WAL, synchronous FULL, one writing connection, snapshots on a second one."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import cast

import apsw

from douane.runtime.store.ports import SECOND, Batch, Instant, Lease, Log, foreign_to
from douane.vocabulary.errors import (
    AliasTaken,
    DeclarationFault,
    ForeignSubject,
    LostOwnership,
    NotFound,
    StoreUnavailable,
)

SCHEME = "sqlite"
OLDEST = 3_051_003  # before 3.51.3, WAL resets could corrupt a file that several connections use
PAGE = 8192
CACHE_KIB = 65_536
BUSY_MS = 10_000  # so long another connection that writes is waited for
CHECKPOINT_PAGES = 4_000
LONGEST_LOG = 64 << 20  # bytes: what a long snapshot let grow beyond this is given back once it can be
SCHEMA = 1
FULL = 2  # of ``synchronous``: every commit is flushed before it counts

_TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS epoch (partition INTEGER PRIMARY KEY, epoch INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS lease (partition INTEGER PRIMARY KEY, holder TEXT NOT NULL, until REAL NOT NULL);
CREATE TABLE IF NOT EXISTS map (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS log0 (position INTEGER PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS log1 (position INTEGER PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS log2 (position INTEGER PRIMARY KEY, value BLOB NOT NULL);
"""

_FEW, _AT_ONCE = 4, 16
_SEVERAL = f"SELECT key, value FROM map WHERE key IN ({', '.join('?' * _AT_ONCE)})"  # noqa: S608 - a constant
"""A statement for sixteen keys costs each a fifth of what one of its own does."""
_KEY = itemgetter(0)

REFUSALS = (apsw.FullError, apsw.IOError, apsw.CantOpenError, apsw.ReadOnlyError, apsw.BusyError)
"""The medium's refusals: nothing is wrong with the batch."""


def refuse_old(version: int) -> None:
    """Refuse a SQLite library that may lose or damage what it acknowledged."""
    if version < OLDEST:
        raise DeclarationFault(
            f"SQLite {version // 1_000_000}.{version // 1000 % 1000}.{version % 1000} is too old to trust.",
            remedy="Install apsw with SQLite 3.51.3 or newer (the pinned wheel brings its own).",
        )


def _unavailable(problem: apsw.Error) -> StoreUnavailable:
    return StoreUnavailable(f"The store cannot commit: {problem}.", remedy="Free space on its volume.")


class _Reading:
    """Reading over one connection."""

    _db: apsw.Connection

    def read(self, keys: Sequence[bytes]) -> list[bytes | None]:
        """Values under keys, in their order."""
        execute = self._db.execute
        if len(keys) < _FEW:
            rows = [execute("SELECT value FROM map WHERE key = ?", (key,)).fetchone() for key in keys]
            return [row[0] if row else None for row in rows]
        known: dict[bytes, bytes] = {}
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            known.update(execute(_SEVERAL, (*some, *[some[-1]] * (_AT_ONCE - len(some)))))
        return [known.get(key) for key in keys]

    def scan(self, start: bytes, end: bytes, limit: int, *, reverse: bool = False) -> list[tuple[bytes, bytes]]:
        """Pairs in key order."""
        order = "DESC" if reverse else "ASC"
        sql = f"SELECT key, value FROM map WHERE key >= ? AND key < ? ORDER BY key {order} LIMIT ?"  # noqa: S608 - a constant
        return cast("list[tuple[bytes, bytes]]", self._db.execute(sql, (start, end, limit)).fetchall())

    def read_log(self, log: Log, positions: Sequence[int]) -> list[bytes | None]:
        """Rows at positions."""
        sql = f"SELECT value FROM log{log.value} WHERE position = ?"  # noqa: S608 - an enumeration
        rows = [self._db.execute(sql, (p,)).fetchone() for p in positions]
        return [row[0] if row else None for row in rows]

    def scan_log(self, log: Log, after: int, end: int, limit: int) -> list[tuple[int, bytes]]:
        """Rows in position order."""
        sql = (
            f"SELECT position, value FROM log{log.value} WHERE position > ? AND position <= ? ORDER BY position LIMIT ?"  # noqa: S608 - as above
        )
        return cast("list[tuple[int, bytes]]", self._db.execute(sql, (after, end, limit)).fetchall())


class Snapshot(_Reading):
    """A read transaction on a connection of its own."""

    def __init__(self, path: str, *, vfs: str | None = None) -> None:
        self._db = apsw.Connection(path, flags=apsw.SQLITE_OPEN_READONLY, vfs=vfs)
        self._db.set_busy_timeout(5000)
        self._db.execute("BEGIN")

    def renew(self) -> None:
        """See what was committed since."""
        self._db.execute("COMMIT")
        self._db.execute("BEGIN")

    def close(self) -> None:
        """End the read transaction."""
        self._db.close()


class SqliteStore(_Reading):
    """The embedded store. One process owns the file and writes it through this one connection."""

    def __init__(
        self, path: str, *, vfs: str | None = None, cache_kib: int = CACHE_KIB, busy_ms: int = BUSY_MS
    ) -> None:
        major, minor, patch = (int(n) for n in apsw.sqlite_lib_version().split("."))
        refuse_old(major * 1_000_000 + minor * 1_000 + patch)
        self.path, self._vfs, self._cache_kib, self._busy_ms = path, vfs, cache_kib, busy_ms
        try:
            self._db = apsw.Connection(path, vfs=vfs)
        except apsw.CantOpenError as problem:
            raise StoreUnavailable(
                f"{path} cannot be opened as a store: {problem}.", remedy="Name a file that this user may write."
            ) from problem
        self._pages = self._copied = 0  # of the log: by now, and when it was last copied back
        try:
            self._prepare()
        except BaseException as problem:
            self.close()  # else the collector would close it, some time
            if isinstance(problem, REFUSALS):
                raise _unavailable(problem) from problem
            if isinstance(problem, apsw.NotADBError):
                raise DeclarationFault(
                    f"{path} is no store: {problem}.", remedy="Name the store of the node, or restore a backup."
                ) from problem
            raise

    def _prepare(self) -> None:
        db = self._db
        db.set_busy_timeout(self._busy_ms)
        db.execute(f"PRAGMA page_size = {PAGE}")
        mode = db.execute("PRAGMA journal_mode = WAL").fetchone()
        if mode is None or mode[0] != "wal":
            raise DeclarationFault(
                f"{self.path} cannot use a write-ahead log.", remedy="Put it on a local file system."
            )
        db.execute("PRAGMA synchronous = FULL")
        if self.settings()["synchronous"] != FULL:
            raise DeclarationFault(f"{self.path} does not flush what it commits.", remedy="Use a SQLite that does.")
        db.execute("PRAGMA wal_autocheckpoint = 0")
        db.set_wal_hook(self._note)
        db.execute(f"PRAGMA journal_size_limit = {LONGEST_LOG}")
        db.execute(f"PRAGMA cache_size = -{self._cache_kib}")
        found = self._schema()
        if found > SCHEMA:
            raise DeclarationFault(f"{self.path} has schema {found}; this release knows {SCHEMA}.",
                                   remedy="Start the release that wrote it, or a later one.")  # fmt: skip
        if found < SCHEMA or not self._complete():  # else nothing is written: a full disk must not keep a node down
            with self._writing():
                db.execute(_TABLES)
                db.execute("INSERT OR REPLACE INTO meta VALUES ('schema', ?)", (SCHEMA,))
        self._copy_back()  # else a node that starts again and again reads an ever longer log each time

    def _schema(self) -> int:
        """The schema of the file; 0 of a new one."""
        if not self._db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").fetchone():
            return 0
        row = self._db.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
        return int(row[0]) if row else 0

    def _complete(self) -> bool:
        """Whether every table of this release is there."""
        present = {name for (name,) in self._db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        return present.issuperset(re.findall(r"EXISTS (\w+)", _TABLES))

    def settings(self) -> dict[str, object]:
        """What its durability rests on, read back from the connection that writes."""
        names = ("journal_mode", "synchronous", "wal_autocheckpoint", "page_size")
        rows = ((name, self._db.execute(f"PRAGMA {name}").fetchone()) for name in names)
        return {"sqlite": apsw.sqlite_lib_version()} | {name: row[0] for name, row in rows if row}

    def damage(self) -> list[str]:
        """What SQLite's own check finds wrong with the file; it reads all of it."""
        return [str(row[0]) for row in self._db.execute("PRAGMA integrity_check") if row[0] != "ok"]

    def take(self, partition: int) -> int:
        """Become owner of a partition."""
        with self._writing():
            return self._next_epoch(partition)

    def _next_epoch(self, partition: int) -> int:
        self._db.execute("DELETE FROM lease WHERE partition = ?", (partition,))
        self._db.execute(
            "INSERT INTO epoch VALUES (?, 1) ON CONFLICT (partition) DO UPDATE SET epoch = epoch + 1", (partition,)
        )
        return self.epoch(partition)

    def epoch(self, partition: int) -> int:
        """The epoch that may commit now."""
        row = self._db.execute("SELECT epoch FROM epoch WHERE partition = ?", (partition,)).fetchone()
        return int(row[0]) if row else 0

    def claim(self, partition: int, holder: str, term: Instant) -> Lease | None:
        """Hold a partition, unless another holder's lease lives."""
        others = "SELECT 1 FROM lease WHERE partition = ? AND holder <> ? AND until > unixepoch('subsec')"
        with self._writing():
            if self._db.execute(others, (partition, holder)).fetchone():
                return None
            epoch = self._next_epoch(partition)
            self._db.execute(
                "INSERT INTO lease VALUES (?, ?, unixepoch('subsec') + ?)", (partition, holder, term / SECOND)
            )
        return Lease(partition, holder, epoch, term)

    def renew(self, lease: Lease, term: Instant) -> Lease | None:
        """Hold on, unless somebody has claimed."""
        with self._writing():
            if self.epoch(lease.partition) != lease.epoch:
                return None
            self._db.execute(
                "UPDATE lease SET until = unixepoch('subsec') + ? WHERE partition = ?",
                (term / SECOND, lease.partition),
            )
        return Lease(lease.partition, lease.holder, lease.epoch, term)

    def release(self, lease: Lease) -> None:
        """Give a partition up."""
        with self._writing():
            if self.epoch(lease.partition) == lease.epoch:
                self._next_epoch(lease.partition)

    def leases(self) -> list[Lease]:
        """Who holds which partition now."""
        rows = self._db.execute(
            "SELECT partition, holder, epoch, until - unixepoch('subsec') FROM lease JOIN epoch USING (partition)"
            " WHERE until > unixepoch('subsec') ORDER BY partition"
        )
        return [Lease(p, holder, epoch, int(left * SECOND)) for p, holder, epoch, left in rows]

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """A transaction beside ticks."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except REFUSALS as problem:
            self._roll_back()
            raise _unavailable(problem) from problem
        except BaseException:
            self._roll_back()
            raise

    def apply(self, batch: Batch, partition: int, epoch: int) -> None:
        """Commit a batch durably, or raise and change nothing."""
        foreign = foreign_to(batch, partition)
        if foreign:
            raise ForeignSubject(f"{foreign} lies outside partition {partition}.")
        db = self._db
        try:
            db.execute("BEGIN IMMEDIATE")
            self._write(batch, partition, epoch)
            db.execute("COMMIT")
        except BaseException as problem:
            self._roll_back()
            if isinstance(problem, REFUSALS):
                raise _unavailable(problem) from problem
            raise
        self._checkpoint()

    def _write(self, batch: Batch, partition: int, epoch: int) -> None:
        db = self._db
        if self.epoch(partition) != epoch:
            raise LostOwnership(f"Partition {partition} has a newer owner.")
        try:
            for log, rows in batch.logs.items():
                db.executemany(f"INSERT INTO log{log.value} VALUES (?, ?)", rows)  # noqa: S608 - an enumeration
        except apsw.ConstraintError as problem:
            raise LostOwnership(f"A position of partition {partition} is written already.") from problem
        for log, positions in batch.retired.items():
            db.executemany(f"DELETE FROM log{log.value} WHERE position = ?", [(p,) for p in positions])  # noqa: S608 - an enumeration
        if batch.gone:
            db.executemany("DELETE FROM map WHERE key = ?", [(key,) for key in sorted(batch.gone)])
        if batch.new:
            try:
                db.executemany("INSERT INTO map VALUES (?, ?)", sorted(batch.new.items(), key=_KEY))
            except apsw.ConstraintError as problem:
                raise AliasTaken(f"A key of the batch exists already: {problem}.") from problem
        if batch.put:
            db.executemany("REPLACE INTO map VALUES (?, ?)", sorted(batch.put.items(), key=_KEY))

    def _roll_back(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def _note(self, _: apsw.Connection, _name: str, pages: int) -> int:
        """A commit made the log so long."""
        self._pages = pages
        return int(apsw.SQLITE_OK)

    def _checkpoint(self) -> None:
        """Copy the log back between ticks, before it grows long; readers are never waited for."""
        if self._pages < self._copied:  # it began anew
            self._copied = 0
        if self._pages - self._copied >= CHECKPOINT_PAGES:
            self._copied = self._pages
            self._copy_back()

    def _copy_back(self) -> None:
        with contextlib.suppress(*REFUSALS):  # what was committed stays in the log; a later one copies it
            self._db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)

    def snapshot(self) -> Snapshot:
        """A read transaction on a connection of its own."""
        return Snapshot(self.path, vfs=self._vfs)

    @property
    def connections(self) -> int:
        """How many this process has open to embedded databases."""
        return len(apsw.connections())

    def close(self) -> None:
        """Close the file; the last one copies the log back, unless the medium refuses: nothing is lost by that."""
        with contextlib.suppress(*REFUSALS):
            self._db.close()


def open_store(address: str) -> SqliteStore:
    """``sqlite:PATH``; the folder is made when it is missing."""
    path = Path(address.removeprefix("sqlite:"))
    path.parent.mkdir(parents=True, exist_ok=True)
    return SqliteStore(str(path))


def open_reader(address: str) -> Snapshot:
    """A snapshot of the store, apart from the process that owns it. Raises NotFound where there is no store."""
    path = Path(address.removeprefix("sqlite:"))
    if not path.is_file():
        raise NotFound(f"There is no store {path}.", remedy="Name the data folder of a node: --data DIR.")
    try:
        return Snapshot(str(path))
    except apsw.Error as problem:
        raise NotFound(f"{path} cannot be read as a store: {problem}.") from problem
