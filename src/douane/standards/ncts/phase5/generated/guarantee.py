"""Structs and writers of guarantee. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.guarantee_reference import GuaranteeReference04, GuaranteeReference14, GuaranteeReference15, write_guarantee_reference04, write_guarantee_reference14, write_guarantee_reference15
from douane.standards.ncts.binding.writing import text

class Guarantee04(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeType04, GuaranteeType05; in CD204C, CD209C."""
    sequence_number: int
    guarantee_type: str
    guarantee_reference: tuple[GuaranteeReference15, ...]

def write_guarantee04(v: Guarantee04) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><guaranteeType>{text(v.guarantee_type)}</guaranteeType>'
    for v2 in v.guarantee_reference: out += f'<GuaranteeReference>{write_guarantee_reference15(v2)}</GuaranteeReference>'
    return out

class Guarantee06(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeType06; in CD200C, CD203C."""
    sequence_number: int
    guarantee_type: str
    guarantee_reference: tuple[GuaranteeReference04, ...]

def write_guarantee06(v: Guarantee06) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><guaranteeType>{text(v.guarantee_type)}</guaranteeType>'
    for v2 in v.guarantee_reference: out += f'<GuaranteeReference>{write_guarantee_reference04(v2)}</GuaranteeReference>'
    return out

class Guarantee07(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeType07; in CD201C, CD205C."""
    sequence_number: int
    guarantee_type: str
    guarantee_reference: tuple[GuaranteeReference14, ...]

def write_guarantee07(v: Guarantee07) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><guaranteeType>{text(v.guarantee_type)}</guaranteeType>'
    for v2 in v.guarantee_reference: out += f'<GuaranteeReference>{write_guarantee_reference14(v2)}</GuaranteeReference>'
    return out
