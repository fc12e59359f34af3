"""Checks a struct made by hand against its layout: what we send must be as valid as what we accept."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from douane.standards.ncts.binding.collecting import MISSING, TOO_MANY
from douane.standards.ncts.binding.kinds import Wrong, written
from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.vocabulary.errors import Fault


def faults_of(group: Struct, layout: Layout, pointer: str) -> Iterator[Fault]:
    """Every fault of a group, with the pointers that a reader of its XML would give."""
    for item in layout.items:
        value = getattr(group, item.name)
        path = f"{pointer}/{item.tag}"
        if value is None or value == ():
            if item.least:
                yield Fault(path, MISSING, f"Give {item.tag}.")
        elif isinstance(item, Leaf):
            text = written(value)
            found = item.kind.read(text)
            if isinstance(found, Wrong) or found != value:
                code, remedy = (found.code, found.remedy) if isinstance(found, Wrong) else ("51", item.kind.expected())
                yield Fault(path, code, remedy, value=text)
        else:
            yield from _groups(value, item, path)


def _groups(value: object, item: Inner, path: str) -> Iterator[Fault]:
    if isinstance(value, Struct):
        yield from faults_of(value, item.layout, path)
    elif isinstance(value, tuple):
        if len(value) > item.most:
            yield Fault(f"{path}[{item.most + 1}]", TOO_MANY, f"Give it at most {item.most} times.")
        for place, one in enumerate(value, 1):
            yield from faults_of(one, item.layout, f"{path}[{place}]")
