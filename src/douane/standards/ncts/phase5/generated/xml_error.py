"""Structs of xml_error. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group


class XMLError(Group, frozen=True, kw_only=True, gc=False):
    """XMLErrorType; in CC917C, CD917C."""

    error_line_number: int
    error_column_number: int
    error_pointer: str | None = None
    error_code: str
    error_text: str
    original_attribute_value: str | None = None
