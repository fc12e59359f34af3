"""Structs and writers of header. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class Header(Group, frozen=True, kw_only=True, gc=False):
    """HeaderType01, HeaderType02; in CC906C, CC917C."""
    lrn: str | None = None
    mrn: str | None = None

def write_header(v: Header) -> str:
    out = ''
    if (v0 := v.lrn) is not None: out += f'<LRN>{text(v0)}</LRN>'
    if (v1 := v.mrn) is not None: out += f'<MRN>{text(v1)}</MRN>'
    return out
