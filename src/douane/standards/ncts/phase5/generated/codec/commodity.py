"""Layouts and readers of commodity. Written by tools/ncts_family.py; do not edit."""

from decimal import Decimal

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, many, run
from douane.standards.ncts.phase5.generated.commodity import Commodity05, Commodity07, Commodity09, CustomCommodity02
from douane.standards.ncts.phase5.generated.commodity_code import CommodityCode
from douane.standards.ncts.phase5.generated.dangerous_goods import DangerousGoods01
from douane.standards.ncts.phase5.generated.goods_measure import GoodsMeasure02, GoodsMeasure03, GoodsMeasure04
from douane.standards.ncts.phase5.generated.codec.commodity_code import L_COMMODITY_CODE_02, L_COMMODITY_CODE_06
from douane.standards.ncts.phase5.generated.codec.dangerous_goods import L_DANGEROUS_GOODS_01, read_dangerous_goods_01
from douane.standards.ncts.phase5.generated.codec.goods_measure import L_GOODS_MEASURE_02, L_GOODS_MEASURE_03, L_GOODS_MEASURE_04
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHA_NUMERIC_MAX512, ALPHA_NUMERIC_MAX512_NO_SPACES, CUS_CODE_CONTENT_TYPE

L_COMMODITY_07 = Layout("Commodity", Commodity07, (
    Leaf("descriptionOfGoods", "description_of_goods", True, ALPHA_NUMERIC_MAX512_NO_SPACES),
    Leaf("cusCode", "cus_code", False, CUS_CODE_CONTENT_TYPE), Inner("CommodityCode", "commodity_code", 0, 1, L_COMMODITY_CODE_02),
    Inner("DangerousGoods", "dangerous_goods", 0, 99, L_DANGEROUS_GOODS_01), Inner("GoodsMeasure", "goods_measure", 0, 1, L_GOODS_MEASURE_02),
))
L_COMMODITY_CUSTOM_02 = Layout("Commodity", CustomCommodity02, (
    Leaf("descriptionOfGoods", "description_of_goods", True, ALPHA_NUMERIC_MAX512), Leaf("cusCode", "cus_code", False, CUS_CODE_CONTENT_TYPE),
    Inner("CommodityCode", "commodity_code", 0, 1, L_COMMODITY_CODE_06), Inner("DangerousGoods", "dangerous_goods", 0, 99, L_DANGEROUS_GOODS_01),
    Inner("GoodsMeasure", "goods_measure", 0, 1, L_GOODS_MEASURE_03),
))
L_COMMODITY_10 = Layout("Commodity", Commodity05, (
    Leaf("descriptionOfGoods", "description_of_goods", True, ALPHA_NUMERIC_MAX512), Leaf("cusCode", "cus_code", False, CUS_CODE_CONTENT_TYPE),
    Inner("CommodityCode", "commodity_code", 0, 1, L_COMMODITY_CODE_06), Inner("DangerousGoods", "dangerous_goods", 0, 99, L_DANGEROUS_GOODS_01),
    Inner("GoodsMeasure", "goods_measure", 0, 1, L_GOODS_MEASURE_04),
))
L_COMMODITY_09 = Layout("Commodity", Commodity09, (
    Leaf("cusCode", "cus_code", False, CUS_CODE_CONTENT_TYPE), Inner("CommodityCode", "commodity_code", 1, 1, L_COMMODITY_CODE_06),
))

_L_COMMODITY_07_0 = run(L_COMMODITY_07, 0, 3)
_L_COMMODITY_07_1 = run(L_COMMODITY_07, 4, 5)
_L_COMMODITY_CUSTOM_02_0 = run(L_COMMODITY_CUSTOM_02, 0, 3)
_L_COMMODITY_CUSTOM_02_1 = run(L_COMMODITY_CUSTOM_02, 4, 5)
_L_COMMODITY_10_0 = run(L_COMMODITY_10, 0, 3)
_L_COMMODITY_10_1 = run(L_COMMODITY_10, 4, 5)

def read_commodity_07(text: str, starts: Starts, at: int) -> tuple[Commodity07, int]:
    found = _L_COMMODITY_07_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    dangerous_goods: tuple[DangerousGoods01, ...] = ()
    if starts("<DangerousGoods>", at): dangerous_goods, at = many(read_dangerous_goods_01, "<DangerousGoods>", 99, text, starts, at)
    found = _L_COMMODITY_07_1(text, at)
    if found is None: raise Unusual
    v4, v5, v6, v7 = found.groups()
    at = found.end()
    return Commodity07(description_of_goods=v0, cus_code=v1, commodity_code=None if v2 is None else CommodityCode(harmonized_system_sub_heading_code=v2, combined_nomenclature_code=v3), dangerous_goods=dangerous_goods, goods_measure=None if v4 is None else GoodsMeasure02(gross_mass=None if v5 is None else Decimal(v5), net_mass=None if v6 is None else Decimal(v6), supplementary_units=None if v7 is None else Decimal(v7))), at

def read_commodity_custom_02(text: str, starts: Starts, at: int) -> tuple[CustomCommodity02, int]:
    found = _L_COMMODITY_CUSTOM_02_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    dangerous_goods: tuple[DangerousGoods01, ...] = ()
    if starts("<DangerousGoods>", at): dangerous_goods, at = many(read_dangerous_goods_01, "<DangerousGoods>", 99, text, starts, at)
    found = _L_COMMODITY_CUSTOM_02_1(text, at)
    if found is None: raise Unusual
    v4, v5 = found.groups()
    at = found.end()
    return CustomCommodity02(description_of_goods=v0, cus_code=v1, commodity_code=None if v2 is None else CommodityCode(harmonized_system_sub_heading_code=v2, combined_nomenclature_code=v3), dangerous_goods=dangerous_goods, goods_measure=None if v4 is None else GoodsMeasure03(gross_mass=Decimal(v4), net_mass=None if v5 is None else Decimal(v5))), at

def read_commodity_10(text: str, starts: Starts, at: int) -> tuple[Commodity05, int]:
    found = _L_COMMODITY_10_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    dangerous_goods: tuple[DangerousGoods01, ...] = ()
    if starts("<DangerousGoods>", at): dangerous_goods, at = many(read_dangerous_goods_01, "<DangerousGoods>", 99, text, starts, at)
    found = _L_COMMODITY_10_1(text, at)
    if found is None: raise Unusual
    v4, v5, v6 = found.groups()
    at = found.end()
    return Commodity05(description_of_goods=v0, cus_code=v1, commodity_code=None if v2 is None else CommodityCode(harmonized_system_sub_heading_code=v2, combined_nomenclature_code=v3), dangerous_goods=dangerous_goods, goods_measure=None if v4 is None else GoodsMeasure04(gross_mass=None if v5 is None else Decimal(v5), net_mass=None if v6 is None else Decimal(v6))), at
