"""Structs and writers of customs_office_of_destination_actual. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfDestinationActual(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfDestinationActualType01, CustomsOfficeOfDestinationActualType02, CustomsOfficeOfDestinationActualType03; in 13 messages."""
    reference_number: str

def write_customs_office_of_destination_actual(v: CustomsOfficeOfDestinationActual) -> str:
    return f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
