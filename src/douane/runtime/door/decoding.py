"""Reading large bodies beside the event loop: one at a time, parties in turn, so that a large message costs its sender.

A small body is read at once: a thread would cost more than it. A large one holds no other request up for longer than
the interpreter's switch interval. Bounds of the readers (layouts, limits of XML and JSON) say what one may cost.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from douane.vocabulary.errors import Overloaded

T = TypeVar("T")
BESIDE: Final = 64 * 1024
"""Octets from which a body is read beside the loop: the worst of so many costs about 20 ms."""
WAITING: Final = 256
"""Bodies of one party that may wait for their turn."""


def _nothing() -> None:
    """Nothing is asked, and nobody is told."""


class Decoding:
    """The readers of one process. ``beside``: octets from which a body waits for its turn."""

    def __init__(self, beside: int = BESIDE) -> None:
        self._beside = beside
        self._threads: ThreadPoolExecutor | None = None
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._busy = False

    async def read(self, size: int, party: str, work: Callable[[], T]) -> T:
        """What ``work`` makes of a body of this size. Raises what it raises, and Overloaded where too many wait."""
        return work() if size < self._beside else await self.beside(party, work)

    async def beside(
        self,
        party: str,
        work: Callable[[], T],
        may: Callable[[], None] = _nothing,
        ended: Callable[[], None] = _nothing,
    ) -> T:
        """What ``work`` makes when it is a party's turn. Raises what it or ``may`` raises, which is asked then, and
        Overloaded where too many wait.

        ended: called on the event loop when the work ended, before it is told to who waits for it and before the next
        turn, also where nobody waits any longer: a thread goes on with what was cancelled.
        """
        await self._turn(party)
        try:
            may()
        except BaseException:
            self._next()
            raise
        loop = asyncio.get_running_loop()
        if self._threads is None:
            self._threads = ThreadPoolExecutor(1, "decoding")
        job = self._threads.submit(work)
        job.add_done_callback(lambda _: _told(loop, lambda: self._end(ended)))  # before the future's own: called first
        return await asyncio.wrap_future(job)

    def _end(self, ended: Callable[[], None]) -> None:
        """The turn ends with the work, not with the request."""
        try:
            ended()
        finally:
            self._next()

    @property
    def waiting(self) -> int:
        """Bodies that wait for their turn."""
        return sum(len(each) for each in self._waiting.values())

    async def _turn(self, party: str) -> None:
        if not self._busy:
            self._busy = True
            return
        mine = self._waiting.setdefault(party, deque())
        if len(mine) >= WAITING:
            raise Overloaded("Too many large messages of yours wait to be read.", remedy="Send them one by one.")
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        mine.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # its turn had come already
                self._next()
            raise

    def _next(self) -> None:
        """Give the turn to the party that has waited longest since its last one."""
        while self._waiting:
            party, mine = self._waiting.popitem(last=False)
            turn = mine.popleft()
            if mine:
                self._waiting[party] = mine  # behind the others
            if not turn.done():
                turn.set_result(None)
                return
        self._busy = False


def _told(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(call)
