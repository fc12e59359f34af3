"""What two published rules ask of every message alike: its correlation (C0511) and its numbering (R0987)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec

from douane.standards.ncts.phase5 import family

NUMBERING: Final = "R0987"
ANSWERING, WITHOUT_HEADER = "CL610", "CL385"
"""Messages that name the message which they answer, and messages that name none."""


def correlated(message_type: str, has: Callable[[str, str], bool]) -> bool | None:
    """Whether a correlation identifier must stand in messages of a type (True), may not (False), or may (None).

    has: whether a code list holds a code.
    """
    answers, without = has(ANSWERING, message_type), has(WITHOUT_HEADER, message_type)
    return True if answers else False if without else None


def misnumbered(message: Any) -> Iterator[tuple[str, int]]:
    """Pointer and number of each repetition that is not counted 1, 2, 3, where the layout numbers the group."""
    place = f"/{type(message).__name__}"
    return _misnumbered(message, place, place)


def _misnumbered(group: Any, pointer: str, place: str) -> Iterator[tuple[str, int]]:
    """pointer: without, place: with the numbers of repetitions."""
    for name, tag in _parts(group.__class__):
        value, at = getattr(group, name), f"{pointer}/{tag}"
        if isinstance(value, msgspec.Struct):
            yield from _misnumbered(value, at, f"{place}/{tag}")
        elif isinstance(value, tuple):
            for n, each in enumerate(value, 1):
                here = f"{place}/{tag}[{n}]"
                if at in _numbered() and each.sequence_number != n:
                    yield f"{here}/sequenceNumber", each.sequence_number
                yield from _misnumbered(each, at, here)


@functools.cache
def _numbered() -> frozenset[str]:
    """The pointers of groups whose repetitions are numbered from 1, of all messages."""
    fields = (field for message in family() for field in message.fields)
    return frozenset(field.pointer.rpartition("/")[0] for field in fields if NUMBERING in field.rules)


@functools.cache
def _parts(group: type[msgspec.Struct]) -> tuple[tuple[str, str], ...]:
    """Attribute and tag of each field of a group."""
    return tuple((each.name, each.encode_name) for each in msgspec.structs.fields(group))
