"""Structs and writers of customs_office_of_guarantee. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfGuarantee(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfGuaranteeType01, CustomsOfficeOfGuaranteeType02; in 11 messages."""
    reference_number: str

def write_customs_office_of_guarantee(v: CustomsOfficeOfGuarantee) -> str:
    return f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
