"""What a JSON document may use, counted in its text before a value is made of it: a list of nothing costs 40 octets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NoReturn

from douane.vocabulary.errors import Fault, TooLarge

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


def _too_large(what: str, most: int) -> NoReturn:
    remedy = f"Use at most {most} {what}."
    raise TooLarge(f"The JSON document has too many {what}.", remedy=remedy, faults=(Fault("", OTHER, remedy),))
