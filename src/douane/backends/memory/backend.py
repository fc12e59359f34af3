"""The store port in memory: a sorted key list beside a dictionary; snapshots are copies taken lazily."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence

from douane.runtime.store.ports import Batch, Clock, Instant, Lease, Log, foreign_to
from douane.vocabulary.errors import AliasTaken, ForeignSubject, LostOwnership

SCHEME = "memory"


class MemoryStore:
    """Every guarantee of the port except surviving the process. Without a clock, leases end only by release."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock
        self._leases: dict[int, tuple[str, Instant]] = {}
        self._map: dict[bytes, bytes] = {}
        self._order: list[bytes] = []
        self._fresh: list[bytes] = []
        self._logs: dict[Log, dict[int, bytes]] = {log: {} for log in Log}
        self._log_order: dict[Log, list[int]] = {log: [] for log in Log}
        self._epochs: dict[int, int] = {}

    def take(self, partition: int) -> int:
        """Become owner of a partition."""
        self._leases.pop(partition, None)
        self._epochs[partition] = self._epochs.get(partition, 0) + 1
        return self._epochs[partition]

    def epoch(self, partition: int) -> int:
        """The epoch that may commit now."""
        return self._epochs.get(partition, 0)

    def apply(self, batch: Batch, partition: int, epoch: int) -> None:
        """Commit a batch, or raise and change nothing."""
        if self._epochs.get(partition) != epoch:
            raise LostOwnership(f"Partition {partition} has a newer owner.")
        foreign = foreign_to(batch, partition)
        if foreign:
            raise ForeignSubject(f"{foreign} lies outside partition {partition}.")
        taken = next((key for key in batch.new if key in self._map), None)
        if taken is not None:
            raise AliasTaken(f"Key {taken.hex()} exists.")
        if any(position in self._logs[log] for log, rows in batch.logs.items() for position, _ in rows):
            raise LostOwnership(f"A position of partition {partition} is written already.")
        for log, rows in batch.logs.items():
            self._logs[log].update(rows)
            for position, _ in rows:
                insort(self._log_order[log], position)
        for log, positions in batch.retired.items():
            for position in positions:
                if self._logs[log].pop(position, None) is not None:
                    self._log_order[log].remove(position)
        for key in batch.gone:
            self._map.pop(key, None)
        for content in (batch.new, batch.put):
            self._fresh.extend(key for key in content if key not in self._map)
            self._map.update(content)

    def claim(self, partition: int, holder: str, term: Instant) -> Lease | None:
        """Hold a partition, unless another holder's lease lives."""
        who, until = self._leases.get(partition, (holder, 0))
        if who != holder and until > self._now():
            return None
        epoch = self.take(partition)
        self._leases[partition] = (holder, self._now() + term)
        return Lease(partition, holder, epoch, term)

    def renew(self, lease: Lease, term: Instant) -> Lease | None:
        """Hold on, unless somebody has claimed."""
        if lease.partition not in self._leases or self._epochs[lease.partition] != lease.epoch:
            return None
        self._leases[lease.partition] = (lease.holder, self._now() + term)
        return Lease(lease.partition, lease.holder, lease.epoch, term)

    def release(self, lease: Lease) -> None:
        """Give a partition up."""
        if self.epoch(lease.partition) == lease.epoch:
            self.take(lease.partition)

    def leases(self) -> list[Lease]:
        """Who holds which partition now."""
        now = self._now()
        held = sorted((p, who, until - now) for p, (who, until) in self._leases.items() if until > now)
        return [Lease(p, who, self._epochs[p], left) for p, who, left in held]

    def _now(self) -> Instant:
        return self._clock.now() if self._clock is not None else 0

    def read(self, keys: Sequence[bytes]) -> list[bytes | None]:
        """Values under keys, in their order."""
        get = self._map.get
        return [get(key) for key in keys]

    def scan(self, start: bytes, end: bytes, limit: int, *, reverse: bool = False) -> list[tuple[bytes, bytes]]:
        """Pairs in key order."""
        self._sort()
        order, content = self._order, self._map
        low, high = bisect_left(order, start), bisect_left(order, end)
        found: list[tuple[bytes, bytes]] = []
        for n in range(high - 1, low - 1, -1) if reverse else range(low, high):
            value = content.get(order[n])
            if value is not None:
                found.append((order[n], value))
                if len(found) == limit:
                    break
        return found

    def read_log(self, log: Log, positions: Sequence[int]) -> list[bytes | None]:
        """Rows at positions."""
        rows = self._logs[log]
        return [rows.get(p) for p in positions]

    def scan_log(self, log: Log, after: int, end: int, limit: int) -> list[tuple[int, bytes]]:
        """Rows in position order."""
        order, rows = self._log_order[log], self._logs[log]
        low = bisect_left(order, after + 1)
        return [(p, rows[p]) for p in order[low : low + limit] if p <= end]

    def snapshot(self) -> MemoryStore:
        """A copy of the committed state."""
        copy = MemoryStore()
        copy._map = dict(self._map)
        copy._order = []
        copy._fresh = list(copy._map)
        copy._logs = {log: dict(rows) for log, rows in self._logs.items()}
        copy._log_order = {log: list(order) for log, order in self._log_order.items()}
        return copy

    def close(self) -> None:
        """Nothing to let go of."""

    def _sort(self) -> None:
        """Merge keys written since the last scan; deleted ones leave when they are half of the list."""
        if self._fresh:
            self._order = sorted({*self._order, *self._fresh})
            self._fresh = []
        if len(self._order) > 2 * len(self._map) + 64:
            self._order = sorted(self._map)


def open_store(_address: str) -> MemoryStore:
    """A new, empty store."""
    return MemoryStore()
