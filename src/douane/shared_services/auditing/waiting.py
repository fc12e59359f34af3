"""What waits, and which cases it hits, as a store tells it, whether its node runs or not."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from douane.model.caller import INNER
from douane.runtime.observing.signs import Collector
from douane.runtime.store import keys
from douane.runtime.store.decided import Pause, paused
from douane.runtime.store.envelope import DELIVERY, JOURNAL, OWNER, PARKED, SENT, JournalRow, SentRow
from douane.runtime.store.ports import SECOND, Instant, Log, Reader
from douane.runtime.store.records import CaseEntry, kind_of
from douane.shared_services.auditing.happenings import place_of

_PAGE = 1000
MOST = 1000
"""Messages of a lane, or of a partition, whose cases are named."""
SLOW = 10 * SECOND
"""What waits for longer is held up; what waits less is on its way."""
_ENTRY = kind_of(CaseEntry)
_BEST = ("mrn", "arrival", "passage", "grn", "lrn")
"""The names of a case, the best first."""


class Cause(enum.StrEnum):
    """Why a case does not go on."""

    PARTNER = "partner"  # a message of it waits for a partner who does not take it, or whose lane is paused
    SILENT = "silent"  # a message of it waits for somebody who collects, and gives no sign of life
    ASIDE = "set aside"  # the handling of a message of it failed, or it waits behind one that did
    UNHANDLED = "not handled"  # a message of it was accepted, and nobody handles it


@dataclass(frozen=True, slots=True)
class Hit:
    """A case that does not go on. case: its number (hexadecimal). known_as: the best of its names. place: of its oldest
    message that waits. on: for what: the lane, or the operation. since: when that message came or was written.
    """

    case: str
    known_as: str
    cause: Cause
    on: str
    place: str
    since: Instant


@dataclass(frozen=True, slots=True)
class Waiting:
    """A lane to a partner: how many messages wait, since when, where the first one is, and why it waits.

    cases: the numbers of the cases hit (hexadecimal), of the first ``MOST`` messages.
    """

    lane: str
    waiting: int = 0
    oldest: Instant = 0
    first: str = ""
    reason: str = ""
    pause: Pause | None = None
    cases: tuple[str, ...] = ()


def waiting_lanes(reader: Reader) -> list[Waiting]:
    """The lanes in which something waits or that are paused, those that wait longest first."""
    positions = _in_lanes(reader)
    rests = paused(reader, partitions_of(reader))
    names = [name for name in {**positions, **rests} if not name.startswith(INNER)]
    found = [_waiting(reader, name, positions.get(name, []), rests.get(name)) for name in names]
    return sorted(found, key=lambda each: (each.oldest == 0, each.oldest, each.lane))


def _waiting(reader: Reader, name: str, positions: list[int], pause: Pause | None) -> Waiting:
    first = min(positions, key=lambda each: each & 0xFFFF_FFFF_FFFF) if positions else 0
    rows = [SENT.read(raw) for raw in reader.read_log(Log.SENT, [first, *positions[:MOST]]) if raw] if first else []
    if not rows:
        return Waiting(name, len(positions), pause=pause)
    cases = tuple(dict.fromkeys(f"{row.subject:x}" for row in rows[1:]))
    (kept,) = reader.read([keys.REPORT + keys.u16(first >> 48) + keys.u64(first)])
    reason = DELIVERY.read(kept).reason if kept is not None else ""
    return Waiting(name, len(positions), rows[0].at, place_of(first, sent=True), reason, pause, cases)


def cases_hit(reader: Reader, now: Instant, collectors: Sequence[Collector] = ()) -> list[Hit]:
    """Every case that does not go on, for each of its causes, those that wait longest first. ``collectors``: whoever
    is watched, some of whom may be silent."""
    found: dict[tuple[str, Cause, str], Hit] = {}
    waiting = (*_for_partners(reader, now), *_uncollected(reader, collectors))
    for each in (*waiting, *_aside(reader), *_unhandled(reader, now)):
        known = found.get((each.case, each.cause, each.on))
        if known is None or each.since < known.since:
            found[each.case, each.cause, each.on] = each
    return sorted(found.values(), key=lambda each: (each.since, each.case, each.cause))


def reference(reader: Reader, row: JournalRow | SentRow) -> str:
    """How people name the case of a message; the message's own identification where it has no name."""
    partition = keys.subject_partition(row.subject)
    (raw,) = reader.read([keys.record_key(partition, row.administration, row.subject, _ENTRY.number, b"")])
    names = dict(_ENTRY.stored.read(raw).aliases) if raw is not None else {}
    return next((names[each] for each in _BEST if each in names), next(iter(names.values()), row.id))


