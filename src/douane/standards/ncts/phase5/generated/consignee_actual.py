"""Structs and writers of consignee_actual. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.address import Address02, write_address02
from douane.standards.ncts.binding.writing import text

class ConsigneeActual(Group, frozen=True, kw_only=True, gc=False):
    """ConsigneeActualType01, ConsigneeActualType02; in CC141C, CD142C."""
    identification_number: str | None = None
    name: str
    address: Address02

def write_consignee_actual(v: ConsigneeActual) -> str:
    out = ''
    if (v0 := v.identification_number) is not None: out += f'<identificationNumber>{text(v0)}</identificationNumber>'
    return out + f'<name>{text(v.name)}</name><Address>{write_address02(v.address)}</Address>'
