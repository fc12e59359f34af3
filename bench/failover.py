"""A synchronous standby takes over under load: what was acknowledged and is lost, and how long nothing is accepted."""

from __future__ import annotations

import os
from typing import Any

from bench.brief import size
from tests.services import postgresql as servers
from tests.services.standby import fail_over, make_pair

GOAL = 2.0
"""Seconds from promotion to the first message accepted."""
ACKNOWLEDGED = size(2_000, brief=100)


def run(seconds: float) -> dict[str, Any]:
    """Kill the primary at a bounded number of messages, however many seconds are given; raises where one is lost."""
    result: dict[str, Any] = {"name": "failover to a synchronous standby", "rows": [], "ratios": {}}
    if servers.binaries() is None:
        return result | {"rows": [{"absent": servers.MISSING}]}
    os.sched_setaffinity(
        0, range(os.cpu_count() or 1)
    )  # two servers and the load: one core would measure the scheduler
    for _ in range(1 if seconds < 5 else 3):
        place = servers.folder()
        servers.end_with(os.getpid(), place)
        outcome = fail_over(make_pair(place), ACKNOWLEDGED, 200)
        assert outcome.lost == outcome.doubled == 0, str(outcome)
        result["rows"].append(
            {
                "acknowledged": outcome.acknowledged,
                "lost": outcome.lost,
                "doubled": outcome.doubled,
                "promotion_to_accept_s": round(outcome.seconds, 2),
                "kill_to_accept_s": round(outcome.outage, 2),
                "goal": "met" if outcome.seconds <= GOAL else f"missed ({GOAL:.0f} s)",
            }
        )
    return result
