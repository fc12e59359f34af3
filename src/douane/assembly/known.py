"""What the doors of a process know of clients, kept up to date: register, authorities, revocation lists.

They stand in the identity folder. A change there is noticed within ``LOOK`` seconds, read apart from the event loop and
swapped in as a whole, so a revocation or a new client needs no restart. What cannot be read changes nothing: the doors
go on by what they knew, and the operator is told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from douane.assembly.development.identity import DevelopmentIdentity
from douane.model.circles import Circle
from douane.platforms.uumds.entry import Known
from douane.vocabulary.errors import DouaneError

LOOK: Final = 1.0
"""Seconds between two looks at the files."""
EFFECTIVE: Final = 5.0
"""Seconds after which every door that reads the folder refuses a certificate that was revoked: the promise of ours."""
_Stamp = tuple[tuple[int, int, int], ...]


class KnownClients:
    """The present value, and who wants to hear of the next one."""

    def __init__(self, identity: DevelopmentIdentity) -> None:
        self._identity = identity
        self._files = (
            identity.register,
            *(identity.authority(circle) for circle in Circle),
            *(identity.revocations(circle) for circle in Circle),
        )
        self._followers: list[Callable[[Known], None]] = []
        self._stamp = self._stamped()
        self.value = self._load()

    def follow(self, told: Callable[[Known], None]) -> None:
        """Hand every later value to a part of a door; it has the present one."""
        self._followers.append(told)

    async def watch(self, failed: Callable[[BaseException], None], *, swapped: Callable[[], None]) -> None:
        """Until cancelled: notice, read, swap. ``failed`` is told once of each change that cannot be read."""
        while True:
            await asyncio.sleep(LOOK)
            try:
                changed = await asyncio.to_thread(self._changed)
            except (OSError, ValueError, DouaneError) as problem:
                failed(problem)
                continue
            if changed is not None:
                self.value = changed
                for told in self._followers:
                    told(changed)
                swapped()

    def _changed(self) -> Known | None:
        stamp = self._stamped()
        if stamp == self._stamp:
            return None
        self._stamp = stamp
        return self._load()

    def _stamped(self) -> _Stamp:
        return tuple((s.st_mtime_ns, s.st_size, s.st_ino) for s in (path.stat() for path in self._files))

    def _load(self) -> Known:
        return Known(self._identity.load_register(), self._identity.load_certificates())
