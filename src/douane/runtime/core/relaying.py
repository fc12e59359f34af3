"""Passing on: what a node that does not provide an operation may carry between a party and an administration.

A case that is only passed on has as parties the one who addressed an administration, and that administration. An
administration reaches a party outside only under a reference, or the identification that the message answers, by which
that party addressed it. A reference that it gives in such an answer (an MRN) is one of theirs from then on. Everything
else is refused: nobody sends a release or an unloading permission to a stranger's inbox, not about an own reference
either, which whoever issues them can invent.

Whose message it is to handle: a case that began here ends here, whoever was chosen since; a new one begins with the
present provider, whatever anybody told of its name. Of a case that began elsewhere the centre knows the name in one of
three ways, and each leads only what is about it: it passed the opening on itself (``begun_with``); its provider told it
(``told_by``), which ends with that provider's dismissal; or it was told and has led something since, or the centre saw
it in an answer to who addressed the provider (``kept_by``). What overtakes the word of that waits for it.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Final, NamedTuple

import msgspec

from douane.model.caller import OFFICE_OF, Caller, Party, PartyKind
from douane.model.declare import Operation, Tells
from douane.model.parties import CaseRole, Members
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.core.admission import Address, address_of, may_send, named_parties, parties_in
from douane.runtime.core.overlay import Overlay
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, SENT, Arrival, Envelope, Receipt, SentKind, receipt_of
from douane.runtime.store.origin import Media
from douane.runtime.store.parties import NOBODY, with_member
from douane.runtime.store.ports import MINUTE, Log
from douane.runtime.store.records import CARRIED, Carried, Member, Parties, RecordKind, carried_name, kind_of

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
ANSWERED: Final = "answered"
"""The state of such a case when its keeper said something that names none."""
LONGEST_NAME: Final = 35
_PARTIES, _CARRIED = kind_of(Parties), kind_of(Carried)
_OUTSIDE: Final = frozenset({PartyKind.TRADER, PartyKind.THIRD_COUNTRY, PartyKind.PARTNER_SERVICE})


class Keeper(NamedTuple):
    """Who handles a message: ``HERE``, an administration, or None where nobody was chosen.

    lane: in which it waits until that is certain; empty where it is.
    """

    who: str | None
    lane: str = ""


AT_HOME: Final = Keeper(HERE)


def begun_with(provider: str) -> str:
    """Under which kind of name a case is known whose opening went from here to a provider; names are the Union's."""
    return f"begun with {provider}"


def kept_by(provider: str) -> str:
    """Under which kind of name a case is known that a provider told of, and that something was about since."""
    return f"kept by {provider}"


def told_by(provider: str) -> str:
    """Under which kind of name a case is known of which there is a provider's word alone."""
    return f"told by {provider}"


def answered_by(provider: str) -> str:
    """Under which kind of name a reference is known by which a provider answered somebody who had addressed him."""
    return f"answered by {provider}"


def name_of(administration: str, kind: str, value: str) -> str:
    """The name of a case of an administration among the names of cases that others keep."""
    return f"{administration} {kind} {value}"


def keeper(
    tick: Overlay, administration: str, operation: str, address: Address | None, *, queues: bool = True
) -> Keeper:
    """Who handles a message. address: whether it opens a case, and by which kind of name and value that is known.
    queues: whether it comes behind what waits for that name already.

    What opens a case goes to the present provider: a name that somebody told leads it nowhere, and it waits for nobody.
    A name of which nobody has told yet leads to one of several other systems: the word of whoever began the case is on
    its way, and the message waits for it, as do those about the same case that come behind.
    """
    providers = tick.owner.ports.router.providers(administration, operation)
    if len(providers) > 1 and address is not None:
        opens, kind, value = address
        if tick.alias(administration, kind, value) is not None:
            return AT_HOME
        name = name_of(administration, kind, value)
        if opens:
            goes_on = _begun(tick, providers, name) if _is_about(tick, operation) else ""
            return Keeper(goes_on) if goes_on else sure(providers)
        there = led_to(tick, administration, operation, address)
        if there:
            lane = waiting_lane(administration, name)
            return Keeper(there, lane if queues and _waits(tick, lane) else "")
        if not tick.owner.ports.abroad(administration):
            others = [each for each in providers if each]  # what began here has a name here: it has begun elsewhere
            return Keeper(others[-1], waiting_lane(administration, name) if len(others) > 1 else "")
    return sure(providers)


