"""Signs of life: when a node of each administration was heard last, and when each party that collects last did.

Presence forgets whoever falls silent; signs are what is left of it then, so that an operator is told who is silent, and
since when. They are kept over a restart.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Self

import msgspec

Instant = int


class Signs(msgspec.Struct):
    """The signs that one process noticed, in microseconds since 1970.

    since: from when on this process listens. heard: by administration, of its nodes that said to be there, or took
    leave. collected: by inbox, of its readers. confirmed: by inbox, when a message was last taken out of it.
    """

    since: Instant = 0
    heard: dict[str, Instant] = msgspec.field(default_factory=dict)
    collected: dict[str, Instant] = msgspec.field(default_factory=dict)
    confirmed: dict[str, Instant] = msgspec.field(default_factory=dict)

    @classmethod
    def of(cls, found: Iterable[Signs]) -> Self:
        """The latest of what several processes noticed; they listen since the first of them began."""
        every = [each for each in found if each.since]
        made = cls(min((each.since for each in every), default=0))
        for each in every:
            kinds = ("heard", "collected", "confirmed")
            for ours, theirs in ((getattr(made, kind), getattr(each, kind)) for kind in kinds):
                for name, at in theirs.items():
                    ours[name] = max(at, ours.get(name, 0))
        return made


class Sign(enum.StrEnum):
    """How it is with whoever collects."""

    COLLECTS = "collects"
    AWAY = "away"  # no node of it is heard, and nothing waits for it
    ANNOUNCED = "announced"  # it does not collect, as it said that it would not
    SILENT = "silent"  # messages wait, and it gives no sign, or reads them and confirms none


class Collector(msgspec.Struct, frozen=True):
    """Whoever collects, as it is now.

    seen: its last sign of life; 0 where none is known. waiting: messages that it has not collected (``more``: than were
    looked at); oldest: when the first was written, first: its place. cases: the numbers of the cases hit, of a silent
    one. places: those of what waits, of a silent one. reads: whether it is silent although it reads, since it confirms
    nothing; confirmed: when it last did.
    """

    party: str
    name: str
    sign: Sign
    has_nodes: bool
    seen: Instant = 0
    waiting: int = 0
    more: bool = False
    oldest: Instant = 0
    first: int = 0
    cases: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    reads: bool = False
    confirmed: Instant = 0

    @property
    def since(self) -> Instant:
        """Since when nothing is heard of it: its last sign, or when what waits was written; of one that reads, since
        when it confirms nothing."""
        return (self.confirmed if self.reads else self.seen) or self.oldest
