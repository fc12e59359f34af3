"""Structs and writers of dangerous_goods. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class DangerousGoods01(Group, frozen=True, kw_only=True, gc=False):
    """DangerousGoodsType01; in 13 messages."""
    sequence_number: int
    un_number: str

def write_dangerous_goods01(v: DangerousGoods01) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><UNNumber>{text(v.un_number)}</UNNumber>'

class DangerousGoods02(Group, frozen=True, kw_only=True, gc=False):
    """DangerousGoodsType02; in CC017C, CD018C."""
    sequence_number: int
    un_number: str | None = None

def write_dangerous_goods02(v: DangerousGoods02) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.un_number) is not None: out += f'<UNNumber>{text(v1)}</UNNumber>'
    return out
