"""Every way to change a stored value by one field, found by reflection; and a store in which something was changed."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import msgspec
from msgspec import inspect

from douane.runtime.store.ports import Log, Reader


def mutations(value: msgspec.Struct) -> Iterator[tuple[str, Any]]:
    """The path of every field, of nested values too, and the same value with that field changed."""
    described = inspect.type_info(type(value))
    assert isinstance(described, inspect.StructType)
    for field in described.fields:
        for path, changed in _others(getattr(value, field.name), field.type):
            yield f"{field.name}{path}", msgspec.structs.replace(value, **{field.name: changed})


def _others(value: Any, kind: inspect.Type) -> Iterator[tuple[str, Any]]:
    match value:
        case enum.Enum():
            yield from (("", other) for other in type(value) if other is not value)
        case bool():
            yield "", not value
        case int():
            yield "", value + 1
            if value:
                yield "", 0
        case str():
            yield "", f"{value}x"
            if value:
                yield "", ""
        case bytes():
            yield "", value + b"x"
            if value:
                yield "", bytes((value[0] ^ 1, *value[1:]))
        case None:
            yield "", sample(kind)
        case msgspec.Struct():
            yield from ((f".{path}", changed) for path, changed in mutations(value))
            if isinstance(kind, inspect.UnionType):
                yield "", None
        case tuple():
            yield from _tuples(value, kind)
        case _:
            raise TypeError(value)


def _tuples(value: tuple[Any, ...], kind: inspect.Type) -> Iterator[tuple[str, Any]]:
    fixed = isinstance(kind, inspect.TupleType)
    if not fixed:
        item = cast("inspect.VarTupleType", kind).item_type
        yield "", (*value, sample(item))
        if value:
            yield "", value[:-1]
    for number, each in enumerate(value):
        inner = kind.item_types[number] if isinstance(kind, inspect.TupleType) else cast("Any", kind).item_type
        for path, changed in _others(each, inner):
            yield f".{number}{path}", (*value[:number], changed, *value[number + 1 :])


def sample(kind: inspect.Type) -> Any:
    """Some value of a type that is not its default."""
    match kind:
        case inspect.StrType():
            return "x"
        case inspect.IntType():
            return 1
        case inspect.BytesType():
            return b"x"
        case inspect.BoolType():
            return True
        case inspect.EnumType():
            return next(iter(kind.cls))
        case inspect.TupleType():
            return tuple(sample(each) for each in kind.item_types)
        case inspect.VarTupleType():
            return (sample(kind.item_type),)
        case inspect.StructType():
            return kind.cls(**{field.name: sample(field.type) for field in kind.fields})
        case inspect.UnionType():
            return sample(next(each for each in kind.types if not isinstance(each, inspect.NoneType)))
        case _:
            raise TypeError(kind)


class Touched:
    """A store as somebody left it who changed rows in place: everything else is as it was."""

    def __init__(
        self, reader: Reader, rows: Mapping[tuple[Log, int], bytes | None] | None = None,
        entries: Mapping[bytes, bytes | None] | None = None,
    ) -> None:  # fmt: skip
        self._reader, self._rows, self._entries = reader, rows or {}, entries or {}

    def read(self, keys: Sequence[bytes]) -> list[bytes | None]:
        found = self._reader.read(keys)
        return [self._entries.get(key, raw) for key, raw in zip(keys, found, strict=True)]

    def scan(self, start: bytes, end: bytes, limit: int, *, reverse: bool = False) -> list[tuple[bytes, bytes]]:
        found = dict(self._reader.scan(start, end, limit + len(self._entries), reverse=reverse))
        mine = {key: raw for key, raw in self._entries.items() if start <= key < end}
        whole = {key: raw for key, raw in {**found, **mine}.items() if raw is not None}
        return sorted(whole.items(), reverse=reverse)[:limit]

    def read_log(self, log: Log, positions: Sequence[int]) -> list[bytes | None]:
        found = self._reader.read_log(log, positions)
        return [self._rows.get((log, p), raw) for p, raw in zip(positions, found, strict=True)]

    def scan_log(self, log: Log, after: int, end: int, limit: int) -> list[tuple[int, bytes]]:
        found = dict(self._reader.scan_log(log, after, end, limit + len(self._rows)))
        mine = {p: raw for (of, p), raw in self._rows.items() if of is log and after < p <= end}
        return sorted((p, raw) for p, raw in {**found, **mine}.items() if raw is not None)[:limit]
