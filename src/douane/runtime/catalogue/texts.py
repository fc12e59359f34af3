"""Texts of a message that hold JSON: bounded like a document before anybody parses them.

The bounds of a body (``standards/json/bounds.py``) see such a text as one value, whatever is nested in it. A field says
what its text holds (``extra={"holds": "object"}`` or ``"value"``); whoever takes a message from outside asks here.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Final, NewType, Union, get_args, get_origin

import msgspec

from douane.standards.json.bounds import check, decode
from douane.vocabulary.codes import PLATFORM
from douane.vocabulary.errors import Fault, NotValid, TooLarge
from douane.vocabulary.faults import first_of

HOLDS: Final = "holds"
OBJECT: Final = "object"
VALUE: Final = "value"
_LISTS: Final = (list, tuple, set, frozenset)
_WANTED: Final = {OBJECT: "Write a JSON object", VALUE: "Write a JSON value, or leave the text empty"}


def check_texts(message: Any) -> None:
    """Silent where every text of a message that holds JSON is JSON within bounds. Raises NotValid with each place."""
    kind: type = type(message)
    faults = first_of(_faults(message, _held(kind), ""))
    if faults:
        raise NotValid(f"A text of the {kind.__name__} is no JSON that is taken.", faults=faults)


def _faults(value: Any, held: tuple[tuple[str, str, Any], ...], pointer: str) -> Iterator[Fault]:
    for name, tag, inside in held:
        found, place = getattr(value, name), f"{pointer}/{tag}"
        if isinstance(inside, str):
            each = _fault(found, inside, place) if isinstance(found, str) else None
            if each is not None:
                yield each
        elif isinstance(found, _LISTS):
            for number, one in enumerate(found):
                yield from _faults(one, inside, f"{place}/{number}")
        elif isinstance(found, msgspec.Struct):
            yield from _faults(found, inside, place)


def _fault(text: str, holds: str, place: str) -> Fault | None:
    if not text and holds == VALUE:
        return None
    octets = text.encode("utf-8", "replace")
    try:
        check(octets)
        decode(octets, dict[str, Any] if holds == OBJECT else Any)
    except TooLarge as problem:
        return Fault(place, PLATFORM.wrong, f"{problem.remedy} In this text: it is parsed like a document.")
    except msgspec.DecodeError:
        return Fault(place, PLATFORM.wrong, f"{_WANTED[holds]} in this text.")
    return None


@cache
def _held(message: type) -> tuple[tuple[str, str, Any], ...]:
    """The fields of a message in which JSON is held, at any depth: name, tag, and what of it; most have none."""
    return _fields(message, frozenset())


def _fields(message: type, above: frozenset[type]) -> tuple[tuple[str, str, Any], ...]:
    if not issubclass(message, msgspec.Struct) or message in above:
        return ()
    found = ((each, _inside(each.type, above | {message})) for each in msgspec.structs.fields(message))
    return tuple((each.name, each.encode_name, inside) for each, inside in found if inside)


def _inside(kind: Any, above: frozenset[type]) -> Any:
    """What a field holds: the mark of its text, or the fields of the structures in it; empty for anything else."""
    while isinstance(kind, NewType):
        kind = kind.__supertype__
    origin = get_origin(kind)
    if origin is Annotated:
        plain, *told = get_args(kind)
        marks = (each.extra.get(HOLDS, "") for each in told if isinstance(each, msgspec.Meta) and each.extra)
        return next(filter(None, marks), "") or _inside(plain, above)
    if isinstance(kind, type) and origin is None:
        return _fields(kind, above)
    if origin in (Union, types.UnionType) or origin in _LISTS:
        return next(filter(None, (_inside(each, above) for each in get_args(kind))), ())
    return ()
