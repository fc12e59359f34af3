"""Layouts and readers of guarantee. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, many, run
from douane.standards.ncts.phase6.generated.guarantee import Guarantee
from douane.standards.ncts.phase6.generated.guarantee_reference import GuaranteeReference01
from douane.standards.ncts.phase6.generated.codec.guarantee_reference import L_GUARANTEE_REFERENCE_03, read_guarantee_reference_03
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_CAPITAL1_TYPE, ALPHA_NUMERIC_MAX35_NO_SPACES, NUMERIC_WITHOUT_ZERO_5

L_GUARANTEE_01 = Layout("Guarantee", Guarantee, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("guaranteeType", "guarantee_type", True, ALPHANUMERIC_CAPITAL1_TYPE),
    Leaf("otherGuaranteeReference", "other_guarantee_reference", False, ALPHA_NUMERIC_MAX35_NO_SPACES),
    Inner("GuaranteeReference", "guarantee_reference", 0, 99, L_GUARANTEE_REFERENCE_03),
))

_L_GUARANTEE_01_0 = run(L_GUARANTEE_01, 0, 3)
_L_GUARANTEE_01_1 = run(L_GUARANTEE_01, 4, 4)

def read_guarantee_01(text: str, starts: Starts, at: int) -> tuple[Guarantee, int]:
    found = _L_GUARANTEE_01_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    guarantee_reference: tuple[GuaranteeReference01, ...] = ()
    if starts("<GuaranteeReference>", at): guarantee_reference, at = many(read_guarantee_reference_03, "<GuaranteeReference>", 99, text, starts, at)
    found = _L_GUARANTEE_01_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Guarantee(sequence_number=int(v0), guarantee_type=v1, other_guarantee_reference=v2, guarantee_reference=guarantee_reference), at
