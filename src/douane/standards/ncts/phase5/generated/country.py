"""Structs and writers of country. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.action import Action, write_action
from douane.standards.ncts.binding.writing import text

class Country02(Group, frozen=True, kw_only=True, gc=False):
    """CountryType02; in CD070C, CD071C."""
    country: str
    action: tuple[Action, ...]

def write_country02(v: Country02) -> str:
    out = f'<country>{text(v.country)}</country>'
    for v1 in v.action: out += f'<Action>{write_action(v1)}</Action>'
    return out
