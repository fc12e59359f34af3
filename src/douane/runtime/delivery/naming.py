"""The transport of lanes whose messages wait until it is told where their case began: asks the core to look again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from douane.runtime.core.commands import Named
from douane.runtime.core.node import Node
from douane.runtime.delivery.lanes import Terms
from douane.runtime.store import keys
from douane.runtime.store.ports import SECOND, Attempt, Offered, Outcome, Reader

TERMS: Final = Terms(first=SECOND // 4, longest=5 * SECOND)
"""The word of a case is on its way: it is looked for soon, and often."""


class Naming:
    """Sends on, in order, what has a name that is known by now."""

    def __init__(self, node: Node, reader: Reader) -> None:
        self._node, self._reader = node, reader

    async def send(self, lane: str, items: Sequence[Offered]) -> list[Attempt]:
        """What became of the items; the first whose case is not known yet keeps those behind it."""
        attempts: list[Attempt] = []
        for item, _, _ in items:
            position = int(item, 16)
            await self._node.command(Named(position, lane))
            partition = keys.position_partition(position)
            (waits,) = self._reader.read([keys.LANE + keys.u16(partition) + keys.text(lane) + keys.u64(position)])
            if waits is not None:
                attempts.append(Attempt(Outcome.FAILED, "nobody has told yet where its case began"))
                break
            attempts.append(Attempt(Outcome.ARRIVED))
        return attempts
