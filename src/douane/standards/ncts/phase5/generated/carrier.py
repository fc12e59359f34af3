"""Structs of carrier. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01


class Carrier01(Group, frozen=True, kw_only=True, gc=False):
    """CarrierType01, CarrierType02; in 8 messages."""

    identification_number: str


class Carrier03(Group, frozen=True, kw_only=True, gc=False):
    """CarrierType03, CarrierType04; in CC013C, CC015C, CC029C."""

    identification_number: str
    contact_person: ContactPerson01 | None = None
