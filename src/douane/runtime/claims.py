"""Messages of inboxes that are being handed out: each is claimed by one caller at a time, at whatever door it asks.

Claims live in the core, so two doors never hand out one message twice while a claim on it lives. They are not stored:
after a restart, or when a partition moves, a message may be handed out again, under the same id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from douane.runtime.ports import SECOND, Instant

MOST: Final = 100_000
"""Claims at once; beyond it nothing more is handed out until some end."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim on a message. ``note``: what the door that hands it out has to remember."""

    party: str
    until: Instant
    note: bytes = b""


class Claims:
    """The claims on what one core keeps."""

    def __init__(self) -> None:
        self._live: dict[str, Claim] = {}

    def take(self, party: str, items: Sequence[str], seconds: int, now: Instant) -> str:
        """Claim the first of these messages that nobody has claimed; empty where there is none."""
        if len(self._live) >= MOST:
            self._live = {item: claim for item, claim in self._live.items() if claim.until > now}
        for item in items:
            known = self._live.get(item)
            if (known is None or known.until <= now) and len(self._live) < MOST:
                self._live[item] = Claim(party, now + seconds * SECOND)
                return item
        return ""

    def note(self, party: str, item: str, note: bytes) -> None:
        """Remember something with a claim of this party."""
        known = self._live.get(item)
        if known is not None and known.party == party:
            self._live[item] = replace(known, note=note)

    def find(self, item: str) -> Claim | None:
        """The claim on a message, also one whose time is over while nobody else has claimed it."""
        return self._live.get(item)

    def end(self, item: str) -> None:
        """The message was taken, or not sent after all."""
        self._live.pop(item, None)
