"""Structs and writers of customs_office_of_destination_actual. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfDestinationActual(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfDestinationActualType03; in CC007C, CC025C, CC043C, CC044C, CC057C."""
    reference_number: str

def write_customs_office_of_destination_actual(v: CustomsOfficeOfDestinationActual) -> str:
    return f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
