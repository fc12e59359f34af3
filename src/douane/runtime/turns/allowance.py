"""How many answers to refused messages a sender may have in a while."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from douane.runtime.store.ports import HOUR, Instant

MOST: Final = 100
WINDOW: Final[Instant] = HOUR
SENDERS: Final = 10_000


@dataclass(slots=True)
class Allowance:
    """At most ``MOST`` within a ``WINDOW``, which begins with the first one. Kept in memory: a restart begins anew."""

    given: dict[str, tuple[Instant, int]] = field(default_factory=dict)

    def take(self, sender: str, now: Instant) -> bool:
        """Whether one more is allowed; it counts then."""
        since, count = self.given.get(sender, (now, 0))
        if now - since >= WINDOW:
            since, count = now, 0
        if count >= MOST:
            return False
        if len(self.given) >= SENDERS and sender not in self.given:
            self.given = {s: each for s, each in self.given.items() if now - each[0] < WINDOW}
            if len(self.given) >= SENDERS:
                return False
        self.given[sender] = since, count + 1
        return True
