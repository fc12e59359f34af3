"""Structs and writers of customs_office_of_exit. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfExit(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfExitType; in CC042C, CC190C, CC191C."""
    reference_number: str

def write_customs_office_of_exit(v: CustomsOfficeOfExit) -> str:
    return f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
