"""Structs and writers of guarantee. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.phase6.generated.guarantee_reference import GuaranteeReference01, write_guarantee_reference01
from douane.standards.ncts.binding.writing import text

class Guarantee(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeType01, GuaranteeType02, GuaranteeType03; in CC013C, CC015C, CC029C."""
    sequence_number: int
    guarantee_type: str
    other_guarantee_reference: str | None = None
    guarantee_reference: tuple[GuaranteeReference01, ...] = ()

def write_guarantee(v: Guarantee) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><guaranteeType>{text(v.guarantee_type)}</guaranteeType>'
    if (v2 := v.other_guarantee_reference) is not None: out += f'<otherGuaranteeReference>{text(v2)}</otherGuaranteeReference>'
    for v3 in v.guarantee_reference: out += f'<GuaranteeReference>{write_guarantee_reference01(v3)}</GuaranteeReference>'
    return out
