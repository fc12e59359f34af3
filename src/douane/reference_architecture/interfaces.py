"""Interfaces counted: how many there are through one common place, and how many each with each would be.

Counted are edges that live: an administration whose system called an operation here, at least once without a refusal.
What a feed brings to a replica counts, too, since it is asked in the name of whoever follows it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from douane.model.circles import ActorKind
from douane.runtime.observing.uses import Uses

UNION: Final = "EU"


@dataclass(frozen=True, slots=True)
class Interfaces:
    """The administrations whose systems use a service here. service: its name; empty: all services together."""

    service: str
    administrations: tuple[str, ...]

    @property
    def common(self) -> int:
        """One of each system, and that of the common place: n + 1."""
        return len(self.administrations) + 1 if self.administrations else 0

    @property
    def each_with_each(self) -> int:
        """What it would take if each system asked each other one: n (n - 1)."""
        return len(self.administrations) * (len(self.administrations) - 1)


def interfaces(uses: Uses) -> tuple[Interfaces, ...]:
    """All services together, then each that a system of an administration used, by name."""
    found: dict[str, set[str]] = defaultdict(set)
    for (operation, kind, administration), figure in uses.calls.items():
        lives = kind == ActorKind.MEMBER_STATE.value and figure.count > figure.failed
        if lives and administration not in ("", UNION):
            found[operation.partition(".")[0]].add(administration)
    everybody = set[str]().union(*found.values())
    return tuple(Interfaces(name, tuple(sorted(who))) for name, who in (("", everybody), *sorted(found.items())))
