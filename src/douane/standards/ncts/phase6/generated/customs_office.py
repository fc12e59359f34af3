"""Structs and writers of customs_office. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CustomsOffice(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeType01, CustomsOfficeType02; in CC007C, CC013C, CC015C, CC029C, CC170C, CC190C."""
    reference_number: str

def write_customs_office(v: CustomsOffice) -> str:
    return f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
