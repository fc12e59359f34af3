"""A replica put together: its store, the centre over kept-alive connections, and its life until it is told to end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator

from douane.central_repository.replica.answers import View
from douane.central_repository.replica.replica import Replica
from douane.channels.rest.client import Identity, Partner
from douane.configuration import discovery
from douane.configuration.ports import SystemClock
from douane.configuration.replica_settings import ReplicaSettings
from douane.vocabulary.errors import DouaneError, LostOwnership, PartnerRefused, PartnerUnreachable, StoreUnavailable

Say = Callable[[str], None]


@contextlib.contextmanager
def opened(settings: ReplicaSettings) -> Iterator[Replica]:
    """The replica in its store. Raises what the store refuses."""
    views = [View(data_set, view) for data_set, view in settings.views.items()]
    store = discovery.open_store(settings.store)
    try:
        yield Replica(store, views, settings.signed_by, SystemClock(), max_age=settings.oldest_answer_seconds)
    finally:
        store.close()


@contextlib.asynccontextmanager
async def centre_of(settings: ReplicaSettings) -> AsyncIterator[Partner]:
    """The centre, over connections that last as long as the block."""
    centre = Partner(settings.centre, Identity(settings.certificate, settings.private_key, settings.trusted_root))
    try:
        yield centre
    finally:
        await centre.close()


async def keep_current(settings: ReplicaSettings, replica: Replica, ended: asyncio.Event, say: Say) -> None:
    """Read on every so often until told to end. A centre that is away is waited for, and said once.

    Raises FeedBroken where what it says cannot be believed.
    """
    away = ""
    async with centre_of(settings) as centre:
        while not ended.is_set():
            try:
                changed = await replica.pull(centre)
            except (PartnerUnreachable, PartnerRefused, StoreUnavailable, LostOwnership) as problem:
                away = _said(problem, away, say)
            else:
                if changed or away:
                    say(f"{changed} entries changed; current.")
                away = ""
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(settings.every_seconds):
                    await ended.wait()


def _said(problem: DouaneError, away: str, say: Say) -> str:
    """Say what keeps the replica from being current, unless that was said last."""
    if problem.text != away:
        say(f"Not current: {problem.text}")
    return problem.text
