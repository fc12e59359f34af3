"""Structs and writers of consignee. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.phase6.generated.address import Address02, write_address02
from douane.standards.ncts.binding.writing import text

class Consignee(Group, frozen=True, kw_only=True, gc=False):
    """ConsigneeType01, ConsigneeType03, ConsigneeType04, ConsigneeType05; in CC013C, CC015C, CC017C, CC029C, CC043C."""
    identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None

def write_consignee(v: Consignee) -> str:
    out = ''
    if (v0 := v.identification_number) is not None: out += f'<identificationNumber>{text(v0)}</identificationNumber>'
    if (v1 := v.name) is not None: out += f'<name>{text(v1)}</name>'
    if (v2 := v.address) is not None: out += f'<Address>{write_address02(v2)}</Address>'
    return out
