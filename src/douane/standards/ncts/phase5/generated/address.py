"""Structs of address. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group


class Address01(Group, frozen=True, kw_only=True, gc=False):
    """AddressType01, AddressType18; in 9 messages."""

    street_and_number: str
    postcode: str | None = None
    city: str


class Address02(Group, frozen=True, kw_only=True, gc=False):
    """AddressType02, AddressType03, AddressType04, AddressType05, AddressType07, AddressType08, AddressType09, AddressType10, AddressType12, AddressType13, AddressType14, AddressType15, AddressType16, AddressType17, AddressType19, AddressType20; in 41 messages."""

    street_and_number: str
    postcode: str | None = None
    city: str
    country: str


class Address11(Group, frozen=True, kw_only=True, gc=False):
    """AddressType11; in CD150C, CD151C."""

    street_and_number: str
    postcode: str | None = None
    city: str
    country: str | None = None
