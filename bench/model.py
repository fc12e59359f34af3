"""The application model at the size of a union: building and checking it, impact of every seventh node.

Goals: 500 services with 3,000 operations built and checked in <= 2 s, impact p99 <= 5 ms.
"""

from __future__ import annotations

import time
from typing import Any

from douane.model.build import build
from douane.model.checks import check
from douane.reference_architecture.impact import impact
from tests.model.generated_model import generated


def run(seconds: float = 5.0) -> dict[str, Any]:
    """Build, check, and ask the impact of a sample of nodes for at most so many seconds."""
    sources = generated()
    begin = time.perf_counter()
    model = build(sources)
    built = time.perf_counter()
    check(model)
    checked = time.perf_counter()
    took: list[float] = []
    for node in list(model)[::7]:
        start = time.perf_counter()
        impact(model, node)
        took.append(time.perf_counter() - start)
        if time.perf_counter() - checked > seconds:
            break
    took.sort()
    row = {
        "nodes": len(model), "edges": len(model.edges), "build_s": built - begin, "check_s": checked - built,
        "impacts": len(took), "impact_p50_ms": 1e3 * took[len(took) // 2],
        "impact_p99_ms": 1e3 * took[int(len(took) * 0.99)],
    }  # fmt: skip
    return {"name": "application model", "rows": [row], "ratios": {}}
