"""One state that a whole folder of files had, though no transaction spans them and nobody is kept from committing.

A message leaves the lane of its sender only after its receiver has committed it. A copy that saw the receiver before
that and the sender after it would have lost the message, so files are not simply read one after the other:

1. Of each file it is noted how often it was changed; then a read transaction on it begins.
2. Once all have begun, each is asked again. Those that changed meanwhile begin anew, and all are asked once more.
3. A round in which none had changed ends it: when the round began, every file stood as its transaction sees it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import apsw

from douane.backends.files.names import file_of, partitions_in
from douane.backends.files.routing import Routed
from douane.backends.sqlite.backend import Snapshot
from douane.vocabulary.errors import StoreUnavailable

ROUNDS: Final = 20_000
"""How often a moment is looked for in which no file changes. A round takes microseconds, a commit far more."""


class _Seen:
    """A file in a snapshot. ``changes``: counted on a connection of its own, which holds nothing."""

    def __init__(self, path: Path) -> None:
        self._watch = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
        self._watch.set_busy_timeout(5000)
        self._changes = self._count()
        self.reader = Snapshot(str(path))
        self._fix()

    def _count(self) -> int:
        row = self._watch.execute("PRAGMA data_version").fetchone()
        assert row is not None
        return int(row[0])

    def _fix(self) -> None:
        self.reader.scan(b"", b"\0", 1)  # a transaction sees what was committed when it first read

    def stands(self) -> bool:
        """Whether nothing was committed since its transaction began; else it begins anew."""
        changes = self._count()
        if changes == self._changes:
            return True
        self._changes = changes
        self.reader.renew()
        self._fix()
        return False

    def close(self) -> None:
        """End it."""
        self.reader.close()
        self._watch.close()


class FilesSnapshot(Routed):
    """Read transactions on all files of a folder, at one moment."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[int, _Seen] = {}
        try:
            self._settle()
        except BaseException:
            self.close()
            raise

    def _settle(self) -> None:
        """Look until one round finds every file as it was, and no new one."""
        if not any(self._round() for _ in range(ROUNDS)):
            raise StoreUnavailable(f"{self._folder} has changed all the while.", remedy="Ask again; or ask a replica.")

    def _round(self) -> bool:
        new = [number for number in partitions_in(self._folder) if number not in self._seen]
        for number in new:
            self._seen[number] = _Seen(file_of(self._folder, number))
        changed = [number for number, each in self._seen.items() if not each.stands()]
        return not new and not changed

    def _numbers(self) -> list[int]:
        return sorted(self._seen)

    def _file(self, partition: int) -> Snapshot | None:
        seen = self._seen.get(partition)
        return seen.reader if seen is not None else None

    def renew(self) -> None:
        """See what was committed since."""
        self._settle()

    def close(self) -> None:
        """End every read transaction."""
        for each in self._seen.values():
            each.close()
        self._seen.clear()
