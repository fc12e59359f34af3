"""The row of a case's parties, and what can be told from it: pure functions, used at the core and by queries."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from douane.model.caller import Caller, Party, PartyKind, Strength
from douane.model.circles import ActorKind
from douane.model.declare import Operation
from douane.model.parties import ANY_PART, COMPETENT
from douane.model.parties import administration as administration_party
from douane.runtime.store.records import CaseEntry, Member, Parties, RecordKind, kinds

NOBODY: Final = Parties()


def held(parties: Parties | None, caller: Caller) -> frozenset[str]:
    """The roles that a caller has by a row of parties: his own, or as an officer those of his administration as the
    competent one. No row gives none."""
    if parties is None:
        return frozenset()
    if caller.party.kind is PartyKind.STAFF:
        own = Party(PartyKind.ADMINISTRATION, caller.administration)
        officer = caller.kind is ActorKind.OFFICER and COMPETENT.name in parties.roles_of(own)
        return frozenset({COMPETENT.name}) if officer else frozenset()
    return frozenset(member.role for member in parties.members if is_caller(member.party, caller))


def admits(parties: Parties | None, operation: Operation, caller: Caller) -> bool:
    """Whether one of the caller's roles is among those that an operation is open to."""
    roles = held(parties, caller)
    return bool(roles) if ANY_PART in operation.roles else not roles.isdisjoint(role.name for role in operation.roles)


def at_office(entry: CaseEntry | None, caller: Caller) -> bool:
    """Whether a case is one of the offices at which an officer works, or of his administration as a whole; of nobody
    else this is asked. What is not known is not his."""
    if caller.kind is not ActorKind.OFFICER or caller.everywhere:
        return True
    if entry is None:
        return False
    of_offices = any(kind.case is not None and kind.case.office for kind in case_kinds(entry.kind))
    return not of_offices or caller.works_at((entry.office, *entry.others))


def opened_by(parties: Parties | None, position: int) -> bool:
    """Whether a case was opened by the message at a position."""
    return parties is not None and bool(parties.members) and parties.members[0].since == position


def speaks_for(party: Party, caller: Caller) -> bool:
    """Whether a caller may say what a party alone may say: as that party, or as an officer of that administration."""
    if party == caller.party or is_caller(party, caller):
        return True
    officer = caller.kind is ActorKind.OFFICER and party.kind is PartyKind.ADMINISTRATION
    return officer and party.identifier == caller.administration


def is_caller(party: Party, caller: Caller) -> bool:
    """Whether a caller is a party. Release 0.1 kept senders by name alone, which is all there is to compare then."""
    return party == caller.party or (caller.strength is Strength.UNKNOWN and party.name == caller.name)


def former_parties(kind: RecordKind, record: Any, administration: str) -> Parties:
    """Who has a part in a case by what its record says."""
    assert kind.case is not None
    members = [Member(administration_party(administration), COMPETENT.name, 0)]
    members += [Member(party, role.name, 0) for party, role in kind.case.parties_of(record) if party.identifier]
    return Parties(tuple(dict.fromkeys(members)))


def case_kinds(name: str) -> list[RecordKind]:
    """The records that cases of this kind (``CaseEntry.kind``) keep: two applications may call theirs alike."""
    return [kind for kind in kinds() if kind.case is not None and kind.type.__name__ == name]


def with_member(parties: Parties, member: Member) -> Parties:
    """The same parties and one more."""
    known = any(m.party == member.party and m.role == member.role for m in parties.members)
    return parties if known else msgspec.structs.replace(parties, members=(*parties.members, member))


def without_member(parties: Parties, party: Party, role: str) -> Parties:
    """The same parties but one in one role."""
    left = tuple(m for m in parties.members if not (m.party == party and m.role == role))
    return msgspec.structs.replace(parties, members=left)
