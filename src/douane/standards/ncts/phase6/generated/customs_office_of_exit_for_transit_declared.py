"""Structs and writers of customs_office_of_exit_for_transit_declared. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfExitForTransitDeclared(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfExitForTransitDeclaredType02; in CC013C, CC015C, CC017C, CC029C."""
    sequence_number: int
    reference_number: str

def write_customs_office_of_exit_for_transit_declared(v: CustomsOfficeOfExitForTransitDeclared) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><referenceNumber>{text(v.reference_number)}</referenceNumber>'
