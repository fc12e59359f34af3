"""Layouts and readers of commodity_code. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase6.generated.commodity_code import CommodityCode
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_2, ALPHA_NUMERIC_2_NO_SPACES, MESSAGE_TYPE_CONTENT_TYPE

L_COMMODITY_CODE_02 = Layout("CommodityCode", CommodityCode, (
    Leaf("harmonizedSystemSubHeadingCode", "harmonized_system_sub_heading_code", True, MESSAGE_TYPE_CONTENT_TYPE),
    Leaf("combinedNomenclatureCode", "combined_nomenclature_code", False, ALPHA_NUMERIC_2_NO_SPACES),
))
L_COMMODITY_CODE_06 = Layout("CommodityCode", CommodityCode, (
    Leaf("harmonizedSystemSubHeadingCode", "harmonized_system_sub_heading_code", True, MESSAGE_TYPE_CONTENT_TYPE),
    Leaf("combinedNomenclatureCode", "combined_nomenclature_code", False, ALPHANUMERIC_2),
))

