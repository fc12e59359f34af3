"""The store port on a folder: one SQLite file for each partition, shared by the processes of one host.

Invariants:

1. Everything of a partition lies in its own file, its epoch and its lease too. So one transaction of one file fences
   and commits, and no transaction spans files.
2. A process writes where it owns, and elsewhere to claim. It reads every file, as committed.
3. A snapshot is one state that the whole folder had (``snapshot``), found without keeping anybody from committing.
4. Notices are hints (``notices``): nothing rests on them.

Leases of numbers that no partition has (workers that show that they are there) lie together in a file of their own.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import apsw

from douane.backends.files.names import PARTITIONS, file_of, partitions_in
from douane.backends.files.notices import Line, Listeners, tell
from douane.backends.files.routing import Routed
from douane.backends.files.snapshot import FilesSnapshot
from douane.backends.sqlite.backend import SqliteStore
from douane.runtime.store import keys
from douane.runtime.store.ports import Batch, Instant, Lease
from douane.vocabulary.errors import LostOwnership, NotFound, StoreUnavailable

SCHEME: Final = "files"
CACHE_KIB: Final = 16_384
"""Of pages in memory, at most, for each file: a worker has several open, and reads those of others little."""
BUSY_MS: Final = 500
"""So long another process that commits in a file is waited for. One that was stopped in the midst of a commit keeps its
partition until it goes on or is ended; meanwhile the others go on with theirs."""


def create(path: Path) -> None:
    """Make a file where there is none; it is whole before it has its name, for others may make or open it just then."""
    if path.exists():
        return
    with tempfile.TemporaryDirectory(dir=path.parent) as place:
        made = Path(place) / path.name
        SqliteStore(str(made)).close()
        with contextlib.suppress(FileExistsError):
            os.link(made, path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class FilesStore(Routed):
    """A folder of files, opened as they are needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[int, SqliteStore] = {}
        self._listeners = Listeners(folder)
        self._line: Line | None = None

    def _numbers(self) -> list[int]:
        return partitions_in(self.folder)

    def _file(self, partition: int) -> SqliteStore | None:
        """The file of a partition; None where nobody ever owned it."""
        number = min(partition, PARTITIONS)
        found = self._files.get(number)
        if found is None and number >= 0 and file_of(self.folder, number).exists():
            return self._open(number)
        return found

    def _made(self, partition: int) -> SqliteStore:
        """The same, made where it is missing."""
        number = min(partition, PARTITIONS)
        if number not in self._files:
            create(file_of(self.folder, number))
        return self._files.get(number) or self._open(number)

    def _open(self, number: int) -> SqliteStore:
        self._files[number] = opened = SqliteStore(
            str(file_of(self.folder, number)), cache_kib=CACHE_KIB, busy_ms=BUSY_MS
        )
        return opened

    def take(self, partition: int) -> int:
        """Become owner of a partition."""
        return self._made(partition).take(partition)

    def epoch(self, partition: int) -> int:
        """The epoch that may commit now."""
        file = self._file(partition)
        return file.epoch(partition) if file is not None else 0

    def claim(self, partition: int, holder: str, term: Instant) -> Lease | None:
        """Hold a partition, unless another holder's lease lives, or another process commits there and does not end."""
        try:
            return self._made(partition).claim(partition, holder, term)
        except StoreUnavailable as problem:
            if isinstance(problem.__cause__, apsw.BusyError):
                return None
            raise

    def renew(self, lease: Lease, term: Instant) -> Lease | None:
        """Hold on, unless somebody has claimed."""
        return self._made(lease.partition).renew(lease, term)

    def release(self, lease: Lease) -> None:
        """Give a partition up."""
        self._made(lease.partition).release(lease)

    def leases(self) -> list[Lease]:
        """Who holds which partition now."""
        return sorted((each for file in self._all() for each in file.leases()), key=lambda lease: lease.partition)

    def _all(self) -> Iterator[SqliteStore]:
        for number in (*self._numbers(), PARTITIONS):
            file = self._file(number)
            if file is not None:
                yield file

    def apply(self, batch: Batch, partition: int, epoch: int) -> None:
        """Commit a batch durably, or raise and change nothing."""
        file = self._file(partition)
        if file is None:
            raise LostOwnership(f"Nobody owns partition {partition}.")
        file.apply(batch, partition, epoch)
        filled = keys.marks(batch.put, batch.new)
        if filled:
            tell(self._listeners, partition, filled, self._line)

    def notices(self) -> Line:
        """Hear of commits by other processes."""
        self._line = line = Line(self.folder)
        return line

    def snapshot(self) -> FilesSnapshot:
        """One committed state of all files."""
        return FilesSnapshot(self.folder)

    def damage(self) -> list[str]:
        """What SQLite's own check finds wrong with any file; it reads all of them."""
        return [f"{Path(file.path).name}: {each}" for file in self._all() for each in file.damage()]

    def settings(self) -> dict[str, object]:
        """What its durability rests on, read back from a connection that writes; it is the same for every file."""
        return next((file.settings() for file in self._all()), {})

    @property
    def connections(self) -> int:
        """How many this process has open to embedded databases."""
        return len(apsw.connections())

    def close(self) -> None:
        """Close every file."""
        for file in self._files.values():
            file.close()
        self._files.clear()


def open_store(address: str) -> FilesStore:
    """``files:FOLDER``; the folder is made when it is missing."""
    folder = Path(address.removeprefix(f"{SCHEME}:"))
    folder.mkdir(parents=True, exist_ok=True)
    return FilesStore(folder)


def open_reader(address: str) -> FilesSnapshot:
    """One committed state, apart from the processes that own it. Raises NotFound where there is no store."""
    folder = Path(address.removeprefix(f"{SCHEME}:"))
    if not folder.is_dir() or not partitions_in(folder):
        raise NotFound(f"There is no store {folder}.", remedy="Name the data folder of a node: --data DIR.")
    try:
        return FilesSnapshot(folder)
    except apsw.Error as problem:
        raise NotFound(f"{folder} cannot be read as a store: {problem}.") from problem
