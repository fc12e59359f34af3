"""Structs of consignor. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01


class Consignor01(Group, frozen=True, kw_only=True, gc=False):
    """ConsignorType01, ConsignorType02, ConsignorType08, ConsignorType09; in 9 messages."""

    identification_number: str | None = None
    name: str
    address: Address02


class Consignor03(Group, frozen=True, kw_only=True, gc=False):
    """ConsignorType03, ConsignorType04, ConsignorType07; in CC013C, CC015C, CC029C."""

    identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None
    contact_person: ContactPerson01 | None = None
