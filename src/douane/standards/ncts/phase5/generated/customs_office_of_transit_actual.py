"""Structs and writers of customs_office_of_transit_actual. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfTransitActual02(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfTransitActualType02; in CD024C, CD063C."""
    sequence_number: int
    reference_number: str

def write_customs_office_of_transit_actual02(v: CustomsOfficeOfTransitActual02) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><referenceNumber>{text(v.reference_number)}</referenceNumber>'

class CustomsOfficeOfTransitActual03(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfTransitActualType03; in CD114C, CD118C."""
    reference_number: str

def write_customs_office_of_transit_actual03(v: CustomsOfficeOfTransitActual03) -> str:
    return f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
