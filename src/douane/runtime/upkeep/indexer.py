"""Builds what is missing of indexes beside the messages of a node: a slice a tick, then a pause."""

from __future__ import annotations

import asyncio
import contextlib

from douane.runtime.core.node import Node
from douane.runtime.store import keys
from douane.runtime.store.indexing import BuildIndex, Unbuilt, indexes_of, unbuilt
from douane.runtime.store.records import kinds
from douane.vocabulary.errors import DouaneError

BREATH = 0.005
"""Seconds between slices: messages that wait meanwhile go first."""
LOOK = 30.0
"""Seconds until it is tried again where a store refused; a partition that comes here is looked at when it does."""


async def build_indexes(node: Node, *, look: float = LOOK) -> None:
    """Go on until every partition of the store has every index; at once where no index is of a later release."""
    came = asyncio.Event()
    node.moved.append(lambda _partition: came.set())
    while any(index.later for kind in kinds() for index in indexes_of(kind)):
        left = False
        came.clear()
        for partition in [owner.partition for owner in node.owners]:
            try:
                for each in _missing(node, partition):
                    await _build(node, partition, each)
            except DouaneError:  # another worker owns it and goes on where this ended, or the store refuses now
                left = True
        if not left:
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(look):
                await came.wait()


def _missing(node: Node, partition: int) -> list[Unbuilt]:
    return list(unbuilt(node.owners[0].ports.store, partition))


async def _build(node: Node, partition: int, wanted: Unbuilt) -> None:
    command = BuildIndex(keys.log_position(partition, 0), *wanted)
    while wanted in _missing(node, partition):
        await node.command(command)
        await asyncio.sleep(BREATH)
