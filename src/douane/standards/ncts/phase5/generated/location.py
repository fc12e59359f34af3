"""Structs of location. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.address import Address01
from douane.standards.ncts.phase5.generated.gnss import GNSS


class Location(Group, frozen=True, kw_only=True, gc=False):
    """LocationType01, LocationType02; in 9 messages."""

    qualifier_of_identification: str
    un_locode: str | None = None
    country: str
    gnss: GNSS | None = None
    address: Address01 | None = None
