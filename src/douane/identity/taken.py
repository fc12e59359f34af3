"""What several processes of a host have taken, each thing once: a file that all of them append to and read.

Who wants to take something appends its digest and reads what stands before it: where the same digest does, somebody was
first. The kernel puts appended octets one behind the other, so of two who come at the same moment one is first for
both, and nobody waits for a lock. What is taken belongs to a minute of its own, which is the same whoever brings it:
each minute has a file, which is removed once nothing of it would be taken any more. A process that begins reads what
its predecessor took.

Records are never cut: 32 octets fit into what a file system allots, and where nothing fits the append fails whole.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from douane.vocabulary.errors import StoreUnavailable

DIGEST: Final = 32
KEEP: Final = 4
"""Minutes after which a file is removed: two are the longest for which anything of it is taken."""


@dataclass(slots=True)
class _Minute:
    """A file as far as it was read. seen: the digests in it."""

    descriptor: int
    read: int = 0
    seen: set[bytes] = field(default_factory=set)


class Taken:
    """What was taken in a folder that the processes share."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder
        self._minutes: dict[int, _Minute] = {}

    def take(self, digest: bytes, minute: int, now: int) -> bool:
        """Whether nobody had taken it. now: the minute that it is. Raises StoreUnavailable: then nobody has."""
        try:
            found = self._minutes.get(minute) or self._open(minute, now)
            if os.write(found.descriptor, digest) != DIGEST:
                raise OSError("a record was cut")
            end = os.lseek(found.descriptor, 0, os.SEEK_CUR)
            others = os.pread(found.descriptor, end - DIGEST - found.read, found.read)
        except OSError as problem:
            raise StoreUnavailable(
                "What was shown before cannot be looked up.", remedy="Try again; the operator sees to the volume."
            ) from problem
        found.read = end
        found.seen.update(others[at : at + DIGEST] for at in range(0, len(others), DIGEST))
        first = digest not in found.seen
        found.seen.add(digest)
        return first

    def _open(self, minute: int, now: int) -> _Minute:
        for each in [each for each in self._minutes if each < now - KEEP]:
            os.close(self._minutes.pop(each).descriptor)
        for path in self._folder.iterdir():
            if path.name.isdigit() and int(path.name) < now - KEEP:
                path.unlink(missing_ok=True)  # another process may have been first
        descriptor = os.open(self._folder / str(minute), os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        made = self._minutes[minute] = _Minute(descriptor)
        return made

    def __del__(self) -> None:
        for each in self._minutes.values():
            with contextlib.suppress(OSError):
                os.close(each.descriptor)
