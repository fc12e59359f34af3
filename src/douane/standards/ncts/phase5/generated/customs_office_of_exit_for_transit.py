"""Structs and writers of customs_office_of_exit_for_transit. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfExitForTransit(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfExitForTransitType; in CD094C, CD095C."""
    reference_number: str

def write_customs_office_of_exit_for_transit(v: CustomsOfficeOfExitForTransit) -> str:
    return f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
