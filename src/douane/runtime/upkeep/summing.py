"""Sums the state of partitions whose sums are missing or void, beside the messages of a node: a slice a tick.

That is so after a release that kept none, after a restore, and where somebody changed the sums while the node stood.
The leaf that ends it says that the state was summed from the store, so nobody takes it for one that ticks carried on.
"""

from __future__ import annotations

import asyncio
import contextlib

from douane.runtime.core.node import Node
from douane.runtime.core.owner import Owner
from douane.runtime.replication.sums import SumState
from douane.runtime.store import keys
from douane.runtime.upkeep.beside import side_by_side
from douane.runtime.upkeep.indexer import BREATH, LOOK, build_indexes
from douane.vocabulary.errors import DouaneError


async def make_whole(node: Node) -> None:
    """Build what is missing of indexes, and sum what is not summed yet."""
    await side_by_side(build_indexes(node), sum_states(node))


async def sum_states(node: Node, *, look: float = LOOK) -> None:
    """Go on for as long as the node runs: a partition may come from another worker, or begin anew, at any time."""
    came = asyncio.Event()
    node.moved.append(lambda _partition: came.set())
    while True:
        came.clear()
        for owner in list(node.owners):
            with contextlib.suppress(DouaneError):  # another worker owns it and goes on here, or the store refuses now
                await _sum(node, owner.partition)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(look):
                await came.wait()


async def _sum(node: Node, partition: int) -> None:
    command = SumState(keys.log_position(partition, 0))
    while (owner := _owner_of(node, partition)) is not None and not owner.ended and not owner.sums.whole:
        await node.command(command)
        await asyncio.sleep(BREATH)


def _owner_of(node: Node, partition: int) -> Owner | None:
    return next((each for each in node.owners if each.partition == partition), None)
