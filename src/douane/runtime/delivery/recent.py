"""What was sent lately, in memory: an inbox read at once after a commit asks no store.

Fed with every committed tick. Of each partition everything above its floor is here, less what was taken; below it the
store knows.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from douane.runtime.core.tick import Tick
from douane.runtime.store import keys
from douane.runtime.store.envelope import SentRow, in_inbox

COUNT: Final = 20_000
ABOUT_AN_ITEM: Final = 400
"""Octets that are said of a message beside its body, about."""
BYTES: Final = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Item:
    """A message in an inbox."""

    position: int
    row: SentRow
    body: bytes


def octets_of(page: tuple[list[Item], str, bool]) -> int:
    """Octets of a page of an inbox, near enough: to encode it for that would cost as much as reading it."""
    return sum(len(item.body) + ABOUT_AN_ITEM for item in page[0])


class Recent:
    """The newest sent messages of the partitions of a node, bounded by number and by bytes of their bodies."""

    def __init__(self, count: int = COUNT, size: int = BYTES) -> None:
        self._count, self._size = count, size
        self._floors: dict[int, int] = {}
        self._last: dict[int, int] = {}
        self._all: deque[Item] = deque()
        self._waiting: dict[tuple[int, str], dict[int, Item]] = {}  # by partition and party
        self._bytes = 0

    def watch(self, tick: Tick) -> None:
        """Take over what a committed tick sent, and let go of what it saw delivered."""
        overlay = tick.overlay
        for where in overlay.delivered:
            if where.startswith(keys.INBOX):
                place = (overlay.partition, _party(where))
                self._waiting.get(place, {}).pop(int.from_bytes(where[-8:], "big"), None)
        for position, row in overlay.sent:
            if self._last.get(overlay.partition) != position - 1:  # a commit whose outcome nobody learned lies between
                self._begin(overlay.partition, position - 1)
            self._last[overlay.partition] = position
            if not in_inbox(row.lane):
                continue
            item = Item(position, row, overlay.bodies.get(position) or row.content.octets)
            self._all.append(item)
            self._waiting.setdefault((overlay.partition, row.party), {})[position] = item
            self._bytes += len(item.body)
        while len(self._all) > self._count or self._bytes > self._size:
            self._drop()

    def after(self, party: str, positions: Mapping[int, int], limit: int) -> list[Item] | None:
        """What waits for a party after these positions by partition, oldest first; None where the store must tell."""
        found: list[Item] = []
        for partition, at in positions.items():
            floor = self._floors.get(partition)
            if floor is None or at < floor:
                return None
            newest: list[Item] = []
            for item in reversed(self._waiting.get((partition, party), {}).values()):
                if item.position <= at:
                    break
                newest.append(item)
            newest.reverse()
            found += newest
        return found[:limit]

    def forget(self, partition: int) -> None:
        """A partition came or went: others may have sent from it meanwhile, so the store must tell."""
        self._begin(partition, 0)
        self._floors.pop(partition, None)
        self._last.pop(partition, None)

    def _begin(self, partition: int, floor: int) -> None:
        """Know nothing of a partition up to a position."""
        self._floors[partition] = floor
        for item in [i for i in self._all if i.position >> 48 == partition]:
            self._all.remove(item)
            self._forget(item)

    def _drop(self) -> None:
        item = self._all.popleft()
        self._floors[item.position >> 48] = item.position
        self._forget(item)

    def _forget(self, item: Item) -> None:
        self._bytes -= len(item.body)
        place = (item.position >> 48, item.row.party)
        waiting = self._waiting.get(place, {})
        waiting.pop(item.position, None)
        if not waiting:
            self._waiting.pop(place, None)


def _party(where: bytes) -> str:
    return where[3:-9].decode()
