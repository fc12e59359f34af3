"""How keys of the map are built: space, partition, administration, then what orders the space.

Every key begins with a space byte and the partition, so a store can refuse foreign writes and know nothing else;
the administration follows wherever data belong to one, so isolation is a prefix. Encodings keep the order of values.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

OWNER: Final = b"O"  # one row a partition: positions, cursor
KNOWN: Final = b"K"  # sender, message id -> position, digest, receipt
ALIAS: Final = b"A"  # administration, kind, value -> subject
RECORD: Final = b"R"  # administration, subject, type, local -> value
HISTORY: Final = (
    b"H"  # administration, subject, type, local (with its length), recorded, valid from, position -> value or nothing
)
PAST: Final = b"P"  # index entries that versions of records with history gave up -> record
INDEX: Final = b"X"  # administration, type, index, fields, subject, local -> nothing
SUBJECT: Final = b"S"  # subject, log, position -> nothing: the timeline of a case
INBOX: Final = b"I"  # party, position -> nothing
LANE: Final = b"L"  # lane, position -> nothing: what waits for a partner
REPORT: Final = b"D"  # position of a sent message -> its delivery state
TIMER: Final = b"T"  # due, subject, name -> pin
WAIT: Final = b"W"  # position -> parked message with its reason
EXPECT: Final = b"E"  # correlation id -> who waits for the answer
SERIAL: Final = b"M"  # administration, name -> last number issued
AUDIT: Final = b"U"  # tiles and checkpoints of the audit log
CERTIFICATE: Final = b"C"  # SHA-256 -> a certificate (DER) that a sender showed
WIRE: Final = b"Y"  # sender, id of a transmission -> known key, digest, what the channel answered
HOLD: Final = b"Q"  # why nothing leaves this partition
BUILT: Final = b"B"  # type, index -> how far an index of a later release is built
ARCHIVE: Final = b"Z"  # what moved out of the logs, and where to
DECIDED: Final = b"N"  # what an operator decided: lanes that are paused, messages that are discarded
FINAL: Final = b"F"  # type, view: entries of final data, their order of change, and digests over ranges of them

STATUTORY: Final = 1 << 63
"""Marks the due of a timer that counts by statutory time: those stand behind all others of a partition."""

SUBJECT_EPOCH: Final = 1_577_836_800_000  # 2020-01-01 in ms: where subject ids begin

u64 = _U64 = struct.Struct(">Q").pack
"""Eight bytes, big-endian: positions, subjects, instants."""
u16 = _U16 = struct.Struct(">H").pack
"""Two bytes, big-endian: partitions, record types."""
_SIGN = 1 << 63
_WAITING: Final = INBOX + LANE


def text(value: str) -> bytes:
    """A string inside a key: UTF-8 with a terminator, so that a shorter one sorts first and prefixes do not leak."""
    return value.replace("\0", "\1").encode() + b"\0"


def field(value: object) -> bytes:
    """A value of an index field, in an encoding that keeps its order."""
    if isinstance(value, str):
        return value.replace("\0", "\1").encode() + b"\0"  # ``text``: most fields are
    if isinstance(value, bool):
        return b"\1" if value else b"\0"
    if isinstance(value, int):
        return _U64(value + _SIGN)
    if value is None:
        return b"\0"
    return text(str(value))


def space(kind: bytes, partition: int) -> bytes:
    """The first three bytes of a key."""
    return kind + _U16(partition)


def after(prefix: bytes) -> bytes:
    """The smallest key that is greater than everything with this prefix."""
    stripped = prefix.rstrip(b"\xff")
    return stripped[:-1] + bytes((stripped[-1] + 1,)) if stripped else b"\xff" * 64


def bounds(prefix: bytes, low: object, high: object) -> tuple[bytes, bytes]:
    """Start and end of an index scan: ``low <= field < high`` on the field after the prefix."""
    start = prefix + field(low) if low is not None else prefix
    end = prefix + field(high) if high is not None else after(prefix)
    return start, max(start, end)


def subject_id(millis: int, partition: int, serial: int) -> int:
    """A time-ordered 64-bit subject id: 42 bits of ms since 2020, 10 of partition, 12 of serial."""
    return (millis - SUBJECT_EPOCH) << 22 | partition << 12 | serial


def minted_at(subject: int) -> int:
    """When a subject was minted, in milliseconds since 1970."""
    return (subject >> 22) + SUBJECT_EPOCH


def subject_partition(subject: int) -> int:
    """The partition that a subject id carries."""
    return subject >> 12 & 0x3FF


def subject_prefix(partition: int, administration: str, subject: int) -> bytes:
    """Where the records of a subject lie."""
    return RECORD + _U16(partition) + administration.encode() + _U64(subject)


def kind_ending(kind: int) -> bytes:
    """What follows the prefix of a subject in the key of its record of a kind that has no local part."""
    return _U16(kind)


def record_key(partition: int, administration: str, subject: int, kind: int, local: bytes) -> bytes:
    """Key of a record."""
    return RECORD + _U16(partition) + administration.encode() + _U64(subject) + _U16(kind) + local


def history_prefix(record: bytes) -> bytes:
    """Where the versions of a record lie. The length of its local part keeps records apart that begin alike."""
    return HISTORY + record[1:15] + _U16(len(record) - 15) + record[15:]


def final_head(partition: int, kind_mark: bytes, view: int) -> bytes:
    """Where a view of final data lies. Its entries are of all administrations: who may have them, it declares."""
    return FINAL + _U16(partition) + kind_mark + bytes((view,))


def alias_key(partition: int, administration: str, kind: str, value: str) -> bytes:
    """Key of an alias; an LRN, MRN or GRN is scoped by administration."""
    named = kind.replace("\0", "\1").encode() + b"\0"  # ``text``
    return ALIAS + _U16(partition) + administration.encode() + named + value.encode()


def known_key(partition: int, sender: str, message_id: str) -> bytes:
    """Key of a known id; a message id is scoped by its sender."""
    return KNOWN + _U16(partition) + text(sender) + message_id.encode()


def wire_key(partition: int, sender: str, wire: str) -> bytes:
    """Key of a transmission; its id is scoped by its sender."""
    return WIRE + _U16(partition) + text(sender) + wire.encode()


def certificate_key(partition: int, digest: bytes) -> bytes:
    """Key of a certificate, by the SHA-256 of its DER form."""
    return CERTIFICATE + _U16(partition) + digest


def timer_key(partition: int, due: int, subject: int, name: str) -> bytes:
    """Key of a timer: due ones come first."""
    return TIMER + _U16(partition) + _U64(due) + _U64(subject) + name.encode()


_FROM_INSIDE: Final = b"@\0"  # a sender that is a partition of the same node (``envelope.INNER``)


def mark(head: bytes) -> int:
    """A short name of an inbox or a lane: of its keys without their partition and position. Two may share one."""
    return zlib.crc32(head)


TAKEN: Final = mark(KNOWN + _FROM_INSIDE)
"""The mark of a commit that took messages of other partitions."""


def inbox_mark(party: str) -> int:
    """The mark of a party's inbox."""
    return mark(INBOX + text(party))


@lru_cache(4096)
def lane_mark(name: str) -> int:
    """The mark of a lane."""
    return mark(LANE + text(name))


def marks(written: Iterable[bytes], known: Iterable[bytes] = ()) -> frozenset[int]:
    """The marks of all inboxes and lanes that these keys fill; one more where ``known`` ids are of other partitions.

    Whoever owns those waits for nothing that is filled here, but to confirm what was taken.
    """
    filled = [mark(key[:1] + key[3:-8]) for key in written if key[0] in _WAITING]
    if any(key[3:5] == _FROM_INSIDE and key[:1] == KNOWN for key in known):
        filled.append(TAKEN)
    return frozenset(filled)


def log_position(partition: int, number: int) -> int:
    """A position in a log: dense from 1 within its partition."""
    return partition << 48 | number


def position_partition(position: int) -> int:
    """The partition that a position lies in."""
    return position >> 48


def position_number(position: int) -> int:
    """The dense number of a position within its partition."""
    return position & 0xFFFF_FFFF_FFFF
