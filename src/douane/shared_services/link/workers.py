"""One link over several workers of a core, each of which owns some partitions.

The door guesses where a message belongs from its case's name; the worker asked knows better and names the partition.
What only reads goes to whoever is there, since all workers see the same store.
"""

from __future__ import annotations

import asyncio
import functools
import itertools
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

from douane.model.caller import Caller
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.accept import home_partition, unnamed_home
from douane.runtime.core.admission import address_of
from douane.runtime.delivery.recent import Item
from douane.runtime.delivery.status import MessageStatus
from douane.runtime.door.link import Published, Question, Reader
from douane.runtime.store.envelope import Arrival, Receipt
from douane.runtime.store.ports import Instant
from douane.shared_services.link.door_end import PATIENCE, RETRY, RemoteLink
from douane.shared_services.link.translation import Figure
from douane.vocabulary.errors import CoreUnreachable, Elsewhere, NewerRelease, OurFault

PAUSE: Final = 0.02
"""Seconds until it is tried again where no worker owns a partition, while leases change hands."""
LONGEST_PATIENCE: Final = 3 * PATIENCE
"""Seconds for which a message waits for its partition to have an owner: longer than the lease of one that froze."""
T = TypeVar("T")


def _partition(item: str) -> int:
    """In which partition a message lies; what is no position is found nowhere, at the first as well as at any other."""
    try:
        return int(item, 16) >> 48
    except ValueError:
        return 0


async def _claim(reader: Reader, items: Sequence[str], seconds: int, link: RemoteLink) -> tuple[str, str, str]:
    return await link.claim(reader, items, seconds)


class Workers:
    """The link port over links to every worker. These have no patience of their own: another may answer at once."""

    def __init__(
        self, links: Sequence[RemoteLink], catalogue: Catalogue, *, patience: float = LONGEST_PATIENCE
    ) -> None:  # fmt: skip
        self.links, self._catalogue, self._patience = tuple(links), catalogue, patience
        self._turn = itertools.cycle(range(len(self.links)))

    async def submit(self, arrival: Arrival) -> Receipt:
        """Hand an envelope to the worker that owns its partition."""
        return await self._at(self._home(arrival), lambda link: link.submit(arrival))

    async def acknowledge(self, reader: Reader, item: str, channel: str) -> None:
        """Take a message out of an inbox, at the owner of the partition that sent it."""
        await self._at(_partition(item), lambda link: link.acknowledge(reader, item, channel))

    async def claim(self, reader: Reader, items: Sequence[str], seconds: int) -> tuple[str, str, str]:
        """Claim the first free message, asking the owner of each partition for its own."""
        by_owner: dict[int, list[str]] = {}
        for item in items:
            by_owner.setdefault(_partition(item), []).append(item)
        for partition, own in by_owner.items():
            claimed: tuple[str, str, str] = await self._at(partition, functools.partial(_claim, reader, own, seconds))
            if claimed[0]:
                return claimed
        return "", "", ""

    async def note(self, reader: Reader, item: str, note: bytes) -> None:
        """Remember something with a claim, at the owner of its partition."""
        await self._at(_partition(item), lambda link: link.note(reader, item, note))

    async def status(self, reader: Reader, item: str, after: str, limit: int) -> MessageStatus:
        """What became of a message, from any worker: all see the same store."""
        return await self._at(None, lambda link: link.status(reader, item, after, limit))

    async def noted(self, item: str) -> tuple[str, bytes]:
        """The party of the claim on a message and what was noted with it."""
        partition = _partition(item)
        known = next((link.partitions for link in self.links if link.partitions), ())
        if known and partition not in known:  # the item may be anybody's invention
            return "", b""
        return await self._at(partition, lambda link: link.noted(item))

    async def ask(self, question: Question) -> Any:
        """The typed answer to a query, from any worker."""
        return await self._at(None, lambda link: link.ask(question))

    async def collect(self, reader: Reader, cursor: str, limit: int, wait: float) -> tuple[list[Item], str]:
        """A page of an inbox or feed, from any worker."""
        return await self._at(None, lambda link: link.collect(reader, cursor, limit, wait))

    async def came_in(self, caller: Caller, address: str) -> None:
        """Tell the audit log who came in, by any worker."""
        await self._at(None, lambda link: link.came_in(caller, address))

    async def published(self, number: str) -> Published:
        """Which code lists are published, and one of them, from any worker."""
        return await self._at(None, lambda link: link.published(number))

    async def approved(self) -> Mapping[str, tuple[str, ...]]:
        """The digests of followed files that hold, from any worker: each reads what all of them decided."""
        return await self._at(None, lambda link: link.approved())

    async def handed(self, name: str, digest: str) -> bytes:
        """The octets of a followed file that hold, from any worker."""
        return await self._at(None, lambda link: link.handed(name, digest))

    async def sealing(self) -> tuple[bytes, ...]:
        """The keys of what sign-ins are sealed by: every worker has the same."""
        return await self._at(None, lambda link: link.sealing())

    async def count(self, figures: Sequence[Figure]) -> None:
        """Tell the first worker, which has the operator's door, whom this door refused."""
        await self.links[0].count(figures)

    @property
    def connected(self) -> bool:
        """Whether any worker is there."""
        return any(link.connected for link in self.links)

    @property
    def away(self) -> float:
        """For how many seconds no worker has been there."""
        return min(link.away for link in self.links)

    def speaks(self, host: str, guest: str, at: Instant) -> bool:
        """Whether a system serves, or served, another administration, as any worker said last."""
        return any(link.speaks(host, guest, at) for link in self.links)

    async def run(self) -> None:
        """Keep every link up until cancelled."""
        async with asyncio.TaskGroup() as group:
            for link in self.links:
                group.create_task(link.run())

    def leave(self) -> None:
        """Let waiting inboxes answer now."""
        for link in self.links:
            link.leave()

    # --- where things belong

    def _home(self, arrival: Arrival) -> int | None:
        """Where a message most likely belongs; None while no worker told how many partitions there are."""
        partitions = next((link.partitions for link in self.links if link.partitions), ())
        if not partitions:
            return None
        envelope = arrival.envelope
        operation = self._catalogue.operations.get(envelope.operation)
        address = (
            address_of(operation, arrival.message, envelope.origin.caller)
            if operation and arrival.message is not None
            else None
        )
        if address is None:
            return unnamed_home(envelope, partitions, together=operation is not None and operation.together)
        return home_partition(envelope.administration, address[1], address[2], partitions)

    def _link(self, partition: int | None) -> RemoteLink | None:
        """The link to the owner of a partition, or to any worker that is there."""
        there = [link for link in self.links if link.connected]
        if partition is not None:
            return next((link for link in there if partition in link.owned), None)
        return there[next(self._turn) % len(there)] if there else None

    async def _at(self, partition: int | None, ask: Callable[[RemoteLink], Awaitable[T]]) -> T:
        loop = asyncio.get_running_loop()
        until = 0.0
        problem: OurFault = CoreUnreachable("No worker owns this now.", remedy=RETRY)
        while True:
            link, before = self._link(partition), partition
            if link is not None:
                try:
                    return await ask(link)
                except Elsewhere as moved:
                    partition = moved.partition
                except (CoreUnreachable, NewerRelease) as broken:  # of another release: another may know
                    problem = broken
            until = until or loop.time() + self._patience
            if loop.time() > until:
                raise problem
            if partition == before:
                await asyncio.sleep(PAUSE)
