"""Arrays as PostgreSQL reads them, written in one pass: a batch is a handful of parameters, whatever its length.

The binary form of an array: number of dimensions, whether it holds NULL, type of its elements, then length and lower
bound of each dimension, then each element behind its length (PostgreSQL: src/backend/utils/adt/arrayfuncs.c).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import Format

_HEAD: Final = struct.Struct(">iiIii").pack
_LENGTH: Final = struct.Struct(">i").pack
_NUMBER: Final = struct.Struct(">iq").pack
_BYTEA, _BYTEAS, _BIGINT, _BIGINTS = 17, 1001, 20, 1016


class Byteas:
    """Values of type ``bytea[]``."""

    __slots__ = ("items",)

    def __init__(self, items: Sequence[bytes]) -> None:
        self.items = items


class Bigints:
    """Values of type ``bigint[]``."""

    __slots__ = ("items",)

    def __init__(self, items: Sequence[int]) -> None:
        self.items = items


def write_byteas(items: Sequence[bytes]) -> bytes:
    """The binary form of a ``bytea[]``."""
    parts = [_HEAD(1, 0, _BYTEA, len(items), 1)]
    for item in items:
        parts += (_LENGTH(len(item)), item)
    return b"".join(parts)


def write_bigints(items: Sequence[int]) -> bytes:
    """The binary form of a ``bigint[]``."""
    return _HEAD(1, 0, _BIGINT, len(items), 1) + b"".join([_NUMBER(8, item) for item in items])


class _ByteasDumper(Dumper):
    format = Format.BINARY
    oid = _BYTEAS

    def dump(self, obj: Byteas) -> bytes:
        """The binary form."""
        return write_byteas(obj.items)


class _BigintsDumper(Dumper):
    format = Format.BINARY
    oid = _BIGINTS

    def dump(self, obj: Bigints) -> bytes:
        """The binary form."""
        return write_bigints(obj.items)


psycopg.adapters.register_dumper(Byteas, _ByteasDumper)
psycopg.adapters.register_dumper(Bigints, _BigintsDumper)
