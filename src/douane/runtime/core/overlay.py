"""The working state of one tick: what it read, what it will commit. Works and acceptance see the store through it.

Everything it changes in memory is void when the commit fails, for then the owner ends.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import Any, Final

import msgspec

from douane.model.caller import Caller
from douane.model.declare import Operation
from douane.model.rules import Look
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.core.owner import Owner, Pending
from douane.runtime.core.tick_view import TickView
from douane.runtime.replication.keeping import Changes
from douane.runtime.replication.sums import SumState
from douane.runtime.store import history, keys
from douane.runtime.store.envelope import (
    JOURNAL,
    OWNER,
    Envelope,
    JournalRow,
    Parked,
    Receipt,
    Refusal,
    RowKind,
    SentRow,
    WireRow,
)
from douane.runtime.store.history import AsOf, Range, Version, must_have_history, stored_versions
from douane.runtime.store.indexing import BuildIndex, refuse_unbuilt
from douane.runtime.store.ports import DAY, Batch, Instant, Log
from douane.runtime.store.records import CaseEntry, RecordKind, Value, kind_of
from douane.vocabulary.codes import Codes
from douane.vocabulary.errors import NewerRelease

_CASE = kind_of(CaseEntry)
ANSWERS_BOUND: Final = 4_096
"""Answers of one administration's registers that are kept at most."""
GONE: Final = object()
"""Marks a deleted record."""
_UNASKED: Final = object()


