"""Structs of dangerous_goods. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group


class DangerousGoods01(Group, frozen=True, kw_only=True, gc=False):
    """DangerousGoodsType01; in 13 messages."""

    sequence_number: int
    un_number: str


class DangerousGoods02(Group, frozen=True, kw_only=True, gc=False):
    """DangerousGoodsType02; in CC017C, CD018C."""

    sequence_number: int
    un_number: str | None = None
