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
    out += f'<code>{text(v2)}</code>' if (v2 := v.code) is not None else ''
    out += f'<riskAreaCode>{text(v3)}</riskAreaCode>' if (v3 := v.risk_area_code) is not None else ''
    out += f'<text>{text(v4)}</text>' if (v4 := v.text) is not None else ''
    return out
