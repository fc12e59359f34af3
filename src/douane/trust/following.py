"""Something read from files, read again when they change: apart from the event loop, and swapped in as a whole.

What cannot be read changes nothing: what was read before holds on, the operator is told once, and it is tried again at
every look, since what kept it from being read may pass (no descriptor was free, the second of two files was missing).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")
_Stamp = tuple[tuple[str, int, int, int], ...]


class Followed(Generic[T]):
    """One such thing. ``files``: where it stands now; what ``read`` returns is given to ``swap``, in the loop.

    Who reads it first does so after this is made: a change in between is noticed.
    """

    def __init__(self, files: Callable[[], Iterable[Path]], read: Callable[[], T], swap: Callable[[T], None]) -> None:
        self._files, self.read, self._swap = files, read, swap
        self._held: _Stamp | None = self._stamp()
        self._failed: _Stamp | None = None

    def forget(self) -> None:
        """Read it at the next look, changed or not."""
        self._held = self._failed = None

    async def look(self, failed: Callable[[BaseException], None]) -> bool:
        """Whether it changed and holds. ``failed`` is told once of each change that cannot be read."""
        stamp: _Stamp = ()
        try:
            stamp = await asyncio.to_thread(self._stamp)
            if stamp == self._held:
                over, self._failed = self._failed is not None, None
                return over  # what could not be read is gone again: what held all the time is told to hold
            self._swap(await asyncio.to_thread(self.read))
        except Exception as problem:  # noqa: BLE001 - whatever it is, what was read before holds on
            if stamp != self._failed:
                failed(problem)
            self._failed = stamp
            return False
        self._held, self._failed = stamp, None
        return True

    def _stamp(self) -> _Stamp:
        """What changes when a file does, comes or goes; taken before they are read."""
        found = []
        for path in self._files():
            try:
                facts = path.stat()
            except FileNotFoundError:
                continue
            found.append((str(path), facts.st_mtime_ns, facts.st_size, facts.st_ino))
        return tuple(found)
