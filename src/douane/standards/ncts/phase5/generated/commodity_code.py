"""Structs of commodity_code. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group


class CommodityCode(Group, frozen=True, kw_only=True, gc=False):
    """CommodityCodeType01, CommodityCodeType02, CommodityCodeType03, CommodityCodeType04, CommodityCodeType05, CommodityCodeType06; in 19 messages."""

    harmonized_system_sub_heading_code: str
    combined_nomenclature_code: str | None = None
