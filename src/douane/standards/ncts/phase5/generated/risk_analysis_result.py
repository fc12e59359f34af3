"""Structs and writers of risk_analysis_result. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class RiskAnalysisResult(Group, frozen=True, kw_only=True, gc=False):
    """RiskAnalysisResultType; in 7 messages."""
    sequence_number: int
    code: str | None = None
    risk_area_code: str | None = None
    text: str | None = None

def write_risk_analysis_result(v: RiskAnalysisResult) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.code) is not None: out += f'<code>{text(v1)}</code>'
    if (v2 := v.risk_area_code) is not None: out += f'<riskAreaCode>{text(v2)}</riskAreaCode>'
    if (v3 := v.text) is not None: out += f'<text>{text(v3)}</text>'
    return out
