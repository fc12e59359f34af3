"""Structs and writers of customs_office_of_destination. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfDestination(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfDestinationType02; in CC042C, CC048C."""
    reference_number: str

def write_customs_office_of_destination(v: CustomsOfficeOfDestination) -> str:
    return f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
