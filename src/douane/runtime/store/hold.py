"""Holds: a partition that was restored takes messages and gives none out, until its operator has looked at it.

What the lost node had already sent may wait here again, and partners may know more than this store does; so lanes and
inboxes stay shut. The hold is a row of the store: it goes where the data go.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from douane.runtime.store import keys
from douane.runtime.store.ports import Instant, Reader
from douane.runtime.store.records import Value
from douane.runtime.store.values import Stored
from douane.vocabulary.errors import Damaged, Held

LOADING: Final = "loading"
HELD: Final = "held"


class Hold(Value, frozen=True):
    """Why nothing leaves a partition. ``state``: LOADING while a restore writes it, then HELD."""

    state: str
    at: Instant
    reason: str


class Announcement(msgspec.Struct, frozen=True):
    """The content of such a row."""

    text: str


HOLD = Stored(18, Hold)


def hold_key(partition: int) -> bytes:
    """Where the hold of a partition lies."""
    return keys.space(keys.HOLD, partition)


def read_hold(raw: bytes | None) -> Hold | None:
    """A stored hold; raises Damaged where a restore was cut off, for such a store holds half of everything."""
    hold = None if raw is None else HOLD.read(raw)
    if hold is not None and hold.state == LOADING:
        raise Damaged(
            f"This store was being restored ({hold.reason}) and is not complete.",
            remedy="Restore again, into an empty store.",
        )
    return hold


def hold_of(reader: Reader, partitions: Iterable[int]) -> Hold | None:
    """The first hold among some partitions, as committed."""
    found = reader.read([hold_key(p) for p in partitions])
    return next((HOLD.read(raw) for raw in found if raw is not None), None)


def refuse_held(hold: Hold | None) -> None:
    """Raise Held where there is a hold."""
    if hold is not None:
        raise Held(
            "This node was restored from a backup and gives out nothing until its operator releases it.",
            remedy="Send what you did not get a receipt for again; collect later.",
        )
