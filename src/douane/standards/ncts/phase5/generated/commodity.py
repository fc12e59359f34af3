"""Structs and writers of commodity. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.commodity_code import CommodityCode, write_commodity_code
from douane.standards.ncts.phase5.generated.dangerous_goods import DangerousGoods01, DangerousGoods02, write_dangerous_goods01, write_dangerous_goods02
from douane.standards.ncts.phase5.generated.goods_measure import GoodsMeasure02, GoodsMeasure03, GoodsMeasure04, write_goods_measure02, write_goods_measure03, write_goods_measure04
from douane.standards.ncts.binding.writing import text

class Commodity01(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType01, CommodityType06; in CC017C, CD018C."""
    description_of_goods: str | None = None
    cus_code: str | None = None
    commodity_code: CommodityCode | None = None
    dangerous_goods: tuple[DangerousGoods02, ...] = ()
    goods_measure: GoodsMeasure04 | None = None

def write_commodity01(v: Commodity01) -> str:
    out = ''
    if (v0 := v.description_of_goods) is not None: out += f'<descriptionOfGoods>{text(v0)}</descriptionOfGoods>'
    if (v1 := v.cus_code) is not None: out += f'<cusCode>{text(v1)}</cusCode>'
    if (v2 := v.commodity_code) is not None: out += f'<CommodityCode>{write_commodity_code(v2)}</CommodityCode>'
    for v3 in v.dangerous_goods: out += f'<DangerousGoods>{write_dangerous_goods02(v3)}</DangerousGoods>'
    if (v4 := v.goods_measure) is not None: out += f'<GoodsMeasure>{write_goods_measure04(v4)}</GoodsMeasure>'
    return out

class Commodity05(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType05, CommodityType10, CommodityType11; in 8 messages."""
    description_of_goods: str
    cus_code: str | None = None
    commodity_code: CommodityCode | None = None
    dangerous_goods: tuple[DangerousGoods01, ...] = ()
    goods_measure: GoodsMeasure04 | None = None

def write_commodity05(v: Commodity05) -> str:
    out = f'<descriptionOfGoods>{text(v.description_of_goods)}</descriptionOfGoods>'
    if (v1 := v.cus_code) is not None: out += f'<cusCode>{text(v1)}</cusCode>'
    if (v2 := v.commodity_code) is not None: out += f'<CommodityCode>{write_commodity_code(v2)}</CommodityCode>'
    for v3 in v.dangerous_goods: out += f'<DangerousGoods>{write_dangerous_goods01(v3)}</DangerousGoods>'
    if (v4 := v.goods_measure) is not None: out += f'<GoodsMeasure>{write_goods_measure04(v4)}</GoodsMeasure>'
    return out

class Commodity07(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType07; in CC013C, CC015C."""
    description_of_goods: str
    cus_code: str | None = None
    commodity_code: CommodityCode | None = None
    dangerous_goods: tuple[DangerousGoods01, ...] = ()
    goods_measure: GoodsMeasure02 | None = None

def write_commodity07(v: Commodity07) -> str:
    out = f'<descriptionOfGoods>{text(v.description_of_goods)}</descriptionOfGoods>'
    if (v1 := v.cus_code) is not None: out += f'<cusCode>{text(v1)}</cusCode>'
    if (v2 := v.commodity_code) is not None: out += f'<CommodityCode>{write_commodity_code(v2)}</CommodityCode>'
    for v3 in v.dangerous_goods: out += f'<DangerousGoods>{write_dangerous_goods01(v3)}</DangerousGoods>'
    if (v4 := v.goods_measure) is not None: out += f'<GoodsMeasure>{write_goods_measure02(v4)}</GoodsMeasure>'
    return out

class Commodity09(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType09; in CD200C, CD203C."""
    cus_code: str | None = None
    commodity_code: CommodityCode

def write_commodity09(v: Commodity09) -> str:
    out = ''
    if (v0 := v.cus_code) is not None: out += f'<cusCode>{text(v0)}</cusCode>'
    return out + f'<CommodityCode>{write_commodity_code(v.commodity_code)}</CommodityCode>'

class CustomCommodity02(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_CommodityType02, CUSTOM_CommodityType08; in CC025C, CC029C, CC043C."""
    description_of_goods: str
    cus_code: str | None = None
    commodity_code: CommodityCode | None = None
    dangerous_goods: tuple[DangerousGoods01, ...] = ()
    goods_measure: GoodsMeasure03 | None = None

def write_custom_commodity02(v: CustomCommodity02) -> str:
    out = f'<descriptionOfGoods>{text(v.description_of_goods)}</descriptionOfGoods>'
    if (v1 := v.cus_code) is not None: out += f'<cusCode>{text(v1)}</cusCode>'
    if (v2 := v.commodity_code) is not None: out += f'<CommodityCode>{write_commodity_code(v2)}</CommodityCode>'
    for v3 in v.dangerous_goods: out += f'<DangerousGoods>{write_dangerous_goods01(v3)}</DangerousGoods>'
    if (v4 := v.goods_measure) is not None: out += f'<GoodsMeasure>{write_goods_measure03(v4)}</GoodsMeasure>'
    return out
