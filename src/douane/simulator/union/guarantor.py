"""The system of an administration that keeps guarantees of its own: it answers what it is asked, late now and then."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from douane.simulator.messages.numbers import Numbers
from douane.simulator.messages.offices import guarantee_reserved
from douane.simulator.union.parties import Correspondent
from douane.standards.ncts import phase5 as p5

LATE: Final = 40.0
"""Seconds that an answer takes which somebody has to think about."""


@dataclass(slots=True, eq=False)
class Guarantor:
    """Everything is covered."""

    system: Correspondent
    numbers: Numbers
    thinking: int = 0
    """Questions that are still to be answered."""

    async def run(self) -> None:
        """Answer until cancelled."""
        chance = self.system.chance
        async with asyncio.TaskGroup() as answering:
            while True:
                asked = await self.system.take(lambda m: m.type == "CD203C", 600.0)
                if asked is not None:
                    late = chance.random() * LATE if chance.random() < 0.6 else 1.0
                    answering.create_task(self._answer(p5.read(asked.body), late))

    async def _answer(self, asked: p5.CD203C, seconds: float) -> None:
        self.thinking += 1
        await asyncio.sleep(seconds)
        answer = guarantee_reserved(self.numbers, asked)
        await self.system.send(answer.message_identification, p5.write(answer))
        self.thinking -= 1
