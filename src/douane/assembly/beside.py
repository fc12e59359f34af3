"""What a process does beside its doors: it goes on, whatever a part of it raises."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

PAUSE: Final = 1.0  # seconds
LONGEST_PAUSE: Final = 60.0
AGAIN: Final = 1.0


async def kept_up(work: Callable[[], Awaitable[None]], failed: Callable[[BaseException], None]) -> None:
    """Work; where that ends in an error, tell the operator and begin anew, until it is done or cancelled.

    Each error in a row doubles the pause. Without this a part would be missing until the process ends, and nobody told:
    leases not renewed, lanes not carried, a core not looked for.
    """
    loop, pause = asyncio.get_running_loop(), PAUSE
    while True:
        began = loop.time()
        try:
            await work()
        except Exception as problem:  # noqa: BLE001 - as in a tick: whatever it was
            failed(problem)
        else:
            return
        if loop.time() - began > LONGEST_PAUSE:
            pause = PAUSE
        await asyncio.sleep(pause)
        pause = min(LONGEST_PAUSE, pause * 2)


async def end_all(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancel and wait; a library may lose a cancellation, and asking again ends what did not hear it."""
    waiting = set(tasks)
    while waiting:
        for task in waiting:
            task.cancel()
        _, waiting = await asyncio.wait(waiting, timeout=AGAIN)
