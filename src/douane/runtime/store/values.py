"""Stored values: a header that says how to read the rest, and upgrades that read what older releases wrote.

Header: codec (1 byte), data-key id (1 byte, 0 = not encrypted), type (2 bytes), schema version (2 bytes). Then
the content: a msgpack array of the fields in their declared order. Fields are only ever added at the end, with a
default; any other change, that of a nested value too, raises the version and brings an ``upgrade`` from the version
before; ``tests/architecture/test_records.py`` tells whoever forgets it. A release leaves alone what a later one wrote:
reading and writing that again would lose the new fields.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from typing import Any, Final, Generic, TypeVar

import msgspec

from douane.vocabulary.errors import DeclarationFault, NewerRelease, NotReadable

PLAIN: Final = 0
HEADER: Final = struct.Struct(">BBHH")

LATER: Final = "Start the release that wrote it, or a later one."

V = TypeVar("V", bound=msgspec.Struct)
Upgrade = Callable[[list[Any]], list[Any]]
"""From the fields of one version, as plain msgpack values, to the fields of the next."""

_encode = msgspec.msgpack.Encoder().encode


class Stored(Generic[V]):
    """How values of one type are written and read."""

    __slots__ = ("_decode", "_head", "_whole", "kind", "type", "upgrades", "version")

    def __init__(
        self, kind: int, type_: type[V], version: int = 1, upgrades: Mapping[int, Upgrade] | None = None
    ) -> None:
        if not type_.__struct_config__.array_like:
            raise DeclarationFault(f"{type_.__name__} must be a frozen, array_like Struct to be stored.")
        missing = [v for v in range(1, version) if v not in (upgrades or {})]
        if missing:
            raise DeclarationFault(f"{type_.__name__} is at version {version} but has no upgrade from {missing}.")
        self.kind, self.type, self.version = kind, type_, version
        self.upgrades = dict(upgrades or {})
        self._head = HEADER.pack(PLAIN, 0, kind, version)
        fields = _fields(type_)
        self._whole = self._head + (bytes((0x90 | fields,)) if fields < 16 else b"\xdc" + fields.to_bytes(2, "big"))
        self._decode = msgspec.msgpack.Decoder(type_, strict=True).decode

    def write(self, value: V) -> bytes:
        """The bytes to store."""
        return self._head + _encode(value)

    def read(self, data: bytes) -> V:
        """The value; older versions are upgraded. Raises NewerRelease for later ones, NotReadable for other types."""
        if data.startswith(self._whole):
            return self._decode(memoryview(data)[6:])
        codec, key, kind, version = HEADER.unpack_from(data)
        if kind != self.kind or codec != PLAIN or key:
            raise NotReadable(f"Stored value of type {kind} (codec {codec}, key {key}) is no {self.type.__name__}.")
        if version > self.version:
            raise NewerRelease(
                f"{self.type.__name__} was stored at version {version}; this release knows up to {self.version}.",
                remedy=LATER,
            )
        known = _fields(self.type)
        if version == self.version and (found := _length(data)) > known:
            raise NewerRelease(
                f"{self.type.__name__} was stored with {found} fields; this release knows {known}.", remedy=LATER
            )
        fields: list[Any] = msgspec.msgpack.decode(memoryview(data)[6:])
        for step in range(version, self.version):
            fields = self.upgrades[step](fields)
        return msgspec.convert(fields, self.type, strict=True)


def _fields(type_: type[msgspec.Struct]) -> int:
    """How many members the msgpack array of a value has: its fields, and before them its tag where it has one."""
    return len(type_.__struct_fields__) + (type_.__struct_config__.tag is not None)


def _length(data: bytes) -> int:
    """How many fields a stored value has: the head of its msgpack array."""
    return data[6] & 0x0F if data[6] < 0xA0 else int.from_bytes(data[7:9], "big")


def type_of(data: bytes) -> int:
    """The type number in the header of a stored value."""
    return int(HEADER.unpack_from(data)[2])
