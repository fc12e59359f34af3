"""What an operator decided and the store keeps: lanes paused, messages discarded or out of their lane, services at
rest; what one proposed that two persons answer for; which octets of a followed file hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from douane.runtime.store import keys
from douane.runtime.store.ports import Instant, Reader
from douane.runtime.store.records import Value
from douane.runtime.store.values import Stored

_LANE: Final = b"l"
_DISCARD: Final = b"d"
_REST: Final = b"m"
_PROPOSED: Final = b"p"
_SET_ASIDE: Final = b"s"
_APPROVED: Final = b"f"
_WENT_BACK: Final = b"c"
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


class Proposal(Value, frozen=True):
    """An act that two persons answer for, as one of them wants it.

    at: when; a later one about the same counts. act, on: what, and what about. by: the account of who proposes it.
    drawn: what it does, sentence by sentence, as whoever agrees sees it. digest: what he names. confirmed: whether
    ``by`` signed in and said so; a command only names him, and ``user`` is who gave it. over: it was done, with
    ``second``.
    """

    at: Instant
    act: str
    on: str
    reason: str
    by: str
    drawn: tuple[str, ...]
    digest: str
    confirmed: bool = False
    user: str = ""
    over: bool = False
    second: str = ""


class SetAside(Value, frozen=True):
    """That a message stays out of its lane, as an operator wants it; over: it was put back."""

    at: Instant
    by: str
    reason: str
    over: bool = False


class Approved(Value, frozen=True):
    """That a followed file holds in these octets (SHA-256). by, second: who proposed and who agreed; both empty for the
    file that stood there when the node first began, second for the first operator: he comes by a voucher."""

    at: Instant
    digest: str
    by: str = ""
    second: str = ""


class WentBack(Value, frozen=True):
    """That the clock of a log went back, since two persons agreed: to ``at``, from ``before``, at which instants it was
    committed behind and before. leaf: index of the leaf that says so. digest: of what was agreed with. by, second: who
    proposed and who agreed; second is empty where no operator was kept, and ``by`` a user of the machine."""

    at: Instant
    before: Instant
    digest: str
    by: str
    second: str
    reason: str
    leaf: int = 0


PAUSE = Stored(20, Pause)
DISCARD = Stored(21, Discard)
MAINTAINED = Stored(22, Maintained)
PROPOSAL = Stored(23, Proposal)
SET_ASIDE = Stored(24, SetAside)
APPROVED = Stored(25, Approved)
WENT_BACK = Stored(27, WentBack)


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


# --- two persons


def proposal_key(partition: int, about: str) -> bytes:
    """Where a proposal lies, in the partition of what it is about, or of whoever took it."""
    return keys.space(keys.DECIDED, partition) + _PROPOSED + keys.text(about)


def proposals(reader: Reader, partitions: Iterable[int]) -> dict[str, Proposal]:
    """What was last proposed about each thing, whichever partition has it; also what is over."""
    found: dict[str, Proposal] = {}
    for about, raw in _rows(reader, partitions, _PROPOSED):
        each = PROPOSAL.read(raw)
        if about not in found or each.at >= found[about].at:
            found[about] = each
    return found


def approved_key(partition: int, name: str) -> bytes:
    """Where it lies which octets of a followed file hold."""
    return keys.space(keys.DECIDED, partition) + _APPROVED + keys.text(name)


def approvals(reader: Reader, partitions: Iterable[int]) -> dict[str, Approved]:
    """Which octets of each followed file hold, by its name: what was approved last, whichever partition has it."""
    found: dict[str, Approved] = {}
    for name, raw in _rows(reader, partitions, _APPROVED):
        each = APPROVED.read(raw)
        if name not in found or each.at >= found[name].at:
            found[name] = each
    return found


def set_aside_key(position: int) -> bytes:
    """Where it is kept that a sent message stays out of its lane."""
    return keys.space(keys.DECIDED, position >> 48) + _SET_ASIDE + keys.u64(position)


def set_aside(reader: Reader, position: int) -> SetAside | None:
    """Who keeps a message out of its lane, and why; None where nobody does."""
    (raw,) = reader.read([set_aside_key(position)])
    kept = SET_ASIDE.read(raw) if raw is not None else None
    return kept if kept is not None and not kept.over else None


def all_set_aside(reader: Reader, partitions: Iterable[int]) -> set[int]:
    """The messages of these partitions that stay out of their lanes."""
    found: set[int] = set()
    for partition in partitions:
        prefix = keys.space(keys.DECIDED, partition) + _SET_ASIDE
        start = prefix
        while rows := reader.scan(start, keys.after(prefix), _MOST):
            found |= {int.from_bytes(key[-8:], "big") for key, raw in rows if not SET_ASIDE.read(raw).over}
            start = rows[-1][0] + b"\0"
    return found


def went_back_key(partition: int, digest: str) -> bytes:
    """Where it is kept that the clock went back by what was agreed with: it does so once."""
    return keys.space(keys.DECIDED, partition) + _WENT_BACK + keys.text(digest)


def went_back(reader: Reader, partition: int) -> list[WentBack]:
    """Each time that the clock of a log went back, in the order of its leaves."""
    found = [WENT_BACK.read(raw) for _, raw in _rows(reader, [partition], _WENT_BACK)]
    return sorted(found, key=lambda each: each.leaf)


def _rows(reader: Reader, partitions: Iterable[int], kind: bytes) -> Iterator[tuple[str, bytes]]:
    for partition in partitions:
        prefix = keys.space(keys.DECIDED, partition) + kind
        start = prefix
        while rows := reader.scan(start, keys.after(prefix), _MOST):
            yield from ((key[len(prefix) : -1].decode(), raw) for key, raw in rows)
            start = rows[-1][0] + b"\0"
