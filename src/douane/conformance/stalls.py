"""Requests that drip or stop half way: what they may do to a partner, the same for every protocol."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any, Final

from douane.conformance.cases import Judged, Verdict, right, wrong
from douane.conformance.wire import DRIP, Told

ASIDE: Final = 3.0
"""Seconds that a request drips while another one has to be served."""
BEGUN: Final = 4 * DRIP
Good = Callable[[], Awaitable[Judged]]


async def beside(dripping: Coroutine[Any, Any, object], good: Good) -> Judged:
    """One request drips; another one beside it has to be served."""
    task = asyncio.create_task(dripping)
    try:
        await asyncio.sleep(BEGUN)
        judged = await good()
        await asyncio.wait({task}, timeout=ASIDE)
        ended = task.done()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    if judged.verdict is Verdict.WRONG:
        return replace(judged, seen=f"while another request dripped: {judged.seen}",
                       remedy="Read every request apart from the others.")  # fmt: skip
    return right(f"others are served meanwhile; {'it was ended' if ended else 'it is still read'}")


async def stopped(told: Told, whole: Good) -> Judged:
    """A request that stopped in the middle was given up in time, and the same one, whole, is taken."""
    if not told.status and not told.closed:
        return wrong(f"the connection is still held after {told.seconds:.0f} s of silence",
                     "Limit the time between two pieces of a request, and close.")  # fmt: skip
    judged = await whole()
    if judged.verdict is Verdict.WRONG:
        return replace(judged, seen=f"sent again after half of it: {judged.seen}",
                       remedy="Forget a message that did not arrive whole.")  # fmt: skip
    return right(f"ended after {told.seconds:.0f} s; whole, it was taken")
