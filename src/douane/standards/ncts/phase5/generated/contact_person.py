"""Structs of contact_person. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group


class ContactPerson01(Group, frozen=True, kw_only=True, gc=False):
    """ContactPersonType01, ContactPersonType02, ContactPersonType04, ContactPersonType05, ContactPersonType06; in 18 messages."""

    name: str
    phone_number: str
    e_mail_address: str | None = None


class ContactPerson03(Group, frozen=True, kw_only=True, gc=False):
    """ContactPersonType03; in CD150C, CD151C."""

    name: str
    phone_number: str | None = None
    e_mail_address: str | None = None
