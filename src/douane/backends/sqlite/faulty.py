"""SQLite on a disk that forgets: an apsw VFS over a ``Volume``.

Contents live in the volume; locks and the shared memory of the write-ahead log are those of the system's own VFS, on
empty files of the same names in a scratch folder. So the store runs unchanged, snapshots on a second connection
included::

    volume = Volume(random.Random(7).randrange)
    with mounted(volume, "cut7"):
        store = SqliteStore(str(scratch / "node.db"), vfs="cut7")
        ...
        volume.power_cut()
        store.close()  # changes nothing: its life is over
        volume.start()
        store = SqliteStore(str(scratch / "node.db"), vfs="cut7")
"""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

import apsw

from douane.backends.sqlite.volume import Content, Volume

SYSTEM = "unix"
REFUSALS = (apsw.IOError, apsw.FullError, apsw.CantOpenError, apsw.BusyError)
"""By which SQLite passes on what the volume refused, where nobody has translated it yet."""
DatabaseError = apsw.Error
_JOURNALS = apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_SUPER_JOURNAL


class _NoSuchFile(apsw.IOError):
    """What SQLite expects of a deletion that finds nothing, and passes over."""

    extendedresult = apsw.SQLITE_IOERR_DELETE_NOENT


def _told(problem: OSError) -> apsw.Error:
    """The error in SQLite's own terms."""
    if problem.errno == errno.ENOSPC:
        return apsw.FullError(str(problem))
    if problem.errno == errno.ENOENT:
        return _NoSuchFile(str(problem))
    return apsw.IOError(str(problem))


class _File(apsw.VFSFile):
    """An open file: content from the volume, locks and shared memory from the system."""

    def __init__(self, volume: Volume, name: Any, flags: list[int], opened: dict[int, int]) -> None:
        super().__init__(SYSTEM, name, flags)
        self._volume, self._life = volume, volume.life
        self._opened = opened
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._path = PurePath(path).name
        # as the unix VFS: the first sync of a new log or journal syncs its directory too
        self._journal = bool(flags[0] & _JOURNALS)
        self._content: Content = volume.open(self._path, create=bool(flags[0] & apsw.SQLITE_OPEN_CREATE))
        opened[self._life] = opened.get(self._life, 0) + 1

    def _alive(self) -> None:
        if self._life != self._volume.life:
            raise apsw.IOError(f"{self._path} was opened before the machine or its process ended")

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802 - apsw's name
        self._alive()
        try:
            return self._volume.read(self._content, offset, amount)
        except OSError as problem:
            raise _told(problem) from None

    def xWrite(self, data: Any, offset: int) -> None:  # noqa: N802 - as above
        self._alive()
        try:
            self._volume.write(self._content, offset, bytes(data))
        except OSError as problem:
            raise _told(problem) from None

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - as above
        self._alive()
        try:
            self._volume.truncate(self._content, newsize)
        except OSError as problem:
            raise _told(problem) from None

    def xSync(self, flags: int) -> None:  # noqa: N802, ARG002 - as above; every sync is a full one
        self._alive()
        try:
            self._volume.sync(self._content, directory=self._journal and not self._content.named)
        except OSError as problem:
            raise _told(problem) from None

    def xFileSize(self) -> int:  # noqa: N802 - as above
        self._alive()
        return len(self._content.live)

    def excepthook(self, *about: object) -> bool:
        """What SQLite keeps from its caller (a checkpoint while closing) is no surprise: the volume refused it."""
        return isinstance(about[1], apsw.Error)

    def xClose(self) -> None:  # noqa: N802 - as above
        self._opened[self._life] -= 1
        super().xClose()


class _Vfs(apsw.VFS):
    """A VFS over one volume."""

    def __init__(self, volume: Volume, name: str) -> None:
        super().__init__(name, SYSTEM)
        self._volume = volume
        self._opened: dict[int, int] = {}  # open files by life

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - apsw's name
        if name is None:  # a temporary file of SQLite's own: nobody expects it after a cut
            return apsw.VFSFile(SYSTEM, name, flags)
        if any(count for life, count in self._opened.items() if life != self._volume.life):
            # it would share its locks and its index of the log with the dead
            raise apsw.CantOpenError("a connection of an earlier life is still open: close it first")
        try:
            return _File(self._volume, name, flags, self._opened)
        except OSError as problem:
            raise _told(problem) from None

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802 - as above
        try:
            self._volume.delete(PurePath(filename).name, directory=syncdir)
        except OSError as problem:
            raise _told(problem) from None

    def xAccess(self, pathname: str, flags: int) -> bool:  # noqa: N802, ARG002 - as above; everything may be read and written
        return self._volume.exists(PurePath(pathname).name)


@contextlib.contextmanager
def mounted(volume: Volume, name: str) -> Iterator[None]:
    """The volume as a VFS of this name, as long as the block lasts."""
    vfs = _Vfs(volume, name)
    try:
        yield
    finally:
        vfs.unregister()
