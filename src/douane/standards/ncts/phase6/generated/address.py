"""Structs and writers of address. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class Address02(Group, frozen=True, kw_only=True, gc=False):
    """AddressType02, AddressType03, AddressType04, AddressType07, AddressType08, AddressType09, AddressType10, AddressType12, AddressType14, AddressType15, AddressType16, AddressType17; in 23 messages."""
    street_and_number: str
    postcode: str | None = None
    city: str
    country: str

def write_address02(v: Address02) -> str:
    out = f'<streetAndNumber>{text(v.street_and_number)}</streetAndNumber>'
    if (v1 := v.postcode) is not None: out += f'<postcode>{text(v1)}</postcode>'
    return out + f'<city>{text(v.city)}</city><country>{text(v.country)}</country>'

class Address18(Group, frozen=True, kw_only=True, gc=False):
    """AddressType18; in CC043C, CC182C."""
    street_and_number: str
    postcode: str | None = None
    city: str

def write_address18(v: Address18) -> str:
    out = f'<streetAndNumber>{text(v.street_and_number)}</streetAndNumber>'
    if (v1 := v.postcode) is not None: out += f'<postcode>{text(v1)}</postcode>'
    return out + f'<city>{text(v.city)}</city>'
