"""One process a data folder: a second one is refused before it touches anything."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from douane.vocabulary.errors import StoreUnavailable


class DataLock:
    """An exclusive lock on ``node.lock`` of a data folder; the system lets go of it when the process ends."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = os.open(folder / "node.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            os.close(self._file)
            self._file = -1
            raise StoreUnavailable(
                f"Another process works on {folder}.",
                remedy="Stop that node first, or give this command another --data folder.",
            ) from problem

    def release(self) -> None:
        """Let the next process in."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    __del__ = release
