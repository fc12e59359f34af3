"""One tick: accept what waits, handle in journal order and in waves, commit once, then let the receipts go.

A wave is one batched read of everything its messages declare, then the handlers; the messages they sent inside the
partition are the next wave. The tick ends when nothing is left or its budget is spent; the rest stays behind the
cursor.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec

from douane.model.declare import Operation
from douane.model.rules import Look
from douane.runtime import keys
from douane.runtime.accept import accept, preload
from douane.runtime.behaviour import Handler
from douane.runtime.envelope import Arrival, Envelope, JournalRow, Parked, Receipt, Refusal, SentRow
from douane.runtime.flush import flush
from douane.runtime.owner import Owner, Pending
from douane.runtime.ports import Instant
from douane.runtime.quarantine import again, park
from douane.runtime.queries import View
from douane.runtime.records import Expectation, ProcessInstance, RecordKind, Timers, Value, kind_of
from douane.runtime.route import internal, route
from douane.runtime.work import GONE, Work, range_bounds
from douane.vocabulary.errors import DouaneError, Fault, Retry, SenderFault

WAVE = 256
TIMER = "@timer"
_TIMERS = kind_of(Timers)
_EXPECTATION = kind_of(Expectation)
_INSTANCE = kind_of(ProcessInstance)


class Tick:
    """The working state of one tick of one owner. Everything it changes in memory is void when the commit fails."""

    def __init__(self, owner: Owner) -> None:
        owner.must_live()
        self.owner = owner
        self.partition = owner.partition
        self.started = self.now = owner.ports.clock.now()
        self.known: dict[bytes, Receipt] = {}
        self.rows: list[tuple[int, JournalRow]] = []
        self.sent: list[tuple[int, SentRow]] = []
        self.leaves: list[bytes] = []
        self.refusals: list[tuple[int, Refusal]] = []
        self.promise_kept = b""
        self.promise_number = 0
        self.serials_used: dict[bytes, int] = {}
        self.timer_administrations: dict[int, str] = {}
        self.before: dict[bytes, tuple[RecordKind, Value | None]] = {}
        self.history: list[tuple[RecordKind, bytes, Value, Instant]] = []
        self.bound: dict[bytes, int] = {}
        self.names: dict[int, list[tuple[str, str]]] = {}
        self.parked: dict[int, Parked | None] = {}
        self.timers_new: dict[bytes, None] = {}
        self.timers_gone: set[bytes] = set()
        self.handled = 0
        self._looks: dict[dt.date, Look] = {}
        self._fresh: set[int] = set()

    def run(self, arrivals: Sequence[Arrival] = (), release: Sequence[int] = ()) -> list[Receipt | DouaneError]:
        """Accept, handle, commit; a result for each arrival in its order. A failed commit ends the owner."""
        arriving = list(arrivals)
        preload(self, arriving)
        results = accept(self, arriving)
        self._sign(results)
        self._fire()
        for position in release:
            again(self, position)
        self._handle()
        batch = flush(self)
        if batch:
            try:
                self.owner.ports.store.apply(batch, self.partition, self.owner.epoch)
            except BaseException:
                self.owner.end()
                raise
            self.owner.ports.auditor.committed()
        self.owner.trim()
        return results

    # --- what acceptance and works read

    def record(self, kind: RecordKind, key: bytes) -> Any:
        """A record as of this moment of the tick."""
        return self.owner.load(kind, key)

    def alias(self, administration: str, kind: str, value: str) -> int | None:
        """The subject behind an alias, as of this moment of the tick."""
        key = keys.alias_key(self.partition, administration, kind, value)
        found = self.owner.aliases.get(key)
        if found is None:
            self.fetch_aliases([key])
            found = self.owner.aliases.get(key)
        return found or None

    def fetch_aliases(self, wanted: Sequence[bytes]) -> None:
        """Bring aliases into the cache with one batched read; 0 remembers that there is none."""
        cache = self.owner.aliases
        missing = [key for key in wanted if key not in cache]
        if missing:
            for key, raw in zip(missing, self.owner.ports.store.read(missing), strict=True):
                cache[key] = int.from_bytes(raw, "big") if raw else 0

    def find(
        self, kind: RecordKind, index: str, equal: Sequence[object], low: object, high: object, limit: int, work: Work
    ) -> list[Any]:
        """Records by index: the committed ones, corrected by what this tick and this work changed."""
        declared = kind.index(index)
        head = keys.space(keys.INDEX, self.partition) + work.administration.encode()
        prefix = head + keys.u16(kind.number) + bytes((declared.number,)) + b"".join(keys.field(e) for e in equal)
        start, end = range_bounds(prefix, low, high)
        overlay = {key: self.owner.records.get(key) for key, (k, _) in self.before.items() if k is kind}
        overlay.update({key: None if value is GONE else value for key, value in work.overlay(kind)})
        pairs = self.owner.ports.store.scan(start, end, limit + len(overlay))
        found = [(entry, key) for entry, key in pairs if key not in overlay]
        for key, value in overlay.items():
            if value is not None:
                found += [(e, key) for e in kind.entries(value, head, key[5:13] + key[15:]) if start <= e < end]
        found.sort()
        chosen = found[:limit]
        self.owner.fetch((kind, key) for _, key in chosen if key not in overlay)
        return [overlay[key] if key in overlay else self.owner.load(kind, key) for _, key in chosen]

    def look(self, date: dt.date | None) -> Look:
        """Code lists and dating as of a date; one object per date and tick."""
        on = date or dt.datetime.fromtimestamp(self.now / 1e6, dt.UTC).date()
        found = self._looks.get(on)
        if found is None:
            found = self._looks[on] = self.owner.ports.look(on)
        return found

    def query(self, work: Work, operation: Operation, question: Any) -> Any:
        """A query of a process step, answered from the committed state."""
        ports = self.owner.ports
        answer = ports.behaviour.queries.get(operation.qualified)
        if answer is None:
            raise LookupError(f"{operation.qualified} is answered nowhere in this node")
        view = View(ports.store, work.administration, self.now, self.look, caller="@process")
        return answer.answer(view, question)

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

    # --- what acceptance and works leave

    def fresh_subject(self) -> int:
        """A subject minted now: nothing of it can be in the store."""
        subject = self.owner.mint(self.now)
        self._fresh.add(subject)
        return subject

    def bind(self, administration: str, kind: str, value: str, subject: int) -> None:
        """Bind an alias to a subject."""
        key = keys.alias_key(self.partition, administration, kind, value)
        self.owner.aliases[key] = subject
        self.bound[key] = subject
        self.names.setdefault(subject, []).append((kind, value))

    def journal(self, row: JournalRow, message: Any, leaf: bytes) -> int:
        """Append a journal row and queue it for its handler."""
        self.leaf(leaf)
        self.owner.state.journal = number = self.owner.state.journal + 1
        position = keys.log_position(self.partition, number)
        self.rows.append((position, row))
        self.owner.pending.append(Pending(position, row, message))
        return position

    def leaf(self, leaf: bytes) -> int:
        """Append an audit leaf; its number in this partition."""
        self.owner.state.leaf = number = self.owner.state.leaf + 1
        self.leaves.append(leaf)
        return number

    def refuse(self, envelope: Envelope, code: str) -> None:
        """Leave an audit leaf for a message that will not be journalled."""
        e = envelope
        refusal = Refusal(
            e.id, e.sender, e.operation, e.circle, e.platform, code, e.digest, e.received, self.owner.salt()
        )
        number = self.leaf(self.owner.ports.auditor.refusal_leaf(refusal))
        self.refusals.append((keys.log_position(self.partition, number), refusal))

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

    def change(self, kind: RecordKind, key: bytes, value: Any, valid_from: Instant = 0) -> None:
        """Set a record; what it was before the tick is remembered for its indexes."""
        if key not in self.before:
            self.before[key] = (kind, self.owner.load(kind, key))
        self.owner.records[key] = None if value is GONE else value
        if kind.history and value is not GONE:
            self.history.append((kind, key, value, valid_from or self.now))

    # --- handling

    def _sign(self, results: list[Receipt | DouaneError]) -> None:
        fresh = [(n, r) for n, r in enumerate(results) if isinstance(r, Receipt) and not r.promise]
        if not fresh:
            return
        leaves = [r.leaf for _, r in fresh]
        self.promise_number = fresh[0][1].leaf_number
        self.promise_kept, promises = self.owner.ports.auditor.promise(leaves, self.now)
        stored: dict[int, Receipt] = {}
        for nth, ((n, receipt), promise) in enumerate(zip(fresh, promises, strict=True)):
            kept = stored.setdefault(
                receipt.position, msgspec.structs.replace(receipt, promised=self.promise_number, place=nth)
            )
            results[n] = msgspec.structs.replace(kept, promise=promise)
        for key, receipt in self.known.items():
            self.known[key] = stored.get(receipt.position, receipt)

    def _fire(self) -> None:
        """Due timers enter their subject's queue."""
        owner = self.owner
        if owner.next_timer > self.now:
            return
        start = keys.space(keys.TIMER, self.partition)
        due = owner.ports.store.scan(start, start + keys.u64(self.now + 1), WAVE)
        for key, value in due:
            if key not in self.timers_gone:
                subject, name = int.from_bytes(key[11:19], "big"), key[19:].decode()
                internal(self, TIMER, None, subject, value.decode(), id=name, at=int.from_bytes(key[3:11], "big"))
                self.timers_gone.add(key)
        owner.next_timer = 0 if len(due) == WAVE else self._earliest()

    def _earliest(self) -> Instant:
        prefix = keys.space(keys.TIMER, self.partition)
        rows = self.owner.ports.store.scan(prefix + keys.u64(self.now + 1), keys.after(prefix), 1)
        return int.from_bytes(rows[0][0][3:11], "big") if rows else 1 << 62

    def _handle(self) -> None:
        owner = self.owner
        pending, clock, budget = owner.pending, owner.ports.clock, owner.ports.budget
        while pending:
            wave = [pending.popleft() for _ in range(min(WAVE, len(pending)))]
            self._prefetch(wave)
            for n, item in enumerate(wave):
                self._one(item)
                if n & 15 == 15 and clock.now() - self.started > budget:
                    pending.extendleft(reversed(wave[n + 1 :]))
                    return
            if clock.now() - self.started > budget:
                return

    def _prefetch(self, wave: list[Pending]) -> None:
        wanted: list[tuple[RecordKind, bytes]] = []
        cache, fresh = self.owner.records, self._fresh
        for item in wave:
            row = item.row
            handler = self.owner.ports.behaviour.handlers.get(row.operation)
            for record in handler.reads if handler else ():
                kind = kind_of(record)
                key = keys.record_key(self.partition, row.administration, row.subject, kind.number, b"")
                if row.subject in fresh:
                    cache.setdefault(key, None)
                elif key not in cache:
                    wanted.append((kind, key))
        if wanted:
            self.owner.fetch(wanted)

    def _one(self, item: Pending) -> None:
        """Handle one message; whatever it raises concerns it alone."""
        row = item.row
        self.owner.state.cursor = keys.position_number(item.position)
        blocker = self.owner.blocked.get(row.subject)
        if blocker:
            park(self, item, "waits behind a message of the same case", waits_for=blocker)
            return
        self.attempt(item)

    def attempt(self, item: Pending, attempts: int = 1) -> bool:
        """Run the handler of a message and keep its effects; False when it failed and the message was set aside."""
        row = item.row
        handler = self.owner.ports.behaviour.handlers.get(row.operation)
        self.handled += 1
        try:
            work = self._dispatch(item, handler)
        except Exception as problem:  # noqa: BLE001 - a poison message must not harm its neighbours
            blocks = handler is not None and handler.operation.poison.value == "wait"
            park(self, item, f"{type(problem).__name__}: {problem}", blocks=blocks, attempts=attempts)
            return False
        self._merge(work)
        return True

    def _dispatch(self, item: Pending, handler: Handler | None) -> Work:
        row = item.row
        work = Work(self, row, item.position)
        if row.operation == TIMER:
            self._timer(work)
            return work
        message = item.message if item.message is not None else self._decode(row)
        if row.answers is not None:
            process = self.owner.ports.behaviour.processes[row.answers.process]
            process.answered(work, row.answers, message)
            return work
        if handler is None:
            raise LookupError(f"no handler for {row.operation}")
        faults = _conflict(row) if row.conflict else ()
        if not faults and handler.rules is not None:
            faults = handler.rules.faults(message, self.look(None))
        if not faults:
            try:
                handler.handle(work, message)
            except SenderFault as problem:
                if problem.retry is not Retry.NEVER or handler.refuse is None:
                    raise
                work = Work(self, row, item.position)
                faults = problem.faults or (Fault("", "14", str(problem)),)
        if faults:
            if handler.refuse is None:
                raise SenderFault(faults[0].remedy, faults=faults)
            handler.refuse(work, message, faults)
        return work

    def _decode(self, row: JournalRow) -> Any:
        return self.owner.ports.codecs.decode(row.operation, row.media, self.owner.ports.decompress(row.body))

    def _timer(self, work: Work) -> None:
        due = dict(work.row_timers())
        if due.get(work.row.id) != work.row.received:
            return  # cancelled or moved after it had entered the queue
        work.timer(work.row.id, 0)
        name = work.row.id.partition(":")[0]
        process = self.owner.ports.behaviour.processes.get(name)
        if process is None:
            raise LookupError(f"no process {name} for timer {work.row.id}")
        process.timer_fired(work, work.row.id)

    def _merge(self, work: Work) -> None:
        for kind, value in work.aliases:
            self.bind(work.administration, kind, value, work.subject)
        for key, (record, content, valid_from) in work.puts.items():
            self.change(record, key, content, valid_from)
        if work.timers:
            self._set_timers(work)
        for out in work.outs:
            route(self, work, out)

    def _set_timers(self, work: Work) -> None:
        key = keys.record_key(self.partition, work.administration, work.subject, _TIMERS.number, b"")
        current: dict[str, int] = dict(work.row_timers())
        for name, due in work.timers.items():
            old = current.pop(name, 0)
            if old:
                was = keys.timer_key(self.partition, old, work.subject, name)
                if was in self.timers_new:
                    del self.timers_new[was]
                else:
                    self.timers_gone.add(was)
            if due:
                current[name] = due
                now = keys.timer_key(self.partition, due, work.subject, name)
                self.timers_gone.discard(now)
                self.timers_new[now] = None
                self.owner.next_timer = min(self.owner.next_timer, due)
        self.timer_administrations[work.subject] = work.administration
        self.change(_TIMERS, key, Timers(tuple(current.items())) if current else GONE)


def _conflict(row: JournalRow) -> tuple[Fault, ...]:
    if row.conflict == "taken":
        return (Fault("", "26", "This reference belongs to another case; use a new one.", value=row.id),)
    return (Fault("", "90", "No case is known under this reference; check it.", value=row.id),)
