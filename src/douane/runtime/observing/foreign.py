"""What systems of administrations measure, as they told it: the last of it, apart for each administration.

Nothing rests on it. It is bounded by number for each administration and kind, and by how much one may tell in a minute;
what is beyond is left out and the sender told so. It is written down with the figures of use, and never synced.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Self

import msgspec

KEPT: Final = 500
"""Items of an administration and kind that are kept: the last ones."""
A_MINUTE: Final = 6_000
"""Items that the systems of an administration may tell in a minute."""
MINUTE: Final = 60_000_000
Instant = int


class Told(msgspec.Struct, frozen=True, array_like=True):
    """A span, a point of a metric or a line of a log. at: when it was (microseconds since 1970). by: the client that
    told it. source: the system, as it calls itself. value: seconds of a span, the number of a point."""

    at: Instant
    by: str
    source: str
    name: str
    text: str
    value: float | None
    trace: str
    facts: dict[str, str]


Kept = dict[str, dict[str, list[Told]]]
"""By administration, by kind."""


class Foreign(msgspec.Struct):
    """What was told to this process."""

    kept: Kept = msgspec.field(default_factory=dict)
    taken: dict[str, tuple[Instant, int]] = msgspec.field(default_factory=dict)
    """By administration: when the running minute began, and how many were taken in it."""

    def take(self, administration: str, kind: str, told: Sequence[Told], now: Instant) -> int:
        """Keep what an administration's share allows; how many that are."""
        began, count = self.taken.get(administration, (now, 0))
        if not 0 <= now - began < MINUTE:
            began, count = now, 0
        taken = told[: max(0, A_MINUTE - count)]
        self.taken[administration] = began, count + len(taken)
        held = self.kept.setdefault(administration, {}).setdefault(kind, [])
        held.extend(taken)
        del held[:-KEPT]
        return len(taken)

    @classmethod
    def of(cls, several: Iterable[Kept]) -> Self:
        """What several processes keep, as one."""
        found = cls()
        for kept in several:
            for administration, kinds in kept.items():
                for kind, told in kinds.items():
                    found.kept.setdefault(administration, {}).setdefault(kind, []).extend(told)
        return found

    def shown(self, administration: str, kind: str, limit: int, source: str = "") -> list[Told]:
        """The last that was told of a kind, the last first; ``source``: of one system only."""
        held = self.kept.get(administration, {}).get(kind, [])
        wanted = (each for each in held if source in ("", each.source))
        return sorted(wanted, key=lambda each: -each.at)[:limit]