class Overlay:
    """What one tick of one owner has read and changed so far."""

    def __init__(self, owner: Owner) -> None:
        owner.must_live()
        self.owner = owner
        self.partition = owner.partition
        self.started = owner.ports.clock.now()
        self.now = owner.committing_at(self.started)
        self.committing: Instant | None = None  # how long the commit took; None where there was nothing to commit
        self.known: dict[bytes, Receipt] = {}
        self.wires: dict[bytes, WireRow] = {}
        self.certificates: dict[bytes, bytes] = {}
        self.rows: list[tuple[int, JournalRow]] = []
        self.sent: list[tuple[int, SentRow]] = []
        self.bodies: dict[int, bytes] = {}  # of sent messages, by position, as they leave
        self.leaves: list[bytes] = []
        self.refusals: list[tuple[int, Refusal]] = []
        self.promise_kept = b""
        self.promise_number = 0
        self.serials_used: dict[bytes, int] = {}
        self.timer_administrations: dict[int, str] = {}
        self.before: dict[bytes, tuple[RecordKind, Value | None]] = {}
        self.history: list[tuple[RecordKind, bytes, Version]] = []
        self.bound: dict[bytes, int] = {}
        self.unbound: set[bytes] = set()
        self.names: dict[int, list[tuple[str, str]]] = {}
        self.parked: dict[int, Parked | None] = {}
        self.timers_new: dict[bytes, None] = {}
        self.timers_gone: set[bytes] = set()
        self.began: list[tuple[str, str, str, int]] = []  # names that cases got which the centre is to hear of
        self.asked: list[str] = []  # queries that handlers and steps asked inside the tick
        self.steps: list[tuple[str, str]] = []  # (file, element) of steps that asked
        self.guessed: list[tuple[int, JournalRow]] = []  # messages that showed a case a wrong code, by position
        self.runs: list[tuple[str, str]] = []  # (operation, file) of processes that messages began or moved on
        self.handled = 0
        self.releases = False
        self.building: list[BuildIndex] = []
        self.summing: list[SumState] = []
        self.vanished: dict[bytes, Changes] = {}  # what views say no more, by head, after a restore
        self.aside = Batch()  # what retention takes out of the logs
        self.delivered: dict[bytes, tuple[bytes, bytes]] = {}
        self.reported: dict[bytes, bytes] = {}
        self._looks: dict[dt.date | None, Look] = {}
        self._told: bool | None = None  # whether other partitions tell of their registers; not asked yet
        self._touched: set[bytes] = set()  # administrations of which it changed records
        self._midnight, self._day = -2 * DAY, dt.date.min  # the day asked last: most messages of a tick share it

    # --- what acceptance and works read

    def record(self, kind: RecordKind, key: bytes) -> Any:
        """A record as of this moment of the tick."""
        return self.owner.load(kind, key)

    def foreign(self, kind: RecordKind, key: bytes) -> Any:
        """A record of another partition as committed there. It is not kept: its owner may change it at any time."""
        raw = self.owner.ports.store.read([key])[0]
        return None if raw is None else kind.stored.read(raw)

    def message(self, position: int) -> Any:
        """A journalled message of this partition, typed: at hand where it was remembered lately, else read again."""
        known = self.owner.messages
        found = known.get(position)
        if found is None:
            row = next((row for at, row in self.rows if at == position), None) or self.owner.journal_row(position)
            found = known[position] = self.owner.decode(row.operation, row.id, row.content)
        return found

    def case_entry(self, key: bytes) -> CaseEntry | None:
        """The case index entry under a key, as committed or as this tick left it."""
        found = self.record(_CASE, key)
        return found if isinstance(found, CaseEntry) else None

    def alias(self, administration: str, kind: str, value: str) -> int | None:
        """The subject behind an alias, as of this moment of the tick."""
        key = keys.alias_key(self.partition, administration, kind, value)
        found = self.owner.aliases.get(key)
        if found is None:
            self.fetch_aliases([key])
            found = self.owner.aliases.get(key)
        return found or (self._alias_elsewhere(administration, kind, value) if self.owner.ports.partitions else None)

    def _alias_elsewhere(self, administration: str, kind: str, value: str) -> int | None:
        """The subject behind an alias that another partition of the node has bound."""
        wanted = [keys.alias_key(p, administration, kind, value) for p in self.owner.others]
        bound = next((raw for raw in self.owner.ports.store.read(wanted) if raw), None)
        return int.from_bytes(bound, "big") if bound else None

    def fetch_aliases(self, wanted: Sequence[bytes]) -> None:
        """Bring aliases into the cache with one batched read; 0 remembers that there is none."""
        cache = self.owner.aliases
        missing = [key for key in wanted if key not in cache]
        if missing:
            for key, raw in zip(missing, self.owner.ports.store.read(missing), strict=True):
                cache[key] = int.from_bytes(raw, "big") if raw else 0

    def find(
        self, kind: RecordKind, index: str, equal: Sequence[object], low: object, high: object, limit: int,
        administration: str, own: Mapping[bytes, Any],
    ) -> list[tuple[int, Any]]:  # fmt: skip
        """Records by index, each with its subject: the committed ones,
        corrected by what this tick and the asking work (``own``) changed.

        Records of other partitions are found as committed there.
        """
        declared = kind.index(index)
        refuse_unbuilt(self.owner.ports.store, (self.partition, *self.owner.others), declared)
        head = keys.space(keys.INDEX, self.partition) + administration.encode()
        prefix = head + keys.u16(kind.number) + bytes((declared.number,)) + b"".join(keys.field(e) for e in equal)
        start, end = keys.bounds(prefix, low, high)
        overlay = {key: self.owner.records.get(key) for key, (k, _) in self.before.items() if k is kind}
        overlay.update({key: None if value is GONE else value for key, value in own.items()})
        pairs = self.owner.ports.store.scan(start, end, limit + len(overlay))
        found = [(entry, key) for entry, key in pairs if key not in overlay]
        for key, value in overlay.items():
            if value is not None:
                found += [(e, key) for e in kind.entries(value, head, key[5:13] + key[15:]) if start <= e < end]
        for other in self.owner.others if self.owner.ports.partitions else ():
            mark = keys.space(keys.INDEX, other)
            found += self.owner.ports.store.scan(mark + start[3:], mark + end[3:], limit)
        found.sort(key=_without_partition)
        chosen, mine = found[:limit], head[1:3]
        self.owner.fetch((kind, key) for _, key in chosen if key not in overlay and key[1:3] == mine)
        return [
            (
                int.from_bytes(key[5:13], "big"),
                overlay[key] if key in overlay
                else self.owner.load(kind, key) if key[1:3] == mine
                else self.foreign(kind, key),
            )
            for _, key in chosen
        ]  # fmt: skip

    def get_as_of(self, kind: RecordKind, key: bytes, as_of: AsOf, own: Mapping[bytes, Version]) -> Any:
        """A version of a record: of those committed, of this tick, and of the asking work (``own``)."""
        must_have_history(kind)
        fresh = self._fresh_versions(kind, own).get(key, ())
        return as_of.held(chain(stored_versions(self.owner.ports.store, kind, key, as_of), fresh))

    def find_as_of(
        self, kind: RecordKind, wanted: Range, as_of: AsOf, limit: int, administration: str,
        own: Mapping[bytes, Version],
    ) -> list[Any]:  # fmt: skip
        """Records by an index as it stood, corrected by what this tick and the asking work changed since."""
        must_have_history(kind)
        store, partitions = self.owner.ports.store, (self.partition, *self.owner.others)
        refuse_unbuilt(store, partitions, wanted.index)
        heads = [keys.u16(partition) + administration.encode() for partition in partitions]
        fresh = self._fresh_versions(kind, own)
        rows = (row for row in history.found(store, kind, heads, wanted, as_of) if row[1] not in fresh)
        chosen = [(entry, value) for entry, _, value in islice(rows, limit)]
        for key in (key for key in fresh if key[1:5] in heads):
            value = self.get_as_of(kind, key, as_of, own)
            chosen += [(entry, value) for entry in wanted.entries(key, value)] if value is not None else []
        return [value for _, value in sorted(chosen, key=itemgetter(0))[:limit]]

    def _fresh_versions(self, kind: RecordKind, own: Mapping[bytes, Version]) -> dict[bytes, list[Version]]:
        """What this tick and the asking work added to the history of a record type, by record."""
        added: dict[bytes, list[Version]] = {}
        for each, key, version in self.history:
            if each is kind:
                added.setdefault(key, []).append(version)
        for key, version in own.items():
            added.setdefault(key, []).append(version)
        return added

    def day_of(self, at: Instant) -> dt.date:
        """The day of an instant (UTC); as of the day of its receipt a message is judged where nothing else is said."""
        if at - self._midnight >= DAY or at < self._midnight:
            self._midnight = at - at % DAY
            self._day = dt.datetime.fromtimestamp(at / 1e6, dt.UTC).date()
        return self._day

    def look(self, date: dt.date | None) -> Look:
        """Code lists and dating as of a date (default: today); one object per date and tick."""
        found = self._looks.get(date)
        if found is None:
            on = date or self.day_of(self.now)
            found = self._looks[date] = self._looks[on] = self._looks.get(on) or self.owner.ports.look(on)
        return found

    def query(self, administration: str, operation: Operation, question: Any, *, asks: Caller) -> Any:
        """A query of a handler or a process step to an administration that this node serves; ``asks``: who asks.

        What changes with its records and with the day alone (``by_day``) is answered once, until they do or a day
        begins somewhere: the day that counts may be another place's than the administration's.
        """
        self.asked.append(operation.qualified)
        kept, key = self._kept(administration, operation), None
        if kept is not None:
            key = operation.qualified, asks, question, self.owner.ports.statutory.quarter(self.now)
            found = kept.get(key, _UNASKED)
            if found is not _UNASKED:
                return found
        answer = self.owner.ports.behaviour.queries.get(operation.qualified)
        if answer is None:
            raise LookupError(f"{operation.qualified} is answered nowhere in this node")
        found = answer.answer(TickView(self, administration, asks), question)
        if kept is not None:
            kept[key] = found
        return found

    def under(self, kind: RecordKind, prefix: bytes, administration: str, asks: Caller) -> dict[bytes, Any]:
        """The records of a type whose keys begin like this, by key; None for what this tick removed."""
        return TickView(self, administration, asks).under(kind, prefix)

    def _kept(self, administration: str, operation: Operation) -> dict[object, Any] | None:
        """The answers of an administration that are kept; None where others change what they rest on and do not say."""
        if not operation.by_day:
            return None
        if self.owner.ports.partitions and not (administration == UNION and self._others_tell()):
            return None
        kept = self.owner.answers.setdefault(administration.encode(), {})
        if len(kept) >= ANSWERS_BOUND:
            kept.clear()
        return kept

    def _others_tell(self) -> bool:
        """Whether every other partition tells when it changes records of the union. Once a tick they are asked; what
        was answered before one of them did is forgotten.

        A message that was accepted after such a commit is handled in a later tick, so it meets what was committed.
        """
        if self._told is None:
            rows = self.owner.ports.store.read([keys.space(keys.OWNER, other) for other in self.owner.others])
            told = tuple(_registers(raw) for raw in rows)
            if told != self.owner.registers:
                self.owner.answers.pop(UNION.encode(), None)
                self.owner.registers = told
            self._told = 0 not in told
        return self._told

    def changed(self, administration: str) -> bool:
        """Whether this tick changed records of an administration so far."""
        return administration.encode() in self._touched

    def codes_of(self, operation: str) -> Codes:
        """By which codes refusals of what an operation takes are told."""
        return self.owner.ports.codecs.codes_of(operation)

    def serves(self, administration: str, operation: Operation) -> bool:
        """Whether a query to an administration is answered in this node, and so inside the tick."""
        ports = self.owner.ports
        answered = operation.qualified in ports.behaviour.queries
        return answered and ports.router.hosts(administration, operation.qualified)

    def serial(self, administration: str, name: str) -> int:
        """The next number of a series."""
        key = keys.space(keys.SERIAL, self.partition) + administration.encode() + name.encode()
        last = self.owner.serials.get(key)
        if last is None:
            raw = self.owner.ports.store.read([key])[0]
            last = int.from_bytes(raw, "big") if raw else 0
        self.owner.serials[key] = last + 1
        self.serials_used[key] = last + 1
        return last + 1

    def opening_row(self, subject: int) -> JournalRow | None:
        """The message that opened a case, as of this moment of the tick; None where the journal has it no more."""
        prefix = keys.SUBJECT + keys.u16(self.partition) + keys.u64(subject) + b"j"
        for key, _ in self.owner.ports.store.scan(prefix, keys.after(prefix), 1):
            (raw,) = self.owner.ports.store.read_log(Log.JOURNAL, [int.from_bytes(key[-8:], "big")])
            return None if raw is None else JOURNAL.read(raw)
        return next((row for _, row in self.rows if row.subject == subject), None)

    # --- what acceptance and works leave

    def fresh_subject(self) -> int:
        """A subject minted now: nothing of it can be in the store."""
        return self.owner.mint(self.now)

    def bind(self, administration: str, kind: str, value: str, subject: int) -> None:
        """Bind an alias to a subject."""
        key = keys.alias_key(self.partition, administration, kind, value)
        self.owner.aliases[key] = subject
        self.bound[key] = subject
        self.name(subject, kind, value)
        if self.owner.ports.abroad(administration):
            self.began.append((administration, kind, value, subject))

    def lead(self, administration: str, kind: str, value: str, subject: int) -> None:
        """Bind an alias that no list shows and nobody is told of."""
        key = keys.alias_key(self.partition, administration, kind, value)
        self.owner.aliases[key] = self.bound[key] = subject

    def name(self, subject: int, kind: str, value: str) -> None:
        """Tell the case index a name of a case."""
        names = self.names.setdefault(subject, [])
        if (kind, value) not in names:
            names.append((kind, value))

    def unbind(self, administration: str, kind: str, value: str, subject: int) -> None:
        """Let a name of a case go, so that another may have it: what opened it was refused and kept nothing."""
        key = keys.alias_key(self.partition, administration, kind, value)
        if self.alias(administration, kind, value) != subject:
            return
        if self.bound.pop(key, None) is None:
            self.unbound.add(key)
        self.owner.aliases[key] = 0
        self.names[subject] = [name for name in self.names.get(subject, ()) if name != (kind, value)]

    def journal(self, row: JournalRow, message: Any, leaf: bytes) -> int:
        """Append a journal row and queue it for its handler."""
        owner, state = self.owner, self.owner.state
        state.leaf += 1
        self.leaves.append(leaf)
        state.journal = number = state.journal + 1
        position = keys.log_position(self.partition, number)
        self.rows.append((position, row))
        owner.pending.append(Pending(position, row, message))
        return position

    def leaf(self, leaf: bytes) -> int:
        """Append an audit leaf; its number in this partition."""
        self.owner.state.leaf = number = self.owner.state.leaf + 1
        self.leaves.append(leaf)
        return number

    def refuse(self, envelope: Envelope, code: str) -> None:
        """Leave an audit leaf for a message that will not be journalled."""
        refusal = Refusal(
            envelope.origin, envelope.named, code, envelope.content.digest, self.owner.salt(),
            envelope.kind is RowKind.TURNED_AWAY, committed=self.now, clock=envelope.clock,
        )  # fmt: skip
        number = self.leaf(self.owner.ports.auditor.refusal_leaf(refusal))
        self.refusals.append((keys.log_position(self.partition, number), refusal))

    def keep_certificate(self, der: bytes) -> None:
        """Keep a certificate that a sender showed, once a partition; one that was kept before is not written again."""
        digest = hashlib.sha256(der).digest()
        if digest not in self.owner.certificates:
            self.owner.certificates.add(digest)
            self.certificates[keys.certificate_key(self.partition, digest)] = der

    def with_promise(self, receipt: Receipt) -> Receipt:
        """A stored receipt as it was first given: the promise is kept once for all receipts of its tick."""
        if receipt.promise or not receipt.promised:
            return receipt
        key = keys.AUDIT + keys.u16(self.partition) + b"p" + keys.u64(receipt.promised)
        kept = self.owner.ports.store.read([key])[0]
        if kept is None:
            return receipt
        promise = self.owner.ports.auditor.promised(kept, receipt.place)
        return msgspec.structs.replace(receipt, promise=promise)

    def change(
        self, kind: RecordKind, key: bytes, value: Any, valid_from: Instant = 0, position: int = 0
    ) -> None:  # fmt: skip
        """Set a record; what it was before the tick is remembered for its indexes, each version for its history."""
        owner, administration = self.owner, key[3:5]
        if key not in self.before:
            was: Any = owner.records.get(key, _UNASKED)
            self.before[key] = (kind, owner.load(kind, key) if was is _UNASKED else was)
        kept = None if value is GONE else value
        owner.records[key] = kept
        self._touched.add(administration)
        owner.answers.pop(administration, None)
        if kind.history:
            self.history.append((kind, key, Version(self.now, valid_from or self.now, position, kept)))


def _registers(raw: bytes | None) -> int:
    """What a partition tells of its registers; -1 where nobody has committed in it, 0 where it cannot be known."""
    try:
        return OWNER.read(raw).registers if raw is not None else -1
    except NewerRelease:
        return 0


def _without_partition(entry: tuple[bytes, bytes]) -> bytes:
    return entry[0][3:]
