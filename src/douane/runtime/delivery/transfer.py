"""From one partition to another: the transport of the inner lanes.

A message is committed in the partition that sends it, offered to the other one, accepted there under an id made from
its position, and confirmed. Whatever is cut off is offered again, and answered there with its original receipt: exactly
one effect.

Between the partitions of one worker it is handed over. Between workers the store is where they meet: who owns the
receiving partition fetches what lies in the lanes of the others, and who owns the sending one confirms what it finds
known there. So no worker needs a line to another.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from douane.model.caller import INNER
from douane.runtime.core.node import Node
from douane.runtime.store import keys
from douane.runtime.store.envelope import ENVELOPE, SENT, Arrival
from douane.runtime.store.ports import Attempt, Log, Notice, Offered, Outcome, Reader
from douane.vocabulary.errors import OurFault, SenderFault

AT_ONCE: Final = 256
PAUSE: Final = 1.0
"""Seconds until a worker looks by itself whether something came, where no notice was heard."""


class Transfer:
    """Carries the lanes from the partitions of this worker."""

    def __init__(self, node: Node) -> None:
        self._node = node

    async def send(self, lane: str, items: Sequence[Offered]) -> list[Attempt]:
        """Offer all at once: they enter one tick, in their order. To another worker's partition: what it has taken."""
        partition = int(lane.removeprefix(INNER))
        if partition in self._node.away:
            return self._taken(partition, [headers["id"] for _, headers, _ in items])
        return list(await asyncio.gather(*(self._offer(partition, body) for _, _, body in items)))

    async def _offer(self, partition: int, body: bytes) -> Attempt:
        try:
            await self._node.submit_to(partition, Arrival(ENVELOPE.read(body)))
        except SenderFault as problem:
            return Attempt(Outcome.REFUSED, problem.text)
        except OurFault as problem:
            return Attempt(Outcome.FAILED, problem.text)
        return Attempt(Outcome.ARRIVED)

    def _taken(self, partition: int, ids: Sequence[str]) -> list[Attempt]:
        known = self._node.owners[0].ports.store.read([keys.known_key(partition, INNER, id) for id in ids])
        return [Attempt(Outcome.ARRIVED) for _ in takewhile(bool, known)]


@dataclass(slots=True)
class Fetching:
    """Brings what other workers' partitions left in their lanes for ours."""

    node: Node
    reader: Reader
    failed: Callable[[BaseException], None]
    _after: dict[tuple[int, int], int] = field(default_factory=dict)  # from, to -> position offered last
    _ways: set[tuple[int, int]] = field(default_factory=set)  # from, to: where a notice said that something lies
    _whole: float = 0.0  # the loop's time from which on every way is looked at, whatever was heard
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    def heard(self, notice: Notice) -> None:
        """Another worker committed: look where it may have left something for us."""
        ways = [(notice.partition, p) for p in self._ours() if notice.concerns(keys.lane_mark(f"{INNER}{p}"))]
        if not ways:
            return
        if notice.marks is None:  # also said where nobody knows who committed
            self._whole = 0.0
        self._ways.update(ways)
        self._wake.set()

    def moved(self, partition: int) -> None:
        """A partition came or went: what was offered in its name may have to be offered again."""
        for way in [way for way in self._after if partition in way]:
            del self._after[way]
        self._whole = 0.0
        self._wake.set()

    async def run(self) -> None:
        """Fetch until cancelled: every way once a pause, and at once those of which a notice was heard.

        A look at another's file costs as much as a message (its pages are read anew after each of its commits).
        """
        loop = asyncio.get_running_loop()
        while True:
            self._wake.clear()
            ways, self._ways = self._ways, set()
            if loop.time() >= self._whole:
                ways, self._whole = self._all(), loop.time() + PAUSE
            try:
                found = await self._look(ways)
            except OurFault:  # the store refuses, or a partition went: look again later, at all
                found, self._whole = set(), loop.time() + PAUSE
            self._ways |= found  # there may be more
            if self._ways:
                continue
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(max(0.0, self._whole - loop.time())):
                    await self._wake.wait()

    async def round(self) -> bool:
        """Offer what lies ready, at most so much from each to each; whether there was anything."""
        return bool(await self._look(self._all()))

    def _all(self) -> set[tuple[int, int]]:
        return {(source, target) for target in self._ours() for source in self.node.away}

    async def _look(self, ways: set[tuple[int, int]]) -> set[tuple[int, int]]:
        """Offer what lies ready on these ways; on which there was something."""
        ours, away = self._ours(), self.node.away
        looked = [way for way in sorted(ways) if way[0] in away and way[1] in ours]
        found = await asyncio.gather(*(self._fetch(source, target) for source, target in looked))
        return {way for way, something in zip(looked, found, strict=True) if something}

    def _ours(self) -> list[int]:
        return [owner.partition for owner in self.node.owners if not owner.ended]

    async def _fetch(self, source: int, target: int) -> bool:
        prefix = keys.LANE + keys.u16(source) + keys.text(f"{INNER}{target}")
        after = self._after.get((source, target), 0)
        lying = self.reader.scan(prefix + keys.u64(after + 1), keys.after(prefix), AT_ONCE)
        positions = [int.from_bytes(key[-8:], "big") for key, _ in lying]
        if not positions:
            return False
        rows = [SENT.read(raw) for raw in self.reader.read_log(Log.SENT, positions) if raw is not None]
        arrivals = [Arrival(ENVELOPE.read(row.content.octets)) for row in rows]
        offers = [self.node.submit_to(target, arrival) for arrival in arrivals]
        for outcome in await asyncio.gather(*offers, return_exceptions=True):
            if isinstance(outcome, SenderFault):
                self.failed(outcome)  # it stays in its lane, where an operator sees it
            elif isinstance(outcome, BaseException):
                raise outcome
        self._after[source, target] = positions[-1]
        return True
