"""Structs of customs_office_of_transit_declared. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group


class CustomsOfficeOfTransitDeclared01(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfTransitDeclaredType01, CustomsOfficeOfTransitDeclaredType02, CustomsOfficeOfTransitDeclaredType04; in 11 messages."""

    sequence_number: int
    reference_number: str
    arrival_date_and_time_estimated: datetime.datetime | None = None


class CustomsOfficeOfTransitDeclared03(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfTransitDeclaredType03; in CD010C, CD024C, CD063C, CD181C."""

    sequence_number: int
    reference_number: str
