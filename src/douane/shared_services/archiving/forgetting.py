"""What nobody may keep any longer is removed by the clock, through the core, as every other change.

Services say what is over (``OVERDUE``), each as a message that removes it. Who handles it judges again: what was
touched meanwhile stays. A worker has what lies in its own partitions removed.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any, Final

import msgspec

from douane.model.caller import of_the_core
from douane.model.circles import Platform
from douane.runtime.catalogue.catalogue import UNION, Catalogue
from douane.runtime.core.node import Node
from douane.runtime.store.envelope import Arrival, Envelope, RowKind
from douane.runtime.store.origin import Content, Media, Origin, digest_of
from douane.vocabulary.errors import Elsewhere, Overloaded, StoreUnavailable

EVERY_SECONDS: Final = 3600.0
Over = Callable[[], Iterable[tuple[str, Any]]]
"""What is over now: a name that is another one once it was touched, and the message that removes it."""


class Forgetting:
    """Removes it in a node."""

    def __init__(self, node: Node, catalogue: Catalogue, over: Over) -> None:
        self._node, self._catalogue, self._over = node, catalogue, over

    async def run(self) -> int:
        """Remove what is over; how much of it was sent on its way here. What cannot be now is tried the next time."""
        sent = 0
        for name, message in self._over():
            with contextlib.suppress(Elsewhere, Overloaded, StoreUnavailable):
                await self._node.submit(arrival_of(self._node, self._catalogue, f"over {name}", message))
                sent += 1
        return sent

    async def keep(self) -> None:
        """Run every hour, until cancelled."""
        while True:
            await self.run()
            await asyncio.sleep(EVERY_SECONDS)


def arrival_of(node: Node, catalogue: Catalogue, name: str, message: Any) -> Arrival:
    """A message of the clock to the own core; under one name it is one message, however often it comes."""
    operation = catalogue.operation_for(type(message))
    body, id = msgspec.json.encode(message), sha256(name.encode()).hexdigest()[:24]
    now = node.owners[0].ports.clock.now()
    origin = Origin(of_the_core(UNION), id, now, Platform.OPERATIONS.value, "clock")
    content = Content(Media.JSON, body, digest_of(body))
    return Arrival(Envelope(RowKind.MESSAGE, operation, UNION, origin, content), message)
