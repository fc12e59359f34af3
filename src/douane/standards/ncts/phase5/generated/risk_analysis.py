"""Structs and writers of risk_analysis. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.risk_analysis_result import RiskAnalysisResult, write_risk_analysis_result

class RiskAnalysis(Group, frozen=True, kw_only=True, gc=False):
    """RiskAnalysisType; in 7 messages."""
    sequence_number: int
    declaration_goods_item_number: int | None = None
    risk_analysis_result: tuple[RiskAnalysisResult, ...]

def write_risk_analysis(v: RiskAnalysis) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.declaration_goods_item_number) is not None: out += f'<declarationGoodsItemNumber>{v1}</declarationGoodsItemNumber>'
    for v2 in v.risk_analysis_result: out += f'<RiskAnalysisResult>{write_risk_analysis_result(v2)}</RiskAnalysisResult>'
    return out
