"""Structs and writers of place_of_loading. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class PlaceOfLoading(Group, frozen=True, kw_only=True, gc=False):
    """PlaceOfLoadingType01, PlaceOfLoadingType02, PlaceOfLoadingType03; in CC013C, CC015C, CC017C, CC029C, CC170C."""
    un_locode: str | None = None
    country: str | None = None
    location: str | None = None

def write_place_of_loading(v: PlaceOfLoading) -> str:
    out = ''
    if (v0 := v.un_locode) is not None: out += f'<UNLocode>{text(v0)}</UNLocode>'
    if (v1 := v.country) is not None: out += f'<country>{text(v1)}</country>'
    if (v2 := v.location) is not None: out += f'<location>{text(v2)}</location>'
    return out
