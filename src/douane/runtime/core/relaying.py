"""Passing on: what a node that does not provide an operation may carry between a party and an administration.

A case that is only passed on has as parties the one who addressed an administration, and that administration. An
administration reaches a party outside only under a reference, or the identification that the message answers, by which
that party addressed it. A reference that it gives in such an answer (an MRN) is one of theirs from then on. Everything
else is refused: nobody sends a release or an unloading permission to a stranger's inbox, not about an own reference
either, which whoever issues them can invent.

Whose message it is to handle: a case that began here ends here, whoever was chosen since; a new one begins with the
present provider. The centre knows where each case began that did not begin with the first provider (``kept_by``). What
overtakes the word of that waits for it.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final, NamedTuple

from douane.model.caller import OFFICE_OF, Party, PartyKind
from douane.model.parties import CaseRole
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.core.admission import parties_in
from douane.runtime.core.overlay import Overlay
from douane.runtime.store import keys
from douane.runtime.store.envelope import SENT, Envelope, Receipt, SentKind, receipt_of
from douane.runtime.store.origin import Media
from douane.runtime.store.parties import NOBODY, with_member
from douane.runtime.store.ports import MINUTE, Log
from douane.runtime.store.records import Member, Parties, kind_of

PASSED: Final = "passed on"
"""Under which kind of name a case is known whose messages are for another node."""
ADDRESSING: Final = CaseRole("sender of what is passed on")
ADDRESSED: Final = CaseRole("administration addressed")
HERE: Final = ""
"""Among providers: this node."""
UNNAMED: Final = "unnamed"
"""The channel of lanes whose messages are about a case of which nobody told yet where it is."""
PATIENCE: Final = 15 * MINUTE
"""For so long they wait; then they go to the first provider, who refuses what he does not know."""
Address = tuple[bool, str, str]
"""Whether a message opens a case, and the alias (kind, value) that names it."""
_PARTIES = kind_of(Parties)


class Keeper(NamedTuple):
    """Who handles a message: ``HERE``, an administration, or None where nobody was chosen.

    lane: in which it waits until that is certain; empty where it is.
    """

    who: str | None
    lane: str = ""


AT_HOME: Final = Keeper(HERE)


def kept_by(provider: str) -> str:
    """Under which kind of name a case is known that another provider keeps; names are the Union's."""
    return f"kept by {provider}"


def name_of(administration: str, kind: str, value: str) -> str:
    """The name of a case of an administration among the names of cases that others keep."""
    return f"{administration} {kind} {value}"


def keeper(
    tick: Overlay, administration: str, operation: str, address: Address | None, *, queues: bool = True
) -> Keeper:
    """Who handles a message. address: whether it opens a case, and by which kind of name and value that is known.
    queues: whether it comes behind what waits for that name already.

    A name of which nobody has told yet leads to one of several other systems: the word of whoever began the case is on
    its way, and the message waits for it, as do those about the same case that come behind.
    """
    providers = tick.owner.ports.router.providers(administration, operation)
    if len(providers) > 1 and address is not None:
        opens, kind, value = address
        if tick.alias(administration, kind, value) is not None:
            return AT_HOME
        name = name_of(administration, kind, value)
        for each in providers:
            if each and tick.alias(UNION, kept_by(each), name) is not None:
                lane = waiting_lane(administration, name)
                return Keeper(each, lane if queues and _waits(tick, lane) else "")
        if not opens and not tick.owner.ports.abroad(administration):
            others = [each for each in providers if each]  # what began here has a name here: it has begun elsewhere
            return Keeper(others[-1], waiting_lane(administration, name) if len(others) > 1 else "")
    return sure(providers)


def sure(providers: tuple[str, ...]) -> Keeper:
    """The present provider."""
    return AT_HOME if providers and providers[0] == HERE else Keeper(providers[0] if providers else None)


def waiting_lane(administration: str, name: str) -> str:
    """The lane in which messages about a case wait until its name is told; the name itself is in no lane's."""
    return f"{UNNAMED}:{administration}:{sha256(name.encode()).hexdigest()[:16]}"


def _waits(tick: Overlay, lane: str) -> bool:
    """Whether something waits in a lane."""
    prefix = keys.LANE + keys.u16(tick.partition) + keys.text(lane)
    found = tick.owner.ports.store.scan(prefix, keys.after(prefix), 100)
    return any(key not in tick.delivered for key, _ in found) or any(row.lane == lane for _, row in tick.sent)


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
    return bool(envelope.origin.correlation) and question(tick, envelope, relay_to) is not None


def question(tick: Overlay, envelope: Envelope, party: str) -> Receipt | None:
    """The message by which a party addressed an administration, where the one that it sends now names that.

    What says neither for whom it is nor about what (JSON) must answer one that was passed on from here, by a type that
    is among the answers of its operation.
    """
    administration, message = envelope.origin.caller.party, envelope.origin.correlation
    itself = envelope.content.media is not Media.JSON
    partitions = tick.owner.ports.partitions or (tick.partition,)
    for raw in tick.owner.ports.store.read([keys.known_key(each, party, message) for each in partitions]):
        if raw is None:
            continue
        receipt = receipt_of(raw)
        row = tick.owner.journal_row(receipt.position)
        passed = row.relay_to == administration.name or _went_to(tick, receipt, administration.name)
        passed = passed and (itself or envelope.operation in _answers(tick, row.operation))
        if passed or (itself and row.administration == administration.identifier):
            return receipt
    return None


def _went_to(tick: Overlay, receipt: Receipt, party: str) -> bool:
    """Whether a message was passed on to a party in the end: who kept its case was not known when it was accepted."""
    partition = keys.subject_partition(receipt.subject)
    prefix = keys.SUBJECT + keys.u16(partition) + keys.u64(receipt.subject) + b"s"
    positions = [
        int.from_bytes(key[-8:], "big") for key, _ in tick.owner.ports.store.scan(prefix, keys.after(prefix), 100)
    ]
    rows = (SENT.read(raw) for raw in tick.owner.ports.store.read_log(Log.SENT, positions) if raw is not None)
    return any(row.kind is SentKind.RELAY and (row.party, row.id) == (party, receipt.id) for row in rows)


def _answers(tick: Overlay, operation: str) -> set[str]:
    """What the types are called by which an operation is answered."""
    handler = tick.owner.ports.behaviour.handlers.get(operation)
    return (
        {tick.owner.ports.codecs.name_of(each) for each in handler.operation.replies} if handler is not None else set()
    )


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
