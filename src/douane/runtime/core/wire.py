"""Transmissions: a channel that receipts each of them (AS4) gets the same answer again, octet by octet.

The answer is kept in the commit that makes the message durable. A transmission is known by its own id, apart from the
message's: the same message sent anew has another one, and another answer.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from douane.runtime.core.overlay import Overlay
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, WIRE, Arrival, Envelope, Receipt, WireRow, receipt_of
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import Log, Reader
from douane.vocabulary.errors import DouaneError, KnownIdChanged, NotReadable


def wires_of(tick: Overlay, arrivals: Sequence[Arrival]) -> list[WireRow | None]:
    """What is kept of each arrival's transmission, by one read; None where there is none."""
    wanted = [wire_key(tick, a.envelope) if a.envelope.origin.wire else b"" for a in arrivals]
    asked = [key for key in wanted if key]
    rows = dict(zip(asked, tick.owner.ports.store.read(asked), strict=True)) if asked else {}
    return [WIRE.read(raw) if (raw := rows.get(key)) is not None else None for key in wanted]


def wire_key(tick: Overlay, envelope: Envelope) -> bytes:
    """Under which key a transmission is kept."""
    return keys.wire_key(tick.partition, envelope.sender, envelope.origin.wire)


def answered(tick: Overlay, envelope: Envelope, known: bytes, result: Receipt | DouaneError) -> Receipt | DouaneError:
    """The result of a transmission that was not known, its answer kept with it."""
    if not envelope.origin.wire or not isinstance(result, Receipt):
        return result
    tick.wires[wire_key(tick, envelope)] = WireRow(known, envelope.content.digest, envelope.answer)
    return msgspec.structs.replace(result, answer=envelope.answer)


def transmission_of(reader: Reader, partitions: Sequence[int], party: str, message: str) -> tuple[str, str]:
    """The transmission by which a message of a party came: its id and conversation; empty where there was none."""
    if not message:
        return "", ""
    found = reader.read([keys.known_key(partition, party, message) for partition in partitions])
    receipt = next((receipt_of(raw) for raw in found if raw is not None), None)
    return (receipt.wire, receipt.conversation) if receipt is not None else ("", "")


def again(tick: Overlay, envelope: Envelope, row: WireRow) -> Receipt | DouaneError:
    """The result of a transmission that came before: its original answer, or a refusal of other content."""
    if row.digest != envelope.content.digest:
        tick.refuse(envelope, tick.codes_of(envelope.operation).changed)
        return KnownIdChanged(
            f"Transmission {envelope.origin.wire} came before with other content.",
            remedy="Give a changed message an id of its own.",
        )
    original = tick.known.get(row.known)
    if original is None:
        (raw,) = tick.owner.ports.store.read([row.known])
        if raw is None:
            return NotReadable(
                f"The receipt of transmission {envelope.origin.wire} is gone.", remedy="Restore from a backup."
            )
        original = receipt_of(raw)
    if to_another(tick, envelope, original):
        return refused_for_another(tick, envelope, f"Transmission {envelope.origin.wire}")
    return msgspec.structs.replace(tick.with_promise(original), answer=row.answer)


def to_another(tick: Overlay, envelope: Envelope, original: Receipt) -> bool:
    """Whether what comes again was for another operation when it came first; of what is archived the receipt stands.

    Messages between cases of the node are not asked about: it gives each an identification of its own.
    """
    if envelope.content.media is Media.VALUE:
        return False
    row = next((row for at, row in tick.rows if at == original.position), None)
    if row is None:
        (raw,) = tick.owner.ports.store.read_log(Log.JOURNAL, [original.position])
        row = JOURNAL.read(raw) if raw is not None else None
    return row is not None and row.operation != envelope.operation


def refused_for_another(tick: Overlay, envelope: Envelope, what: str) -> KnownIdChanged:
    """The refusal of what came before for another operation, with its leaf."""
    tick.refuse(envelope, tick.codes_of(envelope.operation).changed)
    return KnownIdChanged(
        f"{what} was received before for another operation.", remedy="Give each message an identification of its own."
    )
