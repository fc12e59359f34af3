"""Messages that wait to be accepted at a partition: parties in turn, each party's own in their order.

What other partitions hand over was accepted there already, so it goes first, in its order. A party of which much waits
to be handled waits with the rest: what is accepted is handled in order, so that others would wait behind it.

Invariants: nothing is taken before what the same party sent earlier; a party that waits and is not held back is passed
over by each other party at most once; who is held back has accepted messages that wait for their handler.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from douane.model.caller import INNER
from douane.runtime.store import keys
from douane.runtime.store.envelope import Arrival, Receipt
from douane.runtime.store.origin import Media

AT_ONCE: Final = 256
"""Messages that a tick accepts at most."""
OCTETS_AT_ONCE: Final = 1024 * 1024
"""Octets of them, beyond which only a first one goes: packing and hashing take half a millisecond for so many."""
MUCH: Final = 512 * 1024
"""Octets of a party that may be accepted and not handled before its next message waits."""


@dataclass(slots=True, eq=False)
class Coming:
    """A message that waits, and who waits for its receipt."""

    arrival: Arrival
    receipt: asyncio.Future[Receipt]

    @property
    def party(self) -> str:
        """Whose turn it takes."""
        envelope = self.arrival.envelope
        return INNER if envelope.content.media is Media.VALUE else envelope.sender

    @property
    def size(self) -> int:
        """Octets of its body."""
        return len(self.arrival.envelope.content.octets)


@dataclass(slots=True)
class Arriving:
    """What waits at a partition, and how much of what was accepted there is not handled yet."""

    partition: int
    _queues: OrderedDict[str, deque[Coming]] = field(default_factory=OrderedDict)
    _unhandled: deque[tuple[int, str, int]] = field(default_factory=deque)  # position, party, octets
    _octets: dict[str, int] = field(default_factory=dict)
    _count: int = 0

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Coming]:
        for queue in self._queues.values():
            yield from queue

    def add(self, coming: Coming) -> None:
        """Wait behind the others of the same party."""
        self._queues.setdefault(coming.party, deque()).append(coming)
        self._count += 1

    def take(self) -> list[Coming]:
        """The next ones, one of each party in turn; who comes after the last of them is first the next time."""
        taken: list[Coming] = []
        octets, left = dict(self._octets), OCTETS_AT_ONCE
        turns = deque(self._queues)
        if INNER in self._queues:
            turns.remove(INNER)
            turns.extendleft([INNER] * len(self._queues[INNER]))
        while turns and len(taken) < AT_ONCE:
            party = turns.popleft()
            queue = self._queues[party]
            if party != INNER and octets.get(party, 0) >= MUCH:
                continue
            if taken and queue[0].size > left:
                break
            coming = queue.popleft()
            taken.append(coming)
            left -= coming.size
            octets[party] = octets.get(party, 0) + coming.size
            if not queue:
                del self._queues[party]
            elif party != INNER:
                self._queues.move_to_end(party)
                turns.append(party)
        self._count -= len(taken)
        return taken

    def accepted(self, coming: Coming, position: int) -> None:
        """It stands in the journal there, to be handled. What was accepted elsewhere before is handled there."""
        if keys.position_partition(position) == self.partition:
            party = coming.party
            self._unhandled.append((position, party, coming.size))
            self._octets[party] = self._octets.get(party, 0) + coming.size

    def handled(self, position: int) -> None:
        """Everything up to there is handled."""
        while self._unhandled and self._unhandled[0][0] <= position:
            _, party, size = self._unhandled.popleft()
            self._octets[party] -= size
            if not self._octets[party]:
                del self._octets[party]
