"""Acceptance: known id, address, journal row, receipt. The first thing that happens to an envelope at the core."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

from douane.model.circles import Circle
from douane.model.declare import Operation
from douane.runtime.core.overlay import Overlay
from douane.runtime.core.refusing import keep
from douane.runtime.core.wire import again, answered, wire_key, wires_of
from douane.runtime.store import keys
from douane.runtime.store.caller import INNER
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
from douane.runtime.store.records import CaseEntry, Expectation, kind_of
from douane.vocabulary.errors import DouaneError, KnownIdChanged, NotAuthorised, NotFound, NotValid, Overloaded

PASSED = "passed on"
"""Under which kind of name a case is known whose messages are for another node."""
_CASE = kind_of(CaseEntry)
Address = tuple[bool, str, str]
"""Whether the message opens a case, and the alias (kind, value) that names it."""


def home_partition(administration: str, kind: str, value: str, partitions: Sequence[int]) -> int:
    """Where a case opens: the hash of its opening alias, so that two openings under one alias always meet."""
    return partitions[zlib.crc32(f"{administration}\0{kind}\0{value}".encode()) % len(partitions)]


def unnamed_home(envelope: Envelope, partitions: Sequence[int]) -> int:
    """Where a message goes that names no case. All refused ones of a sender meet, for there its answers are counted.

    What is only passed on meets under the reference that it names: nothing about one case overtakes on its way.
    """
    if envelope.relay_to and envelope.about:
        return home_partition(envelope.administration, PASSED, envelope.about, partitions)
    return home_partition("", envelope.sender, "" if envelope.kind.is_refusal else envelope.id, partitions)


def address_of(operation: Operation, message: object) -> Address | None:
    """The case a message opens or belongs to; None for messages that open a case without a name."""
    if operation.opens is not None:
        return (True, *operation.opens(message))
    if operation.about is not None:
        return (False, *operation.about(message))
    return None


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
            results.append(answered(tick, envelope, key, _journalled(tick, arrival, key)))
    return results


def _repeated(tick: Overlay, arrival: Arrival, original: Receipt) -> Receipt | DouaneError:
    envelope = arrival.envelope
    if original.digest == envelope.content.digest or _says_the_same(tick, arrival, original):
        return tick.with_promise(original)
    tick.refuse(envelope, "26")
    return KnownIdChanged(
        f"Message {envelope.id} was received before with other content.",
        remedy="Give the changed message a new message identification.",
    )


def _says_the_same(tick: Overlay, arrival: Arrival, original: Receipt) -> bool:
    """Whether a message is the known one, come again by another channel, which carries it in other octets."""
    envelope, owner = arrival.envelope, tick.owner
    raw = owner.ports.store.read_log(Log.JOURNAL, [original.position])[0]
    row = JOURNAL.read(raw) if raw is not None else None
    if row is None or row.kind is not RowKind.MESSAGE or row.operation != envelope.operation:
        return False
    if row.origin.channel == envelope.origin.channel or row.content.attachments != envelope.content.attachments:
        return False
    message = arrival.message or owner.decode(envelope.operation, envelope.id, envelope.content)
    known: object = owner.decode(row.operation, row.id, row.content)
    return bool(message == known)


def _refused(tick: Overlay, envelope: Envelope) -> DouaneError:
    tick.refuse(envelope, envelope.faults[0][1])
    return NotValid("The message is not valid.", remedy="Mend every fault and send it under a new identification.",
                    faults=unpack_faults(envelope.faults))  # fmt: skip


def _journalled(tick: Overlay, arrival: Arrival, known: bytes) -> Receipt | DouaneError:
    owner, envelope = tick.owner, arrival.envelope
    handler = owner.ports.behaviour.handlers.get(envelope.operation)
    relay_to = _relay_to(tick, envelope)
    answers = _expected(tick, envelope) if not relay_to else None
    reply_to = envelope.reply_to
    if envelope.kind is RowKind.ANSWER:  # from another partition; the link lets no door say so
        answers, reply_to = reply_to, None
    if handler is None and answers is None and not relay_to:
        return NotFound(f"Nobody handles {envelope.named} here.", remedy="Ask the operator which services are offered.")
    message = arrival.message
    if message is None and not relay_to:
        message = owner.decode(envelope.operation, envelope.id, envelope.content)
    if handler is not None and not _may_send(handler.operation, envelope, message):
        tick.refuse(envelope, "14")
        return NotAuthorised(
            f"{type(message).__name__} names other parties than its sender.",
            remedy="Send what names you as holder or representative, or act for its holder by a delegation.",
        )
    conflict = envelope.conflict
    if answers is not None:
        subject = answers.subject
    elif relay_to:
        subject = _passing(tick, envelope)
    else:
        assert handler is not None
        subject, conflict = place(tick, handler.operation, message, envelope.administration)
        if keys.subject_partition(subject) != tick.partition:
            return Overloaded("The case was opened elsewhere meanwhile.", remedy="Send the same message again.")
        if not conflict and not _may_join(tick, handler.operation, envelope, subject):
            subject, conflict = tick.fresh_subject(), "unknown"
    kind = RowKind.RELAY if relay_to else RowKind.ANSWER if answers is not None else envelope.kind
    row = JournalRow(
        kind, subject, envelope.operation, envelope.administration, envelope.origin, envelope.content.packed(),
        owner.salt(), owner.state.leaf + 1, conflict, reply_to, answers, relay_to=relay_to,
        transmission=envelope.transmission,
    )  # fmt: skip
    for certificate in envelope.certificates:
        tick.keep_certificate(certificate)
    leaf = owner.ports.auditor.journal_leaf(row)
    position = tick.journal(row, message, leaf)
    origin = envelope.origin
    receipt = Receipt(
        origin.id, position, subject, origin.received, envelope.content.digest, leaf, row.leaf, wire=origin.wire,
        conversation=origin.conversation,
    )  # fmt: skip
    tick.known[known] = receipt
    return receipt


def _passing(tick: Overlay, envelope: Envelope) -> int:
    """The case under which messages that are only passed on stand together: that of the reference they name."""
    if not envelope.about:
        return tick.fresh_subject()
    subject = tick.alias(envelope.administration, PASSED, envelope.about)
    if subject is None or keys.subject_partition(subject) != tick.partition:
        subject = tick.fresh_subject()
        tick.bind(envelope.administration, PASSED, envelope.about, subject)
    return subject


def _relay_to(tick: Overlay, envelope: Envelope) -> str:
    """The party to pass a message on to: its administration, where another node provides the operation for it."""
    if envelope.relay_to or envelope.kind is not RowKind.MESSAGE:
        return envelope.relay_to
    hosted = tick.owner.ports.router.hosts(envelope.administration, envelope.operation)
    return "" if hosted else f"NTA.{envelope.administration}"


def _is_untrusted(envelope: Envelope) -> bool:
    return envelope.origin.caller.circle is Circle.UNTRUSTED


def _may_send(operation: Operation, envelope: Envelope, message: Any) -> bool:
    """Whether the message names its sender, where it must: nobody takes another trader's references or guarantees.

    A message that names no registered party at all (a TIR holder by the carnet's number) tells nothing to compare.
    """
    if not _is_untrusted(envelope) or operation.senders is None or message is None:
        return True
    named = frozenset(operation.senders(message))
    return not named or envelope.sender in named


def _may_join(tick: Overlay, operation: Operation, envelope: Envelope, subject: int) -> bool:
    """Whether the sender may reach this case: the trusted circle may, others only as a party of it.

    A stranger is told that the case is unknown, so nobody can probe for other traders' references.
    """
    if not _is_untrusted(envelope) or operation.joins or operation.about is None:
        return True
    key = keys.record_key(tick.partition, envelope.administration, subject, _CASE.number, b"")
    entry = tick.case_entry(key)
    return entry is None or envelope.sender in entry.parties


def _expected(tick: Overlay, envelope: Envelope) -> ReplyTo | None:
    """The token that waits for this answer, when the message names one by its correlation identifier."""
    if not envelope.origin.correlation:
        return None
    key = keys.space(keys.EXPECT, tick.partition) + envelope.origin.correlation.encode()
    waiting = tick.record(kind_of(Expectation), key)
    return ReplyTo(waiting.subject, waiting.process, waiting.node, waiting.token) if waiting else None


def place(tick: Overlay, operation: Operation, message: object, administration: str) -> tuple[int, str]:
    """The subject of a message and what is wrong with its alias: nothing, ``taken`` or ``unknown``.

    A message whose alias is taken or unknown gets a subject of its own and is refused there: it joins no other case.
    One of an operation that both opens a case and is about one opens it or goes on with it.
    """
    address = address_of(operation, message)
    if address is None:
        return tick.fresh_subject(), ""
    opens, kind, value = address
    subject = tick.alias(administration, kind, value)
    if opens:
        if subject is not None and operation.about is not None:
            return subject, ""
        if subject is not None:
            return tick.fresh_subject(), "taken"
        subject = tick.fresh_subject()
        tick.bind(administration, kind, value, subject)
        return subject, ""
    if subject is None:
        return tick.fresh_subject(), "unknown"
    return subject, ""


def preload(tick: Overlay, arrivals: list[Arrival]) -> None:
    """One batched read of every alias that the arrivals name."""
    behaviour = tick.owner.ports.behaviour
    wanted = []
    for arrival in arrivals:
        handler = behaviour.handlers.get(arrival.envelope.operation)
        if handler is None or arrival.message is None:
            continue
        address = address_of(handler.operation, arrival.message)
        if address:
            wanted.append(keys.alias_key(tick.partition, arrival.envelope.administration, address[1], address[2]))
        for kind, value in handler.meets(arrival.message) if handler.meets else ():
            wanted.append(keys.alias_key(tick.partition, arrival.envelope.administration, kind, value))
    tick.fetch_aliases(wanted)
