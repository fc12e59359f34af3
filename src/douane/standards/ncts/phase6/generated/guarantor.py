"""Structs and writers of guarantor. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.phase6.generated.address import Address02, write_address02
from douane.standards.ncts.binding.writing import text

class Guarantor06(Group, frozen=True, kw_only=True, gc=False):
    """GuarantorType06; in CC019C, CC023C, CC035C, CC045C."""
    identification_number: str | None = None
    name: str | None = None
    address: Address02 | None = None

def write_guarantor06(v: Guarantor06) -> str:
    out = ''
    if (v0 := v.identification_number) is not None: out += f'<identificationNumber>{text(v0)}</identificationNumber>'
    if (v1 := v.name) is not None: out += f'<name>{text(v1)}</name>'
    if (v2 := v.address) is not None: out += f'<Address>{write_address02(v2)}</Address>'
    return out
