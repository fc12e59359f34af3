"""Layouts and readers of additional_reference. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase6.generated.additional_reference import AdditionalReference02, AdditionalReference06
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_MAX70, ALPHA_NUMERIC_MAX70_NO_SPACES, NUMERIC_WITHOUT_ZERO_5, TYPE_CONTENT_TYPE02

L_ADDITIONAL_REFERENCE_05 = Layout("AdditionalReference", AdditionalReference02, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", True, TYPE_CONTENT_TYPE02),
    Leaf("referenceNumber", "reference_number", False, ALPHA_NUMERIC_MAX70_NO_SPACES),
))
L_ADDITIONAL_REFERENCE_06 = Layout("AdditionalReference", AdditionalReference06, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", False, TYPE_CONTENT_TYPE02),
    Leaf("referenceNumber", "reference_number", False, ALPHA_NUMERIC_MAX70_NO_SPACES),
))
L_ADDITIONAL_REFERENCE_03 = Layout("AdditionalReference", AdditionalReference02, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", True, TYPE_CONTENT_TYPE02),
    Leaf("referenceNumber", "reference_number", False, ALPHANUMERIC_MAX70),
))

_L_ADDITIONAL_REFERENCE_05_0 = run(L_ADDITIONAL_REFERENCE_05, 0, 3)
_L_ADDITIONAL_REFERENCE_06_0 = run(L_ADDITIONAL_REFERENCE_06, 0, 3)
_L_ADDITIONAL_REFERENCE_03_0 = run(L_ADDITIONAL_REFERENCE_03, 0, 3)

def read_additional_reference_05(text: str, starts: Starts, at: int) -> tuple[AdditionalReference02, int]:
    found = _L_ADDITIONAL_REFERENCE_05_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return AdditionalReference02(sequence_number=int(v0), type=v1, reference_number=v2), at

def read_additional_reference_06(text: str, starts: Starts, at: int) -> tuple[AdditionalReference06, int]:
    found = _L_ADDITIONAL_REFERENCE_06_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return AdditionalReference06(sequence_number=int(v0), type=v1, reference_number=v2), at

def read_additional_reference_03(text: str, starts: Starts, at: int) -> tuple[AdditionalReference02, int]:
    found = _L_ADDITIONAL_REFERENCE_03_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return AdditionalReference02(sequence_number=int(v0), type=v1, reference_number=v2), at
