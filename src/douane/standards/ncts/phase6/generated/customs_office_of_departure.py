"""Structs and writers of customs_office_of_departure. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfDeparture(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfDepartureType03; in 23 messages."""
    reference_number: str

def write_customs_office_of_departure(v: CustomsOfficeOfDeparture) -> str:
    return f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
