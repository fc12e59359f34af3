"""The payload store of a node on disk, and collecting what nothing refers to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from douane.configuration import discovery
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.retaining import whole
from douane.configuration.settings import NodeSettings
from douane.runtime.store.ports import HOUR, Clock
from douane.shared_services.payloads.collecting import Collected, collect
from douane.shared_services.payloads.files import FilePayloads
from douane.shared_services.payloads.shares import Shares
from douane.vocabulary.errors import DouaneError

FOLDER: Final = "payloads"
SHARES: Final = "shares"
GRACE_HOURS: Final = 24
"""Hours for which a payload may wait for the message that refers to it: far longer than any message takes."""


def payload_store(settings: NodeSettings, *, sweep: bool = False) -> FilePayloads:
    """The payload store of a node. sweep: remove drafts, which only its first process may do."""
    folder = settings.data / FOLDER
    shares = Shares(folder / SHARES, settings.attachments_a_day_bytes, SystemClock())
    return FilePayloads(folder, SystemIds().random, sweep=sweep, reserve=settings.reserve_bytes, shares=shares)


async def collect_regularly(settings: NodeSettings, clock: Clock, failed: Callable[[BaseException], None]) -> None:
    """In a running node: every so many hours, beside the loop; what cannot be read now is tried again then."""
    while True:
        try:
            await asyncio.to_thread(collect_payloads, settings, clock)
        except (DouaneError, OSError) as problem:
            failed(problem)
        await asyncio.sleep(settings.retention_hours * 3600)


def collect_payloads(
    settings: NodeSettings, clock: Clock, *, hours: int = GRACE_HOURS, remove: bool = True
) -> Collected:
    """Remove payloads (or only say which) that no message refers to, in store or archive; the node may be running."""
    reader = discovery.open_reader(settings.store_address)
    try:
        before = clock.now() - hours * HOUR
        return collect(payload_store(settings), whole(settings, reader), before=before, remove=remove)
    finally:
        getattr(reader, "close", lambda: None)()
