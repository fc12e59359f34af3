"""Structs of risk_analysis_result. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group


class RiskAnalysisResult(Group, frozen=True, kw_only=True, gc=False):
    """RiskAnalysisResultType; in 7 messages."""

    sequence_number: int
    code: str | None = None
    risk_area_code: str | None = None
    text: str | None = None
