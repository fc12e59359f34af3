"""The evidence of one message of a node, gathered from its store, its payloads and what it kept of trust."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

import msgspec

from douane.channels.rest.translation import receipt_json
from douane.configuration.keys import log_signer
from douane.configuration.ports import SystemIds
from douane.configuration.settings import NodeSettings
from douane.examination.inspecting import octets_of
from douane.examination.witnessing import witness_of
from douane.runtime.store import keys
from douane.runtime.store.envelope import DELIVERY, JOURNAL, WIRE, JournalRow, SentRow, Step, receipt_of
from douane.runtime.store.ports import Instant, Log, Reader
from douane.runtime.store.transmission import Transmission, body_of
from douane.shared_services.auditing.leaf import SENSITIVE
from douane.shared_services.auditing.packing import packed
from douane.shared_services.auditing.port import promised
from douane.shared_services.auditing.proving import audit_prefix, prove_row
from douane.shared_services.payloads.files import FilePayloads
from douane.standards.transparency_log.note import Key
from douane.trust.stamping import Stamped, stamp_before, stamp_over
from douane.trust.trusting import kept_trust
from douane.vocabulary.errors import DouaneError, TooLarge

MOST: Final = 256 * 1024 * 1024
"""Octets of attachments and of an original transmission that a pack takes."""
_PLACE: Final = ("message", "subject")


def evidence_pack(
    settings: NodeSettings, reader: Reader, position: int, row: JournalRow | SentRow, now: Instant, *,
    content: bool = True,
) -> bytes:  # fmt: skip
    """The pack of a message. ``content``: with the message itself and how it came, else its place in the log only.

    Raises NotFound where no checkpoint covers it yet or the node has no log key, ProofFailed where row or log was
    changed, TooLarge where attachments are larger than a pack takes.
    """
    signer = log_signer(settings, position >> 48)
    log = Log.SENT if isinstance(row, SentRow) else Log.JOURNAL
    fields = SENSITIVE if content else _PLACE
    stamped = stamp_over(settings.data, position >> 48, row.leaf - 1)
    at = stamped.checkpoint if stamped is not None else None
    octets, earlier = octets_of(settings), without(settings, signer.key, position >> 48, row.leaf - 1)
    proof = prove_row(
        reader, signer.key, log, position, fields=fields, checkpoint=at, earlier=earlier.checkpoint, octets=octets
    )
    pieces = {"log/evidence.json": proof.write()}
    if stamped is not None:
        pieces["time/token.der"] = stamped.token
    if earlier.token:
        pieces["time/earlier.der"] = earlier.token
    if content:
        payloads = FilePayloads(settings.data / "payloads", SystemIds().random, sweep=False)
        pieces |= dict(_message(row, payloads))
        if isinstance(row, JournalRow):
            pieces |= dict(_came(settings, reader, position >> 48, row, payloads))
        else:
            pieces |= dict(_went(reader, signer.key, position, payloads))
    party = row.party if isinstance(row, SentRow) else row.sender
    facts = {"message": row.id, "direction": "sent to" if isinstance(row, SentRow) else "received from", "party": party}
    return packed(pieces, facts if content else facts | {"party": "a party that is not named"}, signer, now)


def without(settings: NodeSettings, key: Key, partition: int, index: int) -> Stamped:
    """The latest checkpoint without a leaf that somebody else dated, or that the witness of the node kept; empty where
    there is none. A witness that cannot be asked takes nothing away from what else the evidence proves."""
    stamped = stamp_before(settings.data, partition, index)
    if stamped is not None:
        return stamped
    try:
        witness = witness_of(settings)
        return Stamped(witness.before(key, index) if witness is not None else "", b"")
    except (DouaneError, OSError, ValueError):
        return Stamped("", b"")


def _message(row: JournalRow | SentRow, payloads: FilePayloads) -> Iterator[tuple[str, bytes]]:
    """The message as its digest covers it, and its attachments."""
    internal = isinstance(row, JournalRow) and not row.content.digest  # its leaf covers the body as it is kept
    yield "message/body", row.content.body if internal else row.content.octets
    attachments = row.content.attachments if isinstance(row, JournalRow) else ()
    if not attachments:
        return
    if sum(each.size for each in attachments) > MOST:
        raise TooLarge("The attachments are larger than a pack takes.", remedy="Ask for the pack without content.")
    listed = []
    for number, each in enumerate(attachments):
        name = f"message/attachments/{number}"
        listed.append({"file": name, "name": each.name, "media_type": each.media_type, "sha256": each.digest})
        yield name, b"".join(payloads.open(each.digest))
    yield "message/attachments.json", json.dumps(listed, indent=1).encode()


def _came(
    settings: NodeSettings, reader: Reader, partition: int, row: JournalRow, payloads: FilePayloads
) -> Iterator[tuple[str, bytes]]:
    """How it came, and what was answered."""
    kept = row.transmission
    if kept is not None:
        yield from _wire(kept, row.content.octets, payloads)
        yield from _certificates(kept, reader, partition)
        yield from _trust(kept, settings)
    answer = _answer(reader, partition, row)
    if answer is not None:
        yield answer


def _went(reader: Reader, key: Key, position: int, payloads: FilePayloads) -> Iterator[tuple[str, bytes]]:
    """What became of it, and the receipt that its party signed, with the octets that it signed for."""
    (raw,) = reader.read([keys.REPORT + keys.u16(position >> 48) + keys.u64(position)])
    if raw is None:
        return
    delivery = DELIVERY.read(raw)
    steps = (*delivery.earlier, Step(delivery.state, delivery.at, delivery.reason))
    told = [{"state": each.state, "at": each.at, "reason": each.reason} for each in steps]
    yield "delivery.json", json.dumps({"steps": told, "taken by": delivery.channel}, indent=1).encode()
    (kept,) = reader.read_log(Log.JOURNAL, [delivery.receipt])
    if kept is None:
        return
    row = JOURNAL.read(kept)
    assert row.transmission is not None
    proof = prove_row(reader, key, Log.JOURNAL, delivery.receipt, fields=SENSITIVE).write()
    yield "receipt/log/evidence.json", proof
    for name, octets in (
        *_message(row, payloads), *_wire(row.transmission, row.content.octets, payloads),
        *_certificates(row.transmission, reader, position >> 48),
    ):  # fmt: skip
        yield f"receipt/{name}", octets


def _wire(kept: Transmission, message: bytes, payloads: FilePayloads) -> Iterator[tuple[str, bytes]]:
    yield "wire/statement.json", kept.statement
    parts = {"body": body_of(kept, message), "token.txt": kept.token.encode(), "content.key": kept.key}
    if kept.stored:
        parts["body"] = b"".join(payloads.open(kept.stored))
    yield from ((f"wire/{name}", octets) for name, octets in parts.items() if octets)


def _certificates(kept: Transmission, reader: Reader, partition: int) -> Iterator[tuple[str, bytes]]:
    digests = [bytes.fromhex(each) for each in msgspec.json.decode(kept.statement)["certificates"]]
    found = reader.read([keys.certificate_key(partition, digest) for digest in digests])
    for number, der in enumerate(found):
        if der is not None:
            yield f"wire/certificates/{number}.der", der


def _trust(kept: Transmission, settings: NodeSettings) -> Iterator[tuple[str, bytes]]:
    listed = kept_trust(settings.data, msgspec.json.decode(kept.statement)["trust"])
    if listed:
        yield "trust/list.txt", listed
    for line in listed.decode().splitlines()[1:]:
        digest = line.partition(" ")[2]
        content = kept_trust(settings.data, digest)
        if content:
            yield f"trust/{digest}", content


def _answer(reader: Reader, partition: int, row: JournalRow) -> tuple[str, bytes] | None:
    """The AS4 receipt that was given octet by octet, or the receipt as REST writes it; none for internal messages."""
    if row.transmission is not None and row.transmission.id:
        (raw,) = reader.read([keys.wire_key(partition, row.sender, row.transmission.id)])
        if raw is not None:
            return "answer/receipt.xml", WIRE.read(raw).answer
    (raw,) = reader.read([keys.known_key(partition, row.sender, row.id)])
    if raw is None:
        return None
    receipt = receipt_of(raw)
    (promise,) = reader.read([audit_prefix(partition) + b"p" + keys.u64(receipt.promised)])
    if promise is not None:
        receipt = msgspec.structs.replace(receipt, promise=promised(promise, receipt.place))
    return "answer/receipt.json", json.dumps(receipt_json(receipt), indent=1).encode()
