"""Admission: who may touch a case. The only place that decides it.

A right on a case is (party, role) x operation: being a party is not enough, the operation names the roles it is open
to. The parties of a case stand in its row ``Parties``. These hold at every moment:

1. The row is written with the acceptance of the message that opens the case, beside its alias: no message, of the same
   tick or a later one, meets a case that has a name and no parties. No row means refuse.
2. Only that acceptance (``opening``) and units of work of the case itself (``Work.admit``, ``Work.dismiss``) change it.
3. A message is judged twice. At acceptance *where it stands* (``stands``): in the case that it names where its sender
   is a party by then, or the operation lets new parties join; else in a case of its own, where it is told that the
   reference is unknown. At its turn *whether it may act* (``may_act``), by the parties as its predecessors left them;
   what may not is handled in a case of its own, too. Replay and release are judged anew.
4. A name belongs to its issuer: who may open, or speak about a movement or guarantee of a country, is what the
   operation's ``senders`` say, in every circle and for messages between cases of the node alike.
5. What a non-party sends never blocks a case (``is_party``).
6. An officer acts for his administration at the offices at which he works (``Caller.offices``), as the index of cases
   has them when his message is accepted; at none where none is known. The same measure shows him cases (``View``).

Only timers, announcements and answers to the node's own questions are not judged, and no link can say them.
"""

from __future__ import annotations

from typing import Any, Final

from douane.model.caller import VIA_CORE, Caller, Party
from douane.model.circles import ActorKind
from douane.model.declare import Operation
from douane.model.parties import COMPETENT, CaseRole, Members, acting_fields
from douane.model.parties import administration as administration_party
from douane.runtime.core.overlay import Overlay
from douane.runtime.store import keys
from douane.runtime.store.parties import at_office, case_kinds, former_parties, held, speaks_for
from douane.runtime.store.records import CaseEntry, Member, Parties, kind_of
from douane.vocabulary.codes import Codes
from douane.vocabulary.errors import Fault, Unplaceable

TAKEN: Final = "taken"
UNKNOWN: Final = "unknown"
FOREIGN: Final = "foreign"
"""What may be wrong with the name that a message gives to its case: it belongs to another case, to none that the sender
has a part in, or is not the sender's to speak about."""
Address = tuple[bool, str, str]
"""Whether a message opens a case, and the alias (kind, value) that names it."""
_INSIDE: Final = (ActorKind.SERVICE, ActorKind.MEMBER_STATE, ActorKind.COMMISSION)
_PARTIES = kind_of(Parties)
_CASE = kind_of(CaseEntry)


def open_to(operation: Operation, caller: Caller) -> bool:
    """Whether an operation is open to this kind of caller. An administration whose case sent a message inside the node
    is judged like its system outside; processes of the node may call what is open to services. Who says that he is of a
    kind that his circle does not have is of none."""
    if caller.via != VIA_CORE:
        return caller.circle is caller.kind.circle and operation.open_to(caller.kind)
    return any(operation.open_to(kind) for kind in _INSIDE)


def may_send(operation: Operation, caller: Caller, message: Any) -> bool:
    """Whether a message comes from whom its operation says that it may come from: nobody speaks about what another
    issued, takes another's references or guarantees, or is a holder because he says so."""
    if operation.senders is None or message is None:
        return True
    try:
        parties = operation.senders(message)
    except Exception as problem:
        raise unplaceable(operation, problem) from problem
    for party in parties:  # noqa: SIM110 - asked twice for each message: no generator for it
        if speaks_for(party, caller):
            return True
    return False


def refusal_of(operation: Operation, caller: Caller, message: Any) -> str:
    """Why a message may stand in no case but its own, whatever it names; empty where nothing is against it yet.

    Whether an operation is open to a kind of caller is judged of messages inside the node here; of others at the link.
    """
    if not may_send(operation, caller, message):
        return FOREIGN
    return "" if caller.via != VIA_CORE or open_to(operation, caller) else UNKNOWN


