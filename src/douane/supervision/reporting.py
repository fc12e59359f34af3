"""Doors in a process of their own tell the core whom they refused, so that the operator's door shows all of it.

Each link carries the figures of its own platform; those of platforms without one (UUM&DS) go by the first. What cannot
be told now is told later; a door that is killed takes the last second with it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from typing import Final

from douane.shared_services.link.door_end import RemoteLink
from douane.shared_services.link.translation import Figure
from douane.shared_services.link.workers import Workers
from douane.supervision.telemetry import Telemetry
from douane.vocabulary.errors import DouaneError

SECONDS: Final = 1.0


class Reporter:
    """Tells what was counted since it was told last."""

    def __init__(self, links: Mapping[str, RemoteLink | Workers], telemetry: Telemetry) -> None:
        self._links, self._telemetry = links, telemetry
        self._told: dict[tuple[str, tuple[str, ...]], float] = {}

    async def run(self) -> None:
        """Every second, until cancelled."""
        while True:
            await asyncio.sleep(SECONDS)
            await self.tell()

    async def close(self) -> None:
        """Tell the rest, where the core is there."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SECONDS):
                await self.tell()

    async def tell(self) -> None:
        """Everything by the link of its platform."""
        first = next(iter(self._links), "")
        fresh = self._fresh()
        for name, link in self._links.items():
            of_others = name == first
            figures = [each for each in fresh if each[1][0] == name or (of_others and each[1][0] not in self._links)]
            if not figures:
                continue
            with contextlib.suppress(DouaneError):  # told with the next ones
                await link.count(figures)
                self._remember(figures)

    def _fresh(self) -> list[Figure]:
        counted = ((key, value - self._told.get(key, 0.0)) for key, value in self._telemetry.refusals().items())
        return [(*key, amount) for key, amount in counted if amount > 0]

    def _remember(self, figures: Sequence[Figure]) -> None:
        for name, labels, amount in figures:
            self._told[name, labels] = self._told.get((name, labels), 0.0) + amount
