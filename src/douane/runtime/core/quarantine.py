"""Quarantine: messages set aside with the reason, searchable, released by an operator, never overtaken silently.

What a party of a case sent holds up the case. What somebody sent who only wants to join holds up nobody but himself:
what he sends of that case later waits behind it, or his second message would be judged before the one that lets him in.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from douane.runtime.core.commands import Discarding
from douane.runtime.core.overlay import Overlay
from douane.runtime.core.owner import Owner, Pending
from douane.runtime.store.decided import DISCARD, Discard, discard_key
from douane.runtime.store.envelope import Parked

Attempt = Callable[[Pending, int], bool]
"""Runs the handler of a message and keeps its effects; False when it failed."""


def park(
    tick: Overlay, item: Pending, reason: str, *, waits_for: int = 0, blocks: bool = False, joins: bool = False,
    attempts: int = 1,
) -> None:  # fmt: skip
    """Set a message aside. ``blocks``: later messages of its subject wait behind it; ``joins``: those of its sender."""
    row = item.row
    tick.parked[item.position] = Parked(
        item.position,
        row.subject,
        row.operation,
        row.id,
        row.sender,
        reason[:500],
        tick.now,
        waits_for,
        blocks,
        attempts,
        joins,
    )
    note(tick.owner, tick.parked[item.position])


def note(owner: Owner, parked: Parked | None) -> None:
    """Keep in mind what waits behind a message that was set aside."""
    if parked is not None and parked.blocks:
        owner.blocked[parked.subject] = parked.position
    if parked is not None and parked.joins:
        owner.joining[parked.subject, parked.sender] = parked.position
    if parked is not None and parked.waits_for:
        owner.behind.setdefault(parked.waits_for, set()).add(parked.position)


def blocker_of(owner: Owner, subject: int, sender: str) -> int:
    """Behind which message one of this sender about this case waits; 0: behind none."""
    return owner.blocked.get(subject) or owner.joining.get((subject, sender)) or 0


def again(tick: Overlay, position: int, attempt: Attempt) -> None:
    """Handle a parked message again; when it succeeds, those that waited behind it follow in their order.

    Who names one that waits means the one it waits for: it must not overtake.
    """
    parked = _parked(tick, position)
    if parked is not None and parked.waits_for:
        parked = _parked(tick, parked.waits_for)
    if parked is None:
        return
    _forget(tick.owner, parked)
    if _retry(tick, parked, attempt):
        _follow(tick, parked, attempt)


def _follow(tick: Overlay, parked: Parked, attempt: Attempt) -> None:
    """Handle what waited behind a message, until one fails that the rest waits behind."""
    for position in sorted(tick.owner.behind.pop(parked.position, ())):
        follower = _parked(tick, position)
        if follower is None:
            continue
        blocker = blocker_of(tick.owner, parked.subject, follower.sender)
        if blocker:
            tick.parked[position] = msgspec.structs.replace(follower, waits_for=blocker)
            note(tick.owner, tick.parked[position])
        else:
            _retry(tick, follower, attempt)


def discard(tick: Overlay, command: Discarding, attempt: Attempt) -> None:
    """Keep that a parked message shall not be handled, as two persons want it.

    What waited behind it follows in its order, as if it had been handled.
    """
    parked = _parked(tick, command.position)
    if parked is None or parked.waits_for:
        return
    kept = Discard(tick.now, command.proposed_by, command.reason, command.by)
    tick.aside.put[discard_key(command.position)] = DISCARD.write(kept)
    _forget(tick.owner, parked)
    tick.parked[parked.position] = None
    _follow(tick, parked, attempt)


def _forget(owner: Owner, parked: Parked) -> None:
    if owner.blocked.get(parked.subject) == parked.position:
        del owner.blocked[parked.subject]
    if owner.joining.get((parked.subject, parked.sender)) == parked.position:
        del owner.joining[parked.subject, parked.sender]


def _parked(tick: Overlay, position: int) -> Parked | None:
    """A message that is set aside as of this moment of the tick: an earlier command of it may have changed that."""
    return tick.parked[position] if position in tick.parked else tick.owner.parked_at(position)


def _retry(tick: Overlay, parked: Parked, attempt: Attempt) -> bool:
    row = tick.owner.journal_row(parked.position)
    tick.parked[parked.position] = None
    return attempt(Pending(parked.position, row), parked.attempts + 1)
