"""Layouts and readers of guarantee. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, many, run
from douane.standards.ncts.phase5.generated.guarantee import Guarantee04, Guarantee06, Guarantee07
from douane.standards.ncts.phase5.generated.codec.guarantee_reference import L_GUARANTEE_REFERENCE_04, L_GUARANTEE_REFERENCE_14, L_GUARANTEE_REFERENCE_15, read_guarantee_reference_04, read_guarantee_reference_14, read_guarantee_reference_15
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHANUMERIC_CAPITAL1_TYPE, NUMERIC_WITHOUT_ZERO_5

L_GUARANTEE_06 = Layout("Guarantee", Guarantee06, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("guaranteeType", "guarantee_type", True, ALPHANUMERIC_CAPITAL1_TYPE),
    Inner("GuaranteeReference", "guarantee_reference", 1, 99, L_GUARANTEE_REFERENCE_04),
))
L_GUARANTEE_07 = Layout("Guarantee", Guarantee07, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("guaranteeType", "guarantee_type", True, ALPHANUMERIC_CAPITAL1_TYPE),
    Inner("GuaranteeReference", "guarantee_reference", 1, 99, L_GUARANTEE_REFERENCE_14),
))
L_GUARANTEE_04 = Layout("Guarantee", Guarantee04, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("guaranteeType", "guarantee_type", True, ALPHANUMERIC_CAPITAL1_TYPE),
    Inner("GuaranteeReference", "guarantee_reference", 1, 99, L_GUARANTEE_REFERENCE_15),
))

_L_GUARANTEE_06_0 = run(L_GUARANTEE_06, 0, 2)
_L_GUARANTEE_06_1 = run(L_GUARANTEE_06, 3, 3)
_L_GUARANTEE_07_0 = run(L_GUARANTEE_07, 0, 2)
_L_GUARANTEE_07_1 = run(L_GUARANTEE_07, 3, 3)
_L_GUARANTEE_04_0 = run(L_GUARANTEE_04, 0, 2)
_L_GUARANTEE_04_1 = run(L_GUARANTEE_04, 3, 3)

def read_guarantee_06(text: str, starts: Starts, at: int) -> tuple[Guarantee06, int]:
    found = _L_GUARANTEE_06_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    guarantee_reference, at = many(read_guarantee_reference_04, "<GuaranteeReference>", 99, text, starts, at)
    found = _L_GUARANTEE_06_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Guarantee06(sequence_number=int(v0), guarantee_type=v1, guarantee_reference=guarantee_reference), at

def read_guarantee_07(text: str, starts: Starts, at: int) -> tuple[Guarantee07, int]:
    found = _L_GUARANTEE_07_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    guarantee_reference, at = many(read_guarantee_reference_14, "<GuaranteeReference>", 99, text, starts, at)
    found = _L_GUARANTEE_07_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Guarantee07(sequence_number=int(v0), guarantee_type=v1, guarantee_reference=guarantee_reference), at

def read_guarantee_04(text: str, starts: Starts, at: int) -> tuple[Guarantee04, int]:
    found = _L_GUARANTEE_04_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    guarantee_reference, at = many(read_guarantee_reference_15, "<GuaranteeReference>", 99, text, starts, at)
    found = _L_GUARANTEE_04_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return Guarantee04(sequence_number=int(v0), guarantee_type=v1, guarantee_reference=guarantee_reference), at
