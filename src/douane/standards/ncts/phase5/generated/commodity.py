"""Structs of commodity. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.commodity_code import CommodityCode
from douane.standards.ncts.phase5.generated.dangerous_goods import DangerousGoods01, DangerousGoods02
from douane.standards.ncts.phase5.generated.goods_measure import GoodsMeasure02, GoodsMeasure03, GoodsMeasure04


class Commodity01(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType01, CommodityType06; in CC017C, CD018C."""

    description_of_goods: str | None = None
    cus_code: str | None = None
    commodity_code: CommodityCode | None = None
    dangerous_goods: tuple[DangerousGoods02, ...] = ()
    goods_measure: GoodsMeasure04 | None = None


class Commodity05(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType05, CommodityType10, CommodityType11; in 8 messages."""

    description_of_goods: str
    cus_code: str | None = None
    commodity_code: CommodityCode | None = None
    dangerous_goods: tuple[DangerousGoods01, ...] = ()
    goods_measure: GoodsMeasure04 | None = None


class Commodity07(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType07; in CC013C, CC015C."""

    description_of_goods: str
    cus_code: str | None = None
    commodity_code: CommodityCode | None = None
    dangerous_goods: tuple[DangerousGoods01, ...] = ()
    goods_measure: GoodsMeasure02 | None = None


class Commodity09(Group, frozen=True, kw_only=True, gc=False):
    """CommodityType09; in CD200C, CD203C."""

    cus_code: str | None = None
    commodity_code: CommodityCode


class CustomCommodity02(Group, frozen=True, kw_only=True, gc=False):
    """CUSTOM_CommodityType02, CUSTOM_CommodityType08; in CC025C, CC029C, CC043C."""

    description_of_goods: str
    cus_code: str | None = None
    commodity_code: CommodityCode | None = None
    dangerous_goods: tuple[DangerousGoods01, ...] = ()
    goods_measure: GoodsMeasure03 | None = None
