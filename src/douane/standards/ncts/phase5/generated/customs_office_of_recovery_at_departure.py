"""Structs and writers of customs_office_of_recovery_at_departure. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfRecoveryAtDeparture01(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRecoveryAtDepartureType01; in CC023C, CC035C, CC048C, CD063C."""
    reference_number: str

def write_customs_office_of_recovery_at_departure01(v: CustomsOfficeOfRecoveryAtDeparture01) -> str:
    return f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
