"""What there is to say of one message of a store: who sent it by which door, what became of it, what proves it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from douane.model.caller import INNER
from douane.runtime.core.refusing import MARK
from douane.runtime.store import keys
from douane.runtime.store.decided import discarded
from douane.runtime.store.envelope import (
    DELIVERY,
    FROM,
    OWNER,
    TRIED,
    Delivery,
    JournalRow,
    Parked,
    Refusal,
    RowKind,
    SentKind,
    SentRow,
    Step,
    channel_of,
    receipt_of,
    unpack_faults,
)
from douane.runtime.store.moved import Reaches, left_key, reaches_of, segment_of
from douane.runtime.store.ports import Log, Reader

INBOX = "inbox"
OUT: Final = "out:"
"""Begins the place of what left."""
_SAID: Final = re.compile(r"(\d{1,4})/(\d{1,15})", re.ASCII)
_HEXADECIMAL: Final = re.compile(r"[0-9a-fA-F]{1,16}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Happening:
    """One message of a case.

    ``state`` of what came in: handled, waiting, parked, refused; of what left: queued, arrived, delivered, exception,
    expired, or published in a feed. ``reports``: each state that a delivery had, oldest first, with its time.
    """

    time: int
    position: int
    direction: str
    """in: from outside; inside: from another case or partition of this node; out: to a party outside."""
    what: str
    party: str
    id: str
    state: str
    reason: str
    administration: str
    subject: int
    platform: str = ""
    channel: str = ""
    """By which channel it came or goes; ``inbox`` where its party collects it by whichever it likes."""
    acting_for: str = ""
    answers: str = ""
    """The identification of the message that it answers."""
    cause: str = ""
    """The place of the message that caused it."""
    leaf: int = -1
    """The number of its leaf in the audit log of its partition, counted from 0."""
    receipt: str = ""
    """The hash of its leaf, as it stands in its sender's receipt."""
    transmission: str = ""
    """The id that its channel gave the transmission."""
    attempts: int = 0
    reports: tuple[Step, ...] = ()
    sent: bool = False
    """Whether it stands in the log of what left."""
    by: str = ""
    """The delegate who sent it for its party, or took it from the inbox."""

    @property
    def place(self) -> str:
        """Where the message stands, as commands take it: ``1f`` in the journal, ``out:1f`` among what left."""
        return place_of(self.position, sent=self.sent) if self.position else ""


def place_of(position: int, *, sent: bool = False) -> str:
    """A position as commands take it."""
    return f"{OUT}{position:x}" if sent else f"{position:x}"


def place_said(place: str) -> str:
    """A place as people read it: ``3/1041`` is number 1041 of partition 3; anything else stays as it is."""
    sent = OUT if place.startswith(OUT) else ""
    position = position_at(place.removeprefix(OUT))
    return place if not position else f"{sent}{keys.position_partition(position)}/{keys.position_number(position)}"


def position_at(place: str) -> int:
    """The position of a place of the journal in either form (``1f``, ``0/31``); 0, where nothing stands, for others."""
    if found := _SAID.fullmatch(place):
        position = keys.log_position(int(found[1]), int(found[2]))
    else:
        position = int(place, 16) if _HEXADECIMAL.fullmatch(place) else 0
    return position if 0 < position < 1 << 62 else 0


