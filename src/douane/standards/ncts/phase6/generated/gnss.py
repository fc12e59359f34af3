"""Structs and writers of gnss. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class GNSS(Group, frozen=True, kw_only=True, gc=False):
    """GNSSType; in 8 messages."""
    latitude: str
    longitude: str

def write_gnss(v: GNSS) -> str:
    return f'<latitude>{text(v.latitude)}</latitude><longitude>{text(v.longitude)}</longitude>'
