"""Structs of country. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.action import Action


class Country02(Group, frozen=True, kw_only=True, gc=False):
    """CountryType02; in CD070C, CD071C."""

    country: str
    action: tuple[Action, ...]
