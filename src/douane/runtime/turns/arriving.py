"""Messages that wait to be accepted at a partition: parties in turn, each party's own in their order.

What other partitions hand over was accepted there already, so it goes first, in its order. A party of which much waits
to be handled waits with the rest: what is accepted is handled in order, so that others would stand behind it. After a
large message its party rests while others are about: what that costs them is spread over time.

Invariants: nothing is taken before what the same party sent earlier; a party that waits and is not held back is passed
over by each other party at most once; who is held back has accepted messages that wait for their handler, or rests for
a time that follows from one message; nobody rests who is alone.
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
from douane.runtime.store.ports import SECOND, Instant

AT_ONCE: Final = 256
"""Messages that a tick accepts at most."""
OCTETS_AT_ONCE: Final = 1024 * 1024
"""Octets of them, beyond which only a first one goes: packing and hashing take half a millisecond for so many."""
MUCH: Final = 512 * 1024
"""Octets of a party that may be accepted and not handled before its next message waits."""
LARGE: Final = 128 * 1024
"""Octets of a message after which its party rests."""
RESTING: Final = 4 * 1024 * 1024
"""Octets for which it rests a second: 1,999 items of 1.1 MB cost 33 ms of the core, an eighth of their rest."""
ABOUT: Final[Instant] = SECOND
"""For so long after a message of another party somebody counts as being about."""
NEVER: Final[Instant] = 1 << 62


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
        """Octets of its body, as it came."""
        return len(self.arrival.envelope.content.body)


@dataclass(slots=True)
class Arriving:
    """What waits at a partition, and how much of what was accepted there is not handled yet."""

    partition: int
    _queues: OrderedDict[str, deque[Coming]] = field(default_factory=OrderedDict)
    _unhandled: deque[tuple[int, str, int]] = field(default_factory=deque)  # position, party, octets
    _octets: dict[str, int] = field(default_factory=dict)
    _rests: dict[str, Instant] = field(default_factory=dict)  # until when
    _about: OrderedDict[str, Instant] = field(default_factory=OrderedDict)  # who sent something when, the last one last
    _count: int = 0

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Coming]:
        for queue in self._queues.values():
            yield from queue

    def add(self, coming: Coming, now: Instant) -> None:
        """Wait behind the others of the same party."""
        party = coming.party
        self._queues.setdefault(party, deque()).append(coming)
        self._count += 1
        if party != INNER:
            self._about[party] = now
            self._about.move_to_end(party)

    def next(self, now: Instant) -> Instant:
        """When something may be taken, as far as nothing else comes or is handled; ``NEVER`` where nothing waits."""
        return min((max(self._rest(party, now), now) for party in self._queues), default=NEVER)

    def _rest(self, party: str, now: Instant) -> Instant:
        """Until when a party rests: no longer than somebody else is about."""
        until = self._rests.get(party, 0)
        if until <= now:
            return 0
        other = next((at for each, at in reversed(self._about.items()) if each != party), 0)
        return min(until, other + ABOUT)

    def take(self, now: Instant, most: int | None = None) -> list[Coming]:
        """The next ones, one of each party in turn; who comes after the last of them is first the next time.

        most: how many of parties; what other partitions hand over is taken in any case.
        """
        while self._about and next(iter(self._about.values())) <= now - ABOUT:
            self._about.popitem(last=False)
        self._rests = {party: until for party, until in self._rests.items() if until > now}
        taken: list[Coming] = []
        octets, left = dict(self._octets), OCTETS_AT_ONCE
        turns = deque(self._queues)
        if INNER in self._queues:
            turns.remove(INNER)
            turns.extendleft([INNER] * len(self._queues[INNER]))
        room = AT_ONCE if most is None else len(self._queues.get(INNER, ())) + most
        while turns and len(taken) < min(room, AT_ONCE):
            party = turns.popleft()
            queue = self._queues[party]
            if party != INNER and (octets.get(party, 0) >= MUCH or self._rest(party, now) > now):
                continue
            if taken and queue[0].size > left:
                break
            coming = queue.popleft()
            taken.append(coming)
            left -= coming.size
            octets[party] = octets.get(party, 0) + coming.size
            if coming.size > LARGE and party != INNER:
                self._rests[party] = now + coming.size * SECOND // RESTING
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
