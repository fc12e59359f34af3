"""A sender as a lane is: it offers messages in order, pauses after what failed, and repeats the same one."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from douane.conformance.cases import Finding, run
from douane.conformance.incoming import Dialect, Incoming, Pace
from douane.conformance.wire import listen
from douane.runtime.delivery.lanes import Lane, Terms
from douane.runtime.store.ports import SECOND, Attempt, Outcome

PAUSE = 0.5
LENIENT = Pace(haste=0, shrink=0, quiet=2)
"""For senders that are right: a machine that stands still for a moment makes no remark."""
Offer = Callable[[int], Awaitable[Attempt]]


async def drive(offer: Offer, count: int) -> None:
    """Offer so many messages by number, side by side, each until it arrived or was refused."""
    await asyncio.gather(*(_until_taken(offer, number) for number in range(count)))


async def _until_taken(offer: Offer, number: int) -> None:
    lane = Lane(f"test:{number}", terms=Terms(int(PAUSE * SECOND), 4 * SECOND))
    while True:
        attempt = await offer(number)
        if attempt.outcome is not Outcome.FAILED:
            return
        lane.failed(0, attempt.pause)
        await asyncio.sleep(lane.next_attempt / SECOND)


async def judged(
    dialect: Callable[[str], Dialect], send: Callable[[str, int], Coroutine[Any, Any, None]], *, seconds: float = 90,
    pace: Pace = LENIENT, cases: Sequence[str] = (), tls: ssl.SSLContext | None = None,
) -> list[Finding]:  # fmt: skip
    """What the bench says of a sender, which is given the address and the number of messages wanted."""
    bench: list[Incoming] = []
    listening = await listen("127.0.0.1", 0, lambda asked: bench[0].answer(asked), tls)
    bench.append(Incoming(dialect(listening.url), seconds=seconds, pace=pace, cases=cases))
    sending = asyncio.create_task(send(listening.url, bench[0].waiting))
    try:
        return await run(bench[0].trials(), seconds)
    finally:
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        await listening.close()
