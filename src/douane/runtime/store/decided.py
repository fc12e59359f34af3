"""What an operator decided and the store keeps: lanes that are paused, and messages that are discarded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from douane.runtime.store import keys
from douane.runtime.store.ports import Instant, Reader
from douane.runtime.store.records import Value
from douane.runtime.store.values import Stored

_LANE: Final = b"l"
_DISCARD: Final = b"d"


class Pause(Value, frozen=True):
    """What an operator last decided about a lane: it carries nothing, or goes on again (over)."""

    at: Instant
    by: str
    reason: str
    over: bool = False


class Discard(Value, frozen=True):
    """That a message set aside shall not be handled. by: who agreed; empty while somebody only proposed it."""

    at: Instant
    proposed_by: str
    reason: str
    by: str = ""


PAUSE = Stored(20, Pause)
DISCARD = Stored(21, Discard)


def pause_key(partition: int, lane: str) -> bytes:
    """Where the last decision about a lane lies; each partition has one."""
    return keys.space(keys.DECIDED, partition) + _LANE + keys.text(lane)


def discard_key(position: int) -> bytes:
    """Where it is kept that a message shall not be handled."""
    return keys.space(keys.DECIDED, position >> 48) + _DISCARD + keys.u64(position)


def paused(reader: Reader, partitions: Iterable[int]) -> dict[str, Pause]:
    """The lanes that are paused: of each the latest decision in any partition counts.

    ``partitions``: all of the node. One whose worker was away when a lane was paused, or went on, has an older one.
    """
    return {lane: each for lane, each in decisions(reader, partitions).items() if not each.over}


def decisions(reader: Reader, partitions: Iterable[int]) -> dict[str, Pause]:
    """The latest decision about each lane, whichever partition has it."""
    found: dict[str, Pause] = {}
    for partition in partitions:
        prefix = keys.space(keys.DECIDED, partition) + _LANE
        start = prefix
        while rows := reader.scan(start, keys.after(prefix), 1000):
            for key, value in rows:
                lane, pause = key[len(prefix) : -1].decode(), PAUSE.read(value)
                if lane not in found or pause.at >= found[lane].at:
                    found[lane] = pause
            start = rows[-1][0] + b"\0"
    return found


def discarded(reader: Reader, position: int) -> Discard | None:
    """Who proposed or agreed that a message shall not be handled; None where nobody did."""
    (raw,) = reader.read([discard_key(position)])
    return DISCARD.read(raw) if raw is not None else None
