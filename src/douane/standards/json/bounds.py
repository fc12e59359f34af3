"""What a JSON document may use, counted in its text before a value is made of it: a list of nothing costs 40 octets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, NoReturn, TypeVar, overload

import msgspec

from douane.vocabulary.errors import Fault, TooLarge

T = TypeVar("T")
OTHER: Final = "18"
"""CL030: any other fault."""
_TOKEN = re.compile(rb'[^"\[{\]},]*+(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"?|([\[{])|([\]}])|(,))', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Limits:
    """Octets of a document, levels of lists and objects, and values: items of lists and members of objects."""

    size: int = 8 * 1024 * 1024
    depth: int = 64
    values: int = 120_000


LIMITS: Final = Limits()
"""A declaration of 1,999 goods items with sixty values each; deeper than any message type."""


def check(data: bytes, limits: Limits = LIMITS) -> None:
    """Silent for a text within bounds, whether it is JSON or not. Raises TooLarge with the bound that is passed."""
    if len(data) > limits.size:
        _too_large("octets", limits.size)
    openings = data.count(b"[") + data.count(b"{")
    if openings <= limits.depth and openings + data.count(b",") < limits.values:
        return
    depth, values = 0, 1
    for token in _TOKEN.finditer(data):
        match token.lastindex:
            case 1:
                depth += 1
                values += 1
                if depth > limits.depth:
                    _too_large("levels", limits.depth)
            case 2:
                depth -= 1
            case 3:
                values += 1
        if values > limits.values:
            _too_large("values", limits.values)


@overload
def decode(octets: bytes, type: type[T], limits: Limits = ...) -> T: ...
@overload
def decode(octets: bytes, type: Any = ..., limits: Limits = ...) -> Any: ...
def decode(octets: bytes, type: Any = Any, limits: Limits = LIMITS) -> Any:
    """The value in octets that somebody else wrote. Raises msgspec.DecodeError for what is none, or is beyond a bound.

    Whoever handles a document that cannot be read so handles one that is nested without end, too: left to itself the
    parser ends it by a RecursionError, which nobody expects of it.
    """
    try:
        check(octets, limits)
        return msgspec.json.decode(octets, type=type)
    except (TooLarge, UnicodeDecodeError, RecursionError) as problem:
        raise msgspec.DecodeError(str(problem)) from problem


def _too_large(what: str, most: int) -> NoReturn:
    remedy = f"Use at most {most} {what}."
    raise TooLarge(f"The JSON document has too many {what}.", remedy=remedy, faults=(Fault("", OTHER, remedy),))
