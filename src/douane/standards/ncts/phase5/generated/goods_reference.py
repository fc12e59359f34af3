"""Structs and writers of goods_reference. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group

class GoodsReference(Group, frozen=True, kw_only=True, gc=False):
    """GoodsReferenceType01, GoodsReferenceType02; in 20 messages."""
    sequence_number: int
    declaration_goods_item_number: int

def write_goods_reference(v: GoodsReference) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><declarationGoodsItemNumber>{v.declaration_goods_item_number}</declarationGoodsItemNumber>'
