"""A look inside a node, for the report only: its logs, the processes it ran, its audit log. Read-only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from douane.model.circles import ActorKind
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.processes import Version
from douane.runtime.store import keys
from douane.runtime.store.envelope import FEED, JOURNAL, SENT, JournalRow, RowKind, SentKind, SentRow, channel_of
from douane.runtime.store.ports import Log, Reader
from douane.runtime.store.records import CaseEntry, ProcessInstance, kind_of
from douane.shared_services.auditing.cases import Case
from douane.shared_services.auditing.deadlines import deadlines_of
from douane.shared_services.auditing.proving import prove_row
from douane.simulator.exchanges import Exchange, FaultSeen, Kind, Way
from douane.standards.bpmn.calls import at_level
from douane.standards.ncts import phase5
from douane.standards.transparency_log.note import Key
from douane.vocabulary.calendars import built_in
from douane.vocabulary.time import Instant

PARTITION = 0
ROWS = 1_000
ADMINISTRATION = "NTA."
REFUSALS = frozenset({"CC056C", "CC057C", "CD906C"})
CHANNELS = {"rest": "REST", "soap": "SOAP", "as4": "AS4", "csi_queue": "queue", "webhook": "webhook"}
"""The channels of messages in the words of the report."""


class Compiled(Protocol):
    """A process that a node runs (``runtime.processes.Process``)."""

    @property
    def name(self) -> str: ...
    def version(self, hash: str) -> Version | None: ...


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the logs stood at a moment."""

    journal: int
    sent: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of journal or sent log with its position."""

    position: int
    row: JournalRow | SentRow
    body: bytes

    @property
    def order(self) -> tuple[int, int]:
        """Its place in time, then in the audit log: what a message causes comes after it."""
        return self.row.at if isinstance(self.row, SentRow) else self.row.received, self.row.leaf


class Inside:
    """Reads one node's store."""

    def __init__(self, reader: Reader, catalogue: Catalogue, processes: Mapping[str, Any], key: Key | None) -> None:
        self._reader, self._catalogue, self._key = reader, catalogue, key
        self._processes: dict[str, Compiled] = dict(processes)

    def mark(self) -> Mark:
        """Where the logs stand now."""
        return Mark(self._last(Log.JOURNAL), self._last(Log.SENT))

    def limits(self, administration: str, kind: str, reference: str) -> list[tuple[str, str]]:
        """The time limits of a case by their ids, each with the last day as its place counts it; empty for no case."""
        case = self.case_of(administration, kind, reference)
        if not case:
            return []
        found = deadlines_of(self._reader, Case(int(case, 16), administration, kind, ()))
        calendars = built_in()
        return [
            (each.kept.limit, calendars.at(each.kept.place).date(Instant(each.kept.ends - 1)).isoformat())
            for each in found
        ]

    def exchanges(self, since: Mark, cases: frozenset[str], references: frozenset[str]) -> list[Exchange]:
        """Every message since a mark that belongs to the cases, names a reference, or follows from one that does."""
        wanted = tuple(each.encode() for each in references if each)
        known: dict[int, str] = {}
        found: list[Exchange | None] = []
        for row in sorted(self._rows(since), key=lambda each: each.order):
            mine = f"{row.row.subject:016x}" in cases or row.row.cause in known or any(w in row.body for w in wanted)
            if mine:
                found.append(self._exchange(row, known))
                if isinstance(row.row, JournalRow):
                    known[row.position] = row.row.operation
        return [each for each in found if each is not None]

    def way(self, administration: str, case: str, process: str, where: str) -> Way | None:
        """The way a case took through a process; None when it never started."""
        compiled = next((p for p in self._processes.values() if p.name == process), None)
        kind = kind_of(ProcessInstance)
        subject = int(case, 16)
        key = keys.record_key(keys.subject_partition(subject), administration, subject, kind.number, process.encode())
        (raw,) = self._reader.read([key])
        if compiled is None or raw is None:
            return None
        instance = kind.stored.read(raw)
        version = compiled.version(instance.definition)
        if version is None:
            return None
        definition = version.definition
        taken = tuple(at_level(definition.path(instance.steps), ""))
        return Way(definition.name or process, version.source, taken, where)

    def case_of(self, administration: str, kind: str, value: str) -> str:
        """The case behind an alias; empty when there is none."""
        (raw,) = self._reader.read([keys.alias_key(PARTITION, administration, kind, value)])
        return raw.hex() if raw else ""

    def evidence(self, position: str) -> tuple[bytes, Key]:
        """Evidence for a journalled message, and the key of this log. NotFound before a checkpoint covers it."""
        assert self._key is not None
        return prove_row(self._reader, self._key, Log.JOURNAL, int(position, 16)).write(), self._key

    def outcomes(self, feed: str) -> list[bytes]:
        """The bodies of everything published as an event, in order."""
        found = [r for r in self._rows(Mark(0, 0)) if isinstance(r.row, SentRow) and r.row.party == FEED + feed]
        return [each.body for each in sorted(found, key=lambda each: each.position)]

    def _last(self, log: Log) -> int:
        last = 0
        for position, _ in self._scan(log, 0):
            last = position
        return last

    def _scan(self, log: Log, after: int) -> Iterator[tuple[int, bytes]]:
        start, end = max(after, keys.log_position(PARTITION, 0)), keys.log_position(PARTITION + 1, 0) - 1
        while rows := self._reader.scan_log(log, start, end, ROWS):
            yield from rows
            start = rows[-1][0]

    def _rows(self, since: Mark) -> Iterator[Row]:
        for position, raw in self._scan(Log.JOURNAL, since.journal):
            row = JOURNAL.read(raw)
            yield Row(position, row, row.content.octets)
        for position, raw in self._scan(Log.SENT, since.sent):
            sent = SENT.read(raw)
            yield Row(position, sent, sent.content.octets)

    def _exchange(self, row: Row, known: Mapping[int, str]) -> Exchange | None:
        if isinstance(row.row, SentRow):
            return self._sent(row, row.row)
        return self._journalled(row, row.row, known.get(row.row.cause, ""))

    def _sent(self, row: Row, sent: SentRow) -> Exchange | None:
        if sent.origin:
            return None  # shown when it was accepted: this is only its second half
        kind = Kind.EVENT if sent.kind is SentKind.EVENT else Kind.MESSAGE
        source, target = ADMINISTRATION + sent.administration, sent.party.partition("#")[0]
        body = row.body.decode()
        return Exchange(
            sent.at, source, target, sent.type, kind, sent.id, body=body, faults=_named(sent.type, body),
            channel=CHANNELS.get(channel_of(sent.lane), ""),
        )  # fmt: skip

    def _journalled(self, row: Row, journal: JournalRow, cause: str) -> Exchange | None:
        own = ADMINISTRATION + journal.administration
        if journal.kind is RowKind.CARRIED:
            return None  # what proves that a message arrived, which is shown itself
        if journal.kind is RowKind.TIMER:
            return Exchange(journal.received, own, own, journal.id, Kind.TIMER, inside=True)
        if not journal.origin.platform:
            return self._internal(journal, own, cause)
        name = self._name(journal.operation)
        body = row.body.decode()
        target = journal.relay_to or own
        note = "passed on by the central platform" if journal.relay_to else ""
        kind = Kind.DECISION if self._by_officers(journal.operation) else Kind.MESSAGE
        faults = _named(name, body)
        channel = CHANNELS.get(journal.origin.channel, "")
        return Exchange(
            journal.received, journal.sender, target, name, kind, journal.id, note, body, faults, channel=channel
        )

    def _internal(self, journal: JournalRow, own: str, cause: str) -> Exchange | None:
        if journal.kind is RowKind.ANSWER:
            service = cause.partition(".")[0]  # unknown where another case caused it
            source = f"{journal.sender}/{service}" if service else journal.sender
            return Exchange(journal.received, source, own, journal.id, inside=True)
        service = journal.operation.partition(".")[0]
        target = own if journal.sender != own else f"{own}/{service}"
        return Exchange(journal.received, journal.sender, target, journal.id, inside=True)

    def _by_officers(self, operation: str) -> bool:
        declared = self._catalogue.operations.get(operation)
        return declared is not None and any(each.kind is ActorKind.OFFICER for each in declared.by)

    def _name(self, operation: str) -> str:
        if operation.startswith("@relay:"):
            return operation.removeprefix("@relay:")
        declared = self._catalogue.operations.get(operation)
        return declared.request.__name__ if declared else operation


