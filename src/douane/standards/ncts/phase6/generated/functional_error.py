"""Structs and writers of functional_error. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class FunctionalError02(Group, frozen=True, kw_only=True, gc=False):
    """FunctionalErrorType02, FunctionalErrorType04; in CC056C, CC057C, CC906C."""
    error_pointer: str
    error_code: str
    error_reason: str
    original_attribute_value: str | None = None

def write_functional_error02(v: FunctionalError02) -> str:
    out = f'<errorPointer>{text(v.error_pointer)}</errorPointer><errorCode>{text(v.error_code)}</errorCode><errorReason>{text(v.error_reason)}</errorReason>'
    if (v3 := v.original_attribute_value) is not None: out += f'<originalAttributeValue>{text(v3)}</originalAttributeValue>'
    return out
