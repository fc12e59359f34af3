"""One tick: accept what waits, handle in journal order and in waves, commit once, then let the receipts go.

A wave is one batched read of everything its messages declare, then the handlers; the messages they sent inside the
partition are the next wave. The tick ends when nothing is left or its budget is spent, at which it looks after each
message; the rest stays behind the cursor.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from douane.model.caller import CORE
from douane.model.decisive import decisive_day
from douane.model.declare import Operation, Poison
from douane.model.parties import acting_fields
from douane.runtime.catalogue.behaviour import FOLLOWS, Handler
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.catalogue.delegating import bounds_of, covers, is_judged
from douane.runtime.core.accept import accept, preload
from douane.runtime.core.admission import (
    FOREIGN,
    TAKEN,
    UNKNOWN,
    address_of,
    is_party,
    may_send,
    named_parties,
    names_another,
    opening,
)
from douane.runtime.core.commands import (
    Acknowledge,
    Announce,
    Command,
    Confirm,
    Discarding,
    DropSent,
    HoldFirst,
    Holds,
    Journal,
    LetRest,
    Named,
    PauseLane,
    Propose,
    PutAside,
    Release,
    Reported,
    Tried,
    Vanish,
    acknowledge,
    announce,
    begin,
    confirm,
    decide,
    effect,
    go_back,
    propose,
    reported,
    send_on,
    tried,
    vanish,
)
from douane.runtime.core.expecting import ended, refused
from douane.runtime.core.flush import flush
from douane.runtime.core.holding import not_now
from douane.runtime.core.overlay import GONE, Overlay
from douane.runtime.core.owner import Began, Owner, Pending
from douane.runtime.core.quarantine import again, blocker_of, discard, park
from douane.runtime.core.refusing import answer
from douane.runtime.core.retire import Retire, retire
from douane.runtime.core.route import internal, relay, route, send
from douane.runtime.core.work import Out, Work
from douane.runtime.replication.sums import SumState
from douane.runtime.store import keys
from douane.runtime.store.envelope import Arrival, JournalRow, Receipt, RowKind, unpack_faults
from douane.runtime.store.indexing import BuildIndex
from douane.runtime.store.parties import admits, opened_by
from douane.runtime.store.ports import Instant
from douane.runtime.store.records import OF_APPLICATIONS, CaseEntry, RecordKind, Timers, kind_of, named
from douane.vocabulary.codes import Codes
from douane.vocabulary.errors import DouaneError, Fault, NewerRelease, NotValid, Retry, SenderFault

WAVE = 256
_TIMERS = kind_of(Timers)
_CASE = kind_of(CaseEntry).number


class Tick:
    """One tick of one owner."""

    def __init__(self, owner: Owner) -> None:
        self.owner = owner
        self.overlay = Overlay(owner)

    def run(self, arrivals: Sequence[Arrival] = (), commands: Sequence[Command] = ()) -> list[Receipt | DouaneError]:
        """Accept, handle, commit; a result for each arrival in its order. A failed commit ends the owner."""
        arriving = list(arrivals)
        if self.owner.went_back is not None:  # before any leaf that is dated by the earlier clock
            go_back(self.overlay, self.owner.went_back)
            self.owner.went_back = None
        preload(self.overlay, arriving)
        results = self._accept(arriving)
        self._sign(results)
        self._fire()
        for command in commands:
            self._perform(command)
        self._handle()
        batch = flush(self.overlay)
        if batch:
            began = self.owner.ports.clock.now()
            try:
                self.owner.ports.store.apply(batch, self.overlay.partition, self.owner.epoch)
            except BaseException:
                self.owner.end()
                raise
            self.overlay.committing = self.owner.ports.clock.now() - began
            self.owner.ports.auditor.committed()
            self.owner.sums.committed()
            if self.overlay.releases:
                self.owner.held = None
        self.owner.trim()
        return results

    def _accept(self, arriving: list[Arrival]) -> list[Receipt | DouaneError]:
        """What arrived before a limit ran out stands before its timer, what arrived later behind it."""
        ended = self._limit_ran_out()
        late = {n for n, each in enumerate(arriving) if each.envelope.origin.received >= ended} if ended else ()
        if not late:
            return accept(self.overlay, arriving)
        in_time = iter(accept(self.overlay, [each for n, each in enumerate(arriving) if n not in late]))
        self._fire()
        behind = iter(accept(self.overlay, [each for n, each in enumerate(arriving) if n in late]))
        return [next(behind if n in late else in_time) for n in range(len(arriving))]

    def _limit_ran_out(self) -> Instant:
        """When the first limit ran out whose timer has not entered the queue; 0 where none has."""
        owner = self.owner
        if owner.next_timer > self.overlay.now:
            return 0
        start, pace = keys.space(keys.TIMER, self.overlay.partition), owner.ports.statutory.pace
        counted = keys.STATUTORY + pace.count(self.overlay.now)
        found = owner.ports.store.scan(start + keys.u64(keys.STATUTORY), start + keys.u64(counted + 1), 1)
        return max(1, pace.reached(_due_of(found[0][0]) - keys.STATUTORY)) if found else 0

    # --- handling

    def _perform(self, command: Command) -> None:
        match command:
            case Release(position=position, act=act):
                if act is None or begin(self.overlay, act):
                    again(self.overlay, position, self.attempt)
            case Propose():
                if propose(self.overlay, command):
                    self._let(command.effect)
            case PauseLane() | LetRest() | PutAside() | HoldFirst() | Journal():
                decide(self.overlay, command)
            case Acknowledge():
                acknowledge(self.overlay, command)
            case Confirm():
                confirm(self.overlay, command)
            case Named():
                send_on(self.overlay, command)
            case Vanish():
                vanish(self.overlay, command)
            case Tried():
                tried(self.overlay, command)
            case Reported():
                reported(self.overlay, command)
            case Announce():
                announce(self.overlay, command)
            case Retire():
                retire(self.overlay, command)
            case BuildIndex():
                self.overlay.building.append(command)
            case SumState():
                self.overlay.summing.append(command)

    def _let(self, wanted: Discarding | DropSent | Holds | None) -> None:
        """What two persons agreed on."""
        if isinstance(wanted, Discarding):
            discard(self.overlay, wanted, self.attempt)
        elif wanted is not None:
            effect(self.overlay, wanted)

    def _sign(self, results: list[Receipt | DouaneError]) -> None:
        if not self.overlay.known:
            return
        fresh = list(self.overlay.known.items())
        number = self.overlay.promise_number = fresh[0][1].leaf_number
        leaves = [receipt.leaf for _, receipt in fresh]
        self.overlay.promise_kept, promises = self.owner.ports.auditor.promise(leaves, self.overlay.now)
        given: dict[int, Receipt] = {}
        for place, ((key, receipt), promise) in enumerate(zip(fresh, promises, strict=True)):
            kept = self.overlay.known[key] = msgspec.structs.replace(receipt, promised=number, place=place)
            given[receipt.position] = msgspec.structs.replace(kept, promise=promise)
        for n, result in enumerate(results):  # a message that came twice within the tick gets the same bytes twice
            if isinstance(result, Receipt) and not result.promise:
                signed = given.get(result.position)
                results[n] = msgspec.structs.replace(signed, answer=result.answer) if signed else result

    def _fire(self) -> None:
        """Due timers enter their subject's queue."""
        owner = self.owner
        if owner.next_timer > self.overlay.now:
            return
        start, now = keys.space(keys.TIMER, self.overlay.partition), self.overlay.now
        counted = keys.STATUTORY + owner.ports.statutory.pace.count(now)
        due = owner.ports.store.scan(start, start + keys.u64(now + 1), WAVE)
        due += owner.ports.store.scan(start + keys.u64(keys.STATUTORY), start + keys.u64(counted + 1), WAVE)
        for key, value in due:
            if key in self.overlay.timers_gone:
                continue
            subject, name, at = int.from_bytes(key[11:19], "big"), key[19:].decode(), _due_of(key)
            at = now if at & keys.STATUTORY else at
            internal(self.overlay, RowKind.TIMER, "", None, subject, value.decode(), id=name, at=at)
            self.overlay.timers_gone.add(key)
        owner.next_timer = 0 if len(due) >= WAVE else self._earliest(counted)

    def _earliest(self, counted: int) -> Instant:
        """When the machine's clock reaches the next timer."""
        start, scan = keys.space(keys.TIMER, self.overlay.partition), self.owner.ports.store.scan
        rows = scan(start + keys.u64(self.overlay.now + 1), start + keys.u64(keys.STATUTORY), 1)
        rows += scan(start + keys.u64(counted + 1), keys.after(start), 1)
        return min((self._reached(_due_of(key)) for key, _ in rows), default=1 << 62)

    def _reached(self, due: int) -> Instant:
        pace = self.owner.ports.statutory.pace
        return pace.reached(due - keys.STATUTORY) if due & keys.STATUTORY else due

    def _handle(self) -> None:
        owner = self.owner
        pending, clock, budget = owner.pending, owner.ports.clock, owner.ports.budget
        self._tell_what_began()
        while pending:
            wave = [pending.popleft() for _ in range(min(WAVE, len(pending)))]
            self._prefetch(wave[owner.fetched :])
            owner.fetched = 0
            for n, item in enumerate(wave):
                self._one(item)
                if clock.now() - self.overlay.started > budget:  # after each: one alone may cost more than all of it
                    pending.extendleft(reversed(wave[n + 1 :]))
                    owner.fetched = len(wave) - n - 1
                    self._tell_what_began()
                    return
            self._tell_what_began()

    def _tell_what_began(self) -> None:
        """Tell the centre which cases began here of administrations that may choose another provider."""
        overlay, ports = self.overlay, self.owner.ports
        for administration, kind, value, subject in overlay.began:
            opened = overlay.opening_row(subject)
            operation = opened.operation.partition(FOLLOWS)[0] if opened is not None else ""
            said = ports.began(Began(administration, kind, value, operation, _begun(subject, overlay.now)))
            if said is not None:
                operation, own, message = said
                internal(overlay, RowKind.MESSAGE, operation, message, overlay.fresh_subject(), own)
        overlay.began.clear()

    def _prefetch(self, wave: list[Pending]) -> None:
        """One read for the records that the handlers of these messages name."""
        wanted: list[tuple[RecordKind, bytes]] = []
        for item in wave:
            row = item.row
            handler = self.owner.ports.behaviour.handlers.get(row.operation)
            if handler is not None:
                case = keys.subject_prefix(self.overlay.partition, row.administration, row.subject)
                wanted += [(kind, case + ending) for kind, ending in handler.fetched]
        if wanted:
            self.owner.fetch(wanted)

    def _one(self, item: Pending) -> None:
        """Handle one message; whatever it raises concerns it alone."""
        row = item.row
        self.owner.state.cursor = keys.position_number(item.position)
        owner = self.owner  # hardly ever does anything wait, and then nobody asks whose this is
        blocker = blocker_of(owner, row.subject, row.sender) if owner.blocked or owner.joining else 0
        if blocker and row.kind is not RowKind.CARRIED:
            park(self.overlay, item, "waits behind a message of the same case", waits_for=blocker)
            return
        self.attempt(item)

    def attempt(self, item: Pending, attempts: int = 1) -> bool:
        """Run the handler of a message and keep its effects; False when it failed and the message was set aside."""
        row = item.row
        handler = self.owner.ports.behaviour.handlers.get(row.operation)
        self.overlay.handled += 1
        try:
            work = self._dispatch(item, handler, attempts)
        except NewerRelease:  # not the message's fault: who runs that release handles it
            raise
        except Exception as problem:  # noqa: BLE001 - a poison message must not harm its neighbours
            waits = handler is not None and handler.operation.poison is Poison.WAIT
            blocks = waits and self._of_a_party(row)
            joins = waits and not blocks and row.kind is RowKind.MESSAGE and not row.conflict
            why = f"{type(problem).__name__}: {problem}"
            park(self.overlay, item, why, blocks=blocks, joins=joins, attempts=attempts)
            return False
        self._merge(work)
        return True

    def _dispatch(self, item: Pending, handler: Handler | None, attempts: int) -> Work:
        row = item.row
        work = Work(self.overlay, row, item.position)
        match row.kind:
            case RowKind.MESSAGE:
                return self._hand_over(work, item, handler)
            case RowKind.ANSWER:
                assert row.answers is not None
                process = self.owner.ports.behaviour.processes[row.answers.process]
                process.answered(work, row.answers, self._message(item))
                work.forget_question(row.answers)
            case RowKind.TIMER:
                self._timer(work)
            case RowKind.RELAY:
                relay(self.overlay, work, self._type_name(row))
            case RowKind.UNREADABLE | RowKind.UNACCEPTABLE:
                self._answer_refused(work, again=attempts > 1)
            case RowKind.CARRIED | RowKind.READ:
                pass  # told to the audit log, and that is all
            case RowKind.RESTORED | RowKind.RELEASED | RowKind.ARCHIVED | RowKind.INTERVENED:
                pass
            case RowKind.TURNED_AWAY:
                raise LookupError("a refusal for lack of right leaves no row")
        return work

    def _hand_over(self, work: Work, item: Pending, handler: Handler | None) -> Work:
        """Admission, then rules, then the handler; what any of them refuses goes to the application's refusal.

        What may not act in the case that it stands in is told so in a case of its own.
        """
        row, message = item.row, item.message if item.message is not None else self._decode(item.row)
        if handler is None and row.operation in self.owner.ports.behaviour.queries:
            return self._answer_question(work, message)
        if handler is None:
            raise LookupError(f"no handler for {row.operation}")
        caller = row.origin.caller
        if row.origin.correlation:
            refused(self.overlay, row.origin.correlation, caller, message, row.administration)
        if not row.conflict and not self._may_act(work, handler, message):
            row = msgspec.structs.replace(row, subject=self.overlay.fresh_subject(), conflict=UNKNOWN)
            work = Work(self.overlay, row, item.position)
        faults: tuple[Fault, ...] = ()
        if row.conflict:
            faults = _conflict(row, work.codes)
        elif acting_fields(type(message)):  # type: ignore[arg-type] # a class is hashable
            faults = names_another(message, caller, work.codes)
        if not faults:
            try:
                faults = not_now(work, handler) or self._judge(work, handler, message)
                if not faults:
                    handler.handle(work, message)
            except SenderFault as problem:
                if problem.retry is not Retry.NEVER or handler.refuse is None:
                    raise
                work = Work(self.overlay, row, item.position)
                faults = problem.faults or (Fault("", work.codes.foreign, str(problem)),)
        if faults:
            if handler.refuse is None:
                raise SenderFault(faults[0].remedy, faults=faults)
            handler.refuse(work, message, faults)
        self._keep_name(work, handler.operation, message)
        return work

    def _answer_question(self, work: Work, message: Any) -> Work:
        """A question that a process of another node asks by message: it is answered by one, to who asked."""
        row = work.row
        operation = self.owner.ports.behaviour.queries[row.operation].operation
        work.reply(self.overlay.query(row.administration, operation, message, asks=row.caller))
        return work

    def _judge(self, work: Work, handler: Handler, message: Any) -> tuple[Fault, ...]:
        """What the rules of its application say of a message, as of the decisive date that its operation declares."""
        case = handler.case(work, message) if handler.case is not None else None
        work.decisive = decisive_day(handler.operation.decisive, case, work.decisive)
        if handler.rules is None:
            return ()
        return handler.rules.faults(message, case, self.overlay.look(work.decisive))

    def _may_act(self, work: Work, handler: Handler, message: Any) -> bool:
        """Second judgement: whether a message may act in its case, by the parties as its predecessors left them."""
        operation, parties, caller = handler.operation, work.parties, work.row.origin.caller
        if is_judged(caller) and not self._covered(work, operation):
            return False
        if operation.opens is None and operation.about is None:
            return True  # it is about no case
        if not may_send(operation, caller, message):
            return False
        if operation.opens is not None and (parties is None or opened_by(parties, work.position)):
            if parties is None:  # accepted by a former release, which wrote no parties
                named = named_parties(operation, caller, message)
                opening(self.overlay, named, (work.administration, work.subject))
            return True
        if admits(parties, operation, caller):
            return True
        if operation.joins is None or parties is None:
            return False
        of_case = next((record for record in handler.reads if kind_of(record).case is not None), None)
        case = work.get(of_case) if of_case is not None else None
        return operation.joins(message, case, caller, work.query)

    def _covered(self, work: Work, operation: Operation) -> bool:
        """Whether a delegation that holds now is for what a person does for another."""
        overlay = self.overlay
        vouching = overlay.owner.ports.behaviour.vouching

        def ask(register: Operation, question: Any) -> Any:
            served = overlay.serves(UNION, register)
            return overlay.query(UNION, register, question, asks=CORE) if served else None

        entry = overlay.case_entry(keys.record_key(overlay.partition, work.administration, work.subject, _CASE, b""))
        return covers(bounds_of(vouching, ask, work.caller), operation.qualified, named(entry))

    def _keep_name(self, work: Work, operation: Operation, message: Any) -> None:
        """An opening that left nothing was refused: its name is free again, unless the operation says it is used up.

        The name of any other stands in the case index, also where another tick accepted it.
        """
        address = address_of(operation, message, work.caller) if operation.opens is not None else None
        if address is None or work.row.conflict or not opened_by(work.parties, work.position):
            return
        if operation.keeps_name or any(kind.number in OF_APPLICATIONS for kind, _, _ in work.puts.values()):
            self.overlay.name(work.subject, address[1], address[2])
        else:
            self.overlay.unbind(work.administration, address[1], address[2], work.subject)

    def _of_a_party(self, row: JournalRow) -> bool:
        """Whether what failed was sent by a party of its case: others never make it wait."""
        inside = row.kind is RowKind.MESSAGE and not row.conflict
        return inside and is_party(self.overlay, row.administration, row.subject, row.caller)

    def _message(self, item: Pending) -> Any:
        return item.message if item.message is not None else self._decode(item.row)

    def _answer_refused(self, work: Work, *, again: bool) -> None:
        """Tell the sender of a refused message; what is not answered is set aside until an operator has seen it."""
        message = answer(self.overlay, work)
        if message is not None:
            send(self.overlay, work, Out(message, work.row.sender, correlation=work.row.id))
        elif not again:
            raise NotValid(
                "An error message that cannot be taken is not answered.",
                remedy="Ask its sender what it means, then release it.",
                faults=unpack_faults(work.row.faults),
            )

    def _decode(self, row: JournalRow) -> Any:
        return self.owner.decode(row.operation, row.id, row.content)

    def _type_name(self, row: JournalRow) -> str:
        handler = self.owner.ports.behaviour.handlers.get(row.operation)
        return handler.operation.request.__name__ if handler else row.operation

    def _timer(self, work: Work) -> None:
        due = dict(work.row_timers()).get(work.row.id, 0)
        counted = self.owner.ports.statutory.pace.count(self.overlay.now)
        fires = due - keys.STATUTORY <= counted if due & keys.STATUTORY else due == work.row.received
        if not due or not fires:
            return  # cancelled or moved after it had entered the queue
        work.timer(work.row.id, 0)
        name = work.row.id.partition(":")[0]
        process = self.owner.ports.behaviour.processes.get(name)
        if process is None:
            raise LookupError(f"no process {name} for timer {work.row.id}")
        process.timer_fired(work, work.row.id)

    def _merge(self, work: Work) -> None:
        for kind, value in work.aliases:
            self.overlay.bind(work.administration, kind, value, work.subject)
        for kind, name in work.elsewhere:
            self.overlay.bind(UNION, kind, name, self.overlay.fresh_subject())
        for key, (record, content, valid_from) in work.puts.items():
            self.overlay.change(record, key, content, valid_from, work.position)
        if work.timers or work.limits:
            self._set_timers(work)
        if work.guessed:
            self.overlay.guessed.append((work.position, work.row))
        for correlation in work.forgotten:
            ended(self.overlay, correlation, work.administration)
        for out in work.outs:
            route(self.overlay, work, out)

    def _set_timers(self, work: Work) -> None:
        key = keys.record_key(self.overlay.partition, work.administration, work.subject, _TIMERS.number, b"")
        current: dict[str, int] = dict(work.row_timers())
        for name, due in work.timers.items():
            old = current.pop(name, 0)
            if old:
                was = keys.timer_key(self.overlay.partition, old, work.subject, name)
                if was in self.overlay.timers_new:
                    del self.overlay.timers_new[was]
                else:
                    self.overlay.timers_gone.add(was)
            if due:
                current[name] = due
                now = keys.timer_key(self.overlay.partition, due, work.subject, name)
                self.overlay.timers_new[now] = None
                self.owner.next_timer = min(self.owner.next_timer, self._reached(due))
        self.overlay.timer_administrations[work.subject] = work.administration
        limits, changed = work.counted_limits()
        kept = Timers(tuple(current.items()), limits, changed) if current or limits else GONE
        self.overlay.change(_TIMERS, key, kept)


def _begun(subject: int, now: Instant) -> Instant:
    """When a case began, by what its identification says; to the end of that millisecond."""
    return min((keys.minted_at(subject) + 1) * 1000 - 1, now)


def _due_of(key: bytes) -> int:
    return int.from_bytes(key[3:11], "big")


def _conflict(row: JournalRow, codes: Codes) -> tuple[Fault, ...]:
    if row.conflict == TAKEN:
        return (Fault("", codes.taken, "This reference belongs to another case; use a new one.", value=row.id),)
    if row.conflict == FOREIGN:
        remedy = "Speak about what your own administration issued; this is not yours."
        return (Fault("", codes.foreign, remedy, value=row.id),)
    return (Fault("", codes.unknown, "No case is known under this reference; check it.", value=row.id),)
