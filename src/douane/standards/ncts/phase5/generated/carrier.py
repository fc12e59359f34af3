"""Structs and writers of carrier. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01, write_contact_person01
from douane.standards.ncts.binding.writing import text

class Carrier01(Group, frozen=True, kw_only=True, gc=False):
    """CarrierType01, CarrierType02; in 8 messages."""
    identification_number: str

def write_carrier01(v: Carrier01) -> str:
    return f'<identificationNumber>{text(v.identification_number)}</identificationNumber>'

class Carrier03(Group, frozen=True, kw_only=True, gc=False):
    """CarrierType03, CarrierType04; in CC013C, CC015C, CC029C."""
    identification_number: str
    contact_person: ContactPerson01 | None = None

def write_carrier03(v: Carrier03) -> str:
    out = f'<identificationNumber>{text(v.identification_number)}</identificationNumber>'
    if (v1 := v.contact_person) is not None: out += f'<ContactPerson>{write_contact_person01(v1)}</ContactPerson>'
    return out
