"""Structs and writers of customs_office_of_transit_declared. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfTransitDeclared(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfTransitDeclaredType04; in CC013C, CC015C, CC017C, CC029C."""
    sequence_number: int
    reference_number: str
    arrival_date_and_time_estimated: datetime.datetime | None = None

def write_customs_office_of_transit_declared(v: CustomsOfficeOfTransitDeclared) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><referenceNumber>{text(v.reference_number)}</referenceNumber>'
    if (v2 := v.arrival_date_and_time_estimated) is not None: out += f'<arrivalDateAndTimeEstimated>{v2.isoformat(timespec="seconds")}</arrivalDateAndTimeEstimated>'
    return out
