"""What an operator decided and the store keeps: lanes paused, messages discarded, services at rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from douane.runtime.store import keys
from douane.runtime.store.ports import Instant, Reader
from douane.runtime.store.records import Value
from douane.runtime.store.values import Stored

_LANE: Final = b"l"
_DISCARD: Final = b"d"
_REST: Final = b"m"
_MOST: Final = 1000
"""More services and circles than a node can have."""


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


class Maintained(Value, frozen=True):
    """What an operator last decided about a service: how it rests, as JSON, or that it works again (empty)."""

    at: Instant
    rest: str = ""


PAUSE = Stored(20, Pause)
DISCARD = Stored(21, Discard)
MAINTAINED = Stored(22, Maintained)


def pause_key(partition: int, lane: str) -> bytes:
    """Where the last decision about a lane lies; each partition has one."""
    return keys.space(keys.DECIDED, partition) + _LANE + keys.text(lane)


def rest_key(partition: int, name: str) -> bytes:
    """Where the last decision about a service and circle lies, in the partition of whoever took it."""
    return keys.space(keys.DECIDED, partition) + _REST + keys.text(name)


def maintained(reader: Reader, partitions: Iterable[int]) -> dict[str, Maintained]:
    """The latest decision about each service and circle, whichever partition has it: it holds for the whole node."""
    found: dict[str, Maintained] = {}
    for partition in partitions:
        prefix = keys.space(keys.DECIDED, partition) + _REST
        for key, value in reader.scan(prefix, keys.after(prefix), _MOST):
            name, decided = key[len(prefix) : -1].decode(), MAINTAINED.read(value)
            if name not in found or decided.at >= found[name].at:
                found[name] = decided
    return found


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
