"""Structs and writers of customs_office_of_transit_declared. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfTransitDeclared01(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfTransitDeclaredType01, CustomsOfficeOfTransitDeclaredType02, CustomsOfficeOfTransitDeclaredType04; in 11 messages."""
    sequence_number: int
    reference_number: str
    arrival_date_and_time_estimated: datetime.datetime | None = None

def write_customs_office_of_transit_declared01(v: CustomsOfficeOfTransitDeclared01) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><referenceNumber>{text(v.reference_number)}</referenceNumber>'
    if (v2 := v.arrival_date_and_time_estimated) is not None: out += f'<arrivalDateAndTimeEstimated>{v2.isoformat(timespec="seconds")}</arrivalDateAndTimeEstimated>'
    return out

class CustomsOfficeOfTransitDeclared03(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfTransitDeclaredType03; in CD010C, CD024C, CD063C, CD181C."""
    sequence_number: int
    reference_number: str

def write_customs_office_of_transit_declared03(v: CustomsOfficeOfTransitDeclared03) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><referenceNumber>{text(v.reference_number)}</referenceNumber>'
