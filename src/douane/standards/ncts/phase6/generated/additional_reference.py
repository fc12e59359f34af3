"""Structs and writers of additional_reference. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class AdditionalReference02(Group, frozen=True, kw_only=True, gc=False):
    """AdditionalReferenceType02, AdditionalReferenceType03, AdditionalReferenceType04, AdditionalReferenceType05; in CC013C, CC015C, CC029C, CC043C."""
    sequence_number: int
    type: str
    reference_number: str | None = None

def write_additional_reference02(v: AdditionalReference02) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><type>{text(v.type)}</type>'
    if (v2 := v.reference_number) is not None: out += f'<referenceNumber>{text(v2)}</referenceNumber>'
    return out

class AdditionalReference06(Group, frozen=True, kw_only=True, gc=False):
    """AdditionalReferenceType06; in CC017C, CC044C."""
    sequence_number: int
    type: str | None = None
    reference_number: str | None = None

def write_additional_reference06(v: AdditionalReference06) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.type) is not None: out += f'<type>{text(v1)}</type>'
    if (v2 := v.reference_number) is not None: out += f'<referenceNumber>{text(v2)}</referenceNumber>'
    return out
