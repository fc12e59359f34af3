"""The payload store of a node on disk, collecting what nothing refers to, and what parties outside may have kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

from douane.configuration import discovery
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.retaining import whole
from douane.configuration.settings import NodeSettings
from douane.configuration.supplies import supply_of
from douane.model.needs import DRAFTS_KEPT, SAVE_DRAFT
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.store.ports import HOUR, Clock
from douane.runtime.turns.keeping import Keeping
from douane.runtime.turns.pools import Purpose, beside
from douane.shared_services.payloads.collecting import Collected, collect
from douane.shared_services.payloads.files import FilePayloads
from douane.shared_services.payloads.shares import Shares
from douane.vocabulary.errors import DouaneError, TooMany

FOLDER: Final = "payloads"
SHARES: Final = "shares"
KEPT: Final = "kept"
GRACE_HOURS: Final = 24
"""Hours for which a payload may wait for the message that refers to it: far longer than any message takes."""


def payload_store(settings: NodeSettings, *, sweep: bool = False) -> FilePayloads:
    """The payload store of a node. sweep: remove drafts, which only its first process may do."""
    folder = settings.data / FOLDER
    shares = Shares(folder / SHARES, settings.attachments_a_day_bytes, SystemClock())
    return FilePayloads(folder, SystemIds().random, sweep=sweep, reserve=settings.reserve_bytes, shares=shares)


def keeping_of(settings: NodeSettings, catalogue: Catalogue, view: Callable[[str], Any]) -> Keeping:
    """What one core may keep of whom. view: what is committed of an administration."""
    shares = Shares(settings.data / KEPT, settings.messages_a_day_bytes, SystemClock(), "messages", TooMany)
    saving, count, most = catalogue.filling(SAVE_DRAFT), supply_of(DRAFTS_KEPT), settings.drafts

    def room(message: Any, operation: str, party: str, administration: str) -> None:
        if operation != saving or count is None or message is None or message.turn:
            return  # nothing begins: who saves again says how often he did
        if count(view(administration), party, most) >= most:
            text = f"You have {most} drafts, and no more are kept for one party."
            raise TooMany(text, remedy="Send or discard drafts that you no longer need, then save this one again.")

    return Keeping(shares.take, room)


async def collect_regularly(settings: NodeSettings, clock: Clock, failed: Callable[[BaseException], None]) -> None:
    """In a running node: every so many hours, beside the loop; what cannot be read now is tried again then."""
    while True:
        try:
            await beside(Purpose.UPKEEP, collect_payloads, settings, clock)
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
