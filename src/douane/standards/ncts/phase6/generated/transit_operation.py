"""Structs and writers of transit_operation. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class TransitOperation03(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType03, TransitOperationType05, TransitOperationType25; in CC009C, CC014C, CC191C."""
    lrn: str | None = None
    mrn: str | None = None

def write_transit_operation03(v: TransitOperation03) -> str:
    out = ''
    if (v0 := v.lrn) is not None: out += f'<LRN>{text(v0)}</LRN>'
    if (v1 := v.mrn) is not None: out += f'<MRN>{text(v1)}</MRN>'
    return out

class TransitOperation48(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType48; in CC023C, CC035C, CC055C."""
    mrn: str
    declaration_acceptance_date: datetime.date

def write_transit_operation48(v: TransitOperation48) -> str:
    return f'<MRN>{text(v.mrn)}</MRN><declarationAcceptanceDate>{v.declaration_acceptance_date.isoformat()}</declarationAcceptanceDate>'
