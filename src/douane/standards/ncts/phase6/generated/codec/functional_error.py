"""Layouts and readers of functional_error. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase6.generated.functional_error import FunctionalError02
from douane.standards.ncts.phase6.generated.codec.kinds import AES_NCTS_P5_FUNCTIONAL_ERROR_CODES, ALPHA_NUMERIC_MAX512, ALPHA_NUMERIC_MAX7

L_FUNCTIONAL_ERROR_04 = Layout("FunctionalError", FunctionalError02, (
    Leaf("errorPointer", "error_pointer", True, ALPHA_NUMERIC_MAX512), Leaf("errorCode", "error_code", True, AES_NCTS_P5_FUNCTIONAL_ERROR_CODES),
    Leaf("errorReason", "error_reason", True, ALPHA_NUMERIC_MAX7),
    Leaf("originalAttributeValue", "original_attribute_value", False, ALPHA_NUMERIC_MAX512),
))

_L_FUNCTIONAL_ERROR_04_0 = run(L_FUNCTIONAL_ERROR_04, 0, 4)

def read_functional_error_04(text: str, starts: Starts, at: int) -> tuple[FunctionalError02, int]:
    found = _L_FUNCTIONAL_ERROR_04_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    return FunctionalError02(error_pointer=v0, error_code=v1, error_reason=v2, original_attribute_value=v3), at
