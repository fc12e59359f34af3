"""Protocol Buffers on the wire: the fields of a message, one after the other, within what was sent.

Four wire types exist in what we read (varint, 64 bit, length-delimited, 32 bit); groups are refused. Nothing is copied
before its length was checked, and nothing is followed deeper than a table of fields says.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from douane.vocabulary.errors import NotWellFormed

VARINT, FIXED64, OCTETS, FIXED32 = 0, 1, 2, 5
LONGEST_VARINT: Final = 10
"""Octets of a varint of 64 bits."""
Value = int | bytes


def fields(octets: bytes) -> Iterator[tuple[int, int, Value]]:
    """Number, wire type and value of each field. Raises NotWellFormed."""
    at, end = 0, len(octets)
    while at < end:
        key, at = _varint(octets, at)
        number, wire = key >> 3, key & 7
        if number == 0:
            raise NotWellFormed("A field of a protobuf message has the number 0.")
        if wire == VARINT:
            value, at = _varint(octets, at)
            yield number, wire, value
            continue
        size = {FIXED64: 8, FIXED32: 4}.get(wire)
        if wire == OCTETS:
            size, at = _varint(octets, at)
        if size is None or size > end - at:
            raise NotWellFormed(f"Field {number} of a protobuf message is cut short, or of no known kind.")
        yield number, wire, octets[at : at + size]
        at += size


def _varint(octets: bytes, at: int) -> tuple[int, int]:
    value = 0
    for n in range(LONGEST_VARINT):
        if at + n >= len(octets):
            break
        octet = octets[at + n]
        value |= (octet & 0x7F) << (7 * n)
        if octet < 0x80:
            return value & 0xFFFF_FFFF_FFFF_FFFF, at + n + 1
    raise NotWellFormed("A number of a protobuf message does not end.")


def signed(value: int) -> int:
    """A varint of 64 bits as ``int64`` has it."""
    return value - (1 << 64) if value >> 63 else value


def double(octets: bytes) -> float:
    """Eight octets as a floating point number."""
    return float(struct.unpack("<d", octets)[0])


def fixed(octets: bytes, *, negative: bool = False) -> int:
    """Eight or four octets as a whole number."""
    return int.from_bytes(octets, "little", signed=negative)


def field(number: int, value: int | bytes) -> bytes:
    """One field, for the short messages that we answer with."""
    if isinstance(value, int):
        return _written(number << 3 | VARINT) + _written(value)
    return _written(number << 3 | OCTETS) + _written(len(value)) + value


def _written(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)
