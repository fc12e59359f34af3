"""The time limits of cases, told with the events and articles that made them, and counted again under other law.

A case keeps what each of its limits was counted from (``runtime.store.records.Counted``). Told is what was kept;
counted again is what another calendar or another length would give, so that a change is seen before it is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from douane.runtime.store import keys
from douane.runtime.store.ports import Reader
from douane.runtime.store.records import CaseEntry, Changed, Counted, RecordKind, Timers, kind_of
from douane.shared_services.auditing.cases import Case
from douane.vocabulary.calendars import Calendars
from douane.vocabulary.counting import End, Events, end_of
from douane.vocabulary.limits import Length, TimeLimit
from douane.vocabulary.time import Instant

_TIMERS, _CASE = kind_of(Timers), kind_of(CaseEntry)
_PAGE = 2_000


@dataclass(frozen=True, slots=True)
class Law:
    """What limits are counted by: the declared ones by id, the calendars, and lengths that take the place of theirs."""

    limits: Mapping[str, TimeLimit]
    calendars: Calendars
    lengths: Mapping[str, Length]

    def count(self, kept: Counted, changed: Changed | None = None) -> End | None:
        """When a kept limit ends by this law; None of one that no application declares, or whose date an office set."""
        limit = self.limits.get(kept.limit)
        if limit is None or kept.fixed:
            return None
        length = self.lengths.get(kept.limit) or kept.length
        events = changed.events(kept.event) if changed is not None else Events(Instant(kept.event))
        return end_of(limit, events, self.calendars.at(kept.place), length=length)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A limit of a case. runs: whether the case waits for it now. changed: what lengthened or stopped it."""

    case: int
    administration: str
    names: tuple[str, ...]
    kept: Counted
    runs: bool
    changed: Changed | None = None

    @property
    def events(self) -> Events:
        """What it was counted from."""
        return self.changed.events(self.kept.event) if self.changed is not None else Events(Instant(self.kept.event))


@dataclass(frozen=True, slots=True)
class Moved:
    """A running limit that ends otherwise under another law."""

    deadline: Deadline
    end: End


def deadlines_of(reader: Reader, case: Case) -> list[Deadline]:
    """Every limit of a case, in the order in which they end."""
    partition = keys.subject_partition(case.subject)
    timers, entry = (
        keys.record_key(partition, case.administration, case.subject, kind.number, b"") for kind in (_TIMERS, _CASE)
    )
    raw, about = reader.read([timers, entry])
    return list(_deadlines(case.subject, case.administration, raw, about))


def running(reader: Reader, partitions: Iterator[int]) -> Iterator[Deadline]:
    """Every limit that an open case waits for; reads all records of a store once."""
    for partition in partitions:
        prefix = keys.space(keys.RECORD, partition)
        start = prefix
        while rows := reader.scan(start, keys.after(prefix), _PAGE):
            for key, raw in rows:
                if int.from_bytes(key[13:15], "big") == _TIMERS.number:
                    subject, administration = int.from_bytes(key[5:13], "big"), key[3:5].decode()
                    entry = keys.record_key(partition, administration, subject, _CASE.number, b"")
                    yield from (d for d in _deadlines(subject, administration, raw, reader.read([entry])[0]) if d.runs)
            start = rows[-1][0] + b"\0"


def moved(deadlines: Iterator[Deadline], law: Law) -> Iterator[Moved]:
    """Those that end otherwise by this law than when they were counted."""
    for each in deadlines:
        end = law.count(each.kept, each.changed)
        if end is not None and end.last_instant != each.kept.ends:
            yield Moved(each, end)


def _deadlines(subject: int, administration: str, raw: bytes | None, about: bytes | None) -> Iterator[Deadline]:
    if raw is None:
        return
    entry = _read(_CASE, about)
    names = tuple(f"{kind} {value}" for kind, value in entry.aliases) if entry is not None else ()
    due = entry.deadline if entry is not None else 0
    kept: Timers = _TIMERS.stored.read(raw)
    waited = {due} | {at - keys.STATUTORY for _, at in kept.due if at & keys.STATUTORY}  # put off: its timer says so
    changed = {each.limit: each for each in kept.changed}
    for each in sorted(kept.limits, key=lambda limit: limit.ends):
        runs = bool(due) and each.ends in waited
        yield Deadline(subject, administration, names, each, runs, changed.get(each.limit))


def _read(kind: RecordKind, raw: bytes | None) -> CaseEntry | None:
    return kind.stored.read(raw) if raw is not None else None


__all__ = ["Deadline", "Law", "Moved", "deadlines_of", "moved", "running"]
