"""Queries: read-only, on a snapshot, apart from the tick. They see one administration unless a role is union-wide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from douane.model.caller import CORE, Caller
from douane.model.circles import ActorKind, Circle
from douane.model.declare import Operation
from douane.model.rules import Look
from douane.runtime.observing.observed import Observed
from douane.runtime.store import history, keys
from douane.runtime.store.counts import counted, waiting
from douane.runtime.store.envelope import JOURNAL, SENT, JournalRow, SentRow
from douane.runtime.store.history import AsOf, Range, must_have_history, stored_versions
from douane.runtime.store.indexing import refuse_unbuilt
from douane.runtime.store.parties import at_office, case_kinds, former_parties, held
from douane.runtime.store.ports import Instant, Log, Reader
from douane.runtime.store.records import CaseEntry, Parties, RecordKind, Value, kind_of, named
from douane.runtime.store.statutory import StatutoryClock
from douane.vocabulary.case_summaries import Elsewhere, nobody_tells
from douane.vocabulary.errors import NotAuthorised, NotFound

R = TypeVar("R", bound=Value)
_PAGE, _STATES, _ADMINISTRATIONS = 1_000, 64, 64
PAGE = 200
"""Records that ``View.every`` reads at a time."""
Opening = Callable[[], JournalRow | None]
"""Reads the message that opened a case; None where it is not known."""
Sign = Callable[[str], str]
"""Signs a text as the node does its audit log: the text with its signature (a signed note)."""
Prove = Callable[[int, JournalRow | SentRow], bytes]
"""Makes the evidence pack of a message that stands at a position of its log."""
Names = Callable[[], Collection[str]]
"""Reads the references of a case."""
Sees = Callable[[Parties, Opening, Names], bool]
"""Whether who asks may see a case, by its parties, what opened it, and its references."""


Within = Callable[[str, Collection[str]], bool]
"""Whether the delegation by which somebody asks is for an operation on what is known by these names."""


def _by_no_delegation(_operation: str, _names: Collection[str]) -> bool:
    """Who was not found to ask by a delegation has none."""
    return False


def _nothing(_parties: Parties, _opening: Opening, _names: Names) -> bool:
    """Who was not found to see anything sees nothing."""
    return False


class View:
    """What a query sees: the committed state of one administration, and who asks."""

    __slots__ = (
        "_look", "_partitions", "_prove", "_reader", "_sees", "_sign", "_statutory", "_within", "administration",
        "caller", "elsewhere", "now", "observed", "roles",
    )  # fmt: skip

    def __init__(
        self,
        reader: Reader,
        administration: str,
        now: Instant,
        look: Callable[[dt.date], Look],
        *,
        partitions: Sequence[int] = (0,),
        caller: Caller = CORE,
        roles: frozenset[str] = frozenset(),
        statutory: StatutoryClock | None = None,
        sees: Sees = _nothing,
        within: Within = _by_no_delegation,
        sign: Sign | None = None,
        prove: Prove | None = None,
        observed: Observed | None = None,
        elsewhere: Elsewhere = nobody_tells,
    ) -> None:
        """``observed``: what the node sees of its own use; None where nobody counts. ``elsewhere``: what other systems
        tell of cases that they keep."""
        self._statutory = statutory if statutory is not None else StatutoryClock()
        self._reader, self.administration, self.now, self._look = reader, administration, now, look
        self._partitions, self.caller, self.roles, self._sees = partitions, caller, roles, sees
        self._sign, self._prove, self.observed = sign, prove, observed
        self._within, self.elsewhere = within, elsewhere

    @property
    def lawful_now(self) -> Instant:
        """The statutory present: as of when law judges, where a question names no instant."""
        return self.lawful(self.now)

    def lawful(self, at: Instant) -> Instant:
        """The statutory time at an instant of the machine, as of a receipt."""
        return self._statutory.pace.date(at)

    def today(self, place: str = "") -> dt.date:
        """The local date at a customs office or country; without one, at the administration that is asked."""
        return self._statutory.today(self.now, place or self.administration)

    def date(self, at: int, place: str = "") -> dt.date:
        """The local date of an instant at a customs office or country; a period that ends then has the day before."""
        return self._statutory.date(at, place or self.administration)

    def look(self, date: dt.date | None = None) -> Look:
        """Code lists as of a date (default: today)."""
        return self._look(date or self.today())

    def get(self, record: type[R], subject: int, local: bytes = b"") -> R | None:
        """A record of a case of this administration."""
        kind = kind_of(record)
        key = keys.record_key(keys.subject_partition(subject), self.administration, subject, kind.number, local)
        found: R | None = self._values(kind, [key])[0]
        return found

    def get_as_of(
        self, record: type[R], subject: int, when: Instant, local: bytes = b"", *, valid: Instant | None = None
    ) -> R | None:
        """The version of a record with history that was recorded last at ``when``; None where it was deleted by then.

        With ``valid``: the version that, as far as was known at ``when``, held at that time.
        """
        kind, as_of = kind_of(record), AsOf(when, valid)
        must_have_history(kind)
        key = keys.record_key(keys.subject_partition(subject), self.administration, subject, kind.number, local)
        found: R | None = as_of.held(stored_versions(self._reader, kind, key, as_of))
        return found

    def find_as_of(
        self, record: type[R], index: str, *equal: object, when: Instant, valid: Instant | None = None,
        low: object = None, high: object = None, limit: int = 50, after: bytes = b"",
    ) -> tuple[list[tuple[int, R]], bytes]:  # fmt: skip
        """A page of (subject, record) by an index as it stood at ``when``, and the cursor of the next page.

        With ``valid``: by the versions that held at that time, as far as was known at ``when``.
        """
        kind = kind_of(record)
        must_have_history(kind)
        wanted = Range(kind.index(index), equal, low, high)
        refuse_unbuilt(self._reader, self._partitions, wanted.index)
        heads = [keys.u16(p) + self.administration.encode() for p in self._partitions]
        rows = history.found(self._reader, kind, heads, wanted, AsOf(when, valid), after)
        page = list(islice(rows, limit + 1))
        found = [(int.from_bytes(key[5:13], "big"), value) for _, key, value in page[:limit]]
        return found, page[limit - 1][0] if len(page) > limit else b""

    def all_of(self, record: type[R], subject: int) -> list[R]:
        """Every record of one type of a case, in order of their local part."""
        kind = kind_of(record)
        prefix = keys.record_key(keys.subject_partition(subject), self.administration, subject, kind.number, b"")
        return self._all_under(kind, prefix)

    def _all_under(self, kind: RecordKind, prefix: bytes) -> list[Any]:
        return [kind.stored.read(value) for _, value in self._pairs(prefix)]

    def _pairs(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Everything under a prefix, page by page."""
        start = prefix
        while rows := self._reader.scan(start, keys.after(prefix), _PAGE):
            yield from rows
            start = rows[-1][0] + b"\0"

    def admits(self, operation: Operation, subject: int) -> bool:
        """Whether who asks has a part in a case by which a query (``operation``) is open to him; a delegate, who has
        the part of his principal, also sees no more of the cases than his delegation shows him in a list."""
        if self.roles_in(subject).isdisjoint(role.name for role in operation.roles):
            return False
        return not self.caller.by or bool(self.roles_seen(subject))

    def told(self, operation: Operation, *names: str) -> bool:
        """Whether who asks is shown what a query (``operation``) tells his party of something in which it has no part,
        by the names of that: the party itself always, a delegate where his delegation is for it (decision 0271)."""
        return not self.caller.by or self._within(operation.qualified, names)

    def roles_in(self, subject: int) -> frozenset[str]:
        """The roles that who asks has in a case; none for a stranger, and where there is no such case."""
        return self._has(subject, self._parties(subject))

    def roles_seen(self, subject: int) -> frozenset[str]:
        """The same, of a case that who asks may see by his own roles; none of any other."""
        parties = self._parties(subject)
        roles = self._has(subject, parties)
        asked = partial(self._opening, subject), partial(self._names, subject)
        seen = parties is not None and bool(roles) and self._sees(parties, *asked)
        return roles if seen else frozenset()

    def _has(self, subject: int, parties: Parties | None) -> frozenset[str]:
        """The roles that who asks has by these parties of a case; an officer has them at his own offices alone."""
        roles = held(parties, self.caller)
        if roles and self.caller.kind is ActorKind.OFFICER and not at_office(self.get(CaseEntry, subject), self.caller):
            return frozenset()
        return roles

    def _names(self, subject: int) -> frozenset[str]:
        """The references of a case."""
        return named(self.get(CaseEntry, subject))

    def _opening(self, subject: int) -> JournalRow | None:
        """The first message of a case."""
        prefix = keys.SUBJECT + keys.u16(keys.subject_partition(subject)) + keys.u64(subject) + b"j"
        found = self._reader.scan(prefix, keys.after(prefix), 1)
        raw = self._reader.read_log(Log.JOURNAL, [int.from_bytes(found[0][0][-8:], "big")])[0] if found else None
        return JOURNAL.read(raw) if raw is not None else None

    def _parties(self, subject: int) -> Parties | None:
        """Who has a part in a case; of one of a former release, as its record tells. The entry is read in any case, so
        that what is nobody's case costs a stranger as many looks as what is somebody's."""
        parties, entries = kind_of(Parties), kind_of(CaseEntry)
        place = keys.subject_partition(subject), self.administration, subject
        row, entry = self._reader.read([keys.record_key(*place, each.number, b"") for each in (parties, entries)])
        if row is not None:
            found: Parties = parties.stored.read(row)
            return found
        for kind in case_kinds(entries.stored.read(entry).kind) if entry is not None else ():
            record = self.get(kind.type, subject)
            if record is not None:
                return former_parties(kind, record, self.administration)
        return None

    def resolve(self, kind: str, value: str) -> int | None:
        """The subject behind an alias."""
        wanted = [keys.alias_key(p, self.administration, kind, value) for p in self._partitions]
        found = next((raw for raw in self._reader.read(wanted) if raw), None)
        return int.from_bytes(found, "big") if found else None

    def resolved(self, names: Sequence[tuple[str, str]]) -> list[int]:
        """The subjects behind aliases (kind, value), in their order, by one look."""
        wanted = [keys.alias_key(p, self.administration, *each) for each in names for p in self._partitions]
        return [int.from_bytes(raw, "big") for raw in self._reader.read(wanted) if raw]

    def find(
        self, record: type[R], index: str, *equal: object, low: object = None, high: object = None,
        limit: int = 50, after: bytes = b"", reverse: bool = False,
    ) -> tuple[list[tuple[int, R]], bytes]:  # fmt: skip
        """A page of (subject, record) by a declared index, and the cursor of the next page (empty at the end)."""
        kind = kind_of(record)
        declared = kind.index(index)
        refuse_unbuilt(self._reader, self._partitions, declared)
        pairs: list[tuple[bytes, bytes]] = []
        for partition in self._partitions:
            head = keys.space(keys.INDEX, partition) + self.administration.encode()
            prefix = head + keys.u16(kind.number) + bytes((declared.number,)) + b"".join(keys.field(e) for e in equal)
            start, end = keys.bounds(prefix, low, high)
            if after:
                mark = head + after
                start, end = (start, min(end, mark)) if reverse else (max(start, mark + b"\0"), end)
            pairs += self._entries(kind, start, end, limit + 1, reverse)
        pairs.sort(key=lambda pair: pair[0][5:], reverse=reverse)
        page, more = pairs[:limit], len(pairs) > limit
        found = [
            (int.from_bytes(key[5:13], "big"), value)
            for (_, key), value in zip(page, self._values(kind, [key for _, key in page]), strict=True)
            if value is not None
        ]  # fmt: skip
        return found, page[-1][0][5:] if more and page else b""

    def every(self, record: type[R], index: str, *equal: object, low: object = None) -> Iterator[tuple[int, R]]:
        """Every (subject, record) of a declared index, in its order, page by page as they are asked for."""
        cursor = b""
        while True:
            page, cursor = self.find(record, index, *equal, low=low, limit=PAGE, after=cursor)
            yield from page
            if not cursor:
                return

    def number(self, record: type[Value], index: str, *equal: object, most: int) -> int:
        """How many records an index has, counted up to ``most``; none of them is read."""
        kind = kind_of(record)
        declared = kind.index(index)
        refuse_unbuilt(self._reader, self._partitions, declared)
        found = 0
        for partition in self._partitions:
            head = keys.space(keys.INDEX, partition) + self.administration.encode()
            prefix = head + declared.mark + b"".join(keys.field(each) for each in equal)
            found += len(self._reader.scan(prefix, keys.after(prefix), most - found)) if found < most else 0
        return found

    def values_of(self, record: type[Value], index: str, *equal: object) -> list[str]:
        """The texts that stand in the next field of an index, each found by one look behind the former; at most so
        many as are looked at for a page."""
        kind = kind_of(record)
        declared = kind.index(index)
        refuse_unbuilt(self._reader, self._partitions, declared)
        found: dict[str, None] = {}
        for partition in self._partitions:
            head = keys.space(keys.INDEX, partition) + self.administration.encode()
            prefix = head + declared.mark + b"".join(keys.field(e) for e in equal)
            start = prefix
            while len(found) < _STATES and (rows := self._reader.scan(start, keys.after(prefix), 1)):
                text = rows[0][0][len(prefix) :].partition(b"\0")[0].decode()
                found[text] = None
                start = keys.after(prefix + keys.text(text))
        return list(found)

    def _entries(
        self, _kind: RecordKind, start: bytes, end: bytes, limit: int, reverse: bool
    ) -> list[tuple[bytes, bytes]]:  # fmt: skip
        """Index entries of a record type with the keys of their records."""
        return self._reader.scan(start, end, limit, reverse=reverse)

    def _values(self, kind: RecordKind, wanted: Sequence[bytes]) -> list[Any]:
        """The records under these keys."""
        return [None if raw is None else kind.stored.read(raw) for raw in self._reader.read(wanted)]

    def counted(self, administration: str, series: str) -> dict[str, int]:
        """What was counted of an administration in series that begin like this (``runtime.store.counts``), by the rest
        of their names. Counts tell of no case, so everybody's may be read."""
        return counted(self._reader, self._partitions, administration, series)

    def waiting(self, parties: Collection[str], most: int) -> dict[str, int]:
        """How many messages wait for each of these parties, up to a number: how far behind it is, and nothing else."""
        return waiting(self._reader, self._partitions, parties, most)

    def final_heads(
        self, record: type[Value], view: str, recipient: ActorKind | None = None
    ) -> tuple[Reader, dict[int, bytes]]:  # fmt: skip
        """Where a view of a data set lies, by partition, and what reads there: for its recipients alone.

        What it holds is of all administrations: the data set says who may have that. recipient: of which kind the one
        is for whom another asks. Raises NotFound where there is no
        such view for who asks, and Overloaded while records of an earlier release are being entered.
        """
        kind = kind_of(record)
        number = kind.final.view(view) if kind.final is not None else None
        if kind.final is None or kind.filling is None or number is None:
            raise NotFound(f"{kind.type.__name__} has no view {view[:20]!r}.", remedy="Ask which views there are.")
        whose, roles = recipient or self.caller.kind, self.roles if recipient is None else frozenset[str]()
        if not kind.final.views[number].may_have(whose, roles):
            raise NotFound(f"{kind.final.name} has no view {view} for {whose.value}.", remedy="Ask which there are.")
        refuse_unbuilt(self._reader, self._partitions, kind.filling)
        return self._reader, {p: keys.final_head(p, kind.mark, number) for p in self._partitions}

    def signed(self, text: str) -> str:
        """A text under the signature of this node. Raises NotFound where nothing here can sign."""
        if self._sign is None:
            raise NotFound("This reader has no key to sign with.", remedy="Ask a running node.")
        return self._sign(text)

    def proven(self, position: int, row: JournalRow | SentRow) -> bytes:
        """The evidence pack of a message; whoever asks for it must have found out that who asks may see it.

        Raises NotFound where no checkpoint covers it yet, or nothing here can prove.
        """
        if self._prove is None:
            raise NotFound("This reader has nothing to prove with.", remedy="Ask a running node.")
        return self._prove(position, row)

    def across(self, administration: str) -> View:
        """The same view of another administration; needs a role that the case index declares as union-wide."""
        if not self.roles & frozenset(kind_of(CaseEntry).union_wide):
            raise NotAuthorised(
                "Reading across administrations needs a union-wide role.", remedy="Ask for union-operations."
            ).because("the case index: who reads across administrations", "union-operations", "the Commission")
        return self._of(administration)

    def everywhere(self) -> list[View]:
        """The same view of each administration of which cases stand here, this one first: for a party outside, whose
        rights go by its part in a case, whichever administration has it. Anybody else has this one alone."""
        if self.caller.circle is not Circle.UNTRUSTED:
            return [self]
        found = dict.fromkeys([self.administration])
        for partition in self._partitions:
            start = end = keys.space(keys.INDEX, partition)
            while len(found) < _ADMINISTRATIONS and (rows := self._reader.scan(start, keys.after(end), 1)):
                found[rows[0][0][3:5].decode()] = None
                start = keys.after(end + rows[0][0][3:5])
        return [self, *(self._of(each) for each in sorted(found.keys() - {self.administration}))]

    def _of(self, administration: str) -> View:
        return View(self._reader, administration, self.now, self._look, partitions=self._partitions,
                    caller=self.caller, roles=self.roles, statutory=self._statutory, sees=self._sees,
                    within=self._within, sign=self._sign, prove=self._prove, observed=self.observed,
                    elsewhere=self.elsewhere)  # fmt: skip

    def timeline(self, subject: int, most: int = 0) -> list[tuple[int, JournalRow | SentRow]]:
        """The messages of a case with their positions, in the order of time. ``most``: no more than so many that came
        and so many that were sent, the latest; 0 for all of them."""
        prefix = keys.SUBJECT + keys.u16(keys.subject_partition(subject)) + keys.u64(subject)
        found: list[tuple[int, JournalRow | SentRow]] = []
        latest = (
            row for log in (b"j", b"s")
            for row in self._reader.scan(prefix + log, keys.after(prefix + log), most, reverse=True)
        )  # fmt: skip
        for key, _ in latest if most else self._pairs(prefix):
            position = int.from_bytes(key[12:20], "big")
            if key[11:12] == b"j":
                raw = self._reader.read_log(Log.JOURNAL, [position])[0]
                found += [(position, JOURNAL.read(raw))] if raw else []
            else:
                raw = self._reader.read_log(Log.SENT, [position])[0]
                found += [(position, SENT.read(raw))] if raw else []
        found.sort(key=lambda pair: (_time(pair[1]), isinstance(pair[1], SentRow), pair[0]))
        return found

    def body(self, row: JournalRow | SentRow) -> bytes:
        """The bytes of a message as they were sent."""
        return row.content.octets


def _time(row: JournalRow | SentRow) -> int:
    return row.received if isinstance(row, JournalRow) else row.at


Query = Callable[[View, Any], Any]