def led_to(tick: Overlay, administration: str, operation: str, address: Address) -> str:
    """Where a name leads what is about its case: to the other provider with whom the centre saw it begin, else to who
    told it: the present one before former ones, of these the one whose name is the newest. Empty: nowhere."""
    ports, name = tick.owner.ports, name_of(administration, *address[1:])
    providers = ports.router.providers(administration, operation)
    begun = _begun(tick, providers, name)
    if begun:
        return begun
    found = {}
    for each in filter(None, providers):
        at = tick.alias(UNION, kept_by(each), name)
        told = tick.alias(UNION, told_by(each), name) if at is None else None
        if told is not None and (
            tick.now < ports.dismissed(administration, operation, each) + PATIENCE
            or tick.alias(UNION, answered_by(each), f"{administration} {address[2]}") is not None
        ):
            at = told
        if at is not None:
            found[each] = at
    present = providers[0] if providers else HERE
    return present if present in found else max(found, key=found.__getitem__, default="")


def last_resort(tick: Overlay, administration: str, operation: str, address: Address) -> str:
    """Where something goes in the end of whose case nobody knows: to a former provider who once told its name, and may
    have it; else to the first other one. Either refuses what he does not know."""
    name = name_of(administration, *address[1:])
    others = [each for each in tick.owner.ports.router.providers(administration, operation) if each]
    told = (each for each in others if tick.alias(UNION, told_by(each), name) is not None)
    return next(told, others[-1] if others else "")


def used(tick: Overlay, administration: str, operation: str, address: Address, there: str) -> None:
    """Remember of a name that was told that it led something: from now on it outlasts its provider's dismissal."""
    name = name_of(administration, *address[1:])
    told = tick.alias(UNION, told_by(there), name)
    if told is None or tick.alias(UNION, kept_by(there), name) is not None:
        return
    if led_to(tick, administration, operation, address) == there:
        tick.bind(UNION, kept_by(there), name, told)


def _answers_under(tick: Overlay, envelope: Envelope, relay_to: str) -> None:
    """Remember which provider answers a party under which reference: a name that he tells of it was used."""
    caller, about = envelope.origin.caller, envelope.about
    asked = question(tick, envelope, relay_to) if envelope.origin.correlation else None
    operation = tick.owner.journal_row(asked.position).operation if asked is not None else ""
    if not operation or len(tick.owner.ports.router.providers(envelope.administration, operation)) < 2:
        return
    name = answered_by(caller.via or caller.party.identifier), f"{envelope.administration} {about}"
    if tick.alias(UNION, *name) is None:
        tick.bind(UNION, *name, tick.fresh_subject())


def _begun(tick: Overlay, providers: tuple[str, ...], name: str) -> str:
    """With which other provider the centre saw a case begin last; empty where it saw none begin."""
    found = {each: tick.alias(UNION, begun_with(each), name) or 0 for each in filter(None, providers)}
    last = max(found, key=found.__getitem__, default="")
    return last if found.get(last) else ""


def _is_about(tick: Overlay, operation: str) -> bool:
    """Whether an operation that opens a case also goes on with one that is open."""
    handler = tick.owner.ports.behaviour.handlers.get(operation)
    return handler is not None and handler.operation.about is not None


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
    """Remember of what is passed on where its case is: of an opening, that it begins there, unless that is the first
    provider, who is asked of whatever has no name; of anything else, that the name which led it was right."""
    if address is None:
        return
    if not address[0]:
        used(tick, administration, operation, address, there)
        return
    providers = tick.owner.ports.router.providers(administration, operation)
    name = name_of(administration, *address[1:])
    last = _begun(tick, providers, name)
    if last == there or (not last and there == providers[-1]):
        return
    known = tick.alias(UNION, begun_with(there), name)  # it began there once before, and elsewhere since
    if known is not None:
        tick.unbind(UNION, begun_with(there), name, known)
    tick.bind(UNION, begun_with(there), name, tick.fresh_subject())


