"""Turns at something scarce: so many at once, and who waits is taken in turn by holder.

A long queue of one holder delays another by one turn, not by its length.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import OrderedDict, deque
from collections.abc import AsyncIterator

from douane.shared_services.web.fair_use import FairUse, Limit, Shares


class Turns:
    """``at_once`` at work; of each holder ``waiting`` at most wait, of all together ``all_waiting``."""

    def __init__(self, at_once: int, *, waiting: int, all_waiting: int) -> None:
        self._free = at_once
        self._shares = Shares(waiting, all_waiting)
        self._queues: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @property
    def waiting(self) -> int:
        """How many wait now."""
        return self._shares.held

    @contextlib.asynccontextmanager
    async def of(self, holder: str, use: FairUse, limit: Limit) -> AsyncIterator[None]:
        """A turn of a holder, as long as the block lasts. Raises TooMany, Overloaded where too many wait."""
        await self._come(holder, use, limit)
        try:
            yield
        finally:
            self._go()

    async def _come(self, holder: str, use: FairUse, limit: Limit) -> None:
        if self._free:
            self._free -= 1
            return
        use.take(limit, self._shares, holder)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queues.setdefault(holder, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._go()  # it was our turn just now
            raise
        finally:
            self._shares.give(holder)

    def _go(self) -> None:
        """Let the next one work: the holder who waited longest for a turn, of its own the first."""
        while self._queues:
            holder, queue = self._queues.popitem(last=False)
            turn = queue.popleft()
            if queue:
                self._queues[holder] = queue  # behind the others
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
