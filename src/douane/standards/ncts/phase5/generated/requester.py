"""Structs and writers of requester. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class Requester(Group, frozen=True, kw_only=True, gc=False):
    """RequesterType01, RequesterType02; in CC034C, CC037C."""
    identification_number: str
    role: str

def write_requester(v: Requester) -> str:
    return f'<identificationNumber>{text(v.identification_number)}</identificationNumber><role>{text(v.role)}</role>'
