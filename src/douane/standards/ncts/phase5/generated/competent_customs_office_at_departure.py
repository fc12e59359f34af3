"""Structs of competent_customs_office_at_departure. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01


class CompetentCustomsOfficeAtDeparture(Group, frozen=True, kw_only=True, gc=False):
    """CompetentCustomsOfficeAtDepartureType; in CD144C, CD145C."""

    reference_number: str
    contact_person: ContactPerson01 | None = None
