"""Structs and writers of dangerous_goods. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class DangerousGoods01(Group, frozen=True, kw_only=True, gc=False):
    """DangerousGoodsType01; in CC013C, CC015C, CC025C, CC029C, CC043C."""
    sequence_number: int
    un_number: str

def write_dangerous_goods01(v: DangerousGoods01) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><UNNumber>{text(v.un_number)}</UNNumber>'
