"""From one partition of a node to another: the transport of the inner lanes.

A message is committed in the partition that sends it, offered here, accepted there under an id made from its position,
and confirmed. Whatever is cut off is offered again, and answered there with its original receipt: exactly one effect.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from douane.runtime.envelope import ENVELOPE, INNER, Arrival
from douane.runtime.node import Node
from douane.runtime.ports import Outcome
from douane.vocabulary.errors import OurFault, SenderFault


class Transfer:
    """Carries the lanes between the partitions of one node."""

    def __init__(self, node: Node) -> None:
        self._node = node

    async def send(self, lane: str, items: Sequence[tuple[str, Mapping[str, str], bytes]]) -> list[tuple[Outcome, str]]:
        """Offer all at once: they enter one tick, in their order."""
        partition = int(lane.removeprefix(INNER))
        return list(await asyncio.gather(*(self._offer(partition, body) for _, _, body in items)))

    async def _offer(self, partition: int, body: bytes) -> tuple[Outcome, str]:
        try:
            await self._node.submit_to(partition, Arrival(ENVELOPE.read(body)))
        except SenderFault as problem:
            return Outcome.REFUSED, problem.text
        except OurFault as problem:
            return Outcome.FAILED, problem.text
        return Outcome.ARRIVED, ""
