"""Which cases changed lately and in which state they are, counted off the ticks of one process, in bounded memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from douane.runtime.core.tick import Tick
from douane.runtime.store.ports import DAY, Instant
from douane.runtime.store.records import CaseEntry

MOST: Final = 10_000
"""Cases that are remembered; beyond it the one is forgotten that has not changed for longest."""


class Standing(NamedTuple):
    """Cases of one kind in one state: how many, and when the oldest of them was opened (0: not known)."""

    kind: str
    state: str
    number: int
    oldest: Instant


@dataclass(slots=True)
class Moved:
    """The cases that changed since a process began: kind, state, when opened, when changed."""

    cases: OrderedDict[tuple[str, int], tuple[str, str, Instant, Instant]] = field(default_factory=OrderedDict)

    def watch(self, tick: Tick) -> None:
        """Take over what a committed tick changed."""
        overlay = tick.overlay
        for key, (kind, _) in overlay.before.items():
            entry = overlay.case_entry(key) if kind.type is CaseEntry else None
            if entry is None:
                continue
            case = key[3:5].decode(), int.from_bytes(key[5:13], "big")
            self.cases.pop(case, None)
            self.cases[case] = entry.kind, entry.state, entry.opened, overlay.now
        while len(self.cases) > MOST:
            self.cases.popitem(last=False)

    def standing(self, now: Instant) -> Sequence[Standing]:
        """The cases that changed within a day, by kind and state, most first."""
        found: dict[tuple[str, str], list[Instant]] = {}
        for kind, state, opened, changed in tuple(self.cases.values()):
            if now - changed <= DAY:
                found.setdefault((kind, state), []).append(opened)
        rows = [Standing(*what, len(each), min(each)) for what, each in found.items()]
        return sorted(rows, key=lambda each: (-each.number, each.kind, each.state))

    def opened(self, since: Instant) -> int:
        """How many of them were opened since an instant."""
        return sum(opened >= since for _, _, opened, _ in tuple(self.cases.values()))
