"""Following other processes' commits: whoever waits here for an inbox or a lane is woken, without polling.

A line that breaks is opened anew; since nobody knows what was said meanwhile, everybody is woken then.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence

from douane.runtime.store.ports import Notice, Notices
from douane.vocabulary.errors import StoreUnavailable

PAUSE = 1.0
ANYTHING = Notice(0, None)
Heard = Callable[[Notice], None]


async def follow(listen: Callable[[], Notices], heard: Heard, *, pause: float = PAUSE) -> None:
    """Pass on what is said until cancelled. ``listen`` opens a line; it may raise StoreUnavailable."""
    while True:
        with contextlib.suppress(StoreUnavailable), contextlib.closing(listen()) as line:
            heard(ANYTHING)
            await _listen(line, heard)
        await asyncio.sleep(pause)


def together(said: Sequence[Notice]) -> list[Notice]:
    """One notice for each partition that committed, since several came while this process was busy."""
    found: dict[int, Notice] = {}
    for notice in said:
        known = found.get(notice.partition)
        if known is not None:
            marks = known.marks | notice.marks if known.marks is not None and notice.marks is not None else None
            notice = Notice(notice.partition, marks)
        found[notice.partition] = notice
    return list(found.values())


async def _listen(line: Notices, heard: Heard) -> None:
    loop, said = asyncio.get_running_loop(), asyncio.Event()
    number = line.fileno()
    loop.add_reader(number, said.set)
    try:
        while True:
            for notice in together(line.pending()):
                heard(notice)
            await said.wait()
            said.clear()
    finally:
        loop.remove_reader(number)