def meet(tick: Overlay, envelope: Envelope, relay_to: str, subject: int) -> None:
    """Remember that a party addressed an administration, in the case under which what is passed on stands together; or
    that an administration answered it under the reference of that case."""
    since = keys.log_position(tick.partition, tick.owner.state.journal + 1)
    if envelope.about and not relay_to.startswith(OFFICE_OF):
        _answers_under(tick, envelope, relay_to)
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
        (kept,) = tick.owner.ports.store.read_log(Log.JOURNAL, [receipt.position])
        if kept is None:  # it is archived: what answers it so late is about nothing that is open
            continue
        row = JOURNAL.read(kept)
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
    rows = [JOURNAL.read(raw) for raw in owner.ports.store.read_log(Log.JOURNAL, positions) if raw is not None]
    return {row.sender if row.relay_to.startswith(OFFICE_OF) else row.relay_to for row in rows}


# --- what stands of a case here that another system keeps


class Stated(NamedTuple):
    """What an operation says of a message that is passed on, asked before anything is changed. name: by which its
    sender knows the case. members: who has a part in what it begins, beside its sender. office: whose case it is."""

    begins: bool = True
    kind: str = ""
    name: str = ""
    members: Members = ()
    office: str = ""


def stated(operation: Operation, message: Any, caller: Caller) -> Stated:
    """Whom a message that begins something names counts where it is its sender's to send; to others it says nothing of
    them. What fails here says nothing either: whoever keeps the case judges the message."""
    try:
        address, tells = address_of(operation, message, caller), operation.tells
        named = named_parties(operation, caller, message) if may_send(operation, caller, message) else ()
        office = tells.office(message) if tells is not None and tells.office is not None else ""
    except Exception:  # noqa: BLE001 - a function of an application: the message goes on all the same
        return Stated()
    begins, kind, value = address or (True, "", "")
    outside = tuple([(party, role) for party, role in named if party.kind in _OUTSIDE and party.identifier])
    own = value.removeprefix(f"{caller.party.identifier}/")
    return Stated(begins and operation.about is None, kind, own, outside, office)


def carry(tick: Overlay, arrival: Arrival, relay_to: str, about: Stated) -> int | None:
    """The case of the party outside in which something stands that is passed on between it and an administration; None
    where neither is outside, or nothing is known here of what is answered. What is said of the case is kept."""
    envelope = arrival.envelope
    if relay_to.startswith(OFFICE_OF):
        outside = envelope.origin.caller.party.kind in _OUTSIDE
        return _addressed(tick, envelope, about) if outside else None
    return _told(tick, arrival, relay_to)


def _addressed(tick: Overlay, envelope: Envelope, about: Stated) -> int:
    """The case of something that a party says to an administration: that which it knows by this name, else a new one.

    What begins a case begins one here, whatever went before under its name; the name leads to the first that was not
    refused. What is about a case of somebody else joins nothing, and begins one of its own.
    """
    administration, party = envelope.administration, envelope.origin.caller.party
    if not about.name and envelope.about:  # of a type that no operation here takes
        about = about._replace(begins=False, kind=PASSED, name=envelope.about)
    name = carried_name(party.name, about.name) if about.name else ""
    known = tick.alias(administration, CARRIED, name) if name else None
    here = carried_in(tick, administration, known) if known is not None else None
    if known is not None and here is not None and not about.begins:
        return known
    subject = tick.fresh_subject()
    since = keys.log_position(tick.partition, tick.owner.state.journal + 1)
    members = (party, ADDRESSING), *about.members  # and no administration: what it said itself it has
    row = Parties(tuple(dict.fromkeys(Member(each, role.name, since) for each, role in members)))
    tick.change(_PARTIES, _key(tick, administration, subject, _PARTIES), row)
    record = Carried(administration, envelope.operation, since, f"sent to {administration}", about.office)
    tick.change(_CARRIED, _key(tick, administration, subject, _CARRIED), record)
    if name:
        tick.name(subject, about.kind, about.name)
    if name and (known is None or (here is not None and here.refused)):
        if known is not None:
            tick.unbind(administration, CARRIED, name, known)
        tick.lead(administration, CARRIED, name, subject)
    return subject


