"""The types of customs decision (DA 2015/2446 Annex A, 31 01 000 002; CL-3101): the one list of them."""

from __future__ import annotations

import enum
from typing import Final


class DecisionType(enum.StrEnum):
    """Types of decision that are applied for and decided (DA Annex A, 31 01 000 002; CL-3101)."""

    AEOC = "AEOC"
    AEOS = "AEOS"
    AEOF = "AEOF"
    BTI = "BTI"
    CVA = "CVA"
    CGU = "CGU"
    DPO = "DPO"
    TST = "TST"
    RSS = "RSS"
    ACP = "ACP"
    SDE = "SDE"
    CCL = "CCL"
    EIR = "EIR"
    SAS = "SAS"
    AWB = "AWB"
    IPO = "IPO"
    OPO = "OPO"
    EUS = "EUS"
    TEA = "TEA"
    CWP = "CWP"
    CW1 = "CW1"
    CW2 = "CW2"
    ACT = "ACT"
    ACR = "ACR"
    ACE = "ACE"
    SSE = "SSE"
    TRD = "TRD"
    ETD = "ETD"


NOT_DECIDED: Final = frozenset({"REP", "REM", "BOI", "BVI"})
"""Types of the same list that nothing here decides yet."""
DECISION_TYPES: Final = frozenset(DecisionType) | NOT_DECIDED | {"REX"}
"""Types that a reference may name: all of them, and the registration of exporters."""
