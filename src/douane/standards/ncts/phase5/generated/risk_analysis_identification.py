"""Structs of risk_analysis_identification. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.risk_analysis import RiskAnalysis


class RiskAnalysisIdentification(Group, frozen=True, kw_only=True, gc=False):
    """RiskAnalysisIdentificationType; in 7 messages."""

    code: str
    risk_analysis: tuple[RiskAnalysis, ...] = ()
