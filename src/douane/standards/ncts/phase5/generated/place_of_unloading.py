"""Structs of place_of_unloading. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.tags import TAGS


class PlaceOfUnloading(Group, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"location": "location"}}):
    """PlaceOfUnloadingType01, PlaceOfUnloadingType02; in 11 messages."""

    un_locode: str | None = None
    country: str | None = None
    location: str | None = None
