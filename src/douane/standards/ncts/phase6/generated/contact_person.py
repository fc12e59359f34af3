"""Structs and writers of contact_person. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class ContactPerson(Group, frozen=True, kw_only=True, gc=False):
    """ContactPersonType01, ContactPersonType02, ContactPersonType04, ContactPersonType05, ContactPersonType06; in 10 messages."""
    name: str
    phone_number: str
    e_mail_address: str | None = None

def write_contact_person(v: ContactPerson) -> str:
    out = f'<name>{text(v.name)}</name><phoneNumber>{text(v.phone_number)}</phoneNumber>'
    if (v2 := v.e_mail_address) is not None: out += f'<eMailAddress>{text(v2)}</eMailAddress>'
    return out