def _for_partners(reader: Reader, now: Instant) -> Iterator[Hit]:
    positions = _in_lanes(reader)
    for lane in waiting_lanes(reader):
        waits = positions.get(lane.lane, [])[:MOST]
        for place, raw in zip(waits, reader.read_log(Log.SENT, waits), strict=True):
            row = SENT.read(raw) if raw is not None else None
            if row is not None and (lane.pause is not None or lane.reason or row.at + SLOW < now):
                yield _hit(reader, row, Cause.PARTNER, lane.lane, place_of(place, sent=True), row.at)


def _uncollected(reader: Reader, collectors: Sequence[Collector]) -> Iterator[Hit]:
    for each in collectors:
        for place, raw in zip(each.places, reader.read_log(Log.SENT, each.places), strict=True):
            if raw is not None:
                row = SENT.read(raw)
                yield _hit(reader, row, Cause.SILENT, each.party, place_of(place, sent=True), row.at)


def _aside(reader: Reader) -> Iterator[Hit]:
    for partition in partitions_of(reader):
        start, end = keys.space(keys.WAIT, partition), keys.after(keys.space(keys.WAIT, partition))
        while rows := reader.scan(start, end, _PAGE):
            parked = [PARKED.read(value) for _, value in rows]
            kept = reader.read_log(Log.JOURNAL, [each.position for each in parked])
            for each, raw in zip(parked, kept, strict=True):
                if raw is not None:
                    place = place_of(each.position, sent=False)
                    yield _hit(reader, JOURNAL.read(raw), Cause.ASIDE, each.operation, place, each.at)
            start = rows[-1][0] + b"\0"


def _unhandled(reader: Reader, now: Instant) -> Iterator[Hit]:
    for _, raw in reader.scan(keys.OWNER, keys.after(keys.OWNER), 1024):
        owner = OWNER.read(raw)
        for position, journal in reader.scan_log(Log.JOURNAL, owner.cursor, owner.journal, MOST):
            row = JOURNAL.read(journal)
            if row.subject and row.received + SLOW < now:
                place = place_of(position, sent=False)
                yield _hit(reader, row, Cause.UNHANDLED, row.operation, place, row.received)


def _hit(reader: Reader, row: JournalRow | SentRow, cause: Cause, on: str, place: str, since: Instant) -> Hit:
    return Hit(f"{row.subject:x}", reference(reader, row), cause, on, place, since)


def partitions_of(reader: Reader) -> list[int]:
    """The partitions of a store."""
    return [int.from_bytes(key[1:3], "big") for key, _ in reader.scan(keys.OWNER, keys.after(keys.OWNER), 1024)]


def _in_lanes(reader: Reader) -> dict[str, list[int]]:
    """The places of what waits in each lane, those inside the node left out."""
    positions: dict[str, list[int]] = {}
    for partition in partitions_of(reader):
        start, end = keys.space(keys.LANE, partition), keys.after(keys.space(keys.LANE, partition))
        while rows := reader.scan(start, end, _PAGE):
            for key, _ in rows:
                positions.setdefault(key[3:-9].decode(), []).append(int.from_bytes(key[-8:], "big"))
            start = rows[-1][0] + b"\0"
    return positions
