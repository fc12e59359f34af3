"""The unit of work: what one message reads and what it leaves. Nothing here is committed before the tick is.

A record key is made from the message's own subject, so a write to a foreign subject cannot be expressed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from msgspec.structs import replace

from douane.model.caller import Caller, Party, of_the_core
from douane.model.declare import Operation
from douane.model.parties import COMPETENT, CaseRole, administration
from douane.model.rules import Look
from douane.runtime.core.admission import parties_in
from douane.runtime.core.expecting import local_of
from douane.runtime.core.overlay import GONE, Overlay
from douane.runtime.store import keys
from douane.runtime.store.counts import counted
from douane.runtime.store.envelope import FEED, Asker, JournalRow, ReplyTo, SentKind
from douane.runtime.store.history import AsOf, Range, Version
from douane.runtime.store.parties import with_member, without_member
from douane.runtime.store.ports import SECOND, Instant
from douane.runtime.store.records import (
    Asking,
    Changed,
    Counted,
    Member,
    Parties,
    RecordKind,
    Timers,
    Value,
    kind_of,
)
from douane.runtime.store.statutory import StatutoryClock
from douane.vocabulary.calendars import Calendar
from douane.vocabulary.codes import Codes
from douane.vocabulary.counting import End, Events, end_of
from douane.vocabulary.errors import AliasTaken
from douane.vocabulary.known import Why, not_known
from douane.vocabulary.limits import Extension, Length, Suspension, TimeLimit
from douane.vocabulary.time import Instant as At

R = TypeVar("R", bound=Value)
_UNREAD: Final[Any] = object()


@dataclass(slots=True)
class Out:
    """A message on its way out of a unit of work. ``operation`` is set for messages that stay in this node."""

    message: Any
    party: str
    operation: str = ""
    subject: int = 0
    administration: str = ""
    correlation: str = ""
    reply_to: ReplyTo | None = None
    expects: ReplyTo | None = None
    conflict: str = ""
    expires: Instant = 0
    lane: str = ""
    kind: SentKind = SentKind.MESSAGE


class Work:
    """What a handler sees. One per message; dropped whole when the handler fails."""

    __slots__ = (
        "_load", "_locals", "_mine", "_seen", "_statutory", "_tick", "administration", "aliases", "conflict",
        "decisive", "elsewhere", "forgotten", "guessed", "limits", "now", "outs", "position", "puts", "row", "subject",
        "timers",
    )  # fmt: skip

    def __init__(self, tick: Overlay, row: JournalRow, position: int) -> None:
        self._tick = tick
        self.row = row
        self.position = position
        self.subject = row.subject
        self.administration = row.administration
        self.now: Instant = tick.now
        self.conflict = row.conflict
        self._statutory: StatutoryClock = tick.owner.ports.statutory
        self.decisive = self._statutory.today(
            row.origin.received, row.administration
        )  # what its operation declares takes its place (``tick``)
        self.puts: dict[bytes, tuple[RecordKind, Any, int]] = {}
        self.outs: list[Out] = []
        self.aliases: list[tuple[str, str]] = []
        self.elsewhere: list[tuple[str, str]] = []  # names of the Union that lead to cases of other systems
        self.timers: dict[str, Instant] = {}
        self.limits: list[tuple[Counted, Changed | None]] = []
        self.forgotten: list[str] = []  # identifications of questions whose answers nobody waits for any more
        self.guessed = False
        self._locals = 0
        self._seen: dict[tuple[type[Value], bytes], Any] = {}  # nobody else changes this subject meanwhile
        self._mine = keys.subject_prefix(tick.partition, row.administration, row.subject)
        self._load: Callable[[RecordKind, bytes], Any] = tick.owner.load  # Any: as its type says

    # --- reading

    def get(self, record: type[R], local: bytes = b"") -> R | None:
        """A record of this subject, with this work's own changes."""
        found: R | None = self._seen.get((record, local), _UNREAD)
        if found is _UNREAD:
            kind = kind_of(record)
            found = self._seen[record, local] = self._load(kind, self._mine + kind.mark + local)
        return found

    def need(self, record: type[R], local: bytes = b"") -> R:
        """A record of this subject that must be there; its absence quarantines the message."""
        value: R | None = self._seen.get((record, local)) or self.get(record, local)
        if value is None:
            raise LookupError(f"{record.__name__} of subject {self.subject:x} does not exist")
        return value

    def all_of(self, record: type[R]) -> dict[bytes, R]:
        """Every record of one type of this subject by its local part, with this work's own changes."""
        kind = kind_of(record)
        prefix = self._key(kind, b"")
        found = self._tick.under(kind, prefix, self.administration, self.caller) | self._own(kind)
        kept = ((key, value) for key, value in sorted(found.items()) if value is not None and value is not GONE)
        return {key[len(prefix) :]: value for key, value in kept}

    def get_of(self, record: type[R], subject: int, local: bytes = b"") -> R | None:
        """A record of another subject of the same administration. Reading others is free, writing them impossible."""
        kind = kind_of(record)
        partition = keys.subject_partition(subject)
        key = keys.record_key(partition, self.administration, subject, kind.number, local)
        value = self._tick.record(kind, key) if partition == self._tick.partition else self._tick.foreign(kind, key)
        return None if value is GONE else value

    def journalled(self, position: int) -> Any:
        """A message of this case from the journal, typed, by the ``position`` at which it was handled.

        What the journal holds is not copied into records: a record keeps the position. Raises LookupError where there
        is no such message.
        """
        known = self._tick.owner.messages.get(position)
        return known if known is not None else self._tick.message(position)

    def remember(self, message: Any) -> int:
        """Keep the message of this work at hand for what soon follows it; its position, as ``journalled`` takes it."""
        self._tick.owner.messages[self.position] = message
        return self.position

    def resolve(self, kind: str, value: str) -> int | None:
        """The subject behind an alias of this administration."""
        return self._tick.alias(self.administration, kind, value)

    def find(
        self, record: type[R], index: str, *equal: object, low: object = None, high: object = None, limit: int = 100
    ) -> list[R]:
        """Records of this administration by a declared index: equality on leading fields, a range on the next.

        Sees what earlier messages of the same tick did, and this work's own changes.
        """
        return [found for _, found in self.find_of(record, index, *equal, low=low, high=high, limit=limit)]

    def find_of(
        self, record: type[R], index: str, *equal: object, low: object = None, high: object = None, limit: int = 100
    ) -> list[tuple[int, R]]:
        """What ``find`` finds, each with its subject, as ``get_of`` takes it."""
        return self._tick.find(
            kind_of(record), index, equal, low, high, limit, self.administration, self._own(kind_of(record))
        )

    def get_as_of(
        self, record: type[R], subject: int, when: Instant, local: bytes = b"", *, valid: Instant | None = None
    ) -> R | None:
        """The version of a record with history that was recorded last at ``when``; None where it was deleted by then.

        With ``valid``: the version that, as far as was known at ``when``, held at that time. Sees what earlier messages
        of the same tick did, and this work's own changes.
        """
        kind = kind_of(record)
        partition = keys.subject_partition(subject)
        key = keys.record_key(partition, self.administration, subject, kind.number, local)
        found: R | None = self._tick.get_as_of(kind, key, AsOf(when, valid), self._own_versions(kind))
        return found

    def find_as_of(
        self, record: type[R], index: str, *equal: object, when: Instant, valid: Instant | None = None,
        low: object = None, high: object = None, limit: int = 100,
    ) -> list[R]:  # fmt: skip
        """Records of this administration by an index as it stood at ``when``, of what was valid at ``valid``."""
        kind = kind_of(record)
        wanted = Range(kind.index(index), equal, low, high)
        own = self._own_versions(kind)
        return self._tick.find_as_of(kind, wanted, AsOf(when, valid), limit, self.administration, own)

    def counted(self, administration: str, series: str) -> dict[str, int]:
        """What was counted of an administration before this tick, as ``View.counted`` gives it."""
        owner = self._tick.owner
        return counted(owner.ports.store, (self._tick.partition, *owner.others), administration, series)

    def look(self, date: dt.date | None = None) -> Look:
        """Code lists and rule dating as of a date (default: the decisive date of this message)."""
        return self._tick.look(date or self.decisive)

    def query(self, operation: Operation, question: Any, *, administration: str = "") -> Any:
        """Ask an administration (default: the own one) a query that this node answers; the answer comes inside the tick
        and sees what it did so far. A register that another node keeps says that it is not known."""
        whom = administration or self.administration
        if operation.not_known is not None and not self._tick.serves(whom, operation):
            return operation.not_known(question, not_known(whom, Why.ELSEWHERE))
        return self._tick.query(whom, operation, question, asks=of_the_core(self.administration))

    def opened(self, statement: bytes) -> tuple[bytes, str]:
        """What a statement says that the system of an administration signed, and which one. Raises SenderFault."""
        return self._tick.owner.ports.opened(statement, self.now)

    def certified(self, request: bytes, client: str, country: str) -> tuple[str, str, Instant]:
        """A certificate for the key of a request (DER): itself in PEM, its thumbprint, until when it holds.

        Raises DeclarationFault for a key of another client, and where this node has no authority; NotFound as well.
        """
        return self._tick.owner.ports.certify(request, client, country, self.now)

    def notes_step(self, file: str, element: str) -> None:
        """Let it be counted that a step of a process asks. file: in which it is drawn."""
        self._tick.steps.append((file, element))

    def notes_run(self, file: str) -> None:
        """Let it be counted that a message began a process, or moved it on. file: in which it is drawn."""
        if self.row.operation:
            self._tick.runs.append((self.row.operation, file))

    @property
    def codes(self) -> Codes:
        """By which codes the sender of this message is told what the platform refuses."""
        return self._tick.codes_of(self.row.operation)

    def serves(self, operation: Operation, administration: str) -> bool:
        """Whether ``query`` can ask this administration; otherwise only a process can, by message."""
        return self._tick.serves(administration, operation)

    # --- leaving effects

    def put(self, value: Value, local: bytes = b"", *, valid_from: Instant = 0) -> None:
        """Keep a record of this subject. ``valid_from`` matters for records with history (default: now)."""
        kind = kind_of(type(value))
        if kind.case is not None:
            kind.case.refuse_unknown(value)
        self.puts[self._mine + kind.mark + local] = (kind, value, valid_from or self.now)
        self._seen[type(value), local] = value

    def remove(self, record: type[Value], local: bytes = b"", *, valid_from: Instant = 0) -> None:
        """Delete a record of this subject; one with history is gone from ``valid_from`` on (default: now)."""
        kind = kind_of(record)
        self.puts[self._key(kind, local)] = (kind, GONE, valid_from or self.now)
        self._seen[record, local] = None

    def alias(self, kind: str, value: str, *, issued: bool = False) -> None:
        """Bind another name to this subject; to a name of another subject it is a fault.

        ``issued``: the name was made here and now from a serial of its own, so nobody can hold it and the store is not
        asked. Were it held nevertheless, the store would refuse the commit.
        """
        bound = None if issued else self.resolve(kind, value)
        if bound is not None and bound != self.subject:
            raise AliasTaken(f"{kind} {value} belongs to another case.")
        if bound is None:
            self.aliases.append((kind, value))

    @property
    def caller(self) -> Caller:
        """Who acts: the one who sent this message, as the door proved it."""
        return self.row.origin.caller

    @property
    def asker(self) -> Asker:
        """Who sent this message: what a case keeps that answers later."""
        return Asker(self.row.sender, self.row.id, self.row.reply_to)

    def reply(self, message: Any, *, expires: Instant = 0) -> None:
        """Answer the sender of this message: the waiting process when it came from one, else the sender's inbox."""
        self.answer(self.asker, message, expires=expires)

    def answer(self, asker: Asker, message: Any, *, expires: Instant = 0) -> None:
        """Answer a question of an earlier message of this case.

        A process that waits in this node is a case of the administration that asked, whichever this one belongs to.
        """
        if asker.reply_to is not None:
            administration = asker.sender.removeprefix("NTA.")
            self.outs.append(Out(message, "", "", asker.reply_to.subject, administration, reply_to=asker.reply_to))
            return
        self.outs.append(Out(message, asker.sender, correlation=asker.id, expires=expires))

    def send(
        self, message: Any, party: str, *, correlation: str = "", expires: Instant = 0, lane: str = ""
    ) -> None:  # fmt: skip
        """Send a message to a party (EORI, ``NTA.DE``, ...), or to a box of it (``NTA.DE#answers``).

        The registry decides whether it stays in this node, and by which lane it leaves where ``lane`` names none.
        """
        self.outs.append(Out(message, party, correlation=correlation, expires=expires, lane=lane))

    def ask(self, operation: Operation, message: Any, *, administration: str, waits: ReplyTo | None) -> None:
        """Send a message to whoever provides an operation for an administration; the answer comes back to ``waits``."""
        self.outs.append(Out(message, f"NTA.{administration}", operation.qualified, administration=administration,
                             expects=waits))  # fmt: skip

    def publish(self, event: Operation, message: Any) -> None:
        """Publish an event to its feed, for subscribers and replicas."""
        self.outs.append(Out(message, f"{FEED}{event.qualified}", kind=SentKind.EVENT))

    @property
    def parties(self) -> Parties | None:
        """Who has a part in this case, with this work's own changes."""
        if (Parties, b"") in self._seen or self.puts:
            own = self.get(Parties)
            if own is not None:
                return own
        return parties_in(self._tick, self.administration, self.subject, self._mine)

    def admit(self, party: Party, role: CaseRole) -> None:
        """Give a party a role in this case."""
        if party.identifier:
            self.put(with_member(self._members(), Member(party, role.name, self.position)))

    def dismiss(self, party: Party, role: CaseRole) -> None:
        """Take a role in this case from a party: it acts no more, whatever it sent before."""
        self.put(without_member(self._members(), party, role.name))

    def tell_guess(self) -> None:
        """Tell operators, once this is committed, that what only another knows was shown to this case, and wrong."""
        self.guessed = True

    def forget_question(self, waits: ReplyTo) -> None:
        """A token waits no more for what it asked a partner: its answer, if it comes, is an ordinary message."""
        asking = self.get(Asking, local_of(waits))
        if asking is not None:
            self.forgotten.append(asking.correlation)

    def timer(self, name: str, due: Instant) -> None:
        """Set or move a timer of this subject by the machine's clock; 0 cancels it. For time limits: ``expire``."""
        self.timers[name] = due

    def expire(self, name: str, ends: Instant) -> None:
        """Set or move a timer of this subject to the last instant of a time limit, by statutory time."""
        self.timers[name] = keys.STATUTORY + self._statutory.pace.due(ends, self.now)

    def within(self, seconds: int) -> Instant:
        """So many seconds from now, by the machine: patience with a system, no limit of law."""
        return self.now + seconds * SECOND

    # --- statutory time

    @property
    def lawful_now(self) -> Instant:
        """The statutory present: what begins a limit now."""
        return self.lawful(self.now)

    def lawful(self, at: Instant) -> Instant:
        """The statutory time at an instant of the machine, as of a receipt."""
        return self._statutory.pace.date(at)

    def today(self, place: str = "") -> dt.date:
        """The local date at a customs office or country; without one, at the administration of this case."""
        return self._statutory.today(self.now, place or self.administration)

    def calendar(self, place: str) -> Calendar:
        """The calendar of a customs office or country."""
        return self._statutory.calendar(place)

    def day(self, date: dt.date, place: str) -> Instant:
        """The first instant of a local day: of an event that is known by its date."""
        return self.calendar(place).begins(date)

    def limit(
        self, limit: TimeLimit, place: str, *, event: Instant = 0, days: int = 0,
        extensions: Sequence[Extension] = (), suspensions: Sequence[Suspension] = (),
    ) -> End:  # fmt: skip
        """When a declared limit ends, by the calendar of a place; the case keeps what it was counted from.

        event: what begins it (default: now). days: what an office or agreement set in place of its length. extensions,
        suspensions: all that lengthened or stopped it so far. Raises NoGround for one that no article of it allows.
        """
        began = event or self.lawful_now
        events = Events(At(began), tuple(extensions), tuple(suspensions))
        end = end_of(limit, events, self.calendar(place), length=Length(days=days) if days else None)
        changed = Changed.of(limit.id, extensions, suspensions) if extensions or suspensions else None
        self.limits.append((Counted(limit.id, began, place, end.last_instant, days), changed))
        return end

    def set_date(self, limit: TimeLimit, place: str, date: dt.date) -> End:
        """A limit whose last day an office, or a declaration that it accepts, set as a date."""
        end = End(date, At(self.day(date + dt.timedelta(1), place)))
        self.limits.append((Counted(limit.id, self.lawful_now, place, end.last_instant, fixed=True), None))
        return end

    def counted_again(self, limit: TimeLimit) -> Instant:
        """The last instant of a limit of this case by the calendars of today, where they put it off; else 0.

        A holiday may have been declared since it was counted. One that is gone takes no day from anybody.
        """
        limits, changes = self.counted_limits()
        kept = next((each for each in limits if each.limit == limit.id and not each.fixed), None)
        if kept is None:
            return 0
        changed = next((each for each in changes if each.limit == limit.id), None)
        events = changed.events(kept.event) if changed is not None else Events(At(kept.event))
        end = end_of(limit, events, self.calendar(kept.place), length=kept.length).last_instant
        if end <= kept.ends:
            return 0
        self.limits.append((replace(kept, ends=end), changed))
        return end

    def counted_limits(self) -> tuple[tuple[Counted, ...], tuple[Changed, ...]]:
        """The limits of this case with this work's own, and what lengthened or stopped some of them; one counted anew
        takes the place of the former."""
        kept = self.get(Timers)
        limits = {each.limit: each for each in kept.limits} if kept else {}
        changed = {each.limit: each for each in kept.changed} if kept else {}
        for counted_now, change in self.limits:
            limits[counted_now.limit] = counted_now
            changed.pop(counted_now.limit, None)
            if change is not None:
                changed[counted_now.limit] = change
        return tuple(limits.values()), tuple(changed.values())

    def serial(self, name: str) -> int:
        """The next number of a named series of this administration and partition, without gaps in what commits."""
        return self._tick.serial(self.administration, name)

    def message_id(self) -> str:
        """A fresh message identification, unique for this node; where several nodes speak for an administration, for
        all of them: the letter N and the node's administration follow the digits."""
        self._locals += 1
        node = self._tick.owner.ports.abroad(self.administration)
        return f"{self.position:012X}{self._locals:X}{node and 'N' + node}"

    def row_timers(self) -> tuple[tuple[str, Instant], ...]:
        """The timers of this subject that have not fired."""
        found = self.get(Timers)
        return found.due if found else ()

    # --- inside

    def _members(self) -> Parties:
        """The parties of this case; of one that this work opens under no name of its message, whose case it is."""
        own = administration(self.administration)
        return self.parties or Parties((Member(own, COMPETENT.name, self.position),))

    def _key(self, kind: RecordKind, local: bytes) -> bytes:
        return self._mine + kind.mark + local

    def _own(self, kind: RecordKind) -> dict[bytes, Any]:
        """This work's own changes of a record type."""
        return {key: value for key, (k, value, _) in self.puts.items() if k is kind}

    def _own_versions(self, kind: RecordKind) -> dict[bytes, Version]:
        """What this work adds to the history of a record type."""
        return {
            key: Version(self.now, valid_from, self.position, None if value is GONE else value)
            for key, (k, value, valid_from) in self.puts.items() if k is kind
        }  # fmt: skip
