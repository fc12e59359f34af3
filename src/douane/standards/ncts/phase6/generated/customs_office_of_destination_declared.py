"""Structs and writers of customs_office_of_destination_declared. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfDestinationDeclared(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfDestinationDeclaredType01; in CC013C, CC015C, CC017C, CC029C."""
    reference_number: str

def write_customs_office_of_destination_declared(v: CustomsOfficeOfDestinationDeclared) -> str:
    return f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
