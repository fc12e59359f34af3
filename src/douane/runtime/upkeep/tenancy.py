"""Which partitions a worker owns: it claims, renews and hands over leases, and notices what it has lost.

Each worker has a place among so many, and shows by a lease of its own that it is there. A partition belongs to the
worker whose place is its number modulo the workers; while that one is absent, to one of those present. A worker
of an earlier release leaves a partition alone once a later one wrote into it. Nothing rests on clocks: a worker that
was frozen believes in its partitions until its next commit is refused.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Final

from douane.runtime.core.node import Node
from douane.runtime.store.ports import SECOND, Instant, Lease, SharedStore
from douane.vocabulary.errors import LostOwnership, NewerRelease, StoreUnavailable

TERM: Final[Instant] = 5 * SECOND
"""How long a worker may be silent before others take its partitions."""
PRESENCE: Final = 0xF000
"""Where the leases begin by which workers show that they are there; no partition has such a number."""


def keeper(partition: int, workers: int, present: Collection[int]) -> int:
    """The place of the worker to whom a partition belongs while these are present."""
    first = partition % workers
    standing = sorted(present)
    return first if first in present or not standing else standing[partition % len(standing)]


@dataclass(slots=True)
class Tenancy:
    """The leases of one worker. ``dead``: whether a holder of this name certainly lives no more."""

    store: SharedStore
    node: Node
    holder: str
    place: int
    workers: int
    dead: Callable[[str], bool]
    term: Instant = TERM
    told: Callable[[], None] = lambda: None
    _held: dict[int, Lease] = field(default_factory=dict)
    _later: set[int] = field(default_factory=set)  # partitions that a later release wrote into
    _met: set[int] = field(default_factory=set)  # places of workers that were there since this one began
    _rounds: int = 0
    _settled: int = 5
    """Rounds after which a worker that has not come counts as absent; one that came and went does at once."""

    def claim(self, partition: int) -> int:
        """A new epoch for a partition of ours, after its store had refused."""
        lease = self.store.claim(partition, self.holder, self.term)
        if lease is None:
            self._held.pop(partition, None)
            raise LostOwnership(f"Partition {partition} has another holder.")
        self._held[partition] = lease
        return lease.epoch

    def lost(self, partition: int) -> None:
        """A commit was refused."""
        self._held.pop(partition, None)
        self.node.lose(partition)
        self.told()

    def leave(self, partition: int) -> None:
        """A later release wrote into a partition: hand it over for as long as this process lives.

        Where it would always be ours, this worker counts as absent from now on, so that others take what it has.
        """
        self._later.add(partition)
        with contextlib.suppress(StoreUnavailable):  # then the lease lapses
            if partition in self._held:
                self._hand_over(partition)
            if self._aside and (lease := self._held.pop(PRESENCE + self.place, None)) is not None:
                self.store.release(lease)

    @property
    def _aside(self) -> bool:
        return any(partition % self.workers == self.place for partition in self._later)

    @property
    def owned(self) -> tuple[int, ...]:
        """The partitions that are ours now."""
        return tuple(sorted(p for p in self._held if p < PRESENCE))

    async def run(self) -> None:
        """Look after the leases until cancelled, several times a term."""
        while True:
            with contextlib.suppress(StoreUnavailable):  # then they lapse, and the owners have ended already
                self.round()
            await asyncio.sleep(self.term / SECOND / 4)

    def round(self) -> None:
        """Renew what is held, claim what should be ours, hand over what should be another's."""
        self._renew()
        seen = {lease.partition: lease for lease in self.store.leases()}
        if not self._aside:
            self._claim(PRESENCE + self.place, seen.get(PRESENCE + self.place))
        present = {p - PRESENCE for p, lease in seen.items() if p >= PRESENCE and not self.dead(lease.holder)}
        self._met |= present
        if self._rounds < self._settled:
            self._rounds += 1
            present |= set(range(self.workers)) - self._met
        for owner in list(self.node.owners):
            ours = keeper(owner.partition, self.workers, present) == self.place and owner.partition not in self._later
            if ours and owner.partition not in self._held:
                self._gain(owner.partition, seen.get(owner.partition))
            elif not ours and owner.partition in self._held:
                self._hand_over(owner.partition)

    def stop(self) -> None:
        """Hand everything over; the node takes nothing more."""
        for partition, lease in sorted(self._held.items()):
            if partition < PRESENCE:
                self.node.lose(partition)
            with contextlib.suppress(StoreUnavailable):
                self.store.release(lease)
        self._held.clear()

    def _renew(self) -> None:
        for partition, lease in list(self._held.items()):
            renewed = self.store.renew(lease, self.term)
            if renewed is not None:
                self._held[partition] = renewed
            elif partition < PRESENCE:
                self.lost(partition)
            else:
                del self._held[partition]

    def _claim(self, partition: int, before: Lease | None = None) -> Lease | None:
        if partition in self._held:
            return self._held[partition]
        if before is not None and self.dead(before.holder):
            self.store.release(before)
        lease = self.store.claim(partition, self.holder, self.term)
        if lease is not None:
            self._held[partition] = lease
        return lease

    def _gain(self, partition: int, before: Lease | None) -> None:
        lease = self._claim(partition, before)
        if lease is None:
            return
        try:
            self.node.gain(partition, lease.epoch)
        except StoreUnavailable:
            del self._held[partition]
            raise
        except NewerRelease:
            self.leave(partition)
            return
        self.told()

    def _hand_over(self, partition: int) -> None:
        lease = self._held.pop(partition)
        self.node.lose(partition)
        self.told()
        self.store.release(lease)
