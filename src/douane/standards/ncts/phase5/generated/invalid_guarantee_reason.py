"""Structs and writers of invalid_guarantee_reason. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class InvalidGuaranteeReason02(Group, frozen=True, kw_only=True, gc=False):
    """InvalidGuaranteeReasonType02; in CD201C, CD205C."""
    sequence_number: int
    code: str

def write_invalid_guarantee_reason02(v: InvalidGuaranteeReason02) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><code>{text(v.code)}</code>'
