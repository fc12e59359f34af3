"""What a process does beside its doors: it goes on, whatever a part of it raises."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any, Final

from douane.vocabulary.errors import StoreUnavailable

PAUSE: Final = 1.0  # seconds
LONGEST_PAUSE: Final = 60.0
AGAIN: Final = 1.0


async def kept_up(work: Callable[[], Awaitable[None]], failed: Callable[[BaseException], None]) -> None:
    """Work; where that ends in an error, tell the operator and begin anew, until it is done or cancelled.

    Each error in a row doubles the pause, but for a store that is away: that is told once, and work goes on within a
    second of its return. Without this a part would be missing until the process ends, and nobody told:
    leases not renewed, lanes not carried, a core not looked for.
    """
    loop, pause, away = asyncio.get_running_loop(), PAUSE, False
    while True:
        began = loop.time()
        try:
            await work()
        except asyncio.CancelledError as problem:
            if is_ending():
                raise
            failed(problem)
        except StoreUnavailable as problem:
            if not away:
                failed(problem)
            away = True
            await asyncio.sleep(PAUSE)
            continue
        except Exception as problem:  # noqa: BLE001 - as in a tick: whatever it was
            failed(problem)
        else:
            return
        away = False
        if loop.time() - began > LONGEST_PAUSE:
            pause = PAUSE
        await asyncio.sleep(pause)
        pause = min(LONGEST_PAUSE, pause * 2)


def is_ending() -> bool:
    """Whether the running task was asked to end; a library may raise the same error for reasons of its own."""
    task = asyncio.current_task()
    return task is None or task.cancelling() > 0


async def side_by_side(*works: Coroutine[Any, Any, None]) -> None:
    """Work at all of them until each has ended.

    A cancellation is passed on as often as it comes, and none is left behind: ``asyncio.gather`` ends with the first
    that hears it, and what lost it in a library works on unseen.
    """
    tasks = [asyncio.ensure_future(work) for work in works]
    cancelled = False
    while waiting := [task for task in tasks if not task.done()]:
        try:
            await asyncio.wait(waiting)
        except asyncio.CancelledError:
            cancelled = True
            for task in waiting:
                task.cancel()
    failed = [problem for task in tasks if not task.cancelled() and (problem := task.exception()) is not None]
    if cancelled:
        raise asyncio.CancelledError
    if failed:
        raise failed[0]


async def end_all(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancel and wait; a library may lose a cancellation, and asking again ends what did not hear it."""
    waiting = set(tasks)
    while waiting:
        for task in waiting:
            task.cancel()
        _, waiting = await asyncio.wait(waiting, timeout=AGAIN)
