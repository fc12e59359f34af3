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
        chance, answering = self.system.chance, set[asyncio.Task[None]]()
        while True:
            asked = await self.system.take(lambda m: m.type == "CD203C", 600.0)
            if asked is not None:
                late = chance.random() * LATE if chance.random() < 0.6 else 1.0
                task = asyncio.get_running_loop().create_task(self._answer(asked.body, late))
                answering.add(task)
                task.add_done_callback(answering.discard)

    async def _answer(self, body: bytes, seconds: float) -> None:
        asked = p5.read(body)
        assert isinstance(asked, p5.CD203C)
        self.thinking += 1
        await asyncio.sleep(seconds)
        for _ in range(2 if self.system.chance.random() < 0.4 else 1):  # it is not always sure that it answered
            answer = guarantee_reserved(self.numbers, asked)
            await self.system.send(answer.message_identification, p5.write(answer))
        self.thinking -= 1
