"""Whatever the schema lets a sender leave out, the whole book gives an answer, and every place it names exists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest

from douane.applications.transit.rules.book import BOOK
from douane.applications.transit.rules.case import KnownCase
from douane.applications.transit.tests import base_declarations as declarations
from douane.applications.transit.tests import base_messages as base
from douane.applications.transit.tests.code_lists import AFTER, DURING
from douane.applications.transit.tests.r_base import edit

BUILDERS = list(dict.fromkeys(base.AFTER_TRANSITION + base.DURING_TRANSITION))
STEP = re.compile(r"/([A-Za-z0-9]+)(?:\[(\d+)\])?")


def optional(node: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Path and empty value of everything that a message holds and may leave out; a group of several loses all."""
    for field in msgspec.structs.fields(type(node)):
        value = getattr(node, field.name)
        path = (*above, field.name)
        if not field.required and value is not None and value != ():
            yield "__".join(path), field.default
        if isinstance(value, msgspec.Struct):
            yield from optional(value, path)
        elif isinstance(value, tuple) and value:
            yield from optional(value[0], (*path, "0"))


def exists(message: msgspec.Struct, pointer: str) -> bool:
    """Whether a pointer names a place that the structs know; the last step may be absent from the message."""
    steps = STEP.findall(pointer)
    if "".join(f"/{tag}" + (f"[{n}]" if n else "") for tag, n in steps) != pointer:
        return False
    if steps[0] != (type(message).__name__, ""):
        return False
    node: Any = message
    for tag, number in steps[1:]:
        if node is None:  # below a group that is missing altogether
            return True
        field = next((f for f in msgspec.structs.fields(type(node)) if f.encode_name == tag), None)
        if field is None:
            return False
        node = getattr(node, field.name)
        if isinstance(node, tuple):
            node = node[int(number) - 1] if number and int(number) <= len(node) else None
    return True


@pytest.mark.parametrize("build", BUILDERS, ids=lambda b: b.__name__)
def test_leaving_out_what_is_optional(build: Callable[[], msgspec.Struct]) -> None:
    message = build()
    found = 0
    for path, empty in optional(message):
        reduced = edit(message, **{path: empty})
        known = KnownCase(declaration=declarations.normal(), accepted=True)
        for case, look in ((None, AFTER), (None, DURING), (known, AFTER)):
            for fault in BOOK.faults(reduced, case, look):
                found += 1
                assert exists(reduced, fault.pointer), (path, fault)
    assert found > 0 or type(message).__name__ == "CC044C"  # nothing in remarks depends on what is absent
