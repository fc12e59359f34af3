"""What operators, readers and carriers ask of a partition; performed in a tick, committed with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from douane.model.caller import ACTOR, OFFICE_OF, Caller, of_the_core, receiver
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.core.admission import address_of
from douane.runtime.core.expecting import asked_of, ended
from douane.runtime.core.overlay import GONE, Overlay
from douane.runtime.core.owner import told as at_said
from douane.runtime.core.relaying import PATIENCE, keeper, last_resort, used
from douane.runtime.core.retire import Retire
from douane.runtime.core.route import LANES, internal
from douane.runtime.core.tally import count_taken
from douane.runtime.replication.keeping import Change
from douane.runtime.replication.rows import KEPT, entry_key
from douane.runtime.replication.sums import SumState
from douane.runtime.store import keys
from douane.runtime.store.decided import (
    APPROVED,
    MAINTAINED,
    PAUSE,
    PROPOSAL,
    SET_ASIDE,
    WENT_BACK,
    Approved,
    Maintained,
    Pause,
    Proposal,
    SetAside,
    WentBack,
    approved_key,
    pause_key,
    proposal_key,
    rest_key,
    set_aside_key,
    went_back_key,
)
from douane.runtime.store.envelope import DELIVERY, SENT, TRIED, Delivery, JournalRow, Receipt, RowKind, channel_of
from douane.runtime.store.final import FULL
from douane.runtime.store.hold import Announcement
from douane.runtime.store.indexing import BuildIndex
from douane.runtime.store.origin import Content, Media, Origin
from douane.runtime.store.ports import Instant, Log
from douane.runtime.store.records import RecordKind
from douane.runtime.store.transmission import SENT as SENT_BY
from douane.runtime.store.transmission import Carried, kept


@dataclass(frozen=True, slots=True)
class Act:
    """What an operator does, journalled in the same commit. id: under which it is done once, so it says all of what is
    done and by whom. text: what, as JSON."""

    id: str
    text: str
    caller: Caller

    def key(self, partition: int) -> bytes:
        """Under which key it is known once it is done; no message from outside has such a sender."""
        return keys.known_key(partition, ACTOR, self.id)


@dataclass(frozen=True, slots=True)
class Release:
    """Handle a parked message again, then those that waited behind it. ``act``: by whom, and under which id."""

    position: int
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class Discarding:
    """Two persons want a parked message not to be handled."""

    position: int
    proposed_by: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class PauseLane:
    """Let a lane carry nothing, or go on, as ``pause`` says. position: any of the partition."""

    position: int
    lane: str
    act: Act
    pause: Pause


@dataclass(frozen=True, slots=True)
class LetRest:
    """Let a service rest, or work again, as ``decided`` says. position: any of the partition. name: of the rest."""

    position: int
    name: str
    act: Act
    decided: Maintained


@dataclass(frozen=True, slots=True)
class DropSent:
    """Take a message out of its lane without delivering it: an exception, by two operators."""

    position: int
    lane: str
    reason: str


@dataclass(frozen=True, slots=True)
class PutAside:
    """Keep a message out of its lane, or let it back in, as ``kept`` says."""

    position: int
    act: Act
    kept: SetAside


@dataclass(frozen=True, slots=True)
class Holds:
    """A followed file holds in these octets."""

    name: str
    approved: Approved


@dataclass(frozen=True, slots=True)
class HoldFirst:
    """The followed files that stand there when a node first begins hold. position: any of the partition."""

    position: int
    act: Act
    files: tuple[Holds, ...]


@dataclass(frozen=True, slots=True)
class Propose:
    """Keep what somebody proposed about a thing, or that two persons agreed, with its effect in the same commit.

    position: any of the partition. Where a later one is kept by then, nothing happens and nothing is journalled.
    """

    position: int
    about: str
    act: Act
    proposal: Proposal
    effect: Discarding | DropSent | Holds | None = None


@dataclass(frozen=True, slots=True)
class Journal:
    """Journal an act that is done elsewhere. position: any of the partition."""

    position: int
    act: Act


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """A party took a message from its inbox (COD). ``channel``: by which it says so; ``carried``: what proves it;
    ``by``: the delegate who took it for the party."""

    party: str
    position: int
    at: Instant
    channel: str = ""
    carried: Carried | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Confirm:
    """A carrier reports what became of a delivery: arrived (COA), exception, expired. ``carried``: what proves it."""

    lane: str
    position: int
    state: str
    at: Instant
    reason: str = ""
    attempts: int = 1
    carried: Carried | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """A carrier reports an attempt that failed; the message goes on waiting in its lane."""

    lane: str
    position: int
    at: Instant
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Announce:
    """An operator did something with the whole node: a journal row says so, and with it the audit log.

    ``position``: any of the partition. ``release``: what was held after a restore may leave from now on.
    """

    position: int
    kind: RowKind
    text: str
    release: bool = False


@dataclass(frozen=True, slots=True)
class Reported:
    """A partner's own report about a message that had arrived: delivered (COD), exception, expired."""

    position: int
    state: str
    at: Instant
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Look whether the name of its case is told by now on which a sent message waits, and send it on."""

    position: int
    lane: str


@dataclass(frozen=True, slots=True)
class Vanish:
    """Delete again from final data what was deleted after the backup from which this store was restored.

    position: any of the partition. gone: positions of deletions by identity, of one view of a data set.
    """

    position: int
    kind: RecordKind
    view: int
    gone: Mapping[bytes, int]


DELIVERED: Final = "delivered"
EXPIRED: Final = "expired"
SENT_ON: Final = "sent on"
"""The state of what waited for the name of its case, and went on in a lane of its own."""
Decision = PauseLane | LetRest | PutAside | HoldFirst | Journal
"""What an operator decides about a lane or a service."""
Command = (
    Release
    | Propose
    | Decision
    | Acknowledge
    | Confirm
    | Named
    | Tried
    | Announce
    | Retire
    | BuildIndex
    | SumState
    | Reported
    | Vanish
)


def acknowledge(tick: Overlay, command: Acknowledge) -> None:
    """Take a message out of the inbox and keep that it was delivered; a second acknowledgement changes nothing."""
    where = keys.INBOX + keys.u16(tick.partition) + keys.text(command.party) + keys.u64(command.position)
    if not waits(tick, where):
        return
    count_taken(tick, command.party, command.position)
    receipt = _receipted(tick, command.position, command.channel, command.at, command.carried)
    delivery = Delivery(DELIVERED, command.at, channel=command.channel, receipt=receipt, by=command.by)
    _finish(tick, where, command.position, delivery)


def confirm(tick: Overlay, command: Confirm) -> None:
    """Take a message out of its lane and keep what became of it; what its party took meanwhile stays delivered."""
    where = keys.LANE + keys.u16(tick.partition) + keys.text(command.lane) + keys.u64(command.position)
    if not waits(tick, where):
        return
    receipt = _receipted(tick, command.position, channel_of(command.lane), command.at, command.carried)
    if command.state == DELIVERED:
        count_taken(tick, command.lane, command.position)
    delivery = Delivery(command.state, command.at, command.reason[:200], command.attempts, receipt=receipt)
    _finish(tick, where, command.position, delivery)
    if command.state == EXPIRED:
        _nobody_answers(tick, command.position)


def send_on(tick: Overlay, command: Named) -> None:
    """Send on what waited for the name of its case: to whom that leads now, or after a while to the first provider."""
    where = keys.LANE + keys.u16(tick.partition) + keys.text(command.lane) + keys.u64(command.position)
    (raw,) = tick.owner.ports.store.read_log(Log.SENT, [command.position])
    if raw is None or not waits(tick, where):
        return
    row, owner = SENT.read(raw), tick.owner
    administration, name, codecs = command.lane.split(":")[1], row.type, owner.ports.codecs
    taken = (each.operation for each in owner.ports.behaviour.handlers.values())
    found = next((o for o in taken if name in (o.request.__name__, codecs.name_of(o.request))), None)
    party = row.party
    if found is not None:
        message = owner.decode(found.qualified, name, row.content)
        caller = row.origin.caller if row.origin is not None else of_the_core(row.administration)
        address = address_of(found, message, caller)
        there = keeper(tick, administration, found.qualified, address, queues=False)
        if there.who and not there.lane and address is not None:
            used(tick, administration, found.qualified, address, there.who)
            party = f"{OFFICE_OF}{there.who}"
        elif tick.now - row.at <= PATIENCE:
            return
        elif address is not None:
            party = f"{OFFICE_OF}{last_resort(tick, administration, found.qualified, address)}"
    confirm(tick, Confirm(command.lane, command.position, SENT_ON, tick.now))
    asked_of(tick, row.id, party)
    lane = owner.ports.router.lane(party, name)
    owner.state.sent = number = owner.state.sent + 1
    again = msgspec.structs.replace(
        row, party=party, at=tick.now, salt=owner.salt(), leaf=owner.state.leaf + 1, lane=lane,
        sequence=tick.serial(LANES, lane) if lane else 0,
    )  # fmt: skip
    tick.leaf(owner.ports.auditor.sent_leaf(again))
    tick.sent.append((keys.log_position(tick.partition, number), again))


def vanish(tick: Overlay, command: Vanish) -> None:
    """Take away what was deleted later than it changed last here: the record where authorities have it no more, else
    what the view said of it."""
    final = command.kind.final
    assert final is not None
    head = keys.final_head(tick.partition, command.kind.mark, command.view)
    rows = tick.owner.ports.store.read([entry_key(head, id) for id in command.gone])
    for (id, position), raw in zip(command.gone.items(), rows, strict=True):
        kept = KEPT.read(raw) if raw is not None else None
        if kept is None or kept.content is None or kept.position >= position:
            continue
        if final.views[command.view].name == FULL:
            tick.change(command.kind, kept.source, GONE)
        else:
            gone = Change(kept.key, None, tick.now, kept.order, kept.source, deletes=True)
            tick.vanished.setdefault(head, {})[id] = gone


def _nobody_answers(tick: Overlay, position: int) -> None:
    """A question that expired on its way was never put: nobody waits for its answer."""
    (raw,) = tick.owner.ports.store.read_log(Log.SENT, [position])
    if raw is not None:
        row = SENT.read(raw)
        ended(tick, row.id, row.administration)


def tried(tick: Overlay, command: Tried) -> None:
    """Keep that an attempt failed, of a message that still waits in its lane."""
    where = keys.LANE + keys.u16(tick.partition) + keys.text(command.lane) + keys.u64(command.position)
    if not waits(tick, where):
        return
    report, kept = _kept(tick, command.position)
    if kept is None or kept.state == TRIED:
        tick.reported[report] = DELIVERY.write(Delivery(TRIED, command.at, command.reason[:200], 1).after(kept))


def reported(tick: Overlay, command: Reported) -> None:
    """Keep what a partner tells of a message that it has; a message once delivered stays so.

    A fast partner tells it before its carrier's own confirmation is committed here.
    """
    report, kept = _kept(tick, command.position)
    if kept is None and not _goes_by_lane(tick, command.position):
        return
    if kept is None or kept.state != DELIVERED:
        delivery = Delivery(command.state, command.at, command.reason[:200])
        tick.reported[report] = DELIVERY.write(delivery.after(kept))


def begin(tick: Overlay, act: Act) -> bool:
    """Journal an act that is not done yet; False for one that is."""
    key, owner = act.key(tick.partition), tick.owner
    if key in tick.known or owner.ports.store.read([key])[0] is not None:
        return False
    body = msgspec.msgpack.encode(Announcement(act.text))
    row = JournalRow(
        RowKind.INTERVENED, tick.fresh_subject(), "", UNION, Origin(act.caller, act.id, tick.now),
        Content(Media.VALUE, body, owner.digest(body)).packed(), owner.salt(), owner.state.leaf + 1,
        committed=tick.now,
    )  # fmt: skip
    leaf = owner.ports.auditor.journal_leaf(row)
    position = tick.journal(row, None, leaf)
    tick.known[key] = Receipt(act.id, position, row.subject, tick.now, row.content.digest, leaf, row.leaf)
    return True


def decide(tick: Overlay, command: Decision) -> None:
    """Do what an operator decided, with its act, once."""
    if not begin(tick, command.act):
        return
    match command:
        case PauseLane(lane=lane, pause=pause):
            tick.aside.put[pause_key(tick.partition, lane)] = PAUSE.write(pause)
        case LetRest(name=name, decided=decided):
            tick.aside.put[rest_key(tick.partition, name)] = MAINTAINED.write(decided)
        case PutAside(position=position, kept=kept):
            tick.aside.put[set_aside_key(position)] = SET_ASIDE.write(kept)
        case HoldFirst(files=files):
            for each in files:
                effect(tick, each)
        case Journal():
            pass


def propose(tick: Overlay, command: Propose) -> bool:
    """Keep a proposal, or what became of it; False where another one took its place meanwhile, or it is done."""
    key = proposal_key(tick.partition, command.about)
    raw = tick.aside.put.get(key) or tick.owner.ports.store.read([key])[0]
    if raw is not None and PROPOSAL.read(raw).at >= command.proposal.at:
        return False
    if not begin(tick, command.act):
        return False
    tick.aside.put[key] = PROPOSAL.write(command.proposal)
    return True


def effect(tick: Overlay, wanted: DropSent | Holds) -> None:
    """What two persons agreed on, in the commit that says so."""
    match wanted:
        case DropSent(position=position, lane=lane, reason=reason):
            confirm(tick, Confirm(lane, position, "exception", tick.now, f"dropped by two operators: {reason}"))
            tick.aside.gone.add(set_aside_key(position))
        case Holds(name=name, approved=approved):
            tick.aside.put[approved_key(tick.partition, name)] = APPROVED.write(approved)


def announce(tick: Overlay, command: Announce) -> None:
    """Journal what an operator did; lift the hold where that is what it was."""
    internal(tick, command.kind, "", Announcement(command.text), tick.fresh_subject(), UNION)
    tick.releases = tick.releases or command.release


def go_back(tick: Overlay, back: WentBack) -> None:
    """Journal that the clock went back, and keep that what two persons agreed with was used."""
    who = f"proposed by {back.by}, agreed by {back.second}" if back.second else f"{back.by}; no operator is kept"
    leaf = tick.owner.state.leaf
    said = f"clock went back from {at_said(back.before)} to {at_said(back.at)}: {back.reason} ({who}; {back.digest})"
    internal(tick, RowKind.CLOCK, "", Announcement(said), tick.fresh_subject(), UNION)
    key = went_back_key(tick.partition, back.digest)
    tick.aside.put[key] = WENT_BACK.write(msgspec.structs.replace(back, leaf=leaf))


def _goes_by_lane(tick: Overlay, position: int) -> bool:
    raw = tick.owner.ports.store.read_log(Log.SENT, [position])[0]
    return raw is not None and bool(SENT.read(raw).lane)


def waits(tick: Overlay, where: bytes) -> bool:
    """Whether a message still waits there."""
    return where not in tick.delivered and tick.owner.ports.store.read([where])[0] is not None


def _receipted(tick: Overlay, position: int, channel: str, at: Instant, carried: Carried | None) -> int:
    """Journal the receipt that a partner signed, with the octets that it signed for; its position, 0 for none."""
    raw = tick.owner.ports.store.read_log(Log.SENT, [position])[0] if carried is not None else None
    if raw is None or carried is None:
        return 0
    sent, owner = SENT.read(raw), tick.owner
    how = kept(carried.form, channel + SENT_BY, "", carried.receipt)
    for certificate in carried.form.certificates:
        tick.keep_certificate(certificate)
    content = Content(Media.FAMILY, carried.receipt, owner.digest(carried.receipt))
    row = JournalRow(
        RowKind.CARRIED, sent.subject, "", sent.administration, Origin(receiver(sent.party), sent.id, at),
        content.packed(), owner.salt(), owner.state.leaf + 1, transmission=how, committed=tick.now,
    )  # fmt: skip
    return tick.journal(row, None, owner.ports.auditor.journal_leaf(row))


def _finish(tick: Overlay, where: bytes, position: int, delivery: Delivery) -> None:
    """Take away where a message waits; keep what became of it, unless it is known to be delivered."""
    report, kept = _kept(tick, position)
    known = kept.too(delivery) if kept is not None and kept.state == DELIVERED else delivery.after(kept)
    tick.reported.pop(report, None)
    tick.delivered[where] = (report, DELIVERY.write(known))


def _kept(tick: Overlay, position: int) -> tuple[bytes, Delivery | None]:
    """Where the state of a delivery is kept, and what it is: as this tick leaves it, else as the store has it."""
    report = keys.REPORT + keys.u16(tick.partition) + keys.u64(position)
    raw = tick.reported.get(report) or next((kept for key, kept in tick.delivered.values() if key == report), None)
    raw = raw or tick.owner.ports.store.read([report])[0]
    return report, DELIVERY.read(raw) if raw else None
