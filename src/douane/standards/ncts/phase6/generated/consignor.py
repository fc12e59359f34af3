"""Structs and writers of consignor. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.phase6.generated.address import Address02, write_address02
from douane.standards.ncts.phase6.generated.contact_person import ContactPerson, write_contact_person
from douane.standards.ncts.binding.writing import text

class Consignor03(Group, frozen=True, kw_only=True, gc=False):
    """ConsignorType03, ConsignorType04, ConsignorType07; in CC013C, CC015C, CC029C."""
    identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None
    contact_person: ContactPerson | None = None

def write_consignor03(v: Consignor03) -> str:
    out = ''
    if (v0 := v.identification_number) is not None: out += f'<identificationNumber>{text(v0)}</identificationNumber>'
    if (v1 := v.name) is not None: out += f'<name>{text(v1)}</name>'
    if (v2 := v.address) is not None: out += f'<Address>{write_address02(v2)}</Address>'
    if (v3 := v.contact_person) is not None: out += f'<ContactPerson>{write_contact_person(v3)}</ContactPerson>'
    return out
