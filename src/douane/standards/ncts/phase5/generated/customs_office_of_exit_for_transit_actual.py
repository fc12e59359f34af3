"""Structs and writers of customs_office_of_exit_for_transit_actual. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfExitForTransitActual01(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfExitForTransitActualType01; in CD024C, CD063C."""
    sequence_number: int
    reference_number: str

def write_customs_office_of_exit_for_transit_actual01(v: CustomsOfficeOfExitForTransitActual01) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><referenceNumber>{text(v.reference_number)}</referenceNumber>'

class CustomsOfficeOfExitForTransitActual02(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfExitForTransitActualType02; in CD164C, CD165C, CD168C."""
    reference_number: str

def write_customs_office_of_exit_for_transit_actual02(v: CustomsOfficeOfExitForTransitActual02) -> str:
    return f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
