"""What the store keeps beside the rows that leaves commit to, compared with them: known ids, cases, inboxes, lanes.

No leaf commits to these. Each says what some row says too, so a row without its entry, and an entry without its row,
show that one of them was touched. What has no second place in the store cannot be compared (docs/audit.md lists it).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

import msgspec

from douane.model.caller import ACTOR, INNER
from douane.runtime.store import keys
from douane.runtime.store.envelope import (
    DELIVERY,
    FROM,
    JOURNAL,
    SENT,
    TRIED,
    JournalRow,
    Receipt,
    RowKind,
    SentRow,
    in_inbox,
    receipt_of,
)
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import Log, Reader
from douane.vocabulary.errors import DouaneError

T = TypeVar("T")
PAGE = 200
UNREADABLE = (DouaneError, msgspec.MsgspecError, struct.error, ValueError, TypeError, AttributeError)
"""What reading a stored value may raise that somebody wrote over."""
_SPACES = tuple(sorted((keys.KNOWN, keys.INBOX, keys.LANE)))
FIRST = _SPACES[0]
"""Where the entries begin."""
Logged = Callable[[int], bytes | None]
"""The leaf hash at an index of the log; None beyond its end."""


class Odd(NamedTuple):
    """An entry and its row that do not fit: position of the row (0 where there is none), the field, a sentence."""

    position: int
    field: str
    text: str


def of_journal(reader: Reader, partition: int, rows: Sequence[tuple[int, JournalRow, bytes]]) -> Iterator[Odd]:
    """Rows of the journal, each with its leaf hash, beside the timelines of their cases and the ids that are known."""
    places = [_timeline(partition, row.subject, b"j", position) for position, row, _ in rows]
    receipts = [_known(partition, row) for _, row, _ in rows]
    found = reader.read([*places, *(key or b"" for key in receipts)])
    here, known = found[: len(rows)], found[len(rows) :]
    for (position, row, leaf), place, key, raw in zip(rows, here, receipts, known, strict=True):
        if place is None:
            yield Odd(position, "subject", "Its case does not know of a message at this place.")
        if key is None:
            continue
        if raw is None:
            yield Odd(position, "known id", "Its receipt is missing: it would be taken a second time.")
        else:
            yield from (Odd(position, *each) for each in _receipt(receipt_of(raw), position, row, leaf))


def of_sent(reader: Reader, partition: int, rows: Sequence[tuple[int, SentRow]]) -> Iterator[Odd]:
    """Sent rows beside the timelines of their cases, and where they wait until somebody took them."""
    places = [_timeline(partition, row.subject, b"s", position) for position, row in rows]
    reports = [keys.REPORT + keys.u16(partition) + keys.u64(position) for position, _ in rows]
    found = reader.read([*places, *reports])
    open_: list[tuple[int, str, bytes]] = []
    for (position, row), place, report in zip(rows, found[: len(rows)], found[len(rows) :], strict=True):
        if place is None:
            yield Odd(position, "subject", "Its case does not know of a message at this place.")
        if report is None or DELIVERY.read(report).state == TRIED:
            open_ += ((position, *each) for each in _waits(partition, position, row))
    for (position, field, _), raw in zip(open_, reader.read([key for *_, key in open_]), strict=True):
        if raw is None:
            yield Odd(position, field, "It was not delivered, and waits nowhere.")


def entries(reader: Reader, partition: int, after: bytes, logged: Logged) -> tuple[list[Odd], bytes]:
    """A page of the entries themselves, each beside its row; where the next page begins, empty after the last."""
    for space in _SPACES:
        prefix = keys.space(space, partition)
        start = max(after, prefix)
        if start >= keys.after(prefix):
            continue
        found = reader.scan(start, keys.after(prefix), PAGE)
        if found:
            odd = _receipts(reader, found, logged) if space == keys.KNOWN else _waiting(reader, found)
            return list(odd), found[-1][0] + b"\0"
    return [], b""


def _receipts(reader: Reader, found: list[tuple[bytes, bytes]], logged: Logged) -> Iterator[Odd]:
    positions = [receipt.position if (receipt := _read(receipt_of, raw)) else 0 for _, raw in found]
    rows = reader.read_log(Log.JOURNAL, [each if 0 < each < 1 << 62 else 0 for each in positions])
    for (key, kept), position, raw in zip(found, positions, rows, strict=True):
        receipt, row = _read(receipt_of, kept), _read(JOURNAL.read, raw)
        if receipt is None:
            yield Odd(0, "known id", f"The receipt under {key[3:60]!r} cannot be read.")
        elif logged(receipt.leaf_number - 1) != receipt.leaf:
            yield Odd(position, "known id", "A receipt is kept for a message that the log does not hold.")
        elif row is None:
            continue  # it moved to the archive, where its row is looked at with the others
        elif _known(key[1] << 8 | key[2], row) != key or row.leaf != receipt.leaf_number:
            yield Odd(position, "known id", "A receipt is kept under the id of another message.")


def _waiting(reader: Reader, found: list[tuple[bytes, bytes]]) -> Iterator[Odd]:
    positions = [int.from_bytes(key[-8:], "big") for key, _ in found]
    rows = reader.read_log(Log.SENT, [each if each < 1 << 62 else 0 for each in positions])
    for (key, _), position, raw in zip(found, positions, rows, strict=True):
        row = _read(SENT.read, raw)
        if row is None or key not in [each for _, each in _waits(key[1] << 8 | key[2], position, row)]:
            name = "inbox" if key[:1] == keys.INBOX else "lane"
            yield Odd(position, name, f"It stands in the {name} of somebody else than its row says.")


def _read(reading: Callable[[bytes], T], raw: bytes | None) -> T | None:
    """A stored value; None for none, and for one that cannot be read: its own log tells of that."""
    try:
        return None if raw is None else reading(raw)
    except UNREADABLE:
        return None


def _receipt(receipt: Receipt, position: int, row: JournalRow, leaf: bytes) -> Iterator[tuple[str, str]]:
    """What a receipt says otherwise than its row. Two places agree or one was touched: the receipt names the field."""
    said = {
        "position": (receipt.position, position), "origin.id": (receipt.id, row.id), "subject": (receipt.subject,
        row.subject), "origin.received": (receipt.received, row.received), "leaf": (receipt.leaf_number, row.leaf),
        "content.digest": (receipt.digest, row.content.digest),
    }  # fmt: skip
    differing = [(name, "Its receipt says otherwise.") for name, (one, two) in said.items() if one != two]
    yield from differing
    if not differing and receipt.leaf != leaf:
        yield "", "Its receipt promised another leaf."


def _known(partition: int, row: JournalRow) -> bytes | None:
    """Under which key the id of a message from outside is known; None for messages that the core made itself."""
    if row.kind is RowKind.CARRIED or row.kind is RowKind.TIMER:
        return None
    if row.kind is RowKind.INTERVENED:
        return keys.known_key(partition, ACTOR, row.id)
    if row.content.media is Media.VALUE:  # from another partition, or from this one
        return keys.known_key(partition, INNER, row.id) if FROM in row.id else None
    return keys.known_key(partition, row.sender, row.id) if row.origin.platform else None


def _timeline(partition: int, subject: int, mark: bytes, position: int) -> bytes:
    return keys.SUBJECT + keys.u16(partition) + keys.u64(subject & (1 << 64) - 1) + mark + keys.u64(position)


def _waits(partition: int, position: int, row: SentRow) -> Iterator[tuple[str, bytes]]:
    """Where a message waits that nobody took yet."""
    if row.lane:
        yield "lane", keys.LANE + keys.u16(partition) + keys.text(row.lane) + keys.u64(position)
    if in_inbox(row.lane):
        yield "inbox", keys.INBOX + keys.u16(partition) + keys.text(row.party) + keys.u64(position)
