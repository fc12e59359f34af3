"""Structs and writers of header. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class Header01(Group, frozen=True, kw_only=True, gc=False):
    """HeaderType01, HeaderType02; in CC906C, CC917C."""
    lrn: str | None = None
    mrn: str | None = None

def write_header01(v: Header01) -> str:
    out = ''
    if (v0 := v.lrn) is not None: out += f'<LRN>{text(v0)}</LRN>'
    if (v1 := v.mrn) is not None: out += f'<MRN>{text(v1)}</MRN>'
    return out

class Header03(Group, frozen=True, kw_only=True, gc=False):
    """HeaderType03, HeaderType04, HeaderType05; in CD906C, CD917C, CD974C."""
    mrn: str

def write_header03(v: Header03) -> str:
    return f'<MRN>{text(v.mrn)}</MRN>'
