"""Structs and writers of validity_limitation. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class ValidityLimitation(Group, frozen=True, kw_only=True, gc=False):
    """ValidityLimitationType; in CC037C, CD201C, CD205C."""
    sequence_number: int
    guarantee_not_valid_in: str

def write_validity_limitation(v: ValidityLimitation) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><guaranteeNotValidIn>{text(v.guarantee_not_valid_in)}</guaranteeNotValidIn>'
