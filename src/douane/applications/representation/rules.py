"""What holds of a power on a day: what was said last about that day, as far as it was known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import msgspec

from douane.applications.representation.contract import Representing

MOST: Final = 100
"""Statements about two persons; a withdrawal is always taken."""


class Statement(msgspec.Struct, frozen=True, array_like=True):
    """Said at an instant (microseconds since 1970): from a day on, to a last day, a power of a kind holds, or none."""

    stated_at: int
    valid_from: dt.date
    valid_to: dt.date | None = None
    kind: Representing | None = None


def held(statements: Sequence[Statement], on: dt.date, known_at: int) -> Statement | None:
    """The power that held on a day, as far as was known at an instant; None where none did.

    What was stated last about a day counts: a withdrawal ends all that was said before of its days.
    """
    for each in reversed(statements):
        if each.stated_at <= known_at and each.valid_from <= on:
            return each if each.kind is not None and (each.valid_to is None or on <= each.valid_to) else None
    return None


def withdrawn(statements: Sequence[Statement], at: int, valid_from: dt.date) -> tuple[Statement, ...]:
    """The statements with a withdrawal; the same where nothing more is withdrawn than was before."""
    last = statements[-1] if statements else None
    if last is not None and last.kind is None and last.valid_from <= valid_from:
        return tuple(statements)
    return (*statements, Statement(at, valid_from))
