"""Structs and writers of commodity. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.phase6.generated.commodity_code import CommodityCode, write_commodity_code
from douane.standards.ncts.phase6.generated.dangerous_goods import DangerousGoods01, write_dangerous_goods01
from douane.standards.ncts.phase6.generated.goods_measure import GoodsMeasure02, GoodsMeasure03, write_goods_measure02, write_goods_measure03
from douane.standards.ncts.binding.writing import text

class Commodity02(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType02, CommodityType08; in CC025C, CC029C, CC043C."""
    description_of_goods: str
    cus_code: str | None = None
    commodity_code: CommodityCode | None = None
    dangerous_goods: tuple[DangerousGoods01, ...] = ()
    goods_measure: GoodsMeasure03

def write_commodity02(v: Commodity02) -> str:
    out = f'<descriptionOfGoods>{text(v.description_of_goods)}</descriptionOfGoods>'
    if (v1 := v.cus_code) is not None: out += f'<cusCode>{text(v1)}</cusCode>'
    if (v2 := v.commodity_code) is not None: out += f'<CommodityCode>{write_commodity_code(v2)}</CommodityCode>'
    for v3 in v.dangerous_goods: out += f'<DangerousGoods>{write_dangerous_goods01(v3)}</DangerousGoods>'
    return out + f'<GoodsMeasure>{write_goods_measure03(v.goods_measure)}</GoodsMeasure>'

class Commodity07(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType07; in CC013C, CC015C."""
    description_of_goods: str
    cus_code: str | None = None
    commodity_code: CommodityCode | None = None
    dangerous_goods: tuple[DangerousGoods01, ...] = ()
    goods_measure: GoodsMeasure02

def write_commodity07(v: Commodity07) -> str:
    out = f'<descriptionOfGoods>{text(v.description_of_goods)}</descriptionOfGoods>'
    if (v1 := v.cus_code) is not None: out += f'<cusCode>{text(v1)}</cusCode>'
    if (v2 := v.commodity_code) is not None: out += f'<CommodityCode>{write_commodity_code(v2)}</CommodityCode>'
    for v3 in v.dangerous_goods: out += f'<DangerousGoods>{write_dangerous_goods01(v3)}</DangerousGoods>'
    return out + f'<GoodsMeasure>{write_goods_measure02(v.goods_measure)}</GoodsMeasure>'
