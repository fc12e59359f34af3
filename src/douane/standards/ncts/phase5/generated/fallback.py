"""Structs and writers of fallback. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class Fallback(Group, frozen=True, kw_only=True, gc=False):
    """FallbackType; in CD070C, CD071C, CD971C."""
    flag: str
    text: str | None = None

def write_fallback(v: Fallback) -> str:
    out = f'<flag>{text(v.flag)}</flag>'
    if (v1 := v.text) is not None: out += f'<text>{text(v1)}</text>'
    return out
