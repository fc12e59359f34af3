"""Structs and writers of goods_reference. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group

class GoodsReference01(Group, frozen=True, kw_only=True, gc=False):
    """GoodsReferenceType01, GoodsReferenceType02; in 7 messages."""
    sequence_number: int
    declaration_goods_item_number: int

def write_goods_reference01(v: GoodsReference01) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><declarationGoodsItemNumber>{v.declaration_goods_item_number}</declarationGoodsItemNumber>'
