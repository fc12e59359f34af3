"""What becomes of a draft: by changes, which put values at their places and touch nothing else; and by time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

import msgspec

from douane.applications.drafts.messages import LARGEST, Change
from douane.author import PLAIN, Events, Instant, Length, LimitKind, Silence, Start, TimeLimit, TooLarge, end_of
from douane.standards.json.bounds import check, decode

KEPT: Final = TimeLimit(
    id="DRA-KEPT", article="ours: no article says how long", kind=LimitKind.EFFECT, length=Length(days=90),
    text="A draft is kept that nobody saves again.",
    start=Start("it was saved last"), place="the portal of the Union", silence=Silence.CEASES,
)  # fmt: skip


def kept_until(saved_at: int) -> dt.date:
    """The last day on which a draft is there that was saved last at an instant (microseconds)."""
    return end_of(KEPT, Events(Instant(saved_at)), PLAIN).last_day


def changed(content: str, changes: Iterable[Change]) -> str | None:
    """What is filled in after these changes, one after the other; None where one of them does not fit it.

    A door bounds what these texts hold; a draft that a former release kept came through none that did.
    """
    try:
        tree = decode(content.encode())
        for each in changes:
            _put(tree, each)
        octets = msgspec.json.encode(tree)
        check(octets)
    except (TooLarge, msgspec.DecodeError, LookupError, ValueError, TypeError, RecursionError):
        return None
    text = octets.decode()
    return text if isinstance(tree, dict) and len(text) <= LARGEST else None


def _put(tree: Any, change: Change) -> None:
    """Raises LookupError, ValueError or TypeError for a place that is not there."""
    head, *steps = change.path.split("/")
    if head or not steps:
        raise ValueError(change.path)
    *way, last = (each.replace("~1", "/").replace("~0", "~") for each in steps)
    for step in way:
        tree = tree[_position(step, tree)] if isinstance(tree, list) else tree[step]
    if isinstance(tree, list):
        if not change.value:
            raise ValueError(change.path)
        tree[_position(last, tree)] = decode(change.value.encode())
    elif change.value:
        tree[last] = decode(change.value.encode())
    else:
        del tree[last]


def _position(step: str, within: list[Any]) -> int:
    """A position in a list; no text but that of a number from 0 on is one."""
    if not (step.isascii() and step.isdigit()) or int(step) >= len(within):
        raise LookupError(step)
    return int(step)