def carried_in(tick: Overlay, administration: str, subject: int) -> Carried | None:
    """What this partition knows of a case that another system keeps; None for any other case."""
    if keys.subject_partition(subject) != tick.partition:
        return None  # its owner keeps it
    found: Any = tick.owner.load(_CARRIED, _key(tick, administration, subject, _CARRIED))
    return found if isinstance(found, Carried) else None


def _told(tick: Overlay, arrival: Arrival, party: str) -> int | None:
    """The case of something that an administration says to a party: of the message that it answers, else the one that
    the party knows by the reference that it names."""
    envelope, administration = arrival.envelope, arrival.envelope.administration
    asked = question(tick, envelope, party) if envelope.origin.correlation else None
    found = asked.subject if asked is not None else None
    was = carried_in(tick, administration, found) if found is not None else None
    if was is None and envelope.about:
        found = tick.alias(administration, CARRIED, carried_name(party, envelope.about))
        was = carried_in(tick, administration, found) if found is not None else None
    if found is None or was is None:
        return None
    answers_it = asked is not None and asked.position == was.began
    _keep(tick, arrival, (found, was), answers_it=answers_it)
    return found


def _keep(tick: Overlay, arrival: Arrival, case: tuple[int, Carried], *, answers_it: bool) -> None:
    """Keep what an administration says of a case: its state, and the name that it gave it. answers_it: whether it
    answers what began the case, so that it may refuse that."""
    (subject, was), envelope, message = case, arrival.envelope, arrival.message
    handler = tick.owner.ports.behaviour.handlers.get(was.operation)
    if handler is None:
        return
    tells = handler.operation.tells or Tells()
    refused = tells.refused.get(type(message), "") if answers_it else ""
    state = refused or _state(tells, message) or (was.state if was.told else ANSWERED)
    record = msgspec.structs.replace(
        was, state=state, told=envelope.origin.received, refused=bool(refused) or was.refused
    )
    tick.change(_CARRIED, _key(tick, envelope.administration, subject, _CARRIED), record)
    reference = envelope.about or _reference(tells, message)
    if reference:
        _name(tick, envelope.administration, subject, reference)
        if tells.named:
            tick.name(subject, tells.named, reference)


def _name(tick: Overlay, administration: str, subject: int, reference: str) -> None:
    """Let the parties outside find a case by the reference that its keeper gave it."""
    for member in (parties_in(tick, administration, subject) or NOBODY).members:
        name = carried_name(member.party.name, reference)
        if member.party.kind in _OUTSIDE and tick.alias(administration, CARRIED, name) is None:
            tick.lead(administration, CARRIED, name, subject)


def _state(tells: Tells, message: Any) -> str:
    said = tells.states.get(type(message), "")
    try:
        return said(message) if callable(said) else said
    except Exception:  # noqa: BLE001 - a function of an application: the answer goes on, and the state stays
        return ""


def _reference(tells: Tells, message: Any) -> str:
    """The reference that an answer gives in a field of its own; none that is longer than any, or cannot be printed."""
    found = next((str(said) for each in tells.fields if (said := getattr(message, each, ""))), "")
    return found if found.isascii() and found.isprintable() and len(found) <= LONGEST_NAME else ""


def _key(tick: Overlay, administration: str, subject: int, kind: RecordKind) -> bytes:
    return keys.record_key(tick.partition, administration, subject, kind.number, b"")
