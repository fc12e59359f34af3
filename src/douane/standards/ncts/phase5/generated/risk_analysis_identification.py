"""Structs and writers of risk_analysis_identification. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.risk_analysis import RiskAnalysis, write_risk_analysis
from douane.standards.ncts.binding.writing import text

class RiskAnalysisIdentification(Group, frozen=True, kw_only=True, gc=False):
    """RiskAnalysisIdentificationType; in 7 messages."""
    code: str
    risk_analysis: tuple[RiskAnalysis, ...] = ()

def write_risk_analysis_identification(v: RiskAnalysisIdentification) -> str:
    out = f'<code>{text(v.code)}</code>'
    for v1 in v.risk_analysis: out += f'<RiskAnalysis>{write_risk_analysis(v1)}</RiskAnalysis>'
    return out
