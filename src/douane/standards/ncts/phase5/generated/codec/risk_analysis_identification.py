"""Layouts and readers of risk_analysis_identification. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, many, run
from douane.standards.ncts.phase5.generated.risk_analysis import RiskAnalysis
from douane.standards.ncts.phase5.generated.risk_analysis_identification import RiskAnalysisIdentification
from douane.standards.ncts.phase5.generated.codec.risk_analysis import L_RISK_ANALYSIS, read_risk_analysis
from douane.standards.ncts.phase5.generated.codec.kinds import CODE_CONTENT_TYPE06

L_RISK_ANALYSIS_IDENTIFICATION = Layout("RiskAnalysisIdentification", RiskAnalysisIdentification, (
    Leaf("code", "code", True, CODE_CONTENT_TYPE06), Inner("RiskAnalysis", "risk_analysis", 0, 9999, L_RISK_ANALYSIS),
))

_L_RISK_ANALYSIS_IDENTIFICATION_0 = run(L_RISK_ANALYSIS_IDENTIFICATION, 0, 1)
_L_RISK_ANALYSIS_IDENTIFICATION_1 = run(L_RISK_ANALYSIS_IDENTIFICATION, 2, 2)

def read_risk_analysis_identification(text: str, starts: Starts, at: int) -> tuple[RiskAnalysisIdentification, int]:
    found = _L_RISK_ANALYSIS_IDENTIFICATION_0(text, at)
    if found is None: raise Unusual
    v0 = found[1]
    at = found.end()
    risk_analysis: tuple[RiskAnalysis, ...] = ()
    if starts("<RiskAnalysis>", at): risk_analysis, at = many(read_risk_analysis, "<RiskAnalysis>", 9999, text, starts, at)
    found = _L_RISK_ANALYSIS_IDENTIFICATION_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return RiskAnalysisIdentification(code=v0, risk_analysis=risk_analysis), at
