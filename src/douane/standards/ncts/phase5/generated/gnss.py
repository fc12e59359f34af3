"""Structs of gnss. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group


class GNSS(Group, frozen=True, kw_only=True, gc=False):
    """GNSSType; in 14 messages."""

    latitude: str
    longitude: str
