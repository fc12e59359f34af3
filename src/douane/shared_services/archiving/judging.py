"""Whether a stored message may leave its log now, and why not: its case, its delivery, its period, legal holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from douane.runtime.store import keys
from douane.runtime.store.envelope import DELIVERY, FEED, JOURNAL, OWNER, SENT, TRIED, JournalRow, SentRow
from douane.runtime.store.ports import Log, Reader
from douane.runtime.store.records import CaseEntry, HumanTask, ProcessInstance, RecordKind, Timers, kind_of
from douane.shared_services.archiving.retention import Policy, Trigger
from douane.vocabulary.time import Instant, date_of

MAY = "may move"
NOT_HANDLED, SET_ASIDE = "not handled yet", "set aside"
NOT_DELIVERED, PUBLISHED = "not delivered yet", "published to all"
OPEN, TASK, TIMED = "its procedure goes on", "a task is open", "a time limit runs"
_CASE, _INSTANCE, _TASK, _TIMERS = (kind_of(k) for k in (CaseEntry, ProcessInstance, HumanTask, Timers))


@dataclass(frozen=True, slots=True)
class _CaseState:
    """A case as retention sees it. ``ended``: 0 where it has no procedure, and each message counts by itself."""

    why_not: str
    ended: Instant
    service: str
    parties: tuple[str, ...]
    references: tuple[str, ...]


class Judge:
    """Judges the messages of one partition at one time."""

    def __init__(self, reader: Reader, partition: int, policy: Policy, now: Instant) -> None:
        self._reader, self._partition, self._policy, self._now = reader, partition, policy, now
        raw = reader.read([keys.space(keys.OWNER, partition)])[0]
        self._cursor = OWNER.read(raw).cursor if raw else 0
        self._cases: dict[tuple[str, int], _CaseState] = {}

    def verdict(self, position: int, row: JournalRow | SentRow) -> str:
        """MAY, or why the message must stay; a date where only its period is not over."""
        own = self._in(position, row) if isinstance(row, JournalRow) else self._out(position, row)
        if own:
            return own
        case = self._case(row)
        if case.why_not:
            return case.why_not
        parties = (*case.parties, row.sender if isinstance(row, JournalRow) else row.party)
        held = self._policy.hold(parties, case.references)
        if held:
            return f"held: {held}"
        rule = self._policy.rule(case.service)
        by_case = rule.trigger is Trigger.ENDED and case.ended
        over = rule.over(case.ended if by_case else time_of(row))
        return MAY if over <= self._now else f"until {date_of(over)}"

    def _in(self, position: int, row: JournalRow) -> str:
        if row.kind.is_announcement:
            return "tells what an operator did"
        if keys.position_number(position) > self._cursor:
            return NOT_HANDLED
        waiting = self._reader.read([keys.space(keys.WAIT, self._partition) + keys.u64(position)])[0]
        return "" if waiting is None else SET_ASIDE

    def _out(self, position: int, row: SentRow) -> str:
        if row.party.startswith(FEED):
            return PUBLISHED
        report = self._reader.read([keys.REPORT + keys.u16(self._partition) + keys.u64(position)])[0]
        return NOT_DELIVERED if report is None or DELIVERY.read(report).state == TRIED else ""

    def _case(self, row: JournalRow | SentRow) -> _CaseState:
        name = (row.administration, row.subject)
        found = self._cases.get(name)
        if found is None:
            if len(self._cases) > 10_000:
                self._cases.clear()
            found = self._cases[name] = self._look(row)
        return found

    def _look(self, row: JournalRow | SentRow) -> _CaseState:
        entries = self._records(_CASE, row)
        entry = entries[0] if entries else None
        parties = entry.parties if isinstance(entry, CaseEntry) else ()
        references = tuple(part for _, v in entry.aliases for part in (v, *v.split("/"))) if entry else ()
        instances = self._records(_INSTANCE, row)
        why_not = ""
        if any(not each.ended for each in instances):
            why_not = OPEN
        elif any(not each.done for each in self._records(_TASK, row)):
            why_not = TASK
        elif any(each.due for each in self._records(_TIMERS, row)):
            why_not = TIMED
        ended = self._last(row) if instances else Instant(0)
        return _CaseState(why_not, ended, self._service(row), parties, references)

    def _records(self, kind: RecordKind, row: JournalRow | SentRow) -> list[Any]:
        prefix = keys.record_key(self._partition, row.administration, row.subject, kind.number, b"")
        return [kind.stored.read(raw) for _, raw in self._reader.scan(prefix, keys.after(prefix), 1_000)]

    def _last(self, row: JournalRow | SentRow) -> Instant:
        """The time of the last message of a case."""
        times = [time_of(row)]
        for log, mark in ((Log.JOURNAL, b"j"), (Log.SENT, b"s")):
            prefix = keys.SUBJECT + keys.u16(self._partition) + keys.u64(row.subject) + mark
            found = self._reader.scan(prefix, keys.after(prefix), 1, reverse=True)
            if found:
                (raw,) = self._reader.read_log(log, [int.from_bytes(found[0][0][-8:], "big")])
                times += [time_of(row_of(log, raw))] if raw else []
        return max(times)

    def _service(self, row: JournalRow | SentRow) -> str:
        """The service of the first message of a case."""
        prefix = keys.SUBJECT + keys.u16(self._partition) + keys.u64(row.subject) + b"j"
        found = self._reader.scan(prefix, keys.after(prefix), 1)
        raw = self._reader.read_log(Log.JOURNAL, [int.from_bytes(found[0][0][-8:], "big")])[0] if found else None
        first = JOURNAL.read(raw) if raw else row
        return first.operation.partition(".")[0] if isinstance(first, JournalRow) else ""


def row_of(log: Log, raw: bytes) -> JournalRow | SentRow:
    """A row of one of the logs that retention goes through."""
    return SENT.read(raw) if log is Log.SENT else JOURNAL.read(raw)


def time_of(row: JournalRow | SentRow) -> Instant:
    """When a message came or left."""
    return Instant(row.received if isinstance(row, JournalRow) else row.at)
