"""Structs and writers of commodity_code. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CommodityCode(Group, frozen=True, kw_only=True, gc=False):
    """CommodityCodeType02, CommodityCodeType03, CommodityCodeType04, CommodityCodeType05, CommodityCodeType06; in 8 messages."""
    harmonized_system_sub_heading_code: str
    combined_nomenclature_code: str | None = None

def write_commodity_code(v: CommodityCode) -> str:
    out = f'<harmonizedSystemSubHeadingCode>{text(v.harmonized_system_sub_heading_code)}</harmonizedSystemSubHeadingCode>'
    if (v1 := v.combined_nomenclature_code) is not None: out += f'<combinedNomenclatureCode>{text(v1)}</combinedNomenclatureCode>'
    return out
