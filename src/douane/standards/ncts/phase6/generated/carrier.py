"""Structs and writers of carrier. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.phase6.generated.contact_person import ContactPerson, write_contact_person
from douane.standards.ncts.binding.writing import text

class Carrier03(Group, frozen=True, kw_only=True, gc=False):
    """CarrierType03, CarrierType04; in CC013C, CC015C, CC029C."""
    identification_number: str
    contact_person: ContactPerson | None = None

def write_carrier03(v: Carrier03) -> str:
    out = f'<identificationNumber>{text(v.identification_number)}</identificationNumber>'
    if (v1 := v.contact_person) is not None: out += f'<ContactPerson>{write_contact_person(v1)}</ContactPerson>'
    return out
