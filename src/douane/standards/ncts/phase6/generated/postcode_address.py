"""Structs and writers of postcode_address. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class PostcodeAddress(Group, frozen=True, kw_only=True, gc=False):
    """PostcodeAddressType01, PostcodeAddressType02; in CC007C, CC013C, CC015C, CC029C, CC170C, CC190C."""
    house_number: str | None = None
    postcode: str
    country: str

def write_postcode_address(v: PostcodeAddress) -> str:
    out = ''
    if (v0 := v.house_number) is not None: out += f'<houseNumber>{text(v0)}</houseNumber>'
    return out + f'<postcode>{text(v.postcode)}</postcode><country>{text(v.country)}</country>'
