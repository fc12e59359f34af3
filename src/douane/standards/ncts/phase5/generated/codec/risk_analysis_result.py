"""Layouts and readers of risk_analysis_result. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase5.generated.risk_analysis_result import RiskAnalysisResult
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHA_NUMERIC_MAX512, NUMERIC_WITHOUT_ZERO_5, RISK_ANALYSIS_RESULT_CODE, RISK_AREA_CODE_CONTENT_TYPE

L_RISK_ANALYSIS_RESULT = Layout("RiskAnalysisResult", RiskAnalysisResult, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("code", "code", False, RISK_ANALYSIS_RESULT_CODE),
    Leaf("riskAreaCode", "risk_area_code", False, RISK_AREA_CODE_CONTENT_TYPE), Leaf("text", "text", False, ALPHA_NUMERIC_MAX512),
))

_L_RISK_ANALYSIS_RESULT_0 = run(L_RISK_ANALYSIS_RESULT, 0, 4)

def read_risk_analysis_result(text: str, starts: Starts, at: int) -> tuple[RiskAnalysisResult, int]:
    found = _L_RISK_ANALYSIS_RESULT_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    return RiskAnalysisResult(sequence_number=int(v0), code=v1, risk_area_code=v2, text=v3), at
