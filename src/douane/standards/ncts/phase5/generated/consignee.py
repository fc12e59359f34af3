"""Structs of consignee. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.address import Address02


class Consignee01(Group, frozen=True, kw_only=True, gc=False):
    """ConsigneeType01, ConsigneeType02, ConsigneeType03, ConsigneeType04, ConsigneeType05; in CC013C, CC015C, CC017C, CC029C, CC043C."""

    identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None


class Consignee06(Group, frozen=True, kw_only=True, gc=False):
    """ConsigneeType06, ConsigneeType07; in 8 messages."""

    identification_number: str | None = None
    name: str
    address: Address02
