"""Structs and writers of competent_customs_office_at_destination. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01, write_contact_person01
from douane.standards.ncts.binding.writing import text

class CompetentCustomsOfficeAtDestination(Group, frozen=True, kw_only=True, gc=False):
    """CompetentCustomsOfficeAtDestinationType; in CD144C, CD145C."""
    reference_number: str
    contact_person: ContactPerson01 | None = None

def write_competent_customs_office_at_destination(v: CompetentCustomsOfficeAtDestination) -> str:
    out = f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
    if (v1 := v.contact_person) is not None: out += f'<ContactPerson>{write_contact_person01(v1)}</ContactPerson>'
    return out
