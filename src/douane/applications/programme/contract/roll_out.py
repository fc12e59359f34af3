"""The roll-out as it is declared: the union of ``make run``, step by step. An administration plans its own anew."""

from __future__ import annotations

import datetime as dt
from typing import Final

from douane.author import Stage, Step


def _way(administration: str, service: str, *stages: tuple[Stage, str]) -> tuple[Step, ...]:
    return tuple(Step(administration, service, stage, dt.date.fromisoformat(day)) for stage, day in stages)


STEPS: Final = (
    *_way("FR", "transit", (Stage.PHASE_5, "2025-12-31"), (Stage.SERVICE, "2026-06-01"), (Stage.CENTRAL, "2026-09-01"),
          (Stage.OPENS, "2026-06-01"), (Stage.PARALLEL, "2026-09-01"), (Stage.CLOSES, "2027-01-15"),
          (Stage.PHASE_6, "2027-03-01")),
    *_way("DE", "transit", (Stage.PHASE_5, "2025-12-31"), (Stage.LEGACY, "2025-12-31"), (Stage.WRAPPED, "2026-03-02"),
          (Stage.SERVICE, "2026-06-01"), (Stage.OWN, "2026-06-01"), (Stage.PHASE_6, "2027-03-01")),
    *_way("AT", "transit", (Stage.PHASE_5, "2025-12-31"), (Stage.SERVICE, "2026-06-01"), (Stage.OWN, "2026-06-01")),
    *_way("FR", "export_procedure", (Stage.OPENS, "2027-09-01"), (Stage.PARALLEL, "2027-10-01"),
          (Stage.CLOSES, "2028-01-10")),
    *_way("IT", "risk_analysis", (Stage.SERVICE, "2026-10-01"), (Stage.CENTRAL, "2026-10-01")),
)  # fmt: skip
"""What is planned where an administration has not said otherwise."""