class Describer:
    """Says what became of messages, as a store tells it now."""

    def __init__(self, reader: Reader, parked: dict[int, Parked]) -> None:
        self._reader, self._parked = reader, parked
        owners = reader.scan(keys.OWNER, keys.after(keys.OWNER), 1024)
        self.cursors = {int.from_bytes(key[1:3], "big"): OWNER.read(value).cursor for key, value in owners}
        self._reaches: dict[int, Reaches] = {}

    def came(self, position: int, row: JournalRow) -> Happening:
        """A message of the journal."""
        state, reason = self._state(position, row)
        name = f"timer {row.id}" if row.kind is RowKind.TIMER else row.operation or row.kind.value
        origin = row.origin
        return Happening(
            row.received, position, "in" if origin.platform else "inside", name, row.sender, known_as(row), state,
            reason, row.administration, row.subject, origin.platform, origin.channel, row.caller.acting_for,
            origin.correlation, cause_of(row), row.leaf - 1, self._receipt(position, row),
            row.transmission.id if row.transmission is not None else "", by=row.caller.by,
        )  # fmt: skip

    def _state(self, position: int, row: JournalRow) -> tuple[str, str]:
        """What became of a message of the journal, and why."""
        aside, segment = self._parked.get(position), self._archived(Log.JOURNAL, position)
        if segment:
            return "archived", f"in segment {segment}"
        if aside:
            return "parked", aside.reason
        if (decided := discarded(self._reader, position)) is not None and decided.by:
            return "discarded", f"{decided.proposed_by} and {decided.by}: {decided.reason}"
        if row.faults:
            fault = unpack_faults(row.faults)[0]
            return "refused", f"code {fault.code} {fault.pointer} {fault.remedy}"
        handled = keys.position_number(position) <= self.cursors.get(position >> 48, 0)
        return "handled" if handled else "waiting", row.conflict and f"the reference is {row.conflict}"

    def left(self, position: int, row: SentRow) -> Happening:
        """A message for a party outside, or for another partition."""
        (raw,) = self._reader.read([keys.REPORT + keys.u16(position >> 48) + keys.u64(position)])
        delivery = DELIVERY.read(raw) if raw else None
        waiting = "published" if row.kind is SentKind.EVENT else "queued"  # a feed is read by cursor, not delivered
        state, reason = (delivery.state, delivery.reason) if delivery else (waiting, "")
        steps = (*delivery.earlier, Step(delivery.state, delivery.at, delivery.reason)) if delivery else ()
        steps = tuple(sorted(steps, key=lambda step: step.at))
        state = waiting if state == TRIED else state
        segment = self._archived(Log.SENT, position)
        inside = row.kind is SentKind.TRANSFER
        return Happening(
            row.at, position, "inside" if inside else "out", row.type,
            f"partition {row.party.removeprefix(INNER)}" if inside else row.party, row.id,
            "archived" if segment else state, f"{state}; in segment {segment}" if segment else reason,
            row.administration, row.subject, "", "" if inside else _channel(row, delivery), "", row.correlation,
            place_of(row.cause) if row.cause else "", row.leaf - 1, attempts=delivery.attempts if delivery else 0,
            reports=steps, sent=True, by=delivery.by if delivery else "",
        )  # fmt: skip

    def refused(self, leaf: int, refusal: Refusal) -> Happening:
        """A message that was refused before it became part of a case: its leaf of the audit log is all there is."""
        origin = refusal.origin
        return Happening(
            origin.received, 0, "in", refusal.operation, refusal.who, refusal.id, "refused", f"code {refusal.code}", "",
            0, origin.platform, origin.channel, leaf=leaf,
        )  # fmt: skip

    def _receipt(self, position: int, row: JournalRow) -> str:
        """The hash in the receipt of a message from outside; messages of the node itself have none."""
        if not row.origin.platform:
            return ""
        (raw,) = self._reader.read([keys.known_key(position >> 48, row.sender, row.id)])
        return receipt_of(raw).leaf.hex() if raw else ""

    def _archived(self, log: Log, position: int) -> str:
        """The segment that a message moved to; empty while it is in its log."""
        partition = position >> 48
        if partition not in self._reaches:
            self._reaches[partition] = reaches_of(self._reader, partition)
        if keys.position_number(position) > self._reaches[partition].of(log):
            return ""
        if self._reader.read([left_key(partition, log, position)])[0] is not None:
            return ""
        return segment_of(self._reader, log, position)


def known_as(row: JournalRow) -> str:
    """Under which identification its sender knows a message; what was refused is kept under more than that."""
    return row.id.rpartition(MARK)[0] if row.kind.is_refusal else row.id


def cause_of(row: JournalRow) -> str:
    """The place of the message that caused one; in another partition it is the one that was left for this one."""
    if row.cause:
        return place_of(row.cause)
    _, mark, there = row.id.partition(FROM)
    return f"out:{there}" if mark and not row.origin.platform else ""


def _channel(row: SentRow, delivery: Delivery | None) -> str:
    """By which channel a message left; of one that waits in an inbox it is known once its party took it."""
    if row.kind is SentKind.EVENT:
        return "feed"
    if row.lane:
        return channel_of(row.lane)
    return (delivery.channel if delivery else "") or INBOX
