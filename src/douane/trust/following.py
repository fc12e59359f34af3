"""Something read from files, read again when they change: by the thread for trust, and swapped in as a whole.

What cannot be read changes nothing: what was read before holds on, the operator is told once, and it is tried again at
every look, since what kept it from being read may pass (no descriptor was free, the second of two files was missing).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Generic, TypeVar

from douane.configuration.ports import monotonic
from douane.runtime.turns.pools import Purpose, beside
from douane.shared_services.logging.line import note_file

T = TypeVar("T")
_Stamp = tuple[tuple[str, int, int, int], ...]


class Followed(Generic[T]):
    """One such thing. ``files``: where it stands now; what ``read`` returns is given to ``swap``, in the loop.

    what: what callers are judged by, in words; empty where nobody is judged by it. Who reads it first does so after
    this is made: a change in between is noticed.
    """

    def __init__(
        self, files: Callable[[], Iterable[Path]], read: Callable[[], T], swap: Callable[[T], None], what: str = ""
    ) -> None:
        self._files, self.read, self._swap, self.what = files, read, swap, what
        self.seen = monotonic()
        """When a look last ended well: what holds is what the files said then."""
        self.changed: tuple[str, ...] = ()
        """The files that the last look found changed; none where it was told to read anew what is as it was."""
        self._held: _Stamp = self._stamp()
        self._anew = False
        self._failed: _Stamp | None = None

    def forget(self) -> None:
        """Read it at the next look, changed or not."""
        self._anew, self._failed = True, None

    async def look(self, failed: Callable[[BaseException], None]) -> bool:
        """Whether it changed and holds. ``failed`` is told once of each change that cannot be read."""
        stamp: _Stamp = ()
        try:
            stamp = await beside(Purpose.TRUST, self._stamp)
            self.changed = _changed(self._held, stamp)
            if stamp == self._held and not self._anew:
                over, self._failed = self._failed is not None, None
                self.seen = monotonic()
                return over  # what could not be read is gone again: what held all the time is told to hold
            self._swap(await beside(Purpose.TRUST, self.read))
        except Exception as problem:  # noqa: BLE001 - whatever it is, what was read before holds on
            if stamp != self._failed:
                for path in self.changed[:1]:
                    note_file(problem, path)
                failed(problem)
            self._failed = stamp
            return False
        self._held, self._failed, self._anew = stamp, None, False
        self.seen = monotonic()
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


def _changed(before: _Stamp, now: _Stamp) -> tuple[str, ...]:
    """The files in which two looks differ: changed, come or gone, in the order in which they are followed."""
    differ = {*before} ^ {*now}
    return tuple(dict.fromkeys(each[0] for each in (*now, *before) if each in differ))
