"""Layouts and readers of guarantee_reference. Written by tools/ncts_family.py; do not edit."""

from decimal import Decimal

from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase6.generated.guarantee_reference import GuaranteeReference01
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHA_NUMERIC_4_NO_SPACES, CURRENCY_CONTENT_TYPE, DECIMAL_WITH_ZERO_16_2, GRNTYPE, NUMERIC_WITHOUT_ZERO_5

L_GUARANTEE_REFERENCE_03 = Layout("GuaranteeReference", GuaranteeReference01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("GRN", "grn", False, GRNTYPE),
    Leaf("accessCode", "access_code", False, ALPHA_NUMERIC_4_NO_SPACES),
    Leaf("amountToBeCovered", "amount_to_be_covered", True, DECIMAL_WITH_ZERO_16_2), Leaf("currency", "currency", True, CURRENCY_CONTENT_TYPE),
))

_L_GUARANTEE_REFERENCE_03_0 = run(L_GUARANTEE_REFERENCE_03, 0, 5)

def read_guarantee_reference_03(text: str, starts: Starts, at: int) -> tuple[GuaranteeReference01, int]:
    found = _L_GUARANTEE_REFERENCE_03_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4 = found.groups()
    at = found.end()
    return GuaranteeReference01(sequence_number=int(v0), grn=v1, access_code=v2, amount_to_be_covered=Decimal(v3), currency=v4), at
