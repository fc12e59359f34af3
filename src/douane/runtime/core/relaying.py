"""Passing on: what a node that does not provide an operation may carry between a party and an administration.

A case that is only passed on has as parties the one who addressed an administration, and that administration. An
administration reaches a party outside only under a reference, or the identification that the message answers, by which
that party addressed it. A reference that it gives in such an answer (an MRN) is one of theirs from then on. Everything
else is refused: nobody sends a release or an unloading permission to a stranger's inbox, not about an own reference
either, which whoever issues them can invent.

Whose message it is to handle: a case that began here ends here, whoever was chosen since; a new one begins with the
present provider. The centre knows where each case began that did not begin with the first provider (``kept_by``).
"""

from __future__ import annotations

from typing import Final

from douane.model.caller import OFFICE_OF, Party, PartyKind
from douane.model.parties import CaseRole
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.core.admission import parties_in
from douane.runtime.core.overlay import Overlay
from douane.runtime.store import keys
from douane.runtime.store.envelope import Envelope, receipt_of
from douane.runtime.store.parties import NOBODY, with_member
from douane.runtime.store.records import Member, Parties, kind_of

PASSED: Final = "passed on"
"""Under which kind of name a case is known whose messages are for another node."""
ADDRESSING: Final = CaseRole("sender of what is passed on")
ADDRESSED: Final = CaseRole("administration addressed")
HERE: Final = ""
"""Among providers: this node."""
Address = tuple[bool, str, str]
"""Whether a message opens a case, and the alias (kind, value) that names it."""
_PARTIES = kind_of(Parties)


def kept_by(provider: str) -> str:
    """Under which kind of name a case is known that another provider keeps; names are the Union's."""
    return f"kept by {provider}"


def name_of(administration: str, kind: str, value: str) -> str:
    """The name of a case of an administration among the names of cases that others keep."""
    return f"{administration} {kind} {value}"


def keeper(tick: Overlay, administration: str, operation: str, address: Address | None) -> str | None:
    """Who handles a message: ``HERE``, an administration, or None where nobody was chosen.

    address: whether it opens a case, and by which kind of name and value that is known.
    """
    providers = tick.owner.ports.router.providers(administration, operation)
    if len(providers) > 1 and address is not None:
        opens, kind, value = address
        if tick.alias(administration, kind, value) is not None:
            return HERE
        name = name_of(administration, kind, value)
        for each in providers:
            if each and tick.alias(UNION, kept_by(each), name) is not None:
                return each
        if not opens and not tick.owner.ports.abroad(administration):
            return providers[-1] or providers[0]  # what began here has a name here: it has just begun elsewhere
    return providers[0] if providers else None


def begins(tick: Overlay, administration: str, operation: str, address: Address | None, there: str) -> None:
    """Remember, where a case goes to another than the first provider, that it begins there."""
    providers = tick.owner.ports.router.providers(administration, operation)
    if address is None or not address[0] or there == providers[-1]:
        return
    name = name_of(administration, *address[1:])
    if tick.alias(UNION, kept_by(there), name) is None:
        tick.bind(UNION, kept_by(there), name, tick.fresh_subject())


def meet(tick: Overlay, envelope: Envelope, relay_to: str, subject: int) -> None:
    """Remember that a party addressed an administration, in the case under which what is passed on stands together; or
    that an administration answered it under the reference of that case."""
    since = keys.log_position(tick.partition, tick.owner.state.journal + 1)
    here, there = envelope.origin.caller.party, _party(relay_to)
    addressing, addressed = (here, there) if relay_to.startswith(OFFICE_OF) else (there, here)
    known = parties_in(tick, envelope.administration, subject) or NOBODY
    both = with_member(known, Member(addressing, ADDRESSING.name, since))
    both = with_member(both, Member(addressed, ADDRESSED.name, since))
    if both != known:
        key = keys.record_key(tick.partition, envelope.administration, subject, _PARTIES.number, b"")
        tick.change(_PARTIES, key, both)


def may_relay(tick: Overlay, envelope: Envelope, relay_to: str) -> bool:
    """Whether a message may be passed on. To an administration everybody may address himself whose operation it is."""
    if relay_to.startswith(OFFICE_OF):
        return True
    caller = envelope.origin.caller
    if caller.party.kind is not PartyKind.ADMINISTRATION:
        return False
    if envelope.about and relay_to in _addressing(tick, envelope):
        return True
    correlation = envelope.origin.correlation
    return bool(correlation) and _addressed(tick, relay_to, correlation, caller.party)


def _party(name: str) -> Party:
    """Who is named by a box that something is passed on to: an administration, or somebody outside."""
    if name.startswith(OFFICE_OF):
        return Party(PartyKind.ADMINISTRATION, name.removeprefix(OFFICE_OF))
    return Party(PartyKind.TRADER, name)


def _addressing(tick: Overlay, envelope: Envelope) -> set[str]:
    """By name, who addressed the sender under the reference that a message names.

    A message to an administration stands in the partition of its own case, the answer in that of the reference: every
    partition is asked, the others for what they have committed.
    """
    found: set[str] = set()
    for subject in _passed(tick, envelope):
        parties = _parties(tick, envelope.administration, subject)
        if parties is not None:
            found.update(member.party.name for member in parties.members if member.role == ADDRESSING.name)
        else:
            found.update(_former(tick, subject))
    return found


def _passed(tick: Overlay, envelope: Envelope) -> set[int]:
    """The cases, of every partition, under which messages about a reference were passed on."""
    name = (envelope.administration, PASSED, envelope.about)
    here = tick.alias(*name)
    wanted = [keys.alias_key(partition, *name) for partition in tick.owner.others]
    there = {int.from_bytes(raw, "big") for raw in tick.owner.ports.store.read(wanted) if raw} if wanted else set()
    return there | {here} if here is not None else there


def _parties(tick: Overlay, administration: str, subject: int) -> Parties | None:
    partition = keys.subject_partition(subject)
    if partition == tick.partition:
        return parties_in(tick, administration, subject)
    (raw,) = tick.owner.ports.store.read([keys.record_key(partition, administration, subject, _PARTIES.number, b"")])
    return None if raw is None else _PARTIES.stored.read(raw)


def _former(tick: Overlay, subject: int) -> set[str]:
    """Who addressed an administration in a case of a former release, which has no parties: its rows tell."""
    owner = tick.owner
    prefix = keys.SUBJECT + keys.u16(keys.subject_partition(subject)) + keys.u64(subject) + b"j"
    positions = [int.from_bytes(key[-8:], "big") for key, _ in owner.ports.store.scan(prefix, keys.after(prefix), 100)]
    rows = [owner.journal_row(position) for position in positions]
    return {row.sender if row.relay_to.startswith(OFFICE_OF) else row.relay_to for row in rows}


def _addressed(tick: Overlay, party: str, message: str, administration: Party) -> bool:
    """Whether a party addressed an administration by a message of this identification."""
    partitions = tick.owner.ports.partitions or (tick.partition,)
    wanted = [keys.known_key(partition, party, message) for partition in partitions]
    for raw in tick.owner.ports.store.read(wanted):
        if raw is None:
            continue
        receipt = receipt_of(raw)
        row = tick.owner.journal_row(receipt.position)
        if row.relay_to == administration.name or row.administration == administration.identifier:
            return True
    return False