def changed_last(reader: Reader) -> list[tuple[str, int, CaseEntry, int]]:
    """Every case with a message: administration, subject, entry, and when the last one came; the earliest first."""
    last: dict[tuple[str, int], int] = {}
    after, end = keys.log_position(PARTITION, 0), keys.log_position(PARTITION + 1, 0) - 1
    while rows := reader.scan_log(Log.JOURNAL, after, end, ROWS):
        for _, raw in rows:
            row = JOURNAL.read(raw)
            last[row.administration, row.subject] = row.received
        after = rows[-1][0]
    kind = kind_of(CaseEntry)
    asked = [(*case, at) for case, at in sorted(last.items(), key=lambda each: each[1])]
    held = reader.read([keys.record_key(PARTITION, code, case, kind.number, b"") for code, case, _ in asked])
    found = zip(asked, held, strict=True)
    return [(code, case, kind.stored.read(raw), at) for (code, case, at), raw in found if raw is not None]


def _named(name: str, body: str) -> tuple[FaultSeen, ...]:
    """The faults that a functional refusal names."""
    if name not in REFUSALS:
        return ()
    errors = getattr(phase5.read(body.encode()), "functional_error", ())
    return tuple(
        FaultSeen(e.error_pointer, e.error_code, "", e.error_reason or "", e.original_attribute_value or "")
        for e in errors
    )
