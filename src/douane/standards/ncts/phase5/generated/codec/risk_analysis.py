"""Layouts and readers of risk_analysis. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, many, run
from douane.standards.ncts.phase5.generated.risk_analysis import RiskAnalysis
from douane.standards.ncts.phase5.generated.codec.risk_analysis_result import L_RISK_ANALYSIS_RESULT, read_risk_analysis_result
from douane.standards.ncts.phase5.generated.codec.kinds import DECLARATION_GOODS_ITEM_NUMBER_TYPE_WITH_ZERO, NUMERIC_WITHOUT_ZERO_5

L_RISK_ANALYSIS = Layout("RiskAnalysis", RiskAnalysis, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("declarationGoodsItemNumber", "declaration_goods_item_number", False, DECLARATION_GOODS_ITEM_NUMBER_TYPE_WITH_ZERO),
    Inner("RiskAnalysisResult", "risk_analysis_result", 1, 99, L_RISK_ANALYSIS_RESULT),
))

_L_RISK_ANALYSIS_0 = run(L_RISK_ANALYSIS, 0, 2)
_L_RISK_ANALYSIS_1 = run(L_RISK_ANALYSIS, 3, 3)

def read_risk_analysis(text: str, starts: Starts, at: int) -> tuple[RiskAnalysis, int]:
    found = _L_RISK_ANALYSIS_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    risk_analysis_result, at = many(read_risk_analysis_result, "<RiskAnalysisResult>", 99, text, starts, at)
    found = _L_RISK_ANALYSIS_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return RiskAnalysis(sequence_number=int(v0), declaration_goods_item_number=None if v1 is None else int(v1), risk_analysis_result=risk_analysis_result), at
