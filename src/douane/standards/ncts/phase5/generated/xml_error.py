"""Structs and writers of xml_error. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class XMLError(Group, frozen=True, kw_only=True, gc=False):
    """XMLErrorType; in CC917C, CD917C."""
    error_line_number: int
    error_column_number: int
    error_pointer: str | None = None
    error_code: str
    error_text: str
    original_attribute_value: str | None = None

def write_xml_error(v: XMLError) -> str:
    out = f'<errorLineNumber>{v.error_line_number}</errorLineNumber><errorColumnNumber>{v.error_column_number}</errorColumnNumber>'
    if (v2 := v.error_pointer) is not None: out += f'<errorPointer>{text(v2)}</errorPointer>'
    out += f'<errorCode>{text(v.error_code)}</errorCode><errorText>{text(v.error_text)}</errorText>'
    if (v5 := v.original_attribute_value) is not None: out += f'<originalAttributeValue>{text(v5)}</originalAttributeValue>'
    return out
