"""Which entries of a store were changed past the node, told apart from those that it changed itself since a backup.

The sums of the state are sums of a number for each entry (``standards.replication.sums``), so what a changed part has
too much is the sum of what was done to it past the node: for each such entry its number as it stands, less the number
of what the node left. Where the node left what a backup holds, the entries are those whose differences make up just
that sum, and no others do: a second such set would be a collision. What the node changed since the backup, and somebody
changed after that, is in no such set; then nothing is proven, and what may have been changed is named as that.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from douane.runtime.replication.sums import (
    END,
    NOTHING,
    PARTS,
    STATE_ROW,
    digest_of,
    entries_after,
    name_of,
    part_of,
    state_key,
    stored_sums,
    sum_key,
    total_of,
)
from douane.runtime.store import keys
from douane.runtime.store.envelope import OWNER
from douane.runtime.store.ports import Reader
from douane.shared_services.archiving.segment import Table
from douane.shared_services.auditing.leaf import sealed_hash
from douane.shared_services.auditing.log import newest_checkpoint, tile_reader
from douane.shared_services.auditing.proving import audit_prefix, made_state, versions_of
from douane.shared_services.auditing.state import summed_anew
from douane.shared_services.backup_restore.manifest import Manifest
from douane.shared_services.backup_restore.verification import Segments
from douane.standards.replication.subsets import making
from douane.standards.replication.sums import MODULUS, number, read
from douane.standards.transparency_log.note import Key
from douane.standards.transparency_log.tiles import TiledTree
from douane.standards.transparency_log.tree import check_inclusion
from douane.vocabulary.errors import ProofFailed

PAGE: Final = 1_000
Excess = Mapping[int, int]
"""By part what is in its sum and should not be; parts that fit are left out."""
_BY_CASE: Final = {keys.RECORD: slice(5, 13), keys.HISTORY: slice(5, 13), keys.TIMER: slice(11, 19)}
"""Where the case of an entry stands in its key."""


class Verdict(enum.StrEnum):
    """What is known of an entry that differs from a backup."""

    PAST = "changed past the node"
    RIGHT = "changed by the node since"
    OPEN = "changed; by whom is not proven"


@dataclass(frozen=True, slots=True)
class Difference:
    """An entry as a backup holds it and as it stands; None where there is none. case: its number, 0 for none. handled:
    whether the node handled something of its case since."""

    key: bytes
    before: bytes | None
    now: bytes | None
    case: int
    handled: bool
    verdict: Verdict = Verdict.OPEN

    @property
    def number(self) -> int:
        """What it adds to the sum of its part."""
        return (number(self.key, self.now) if self.now is not None else 0) - (
            number(self.key, self.before) if self.before is not None else 0
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What was found of a part. proven: whether the sum says which entries were changed past the node."""

    part: int
    differences: tuple[Difference, ...]
    proven: bool

    @property
    def name(self) -> str:
        """The part as inspection names it."""
        return name_of(self.part)


def logged(reader: Reader, log: Key, partition: int, index: int) -> bytes | None:
    """The digest over all sums that the state leaf at an index says; None where the signed log has no such leaf."""
    prefix = audit_prefix(partition)
    (raw,), newest = (
        reader.read([state_key(partition, index)]),
        newest_checkpoint(reader.read, log.name, log, prefix=prefix),
    )
    if raw is None or newest is None:
        return None
    row, point = STATE_ROW.read(raw), newest[1]
    made = made_state(versions_of(reader, prefix), index, row)
    try:
        path = TiledTree(point.size, tile_reader(reader.read, prefix=prefix)).inclusion_proof(index)
        check_inclusion(sealed_hash(made.facts, made.salt), index, point.size, point.root, path)
    except ProofFailed:
        return None
    return row.total


def excess(reader: Reader, log: Key, partition: int) -> Excess | None:
    """What the parts of a partition hold too much, against the sums that its newest state leaf commits to; None where
    the signed log has no such leaf. log: its key."""
    (raw,) = reader.read([keys.space(keys.OWNER, partition)])
    summed, kept = OWNER.read(raw).summed if raw is not None else 0, stored_sums(reader, partition)
    if not summed or logged(reader, log, partition, summed - 1) != _total(kept):
        return None
    return _beyond(summed_anew(reader, partition), kept)


def excess_of_backup(segments: Segments, reader: Reader, log: Key, partition: int) -> Excess | None:
    """The same of what a backup holds. reader: of the store, whose log goes on from that of the backup."""
    totals, kept, summed = [0] * PARTS, [NOTHING] * PARTS, 0
    sums = {sum_key(partition, part): part for part in range(PARTS)}
    for key, value in rows_of(segments, partition):
        if key in sums:
            kept[sums[key]] = value
        elif key == keys.space(keys.OWNER, partition):
            summed = OWNER.read(value).summed
        elif (part := part_of(key)) >= 0:
            totals[part] += number(key, value)
    if not summed or logged(reader, log, partition, summed - 1) != _total(kept):
        return None
    return _beyond(totals, kept)


