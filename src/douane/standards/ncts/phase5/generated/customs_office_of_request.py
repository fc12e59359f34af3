"""Structs and writers of customs_office_of_request. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfRequest01(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRequestType01, CustomsOfficeOfRequestType02; in CD027C, CD038C, CD059C, CD142C."""
    reference_number: str

def write_customs_office_of_request01(v: CustomsOfficeOfRequest01) -> str:
    return f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
