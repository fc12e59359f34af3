"""Acceptance: known id, address, journal row, receipt. The first thing that happens to an envelope in a tick.

Invariant: nothing that an arrival holds can raise out of ``accept``, for what raises here ends the owner of the
partition, and would do so again at each start. So no bytes are decoded here (``arrived`` does it before the tick, and a
message that it could not read comes with faults), names of the sender's are compared and never parsed, and functions of
applications are asked before anything is changed, under a guard (``Unplaceable``). Only the store may raise.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from douane.model.caller import INNER, OFFICE_OF, Caller
from douane.model.circles import ActorKind, Circle
from douane.model.declare import Kind, Operation
from douane.runtime.catalogue.behaviour import FOLLOWS, Handler
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.core.admission import (
    FOREIGN,
    TAKEN,
    UNKNOWN,
    address_of,
    named_parties,
    opening,
    refusal_of,
    stands,
    unplaceable,
)
from douane.runtime.core.expecting import asking_administration, waiting
from douane.runtime.core.overlay import Overlay
from douane.runtime.core.refusing import keep
from douane.runtime.core.relaying import (
    PASSED,
    Stated,
    begins,
    carry,
    keeper,
    may_relay,
    meet,
    question,
    stated,
)
from douane.runtime.core.wire import again, answered, refused_for_another, to_another, wire_key, wires_of
from douane.runtime.store import keys
from douane.runtime.store.envelope import (
    JOURNAL,
    Arrival,
    Envelope,
    JournalRow,
    Receipt,
    ReplyTo,
    RowKind,
    receipt_of,
    unpack_faults,
)
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import Log
from douane.vocabulary.errors import (
    DouaneError,
    KnownIdChanged,
    NotAuthorised,
    NotFound,
    NotServed,
    NotValid,
    Overloaded,
    Unplaceable,
)


def home_partition(administration: str, kind: str, value: str, partitions: Sequence[int]) -> int:
    """Where a case opens: the hash of its opening alias, so that two openings under one alias always meet."""
    return partitions[zlib.crc32(f"{administration}\0{kind}\0{value}".encode()) % len(partitions)]


def unnamed_home(envelope: Envelope, partitions: Sequence[int], *, together: bool = False) -> int:
    """Where a message goes that names no case. All refused ones of a sender meet, for there its answers are counted.

    ``together``: its operation wants all of an administration in one place.
    What is only passed on meets under the reference that it names: nothing about one case overtakes on its way.
    """
    if envelope.relay_to and envelope.about:
        return home_partition(envelope.administration, PASSED, envelope.about, partitions)
    if together:
        return home_partition(envelope.administration, envelope.operation, "", partitions)
    return home_partition("", envelope.sender, "" if envelope.kind.is_refusal else envelope.id, partitions)


def known_key(partition: int, envelope: Envelope) -> bytes:
    """Under which key an envelope is known; inner ones under a sender that nobody outside can be."""
    sender = INNER if envelope.content.media is Media.VALUE else envelope.sender
    return keys.known_key(partition, sender, envelope.id)


def accept(tick: Overlay, arrivals: list[Arrival]) -> list[Receipt | DouaneError]:
    """Journal what is new; answer what is known with its original receipt; refuse what the door refused."""
    owner = tick.owner
    known_keys = [known_key(owner.partition, a.envelope) for a in arrivals]
    stored = owner.ports.store.read(known_keys)
    wires = wires_of(tick, arrivals)
    results: list[Receipt | DouaneError] = []
    for arrival, key, raw, wire in zip(arrivals, known_keys, stored, wires, strict=True):
        envelope = arrival.envelope
        wire = tick.wires.get(wire_key(tick, envelope)) if wire is None and envelope.origin.wire else wire
        original = tick.known.get(key) or (receipt_of(raw) if raw else None)
        if envelope.kind.is_refusal:
            results.append(keep(tick, envelope, key, original))
        elif wire is not None:
            results.append(again(tick, envelope, wire))
        elif original is not None:
            results.append(answered(tick, envelope, key, _repeated(tick, arrival, original)))
        elif envelope.faults:
            results.append(_refused(tick, envelope))
        else:
            results.append(answered(tick, envelope, key, _placed(tick, arrival, key)))
    return results


def _placed(tick: Overlay, arrival: Arrival, known: bytes) -> Receipt | DouaneError:
    """Journal it, unless a function of its application fails that says whose it is or of which case: that harms nobody
    else. Such functions are asked before anything is changed."""
    try:
        return _journalled(tick, arrival, known)
    except Unplaceable as problem:
        return problem


def _repeated(tick: Overlay, arrival: Arrival, original: Receipt) -> Receipt | DouaneError:
    envelope = arrival.envelope
    if to_another(tick, envelope, original):
        return refused_for_another(tick, envelope, f"Message {envelope.id}")
    if original.digest == envelope.content.digest or _says_the_same(tick, arrival, original):
        return tick.with_promise(original)
    tick.refuse(envelope, tick.codes_of(envelope.operation).changed)
    return KnownIdChanged(
        f"Message {envelope.id} was received before with other content.",
        remedy="Give the changed message a new message identification.",
    )


def _says_the_same(tick: Overlay, arrival: Arrival, original: Receipt) -> bool:
    """Whether a message is the known one, come again by another channel, which carries it in other octets."""
    envelope, owner = arrival.envelope, tick.owner
    if arrival.message is None:
        return False
    raw = owner.ports.store.read_log(Log.JOURNAL, [original.position])[0]
    row = JOURNAL.read(raw) if raw is not None else None
    if row is None or row.kind is not RowKind.MESSAGE or row.operation != envelope.operation:
        return False
    if row.origin.channel == envelope.origin.channel or row.content.attachments != envelope.content.attachments:
        return False
    try:
        known: object = owner.decode(row.operation, row.id, row.content)
    except Exception:  # noqa: BLE001 - a row that this release reads no more says nothing of the same
        return False
    return bool(arrival.message == known)


def _refused(tick: Overlay, envelope: Envelope) -> DouaneError:
    tick.refuse(envelope, envelope.faults[0][1])
    return NotValid("The message is not valid.", remedy="Mend every fault and send it under a new identification.",
                    faults=unpack_faults(envelope.faults))  # fmt: skip


def _journalled(tick: Overlay, arrival: Arrival, known: bytes) -> Receipt | DouaneError:
    owner, envelope = tick.owner, arrival.envelope
    if arrival.message is None and envelope.kind is not RowKind.RELAY:
        return NotValid(f"Message {envelope.id[:80]} was not read.", remedy="Hand it over through a link.")
    handler = owner.ports.behaviour.handlers.get(envelope.operation)
    if handler is None and envelope.kind is RowKind.MESSAGE and envelope.content.media is Media.JSON:
        return _of_another_node(tick, arrival, known)
    relay_to = _relay_to(tick, arrival, handler)
    if isinstance(relay_to, DouaneError):
        tick.refuse(envelope, tick.codes_of(envelope.operation).foreign)
        return relay_to
    answers, reply_to, caller = None, envelope.reply_to, envelope.origin.caller
    if envelope.kind is RowKind.ANSWER:  # from another partition; the link lets no door say so
        answers, reply_to = reply_to, None
    message = arrival.message
    if answers is None and not relay_to and message is not None:
        answers = waiting(tick, envelope.origin.correlation, caller, message)
    if handler is None and answers is None and not relay_to:
        return NotFound(f"Nobody handles {envelope.named} here.", remedy="Ask the operator which services are offered.")
    conflict = envelope.conflict
    if answers is not None:
        subject = answers.subject
    elif relay_to:
        if not may_relay(tick, envelope, relay_to):
            tick.refuse(envelope, tick.codes_of(envelope.operation).foreign)
            return NotAuthorised(
                f"{envelope.operation} is not passed on to {relay_to[:40]}.",
                remedy="Answer a message that this party sent you, or name the reference that one of you gave then.",
            ).because("messages that are passed on", "a question of that party", "whoever asks you something")
        subject = _carried(tick, arrival, relay_to, handler)
    elif handler is not None and handler.operation.kind is Kind.EVENT:  # from another partition; no door says it
        subject = concerned(tick, handler, message, envelope.administration)
    else:
        assert handler is not None
        subject, conflict = 0, refusal_of(handler.operation, caller, message)
        told_later = caller.circle is not Circle.UNTRUSTED and handler.refuse is not None
        if conflict == FOREIGN and not told_later:
            tick.refuse(envelope, tick.codes_of(envelope.operation).foreign)
            return NotAuthorised(
                f"{type(message).__name__} is not its sender's to send.",
                remedy="Send what names you as holder or representative, or what your own administration issued.",
            ).because("parties of a case", "to be named in it", "whoever is named in it, by a delegation or a power")
        if conflict:
            subject = tick.fresh_subject()
        else:
            subject, conflict = place(tick, handler.operation, message, envelope.administration, caller)
        if keys.subject_partition(subject) != tick.partition:
            return Overloaded("The case was opened elsewhere meanwhile.", remedy="Send the same message again.")
    kind = RowKind.RELAY if relay_to else RowKind.ANSWER if answers is not None else envelope.kind
    of_case = OfCase(kind, subject, conflict, reply_to, answers, relay_to)
    return _row(tick, envelope, message, of_case, known)


def _of_another_node(tick: Overlay, arrival: Arrival, known: bytes) -> Receipt | DouaneError:
    """A question that a process of another node asks here, or an answer to one of ours; nothing else comes like this.

    An answer has no name by which its case is known: it goes to the case, and into the administration, that asked.
    """
    owner, envelope, caller = tick.owner, arrival.envelope, arrival.envelope.origin.caller
    unknown = NotFound(f"Nobody handles {envelope.named} here.", remedy="Ask the operator which services are offered.")
    asked, correlation = owner.ports.behaviour.queries.get(envelope.operation), envelope.origin.correlation
    open_here = asked is not None and asked.operation.asked_by_message(caller.kind)
    hosted = owner.ports.router.hosts(envelope.administration, envelope.operation)
    if not (open_here and hosted) and (asked is not None or not correlation):
        return unknown
    message = arrival.message
    if asked is not None:
        return _row(tick, envelope, message, OfCase(RowKind.MESSAGE, tick.fresh_subject()), known)
    answers = waiting(tick, correlation, caller, message)
    asks = asking_administration(tick, correlation) if answers is not None else ""
    if answers is None or not asks:
        return unknown
    envelope = msgspec.structs.replace(envelope, administration=asks)
    return _row(tick, envelope, message, OfCase(RowKind.ANSWER, answers.subject, answers=answers), known)


@dataclass(frozen=True, slots=True)
class OfCase:
    """What acceptance found out of an envelope: what kind of row it is, and of which case."""

    kind: RowKind
    subject: int
    conflict: str = ""
    reply_to: ReplyTo | None = None
    answers: ReplyTo | None = None
    relay_to: str = ""


def _row(tick: Overlay, envelope: Envelope, message: object, of_case: OfCase, known: bytes) -> Receipt:
    """Journal an envelope; its receipt."""
    owner = tick.owner
    row = JournalRow(
        of_case.kind, of_case.subject, envelope.operation, envelope.administration, envelope.origin,
        envelope.content.packed(), owner.salt(), owner.state.leaf + 1, of_case.conflict, of_case.reply_to,
        of_case.answers, relay_to=of_case.relay_to, transmission=envelope.transmission, committed=tick.now,
        clock=envelope.clock,
    )  # fmt: skip
    for certificate in envelope.certificates:
        tick.keep_certificate(certificate)
    leaf = owner.ports.auditor.journal_leaf(row)
    position = tick.journal(row, message, leaf)
    origin = envelope.origin
    receipt = Receipt(
        origin.id, position, of_case.subject, origin.received, envelope.content.digest, leaf, row.leaf,
        wire=origin.wire, conversation=origin.conversation,
    )  # fmt: skip
    tick.known[known] = receipt
    return receipt


def _carried(tick: Overlay, arrival: Arrival, relay_to: str, handler: Handler | None) -> int:
    """The case in which something stands that is passed on: of the party outside between whom and an administration it
    goes, as far as it is known here; else the one under which what names its reference meets."""
    envelope, about = arrival.envelope, Stated()
    to_office = relay_to.startswith(OFFICE_OF)
    if to_office and handler is not None:
        about = stated(handler.operation, arrival.message, envelope.origin.caller)
    subject = carry(tick, arrival, relay_to, about)
    if subject is None or envelope.about:
        meeting = _passing(tick, envelope, relay_to)
        if envelope.about or to_office:
            meet(tick, envelope, relay_to, meeting)
        subject = meeting if subject is None else subject
    return subject


def _passing(tick: Overlay, envelope: Envelope, relay_to: str) -> int:
    """The case under which messages that are only passed on stand together: that of the reference they name, else, of
    what names none at all (JSON), of the message that they answer."""
    if not envelope.about:
        answers = envelope.relay_to and envelope.origin.correlation and envelope.content.media is Media.JSON
        asked = question(tick, envelope, relay_to) if answers else None
        here = asked is not None and keys.subject_partition(asked.subject) == tick.partition
        return asked.subject if asked is not None and here else tick.fresh_subject()
    subject = tick.alias(envelope.administration, PASSED, envelope.about)
    if subject is None or keys.subject_partition(subject) != tick.partition:
        subject = tick.fresh_subject()
        tick.bind(envelope.administration, PASSED, envelope.about, subject)
    return subject


def _relay_to(tick: Overlay, arrival: Arrival, handler: Handler | None) -> str | DouaneError:
    """The party to pass a message on to: whoever keeps its case or provides the operation, where that is another node.

    What nobody serves is refused; so is an officer of an administration that another one hosts, whose desk is there.
    """
    envelope, owner = arrival.envelope, tick.owner
    if envelope.relay_to or envelope.kind is not RowKind.MESSAGE:
        return envelope.relay_to
    administration, operation = envelope.administration, envelope.operation.partition(FOLLOWS)[0]
    address, caller = None, envelope.origin.caller
    if handler is not None and len(owner.ports.router.providers(administration, operation)) > 1:
        address = address_of(handler.operation, arrival.message, caller)
    there = keeper(tick, administration, operation, address).who
    if there and caller.via == UNION:
        return ""  # the centre knows who keeps what; what it hands over goes nowhere else, and never in a circle
    if there is None:
        return NotServed(
            f"{administration} has chosen nobody to serve {operation} here.",
            remedy="Ask the administration whose system serves it; it chooses by douane provision set.",
        )
    if there and caller.kind is ActorKind.OFFICER:
        return NotServed(
            f"{operation} of {administration} is not served here.",
            remedy=f"Enter by the doors of the system that serves it ({there}).",
        )
    if there:
        begins(tick, administration, operation, address, there)
    return there and f"{OFFICE_OF}{there}"


def place(
    tick: Overlay, operation: Operation, message: object, administration: str, caller: Caller
) -> tuple[int, str]:  # fmt: skip
    """The subject of a message and what is wrong with its alias: nothing, ``taken`` or ``unknown``.

    A message whose alias is taken or unknown, or leads to a case in which its sender has no part, gets a subject of its
    own and is refused there: it joins no other case, and learns of none. One of an operation that both opens a case and
    is about one opens it or goes on with it.
    """
    address = address_of(operation, message, caller)
    if address is None:
        return tick.fresh_subject(), ""
    opens, kind, value = address
    subject = tick.alias(administration, kind, value)
    if subject is None and not opens:
        return tick.fresh_subject(), UNKNOWN
    if subject is None:
        subject, named = tick.fresh_subject(), named_parties(operation, caller, message)
        tick.bind(administration, kind, value, subject)
        opening(tick, named, (administration, subject))
        return subject, ""
    if opens and operation.about is None:
        return tick.fresh_subject(), TAKEN
    here = keys.subject_partition(subject) == tick.partition
    if here and not stands(tick, operation, caller, administration, subject):
        return tick.fresh_subject(), UNKNOWN
    return subject, ""


def concerned(tick: Overlay, handler: Handler, event: object, administration: str) -> int:
    """The case of a follower that an event is about; a new one where it has none by the name.

    A name that the event opens is bound here, before its handler runs: the next event of the wave meets it already.
    """
    try:
        name = handler.concerns(event) if handler.concerns is not None else None
    except Exception as problem:
        raise unplaceable(handler.operation, problem) from problem
    known = tick.alias(administration, *name) if name is not None else None
    if known is not None:
        return known
    subject = tick.fresh_subject()
    if name is not None and handler.opens:
        tick.bind(administration, *name, subject)
    return subject


def preload(tick: Overlay, arrivals: list[Arrival]) -> None:
    """One batched read of every alias that the arrivals name."""
    behaviour = tick.owner.ports.behaviour
    wanted = []
    for arrival in arrivals:
        handler = behaviour.handlers.get(arrival.envelope.operation)
        if handler is None or arrival.message is None:
            continue
        try:
            address = address_of(handler.operation, arrival.message, arrival.envelope.origin.caller)
        except Unplaceable:
            continue  # acceptance will say so
        if address:
            wanted.append(keys.alias_key(tick.partition, arrival.envelope.administration, address[1], address[2]))
        try:
            names = tuple(handler.meets(arrival.message)) if handler.meets else ()
        except Exception:  # noqa: BLE001 - what is read ahead is a convenience; the handler asks again, and is guarded
            names = ()
        for kind, value in names:
            wanted.append(keys.alias_key(tick.partition, arrival.envelope.administration, kind, value))
    tick.fetch_aliases(wanted)
