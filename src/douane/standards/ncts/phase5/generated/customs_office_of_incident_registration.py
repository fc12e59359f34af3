"""Structs and writers of customs_office_of_incident_registration. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfIncidentRegistration02(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfIncidentRegistrationType02; in CC182C, CD180C, CD181C."""
    reference_number: str

def write_customs_office_of_incident_registration02(v: CustomsOfficeOfIncidentRegistration02) -> str:
    return f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
