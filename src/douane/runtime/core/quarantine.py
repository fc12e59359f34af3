"""Quarantine: messages set aside with the reason, searchable, released by an operator, never overtaken silently."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from douane.runtime.core.overlay import Overlay
from douane.runtime.core.owner import Pending
from douane.runtime.store.envelope import Parked

Attempt = Callable[[Pending, int], bool]
"""Runs the handler of a message and keeps its effects; False when it failed."""


def park(
    tick: Overlay, item: Pending, reason: str, *, waits_for: int = 0, blocks: bool = False, attempts: int = 1
) -> None:
    """Set a message aside. ``blocks``: later messages of its subject wait behind it."""
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
    )
    if blocks:
        tick.owner.blocked[row.subject] = item.position


def again(tick: Overlay, position: int, attempt: Attempt) -> None:
    """Handle a parked message again; when it succeeds, those that waited behind it follow in their order.

    Who names one that waits means the one it waits for: it must not overtake.
    """
    waiting = _parked(tick)
    parked = waiting.get(position)
    if parked is not None and parked.waits_for:
        position = parked.waits_for
        parked = waiting.get(position)
    if parked is None:
        return
    tick.owner.blocked.pop(parked.subject, None)
    if not _retry(tick, parked, attempt):
        return
    for follower in sorted(p.position for p in waiting.values() if p.waits_for == position):
        blocker = tick.owner.blocked.get(parked.subject)
        if blocker:
            tick.parked[follower] = msgspec.structs.replace(waiting[follower], waits_for=blocker)
        else:
            _retry(tick, waiting[follower], attempt)


def _parked(tick: Overlay) -> dict[int, Parked]:
    """What is set aside as of this moment of the tick: an earlier command of it may have changed that."""
    stored: dict[int, Parked | None] = {p.position: p for p in tick.owner.parked()}
    return {position: parked for position, parked in (stored | tick.parked).items() if parked is not None}


def _retry(tick: Overlay, parked: Parked, attempt: Attempt) -> bool:
    row = tick.owner.journal_row(parked.position)
    tick.parked[parked.position] = None
    return attempt(Pending(parked.position, row), parked.attempts + 1)
