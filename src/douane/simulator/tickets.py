"""Tickets of the demonstration's identity provider: who may write the data folder chooses a person by one, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from douane.identity.kept import Kept

HOLDS: Final = 10 * 60 * 1_000_000
_KIND: Final = "tickets"


class Ticket(msgspec.Struct, frozen=True):
    """The person that it chooses, and when it was made (microseconds since 1970)."""

    subject: str
    given: int


class Tickets:
    """The tickets of a node. ``now``: of the real clock."""

    def __init__(self, kept: Kept, now: Callable[[], int]) -> None:
        self._kept, self._now = kept, now

    def give(self, subject: str) -> str:
        """A secret that chooses a person once, within ten minutes. Raises StoreUnavailable."""
        now, secret = self._now(), self._kept.secret()
        self._kept.sweep(_KIND, now - HOLDS)
        self._kept.write(self._kept.path(_KIND, secret), Ticket(subject, now))
        return secret

    def take(self, secret: str) -> str:
        """The person that a ticket chooses; empty for one that is used, too old or none."""
        found = self._kept.take(self._kept.path(_KIND, secret), Ticket)
        return found.subject if found is not None and 0 <= self._now() - found.given <= HOLDS else ""
