"""Structs and writers of location. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.phase6.generated.address import Address18, write_address18
from douane.standards.ncts.phase6.generated.gnss import GNSS, write_gnss
from douane.standards.ncts.binding.writing import text

class Location(Group, frozen=True, kw_only=True, gc=False):
    """LocationType02; in CC043C, CC182C."""
    qualifier_of_identification: str
    un_locode: str | None = None
    country: str
    gnss: GNSS | None = None
    address: Address18 | None = None

def write_location(v: Location) -> str:
    out = f'<qualifierOfIdentification>{text(v.qualifier_of_identification)}</qualifierOfIdentification>'
    if (v1 := v.un_locode) is not None: out += f'<UNLocode>{text(v1)}</UNLocode>'
    out += f'<country>{text(v.country)}</country>'
    if (v3 := v.gnss) is not None: out += f'<GNSS>{write_gnss(v3)}</GNSS>'
    if (v4 := v.address) is not None: out += f'<Address>{write_address18(v4)}</Address>'
    return out
