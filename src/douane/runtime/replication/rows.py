"""How a view of final data lies in the map: entries by identity, their order of change, digests over ranges.

Everything lies behind a *head* (``keys.final_head``): ``s`` the state; ``e`` and the identity an entry; ``f`` and a
position the identity of what changed last there; ``n`` and the digits of a range what the range holds
(``standards.replication.tree``). An entry has one position, that of its last change: who reads on from a position gets
each entry that changed since, once, as it is now. So nothing that was deleted stays in the feed. A deletion leaves a
*tombstone*: the identity and the position, neither key nor content.
"""

from __future__ import annotations

from typing import Final

from douane.runtime.store import keys
from douane.runtime.store.records import Value
from douane.runtime.store.values import Stored


class State(Value, frozen=True):
    """How far a view is. position: of the last change; count: of entries that are there."""

    position: int = 0
    count: int = 0


class Kept(Value, frozen=True):
    """An entry, or a tombstone (without content). at: when it changed last, in microseconds; order: what it says of
    itself; source: key of the record that it was made of. A tombstone without a position was never an entry: it keeps
    older records of its key from becoming one."""

    position: int
    at: int
    key: str
    content: bytes | None
    order: int
    source: bytes


STATE: Final = Stored(60_010, State)
KEPT: Final = Stored(60_011, Kept)


def state_key(head: bytes) -> bytes:
    """Where the state lies."""
    return head + b"s"


def entry_key(head: bytes, id: bytes) -> bytes:
    """Where an entry lies."""
    return head + b"e" + id


def change_key(head: bytes, position: int) -> bytes:
    """Where it is kept what changed last at a position."""
    return head + b"f" + keys.u64(position)


def range_key(head: bytes, digits: str) -> bytes:
    """Where it is kept what a range holds."""
    return head + b"n" + digits.encode()