def differences(
    reader: Reader, segments: Segments, partition: int, parts: Iterable[int]
) -> Iterator[tuple[int, Difference]]:
    """Each entry of some parts that a backup holds otherwise, with its part."""
    wanted, manifest = frozenset(parts), segments.manifest

    def of_them(rows: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
        return (row for row in rows if row[0][0:1] != keys.AUDIT and part_of(row[0]) in wanted)

    for key, before, now in _merged(of_them(rows_of(segments, partition)), of_them(_entries(reader, partition))):
        case = case_of(key, now if now is not None else before or b"")
        handled = not case or _handled_since(reader, manifest, partition, case)
        yield part_of(key), Difference(key, before, now, case, handled)


def told_apart(part: int, found: Sequence[Difference], too_much: int) -> Told:
    """Which entries of a part were changed past the node, by what is too much in its sum."""
    guess = [place for place, each in enumerate(found) if not each.handled]
    past = making([each.number for each in found], too_much, MODULUS, guess)
    if past is None:
        return Told(part, tuple(found), proven=False)
    said = (Verdict.PAST if place in past else Verdict.RIGHT for place in range(len(found)))
    return Told(part, tuple(_with(each, verdict) for each, verdict in zip(found, said, strict=True)), proven=True)


def _with(each: Difference, verdict: Verdict) -> Difference:
    return Difference(each.key, each.before, each.now, each.case, each.handled, verdict)


def case_of(key: bytes, value: bytes) -> int:
    """The number of the case that an entry belongs to; 0 where its key and value name none."""
    space = key[:1]
    if space in _BY_CASE:
        return int.from_bytes(key[_BY_CASE[space]], "big")
    return int.from_bytes(value, "big") if space == keys.ALIAS and len(value) == 8 else 0


def parts_of_cases(cases: Iterable[int]) -> frozenset[int]:
    """The parts in which entries of these cases are summed."""
    records = {part_of(keys.subject_prefix(0, "EU", case) + bytes(2)) for case in cases}
    beside = {part_of(space + bytes(20)) for space in (keys.ALIAS, keys.TIMER, keys.HISTORY)}
    return frozenset(records | beside)


def part_named(name: str) -> int:
    """The part that an inspection names. Raises ValueError."""
    return [name_of(part) for part in range(PARTS)].index(name)


def rows_of(segments: Segments, partition: int) -> Iterator[tuple[bytes, bytes]]:
    """The rows of the map of a partition that a backup holds, in the order of their keys."""
    mark = keys.u16(partition)
    for piece in segments.manifest.of(Table.MAP):
        for key, value in segments.open(piece).rows:
            if isinstance(key, bytes) and key[1:3] == mark:
                yield key, value


def _entries(reader: Reader, partition: int) -> Iterator[tuple[bytes, bytes]]:
    after = b""
    while after != END:
        rows, after = entries_after(reader, partition, after, PAGE)
        yield from rows


def _merged(
    before: Iterator[tuple[bytes, bytes]], now: Iterator[tuple[bytes, bytes]]
) -> Iterator[tuple[bytes, bytes | None, bytes | None]]:
    """Keys whose values differ, of two ordered sequences."""
    old, new = next(before, None), next(now, None)
    while old is not None or new is not None:
        if new is None or (old is not None and old[0] < new[0]):
            assert old is not None
            yield old[0], old[1], None
            old = next(before, None)
        elif old is None or new[0] < old[0]:
            yield new[0], None, new[1]
            new = next(now, None)
        else:
            if old[1] != new[1]:
                yield new[0], old[1], new[1]
            old, new = next(before, None), next(now, None)


def _handled_since(reader: Reader, manifest: Manifest, partition: int, case: int) -> bool:
    """Whether a message of a case was handled, or left, after a backup was taken."""
    at = next((each for each in manifest.partitions if each.number == partition), None)
    if at is None:
        return True
    prefix = keys.SUBJECT + keys.u16(partition) + keys.u64(case)
    for log, reached in ((b"j", at.cursor), (b"s", at.sent)):
        first = prefix + log + keys.u64(keys.log_position(partition, reached + 1))
        if reader.scan(first, keys.after(prefix + log), 1):
            return True
    return False


def _total(kept: Sequence[bytes]) -> bytes:
    return total_of([digest_of(each) for each in kept])


def _beyond(totals: Sequence[int], kept: Sequence[bytes]) -> Excess:
    found = {part: (total - read(raw)) % MODULUS for part, (total, raw) in enumerate(zip(totals, kept, strict=True))}
    return {part: each for part, each in found.items() if each}
