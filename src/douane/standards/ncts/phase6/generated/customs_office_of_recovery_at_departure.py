"""Structs and writers of customs_office_of_recovery_at_departure. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfRecoveryAtDeparture(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRecoveryAtDepartureType01; in CC023C, CC035C, CC048C."""
    reference_number: str

def write_customs_office_of_recovery_at_departure(v: CustomsOfficeOfRecoveryAtDeparture) -> str:
    return f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
