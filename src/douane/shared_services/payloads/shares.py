"""What each party may put into a store in a day: a number in a file for each, which every process adds to.

The count is not synced: a power cut may forget some seconds of it, never a payload.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import os
import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from douane.runtime.store.ports import SECOND, Clock
from douane.vocabulary.errors import Overloaded, StoreUnavailable, TooMany

_DAY_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Shares:
    """Octets of each party and day (UTC), counted below a folder. what: they are of; spent: how more is refused."""

    folder: Path
    a_day: int
    clock: Clock
    what: str = "attachments"
    spent: type[Overloaded | TooMany] = Overloaded

    def take(self, party: str, octets: int) -> None:
        """Count octets for a party. Raises ``spent``, with the seconds until tomorrow, beyond its share of today;
        StoreUnavailable where they cannot be counted, as on a full volume: what nobody counts is not kept."""
        try:
            self._take(party, octets)
        except OSError as problem:
            raise StoreUnavailable(
                f"The {self.what} of today cannot be counted now.", remedy="Send the same message again later."
            ) from problem

    def _take(self, party: str, octets: int) -> None:
        seconds = self.clock.now() // SECOND
        today = self.folder / dt.datetime.fromtimestamp(seconds, dt.UTC).date().isoformat()
        if not today.exists():
            self._begin(today)
        handle = os.open(today / sha256(party.encode()).hexdigest()[:32], os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            said = file.read()
            used = int(said) if said.isdigit() else 0  # after a power cut it may be empty, or full of zeros
            if used + octets > self.a_day:
                spent = self.spent(
                    f"Your {self.what} of today would have more than {self.a_day} octets.",
                    remedy="Send the rest tomorrow, or agree on a higher share.",
                )
                spent.after = _DAY_SECONDS - seconds % _DAY_SECONDS
                raise spent
            file.seek(0)
            file.write(b"%d" % (used + octets))

    def _begin(self, today: Path) -> None:
        """The counts of former days go with the first payload of a new one."""
        today.mkdir(parents=True, exist_ok=True, mode=0o700)
        for former in self.folder.iterdir():
            if former.name < today.name:
                with contextlib.suppress(FileNotFoundError):
                    shutil.rmtree(former)
