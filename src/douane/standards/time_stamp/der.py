"""DER (X.690), as much of it as time-stamps need: elements written and read, nothing interpreted."""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

from douane.vocabulary.errors import NotWellFormed

INTEGER: Final = 0x02
OCTETS: Final = 0x04
NULL: Final = b"\x05\x00"
OBJECT: Final = 0x06
MOMENT: Final = 0x18
SEQUENCE: Final = 0x30
SET: Final = 0x31
CONTEXT: Final = 0xA0  # plus the number of the tag, for constructed ones


class Element(NamedTuple):
    """One element: its tag, its content, and all its octets."""

    tag: int
    content: bytes
    octets: bytes

    def children(self) -> tuple[Element, ...]:
        """The elements that it holds. Raises NotWellFormed."""
        return read(self.content)


def write(tag: int, *content: bytes) -> bytes:
    """An element of these parts."""
    whole = b"".join(content)
    if len(whole) < 0x80:
        return bytes((tag, len(whole))) + whole
    size = len(whole).to_bytes((len(whole).bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(size))) + size + whole


def integer(value: int) -> bytes:
    """A whole number, not negative."""
    return write(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def identifier(dotted: str) -> bytes:
    """An object identifier."""
    first, second, *rest = (int(each) for each in dotted.split("."))
    out = bytearray((first * 40 + second,))
    for number in rest:
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(0x80 | number & 0x7F)
        out += bytes(reversed(groups))
    return write(OBJECT, bytes(out))


def moment(at: dt.datetime) -> bytes:
    """A GeneralizedTime in UTC, to the second."""
    return write(MOMENT, f"{at.astimezone(dt.UTC):%Y%m%d%H%M%S}Z".encode())


def read(data: bytes) -> tuple[Element, ...]:
    """The elements that stand one after the other. Raises NotWellFormed for anything else."""
    found: list[Element] = []
    at = 0
    while at < len(data):
        if at + 2 > len(data):
            raise NotWellFormed("An element of DER is cut off.")
        size, start = data[at + 1], at + 2
        if size & 0x80:
            start += size & 0x7F
            size = int.from_bytes(data[at + 2 : start], "big")
        if size > len(data) - start:
            raise NotWellFormed("An element of DER is cut off.")
        found.append(Element(data[at], data[start : start + size], data[at : start + size]))
        at = start + size
    return tuple(found)
