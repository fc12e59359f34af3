"""What the state leaves of the audit log commit to: the sums of everything that units of work decided, in parts.

Records, aliases, timers, expectations and the like follow from messages, but no command computes them again; so the
sum of each part stands in a second place, and a leaf of each tick that changed one commits to all of them. The
sums lie beside the tiles of the log: ``s`` and a part its sum, ``x`` and the index of a state leaf what that leaf says,
``b`` the key up to which an earlier release's store is summed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final
from zlib import crc32

from douane.runtime.store import keys
from douane.runtime.store.ports import Instant, Reader
from douane.runtime.store.records import Value
from douane.runtime.store.values import Stored
from douane.standards.replication.sums import MODULUS, OCTETS, read, written

BUCKETS: Final = 64
"""Parts that the records fall into, by their subjects."""
_NAMED: Final = {
    keys.ALIAS: "aliases", keys.REPORT: "deliveries", keys.EXPECT: "expectations", keys.FINAL: "final data",
    keys.HISTORY: "versions of records", keys.SERIAL: "numbers of series", keys.DECIDED: "operators' decisions",
    keys.TIMER: "timers", keys.WAIT: "messages set aside",
}  # fmt: skip
SUMMED: Final = tuple(sorted((keys.RECORD, *_NAMED)))
"""The spaces whose entries are summed, in the order of the map."""
PARTS: Final = BUCKETS + len(_NAMED)
_PART_OF: Final = {space[0]: BUCKETS + n for n, space in enumerate(_NAMED)}
_RECORD, _FINAL = keys.RECORD[0], keys.FINAL[0]
_SAID: Final = b"es"
"""Of final data the entries and the state of a view; order of change and ranges follow from the entries."""


class StateRow(Value, frozen=True):
    """What a state leaf says. total: digest over the sums of all parts; anew: they were summed from the store here."""

    at: Instant
    total: bytes
    anew: bool = False


STATE_ROW: Final = Stored(26, StateRow)


def part_of(key: bytes) -> int:
    """The part that an entry is summed in; -1 for what is not summed."""
    space = key[0]
    if space == _RECORD:
        return crc32(key[5:13]) % BUCKETS
    return _PART_OF.get(space, -1) if space != _FINAL or key[6] in _SAID else -1


def name_of(part: int) -> str:
    """A part as people call it."""
    return f"records, part {part} of {BUCKETS}" if part < BUCKETS else list(_NAMED.values())[part - BUCKETS]


def sum_key(partition: int, part: int) -> bytes:
    """Where the sum of a part lies."""
    return keys.space(keys.AUDIT, partition) + b"s" + bytes((part,))


def progress_key(partition: int) -> bytes:
    """Where it is kept up to which key the store of an earlier release is summed."""
    return keys.space(keys.AUDIT, partition) + b"b"


def state_key(partition: int, index: int) -> bytes:
    """Where it is kept what the state leaf at an index of the log says."""
    return keys.space(keys.AUDIT, partition) + b"x" + keys.u64(index)


def total_of(digests: Sequence[bytes]) -> bytes:
    """The digest over the SHA-256 of each part's sum."""
    return sha256(b"".join(digests)).digest()


def digest_of(kept: bytes) -> bytes:
    """The SHA-256 of a sum as it is kept."""
    return sha256(kept).digest()


NOTHING: Final = bytes(OCTETS)
"""The sum of a part that has no entries."""


def stored_sums(reader: Reader, partition: int) -> list[bytes]:
    """The sums of all parts as they are kept; a part that never had an entry has none."""
    found = reader.read([sum_key(partition, part) for part in range(PARTS)])
    return [raw if raw is not None else NOTHING for raw in found]


@dataclass(frozen=True, slots=True)
class SumState:
    """Sum the next entries of a store that an earlier release wrote, or whose sums are void. position: any of the
    partition. entries: so many at most."""

    position: int
    entries: int = 1_000


END: Final = b"\xff" * 64
"""Above every key."""


@dataclass(slots=True)
class Sums:
    """The sums of a partition as its owner holds them; a tick's change counts once it is committed.

    upto: entries with greater keys are not summed yet; END where all are. fresh: whether no sum is kept yet.
    """

    totals: list[int] = field(default_factory=lambda: [0] * PARTS)
    digests: list[bytes] = field(default_factory=lambda: [digest_of(NOTHING)] * PARTS)
    upto: bytes = END
    fresh: bool = False
    _next: tuple[dict[int, int], dict[int, bytes], bytes] = ({}, {}, END)

    @property
    def whole(self) -> bool:
        """Whether every entry is in the sums."""
        return self.upto == END

    def carried(self, changes: Mapping[int, int], upto: bytes) -> dict[int, bytes]:
        """The sums as they are to be kept, by part, where these changes are committed."""
        totals = {part: (self.totals[part] + change) % MODULUS for part, change in changes.items()}
        kept = {part: written(total) for part, total in totals.items() if self.fresh or total != self.totals[part]}
        self._next = totals, {part: digest_of(raw) for part, raw in kept.items()}, upto
        return kept

    def total(self) -> bytes:
        """The digest over all sums, with those that were carried on last."""
        _, changed, _ = self._next
        return total_of([changed.get(part, known) for part, known in enumerate(self.digests)])

    def committed(self) -> None:
        """What was carried on is durable."""
        totals, digests, upto = self._next
        for part, total in totals.items():
            self.totals[part] = total
        for part, digest in digests.items():
            self.digests[part] = digest
        self.fresh, self.upto = self.fresh and not totals, upto
        self._next = {}, {}, upto


def opened(kept: Sequence[bytes], upto: bytes = END) -> Sums:
    """The sums of a partition, as they are kept."""
    return Sums([read(raw) for raw in kept], [digest_of(raw) for raw in kept], upto, _next=({}, {}, upto))


def void() -> Sums:
    """Sums of a partition whose store is to be summed from its first entry on."""
    return Sums(upto=b"", fresh=True, _next=({}, {}, b""))


def entries_after(reader: Reader, partition: int, after: bytes, most: int) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """The next entries of the summed spaces, and up to which key that reaches; END behind the last."""
    found: list[tuple[bytes, bytes]] = []
    for space in SUMMED:
        prefix = keys.space(space, partition)
        start, end = max(prefix, after + b"\0"), keys.after(prefix)
        if start >= end:
            continue
        found += reader.scan(start, end, most - len(found))
        if len(found) >= most:
            return found, found[-1][0]
    return found, END
