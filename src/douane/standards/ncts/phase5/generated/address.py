"""Structs and writers of address. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class Address01(Group, frozen=True, kw_only=True, gc=False):
    """AddressType01, AddressType18; in 9 messages."""
    street_and_number: str
    postcode: str | None = None
    city: str

def write_address01(v: Address01) -> str:
    out = f'<streetAndNumber>{text(v.street_and_number)}</streetAndNumber>'
    if (v1 := v.postcode) is not None: out += f'<postcode>{text(v1)}</postcode>'
    return out + f'<city>{text(v.city)}</city>'

class Address02(Group, frozen=True, kw_only=True, gc=False):
    """AddressType02, AddressType03, AddressType04, AddressType05, AddressType07, AddressType08, AddressType09, AddressType10, AddressType12, AddressType13, AddressType14, AddressType15, AddressType16, AddressType17, AddressType19, AddressType20; in 41 messages."""
    street_and_number: str
    postcode: str | None = None
    city: str
    country: str

def write_address02(v: Address02) -> str:
    out = f'<streetAndNumber>{text(v.street_and_number)}</streetAndNumber>'
    if (v1 := v.postcode) is not None: out += f'<postcode>{text(v1)}</postcode>'
    return out + f'<city>{text(v.city)}</city><country>{text(v.country)}</country>'

class Address11(Group, frozen=True, kw_only=True, gc=False):
    """AddressType11; in CD150C, CD151C."""
    street_and_number: str
    postcode: str | None = None
    city: str
    country: str | None = None

def write_address11(v: Address11) -> str:
    out = f'<streetAndNumber>{text(v.street_and_number)}</streetAndNumber>'
    if (v1 := v.postcode) is not None: out += f'<postcode>{text(v1)}</postcode>'
    out += f'<city>{text(v.city)}</city>'
    if (v3 := v.country) is not None: out += f'<country>{text(v3)}</country>'
    return out
