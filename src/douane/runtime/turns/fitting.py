"""How many messages a tick accepts: as many as end in it, so that who waits for answers is told all of them at once.

What is accepted is handled in the order of the journal, first all of what came, then what that led to. A tick that
accepts more than its budget holds commits the first answers of many cases and the last of none, and everybody asks
twice. How much fits is measured: what a handled message took lately, and how many followed from one accepted.

Invariants:

1. At least ``LEAST`` may be accepted, whatever they cost, and whatever other partitions hand over.
2. With a backlog nothing ends in this tick anyhow, and of a burst nobody's receipt waits for the cases before him: then
   nothing is bounded.
3. Nor is it where time stands still (a simulation), where nothing is handled, and until something was measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from douane.runtime.store.ports import Instant

LEAST: Final = 4
BACKLOG: Final = 256
"""Accepted messages that wait to be handled: from more on they are a backlog."""
BURST: Final = 128
"""Messages that wait to be accepted: from more on they are a burst."""
_WEIGHT: Final = 1 / 8
"""Of the last tick in what is measured."""


@dataclass(slots=True)
class Fitting:
    """Of one partition. message_us: what a handled message takes; following: messages handled for one accepted."""

    message_us: float = 0.0
    following: float = 0.0

    def most(self, waiting: int, pending: int, budget: Instant) -> int | None:
        """How many messages of parties a tick may accept; None for any number.

        waiting, pending: messages that wait to be accepted, and to be handled. budget: of the tick, microseconds.
        """
        unit = self.message_us * self.following
        if not unit or waiting > BURST or pending > BACKLOG:
            return None
        room = budget - pending * self.message_us
        if room >= waiting * unit:  # all of it ends in the tick
            return None
        return LEAST if room <= LEAST * unit else int(room / unit)

    def took(self, accepted: int, handled: int, elapsed: Instant) -> None:
        """A tick accepted and handled so many in so many microseconds."""
        if handled:
            self.message_us = _moved(self.message_us, elapsed / handled)
        if accepted:
            self.following = _moved(self.following, handled / accepted)


def _moved(mean: float, last: float) -> float:
    return mean + (last - mean) * _WEIGHT if mean else last
