"""Structs of risk_analysis. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.risk_analysis_result import RiskAnalysisResult


class RiskAnalysis(Group, frozen=True, kw_only=True, gc=False):
    """RiskAnalysisType; in 7 messages."""

    sequence_number: int
    declaration_goods_item_number: int | None = None
    risk_analysis_result: tuple[RiskAnalysisResult, ...]
