"""How each record is stored, with all that its values hold: ``python -m tests.architecture.record_shapes``.

The command writes ``record_shapes.json`` anew, but never changes what a version says already, except for fields added
at the end with a default, which older bytes may lack.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import inspect

import douane.runtime.replication.summaries  # noqa: F401 - its record is of no application, and found by its import
from douane.configuration import discovery
from douane.runtime.store.records import RecordKind, kinds

KEPT = Path(__file__).with_name("record_shapes.json")


def product_kinds() -> list[RecordKind]:
    """Every record of the product; tests declare some of their own."""
    discovery.behaviour()
    return [kind for kind in kinds() if kind.type.__module__.startswith("douane.")]


def name(kind: RecordKind) -> str:
    """Under which a record stands in the file."""
    return f"{kind.number} {kind.type.__name__}"


def shape(of: type[msgspec.Struct]) -> list[str]:
    """The stored form: a line for each field, and for each of a nested value."""
    found = inspect.type_info(of)
    assert isinstance(found, inspect.StructType)
    return [line for field in found.fields for line in _lines(field.name, field.type)]


def _lines(path: str, of: inspect.Type) -> Iterator[str]:
    match of:
        case inspect.Metadata():
            yield from _lines(path, of.type)
        case inspect.StructType():
            yield f"{path}: {'array' if of.array_like else 'map'}{'' if of.tag is None else f' {of.tag}'}"
            for field in of.fields:
                yield from _lines(f"{path}.{field.encode_name}", field.type)
        case inspect.UnionType():
            mark = "?" if of.includes_none else "|"
            for each in of.types:
                if not isinstance(each, inspect.NoneType):
                    yield from _lines(f"{path}{mark}", each)
        case inspect.TupleType():
            for n, each in enumerate(of.item_types):
                yield from _lines(f"{path}.{n}", each)
        case inspect.VarTupleType():
            yield from _lines(f"{path}*", of.item_type)
        case inspect.EnumType():
            yield f"{path}: one of {' '.join(str(member.value) for member in of.cls)}"
        case _:
            yield f"{path}: {type(of).__name__.removesuffix('Type').lower()}"


def change(of: type[msgspec.Struct], kept: Sequence[str]) -> str:
    """What first differs from the form that is kept; empty where nothing does but fields added with a default."""
    optional = {field.name for field in msgspec.structs.fields(of) if not field.required}
    added = optional - {_field(line) for line in kept}
    for was, line in itertools.zip_longest(kept, shape(of), fillvalue="nothing"):
        if was != line and not (was == "nothing" and _field(line) in added):
            return f"`{was}` became `{line}`"
    return ""


def _field(line: str) -> str:
    """Whose line it is."""
    return line.partition(":")[0].partition(".")[0].rstrip("?|*")


def main() -> int:
    """Write the file; 1 where a record changed without a new version."""
    kept: dict[str, dict[str, list[str]]] = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    for kind in product_kinds():
        versions, version = kept.setdefault(name(kind), {}), str(kind.stored.version)
        if found := change(kind.type, versions.get(version, shape(kind.type))):
            print(f"{name(kind)}: {found}. Raise its version and give an upgrade.", file=sys.stderr)
            return 1
        versions[version] = shape(kind.type)
    KEPT.write_text(json.dumps(kept, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
