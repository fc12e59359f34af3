"""What somebody may see of his party's messages: all of them, what his roles give, or as a delegate what is his own.

Default deny. The role for inboxes shows everything. Without it an employee sees what answers a message that one of his
roles sends, and what concerns a case in which the party has a part that one of them acts in; a delegate what he caused
and cases that name him. Who may not see a message may not acknowledge or claim it, and is told that there is none.
Lists of cases and tasks show by the same measure. Every case of an administration has it as the competent authority, so
an officer sees those of the services in which one of his roles acts for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from douane.model.caller import Caller
from douane.model.circles import ActorKind
from douane.model.declare import Operation
from douane.model.parties import COMPETENT
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, JournalRow, SentRow
from douane.runtime.store.parties import NOBODY, held
from douane.runtime.store.ports import Log, Reader
from douane.runtime.store.queries import Names, Opening, Sees
from douane.runtime.store.records import CaseEntry, Parties, kind_of, named

INBOX_ROLE: Final = "inbox"
"""With it a client sees the whole inbox of its party, a delegate that of the principal."""
_PARTIES, _CASE = kind_of(Parties), kind_of(CaseEntry)


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody without the role for inboxes sees. operations: what his roles may call; parts: names of the roles
    on cases in which they may act; services: where they may act for the competent authority."""

    caller: Caller
    operations: frozenset[str]
    parts: frozenset[str]
    services: frozenset[str]
    cases: frozenset[str] = frozenset()
    """References of cases that a delegate sees because his delegation names them."""

    def said(self, row: JournalRow) -> bool:
        """Whether a message is the caller's: sent by the delegate himself, or by his party in one of his roles."""
        if self.caller.by:
            return row.caller.by == self.caller.by
        return row.sender == self.caller.name and row.operation in self.operations

    def partakes(self, parties: Parties) -> bool:
        """Whether a case with these parties concerns the caller."""
        if self.caller.by:
            return any(member.party.identifier == self.caller.by for member in parties.members)
        return not self.parts.isdisjoint(held(parties, self.caller))


def sight_of(
    caller: Caller, roles: frozenset[str], operations: Iterable[Operation], cases: frozenset[str] = frozenset()
) -> Sight:  # fmt: skip
    """What a caller in these roles sees of his party's messages."""
    mine = [each for each in operations if _calls(each, caller.kind, roles)]
    parts = frozenset(part.name for each in mine for part in each.roles)
    services = frozenset(each.service for each in mine if COMPETENT in each.roles)
    return Sight(caller, frozenset(each.qualified for each in mine), parts, services, cases)


def sees(
    caller: Caller, roles: frozenset[str], operations: Collection[Operation], cases: frozenset[str] = frozenset()
) -> Sees:  # fmt: skip
    """By what a query tells whether a case in which the caller's party has a part is one that he himself may see."""
    known = cache(lambda: sight_of(caller, roles, operations, cases))  # most queries never ask

    def case(parties: Parties, opening: Opening, names: Names) -> bool:
        if caller.by and not roles:
            return False
        if caller.kind is ActorKind.OFFICER:
            row = opening() if known().services else None
            return row is not None and row.operation.partition(".")[0] in known().services
        if INBOX_ROLE in roles or known().partakes(parties):
            return True
        row = opening()
        return (row is not None and known().said(row)) or bool(cases and not cases.isdisjoint(names()))

    return case


def shows(reader: Reader, row: SentRow, sight: Sight) -> bool:
    """Whether a sent message is to be seen, by the message that caused it, the one that opened its case, and the
    parties of that case."""
    partition = row.cause >> 48
    prefix = keys.SUBJECT + keys.u16(partition) + keys.u64(row.subject) + b"j"
    first = [int.from_bytes(key[-8:], "big") for key, _ in reader.scan(prefix, keys.after(prefix), 1)]
    rows = [JOURNAL.read(raw) for raw in reader.read_log(Log.JOURNAL, [*first, row.cause]) if raw is not None]
    if any(map(sight.said, rows)):
        return True
    places = [
        keys.record_key(partition, row.administration, row.subject, each.number, b"") for each in (_PARTIES, _CASE)
    ]
    parties, entry = reader.read(places)
    if sight.cases and entry is not None and not sight.cases.isdisjoint(named(_CASE.stored.read(entry))):
        return True
    return sight.partakes(_PARTIES.stored.read(parties) if parties is not None else NOBODY)


def _calls(operation: Operation, kind: ActorKind, roles: frozenset[str]) -> bool:
    return any(actor.kind is kind and (not actor.name or actor.name in roles) for actor in operation.by)
