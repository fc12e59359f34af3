"""Retention of a node on disk: its policy, its archive, the run in a node that works, the look from outside."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Final

from douane.configuration.ports import SystemIds
from douane.configuration.settings import NodeSettings
from douane.runtime.core.node import Node
from douane.runtime.store import keys
from douane.runtime.store.ports import Clock, Reader
from douane.runtime.turns.pools import Purpose, beside
from douane.shared_services.archiving.key import ARCHIVE_KEY, SealingKey, make_key, read_key
from douane.shared_services.archiving.moving import Mover, Summary, preview
from douane.shared_services.archiving.reading import Archive, ArchivedReader
from douane.shared_services.archiving.retention import Policy, read_policy
from douane.vocabulary.errors import DeclarationFault, Overloaded

POLICY_FILE: Final = "retention.toml"
ARCHIVE_FOLDER: Final = "archive"


def policy_of(settings: NodeSettings, file: Path | None = None) -> Policy:
    """The policy in a file, by default that of the data folder; the legal default where there is none."""
    path = file or settings.data / POLICY_FILE
    if file is None and not path.is_file():
        return Policy()
    try:
        return read_policy(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as problem:
        raise DeclarationFault(f"{path} is not TOML: {problem}.", remedy="Write it as TOML in UTF-8.") from problem


def whole(settings: NodeSettings, reader: Reader) -> Reader:
    """A reader that also finds what moved to the archive of a node; as it is where the node has none."""
    path = settings.data / ARCHIVE_KEY
    if not path.is_file():
        return reader
    return ArchivedReader(reader, Archive.of_folder(settings.data / ARCHIVE_FOLDER, read_key(path)))


async def move(settings: NodeSettings, node: Node, reader: Reader, clock: Clock, policy: Policy) -> Summary:
    """Move what is over in every partition of a node, while it works."""
    total = Summary()
    for owner in node.owners:
        if owner.ended:
            continue  # another process commits for this partition, or none can
        mover = Mover(
            reader, owner.partition, policy, folder=settings.data / ARCHIVE_FOLDER, key=_key(settings), clock=clock,
            ids=SystemIds(), command=node.command, offload=partial(beside, Purpose.UPKEEP),
        )  # fmt: skip
        found = await mover.run()
        total.verdicts += found.verdicts
        total.segments |= found.segments
    return total


class Retaining:
    """The retention of a node that works: one run at a time, by the calendar and whenever an operator asks."""

    def __init__(self, settings: NodeSettings, node: Node, reader: Reader, clock: Clock) -> None:
        self._settings, self._node, self._reader, self._clock = settings, node, reader, clock
        self._running = asyncio.Lock()

    async def run(self) -> Summary:
        """Move what is over by the policy of its data folder. Raises Overloaded while the node is held."""
        async with self._running:
            if self._node.held is not None:
                raise Overloaded("This node is held after a restore: nothing moves.", remedy="Release it first.")
            return await move(self._settings, self._node, self._reader, self._clock, policy_of(self._settings))

    async def keep(self) -> None:
        """Run every so many hours, as the settings say."""
        while True:
            with contextlib.suppress(Overloaded):
                await self.run()
            await asyncio.sleep(self._settings.retention_hours * 3600)


def preview_of(reader: Reader, policy: Policy, clock: Clock) -> Summary:
    """What would move now in every partition of a store, and why the rest stays."""
    total, verdicts = Summary(), Counter[str]()
    for key, _ in reader.scan(keys.OWNER, keys.after(keys.OWNER), 1_024):
        verdicts += preview(reader, int.from_bytes(key[1:3], "big"), policy, clock).verdicts
    total.verdicts = verdicts
    return total


def _key(settings: NodeSettings) -> SealingKey:
    path = settings.data / ARCHIVE_KEY
    return read_key(path) if path.is_file() else make_key(path, SystemIds().random)
