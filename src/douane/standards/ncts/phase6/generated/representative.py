"""Structs and writers of representative. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.phase6.generated.contact_person import ContactPerson, write_contact_person
from douane.standards.ncts.binding.writing import text

class Representative02(Group, frozen=True, kw_only=True, gc=False):
    """RepresentativeType02, RepresentativeType04, RepresentativeType05; in CC013C, CC015C, CC029C, CC060C, CC170C."""
    identification_number: str
    status: str
    contact_person: ContactPerson | None = None

def write_representative02(v: Representative02) -> str:
    out = f'<identificationNumber>{text(v.identification_number)}</identificationNumber><status>{text(v.status)}</status>'
    if (v2 := v.contact_person) is not None: out += f'<ContactPerson>{write_contact_person(v2)}</ContactPerson>'
    return out
