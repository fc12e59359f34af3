"""What a console draws: curves of the last hour from the ring of figures, and bars of thirty days from the ledger."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Final

from douane.portal.watched import Curve
from douane.shared_services.monitoring.ring import Sample
from douane.supervision.levels import Ledger

HOUR: Final = 60
"""Samples of an hour."""
DAYS: Final = 30
_MINUTES: Final = 1_440


def curves_of(samples: Sequence[Sample]) -> tuple[Curve, ...]:
    """The figures of the last hour; none before the first minute."""
    hour = samples[-HOUR:]
    if not hour:
        return ()
    found = (
        ("Messages accepted in a minute", tuple(float(each.accepted) for each in hour), False),
        ("Waiting to be handled", tuple(float(each.pending) for each in hour), False),
        ("Partners for whom something waits", tuple(float(each.waiting) for each in hour), False),
        ("The oldest that waits for a partner", tuple(each.oldest for each in hour), True),
        ("A commit in the store", tuple(each.commit for each in hour), True),
        ("The process comes round late by", tuple(each.late for each in hour), True),
    )
    return tuple(Curve(name, values[-1], values, seconds) for name, values, seconds in found)


def days_of(ledger: Ledger, now: dt.datetime) -> dict[str, tuple[float | None, ...]]:
    """By door, the share of the minutes seen that were good, of each of the last thirty days, oldest first; None where
    nobody looked."""
    last = int(now.timestamp()) // 60 // _MINUTES
    first = last - DAYS + 1
    began = now - dt.timedelta(days=DAYS - 1)
    good, seen = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    for month in dict.fromkeys((f"{began:%Y-%m}", f"{now:%Y-%m}")):
        for each in ledger.month(month):
            day = each.minute // _MINUTES
            if not each.service and first <= day <= last:
                seen[each.platform, day] += 1
                good[each.platform, day] += not each.cause
    return {
        door: tuple(good[door, day] / seen[door, day] if seen[door, day] else None for day in range(first, last + 1))
        for door in sorted({door for door, _ in seen})
    }
