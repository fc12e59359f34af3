"""Structs and writers of guarantee_reference. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from decimal import Decimal

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class GuaranteeReference01(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType01, GuaranteeReferenceType03; in CC013C, CC015C, CC029C."""
    sequence_number: int
    grn: str | None = None
    access_code: str | None = None
    amount_to_be_covered: Decimal
    currency: str

def write_guarantee_reference01(v: GuaranteeReference01) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.grn) is not None: out += f'<GRN>{text(v1)}</GRN>'
    if (v2 := v.access_code) is not None: out += f'<accessCode>{text(v2)}</accessCode>'
    return out + f'<amountToBeCovered>{v.amount_to_be_covered:f}</amountToBeCovered><currency>{text(v.currency)}</currency>'
