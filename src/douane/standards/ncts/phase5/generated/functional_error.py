"""Structs of functional_error. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group


class FunctionalError02(Group, frozen=True, kw_only=True, gc=False):
    """FunctionalErrorType02, FunctionalErrorType04; in CC056C, CC057C, CC906C."""

    error_pointer: str
    error_code: str
    error_reason: str
    original_attribute_value: str | None = None
