"""Whether the store answers, asked beside the loop: a node to which nobody writes learns that its database is away.

One small question every two seconds, from a thread and over a connection of its own. Nobody waits for its answer: what
counts is how long ago the last good one came.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol, cast

from douane.runtime.turns.pools import Purpose, beside
from douane.vocabulary.errors import DeclarationFault, StoreUnavailable

EVERY: Final = 2.0
"""Seconds between two questions."""
LONGEST: Final = 5.0
"""Seconds without an answer after which the store counts as away."""


class Asked(Protocol):
    """What asks a store, in the thread that calls it."""

    def ask(self) -> None:
        """Return where the store takes commits now. Raises StoreUnavailable or DeclarationFault."""

    def close(self) -> None:
        """Let go of its connection."""


@dataclass(slots=True)
class Pulse:
    """Asks until it is cancelled. made: what asks; None for a store of which only its commits tell. now: in seconds."""

    made: Asked | None
    now: Callable[[], float]
    _wrong: str = field(default="", init=False)
    _heard: float | None = field(default=None, init=False)

    def wrong(self) -> str:
        """Why the store counts as away; empty while it answers."""
        silence = self.now() - self._heard if self._heard is not None else 0.0
        return self._wrong or (f"the store has not answered for {silence:.0f} s" if silence > LONGEST else "")

    async def run(self) -> None:
        """Ask every few seconds."""
        if self.made is None:
            return
        if self._heard is None:
            self._heard = self.now()
        try:
            while True:
                await self._ask(self.made)
                await asyncio.sleep(EVERY)
        finally:
            await beside(Purpose.PULSE, self.made.close)

    async def _ask(self, made: Asked) -> None:
        try:
            await beside(Purpose.PULSE, made.ask)
        except (StoreUnavailable, DeclarationFault) as problem:
            self._wrong = problem.text.rstrip(".")
        else:
            self._wrong = ""
        self._heard = self.now()


def pulse_of(store: object, now: Callable[[], float]) -> Pulse:
    """What asks a store, where it lies elsewhere; what lies in files of this host has no such question."""
    make = getattr(store, "pulse", None)
    return Pulse(cast("Asked", make()) if make is not None else None, now)