def unplaceable(operation: Operation, problem: Exception) -> Unplaceable:
    """What a function of an application ends in that fails where it should say whose a message is, or of which case."""
    return Unplaceable(
        f"{operation.qualified} cannot place this message: {type(problem).__name__}.",
        remedy="Tell the operator of this node; its service must be mended before such a message is taken.",
    )


def named_parties(operation: Operation, caller: Caller, message: Any) -> tuple[tuple[Party, CaseRole], ...]:
    """Whom an opening message names as parties, beside the competent authority. Raises Unplaceable."""
    try:
        return tuple(operation.parties(message, caller)) if operation.parties is not None else ()
    except Exception as problem:
        raise unplaceable(operation, problem) from problem


def address_of(operation: Operation, message: object, caller: Caller) -> Address | None:
    """The case a message opens or belongs to; None for messages that open a case without a name. Raises Unplaceable."""
    try:
        if operation.opens is not None:
            return (True, *operation.opens(message, caller))
        if operation.about is not None:
            return (False, *operation.about(message, caller))
    except Exception as problem:
        raise unplaceable(operation, problem) from problem
    return None


def opening(tick: Overlay, named: Members, where: tuple[str, int]) -> None:
    """Write the parties of a case with the acceptance of what opens it. ``where``: administration and subject."""
    since = keys.log_position(tick.partition, tick.owner.state.journal + 1)
    members = [Member(administration_party(where[0]), COMPETENT.name, since)]
    members += [Member(party, role.name, since) for party, role in named if party.identifier]
    tick.change(_PARTIES, _key(tick, *where), Parties(tuple(dict.fromkeys(members))))


def parties_in(tick: Overlay, administration: str, subject: int, prefix: bytes = b"") -> Parties | None:
    """The parties of a case as of this moment of the tick; of a case of a former release, as its record tells. prefix:
    where its records lie, for whoever has that at hand."""
    if keys.subject_partition(subject) != tick.partition:
        return None  # its owner judges
    prefix = prefix or keys.subject_prefix(tick.partition, administration, subject)
    row: Any = tick.owner.load(_PARTIES, prefix + _PARTIES.mark)
    return row if row is not None else _former(tick, administration, subject)


def stands(tick: Overlay, operation: Operation, caller: Caller, administration: str, subject: int) -> bool:
    """First judgement: whether a message may stand in the case that it names. Where it does not say itself at which
    office something is, an officer's stands in cases of his own offices alone."""
    if caller.kind is ActorKind.OFFICER and not caller.everywhere and operation.in_office is None:
        entry = tick.case_entry(keys.record_key(tick.partition, administration, subject, _CASE.number, b""))
        if not at_office(entry, caller):
            return False
    return operation.joins is not None or bool(held(parties_in(tick, administration, subject), caller))


def is_party(tick: Overlay, administration: str, subject: int, caller: Caller) -> bool:
    """Whether somebody has a part in a case now: what others send never blocks it."""
    return bool(held(parties_in(tick, administration, subject), caller))


def names_another(message: Any, caller: Caller, codes: Codes) -> tuple[Fault, ...]:
    """The fault of a message that says in its body that somebody else acts than who does.

    Such fields (``model.parties.Acting``) are deprecated; while they last, an empty one says nothing.
    """
    return tuple(
        Fault(f"/{name}", codes.foreign, f"Leave {name} out: who acts is who sends this.", value=said)
        for name in acting_fields(type(message))  # type: ignore[arg-type] # a class is hashable
        if (said := getattr(message, name)) and said != caller.id
    )


def _key(tick: Overlay, administration: str, subject: int) -> bytes:
    return keys.record_key(tick.partition, administration, subject, _PARTIES.number, b"")


def _former(tick: Overlay, administration: str, subject: int) -> Parties | None:
    """The parties of a case of a former release: by its record, which says who they were."""
    entry = tick.case_entry(keys.record_key(tick.partition, administration, subject, _CASE.number, b""))
    for kind in case_kinds(entry.kind) if entry is not None else ():
        record = tick.record(kind, keys.record_key(tick.partition, administration, subject, kind.number, b""))
        if record is not None:
            return former_parties(kind, record, administration)
    return None
