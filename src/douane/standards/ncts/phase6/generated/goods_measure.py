"""Structs and writers of goods_measure. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from decimal import Decimal

from douane.standards.ncts.phase6.generated.group import Group

class GoodsMeasure02(Group, frozen=True, kw_only=True, gc=False):
    """GoodsMeasureType02; in CC013C, CC015C."""
    gross_mass: Decimal
    net_mass: Decimal | None = None
    supplementary_units: Decimal | None = None

def write_goods_measure02(v: GoodsMeasure02) -> str:
    out = f'<grossMass>{v.gross_mass:f}</grossMass>'
    if (v1 := v.net_mass) is not None: out += f'<netMass>{v1:f}</netMass>'
    if (v2 := v.supplementary_units) is not None: out += f'<supplementaryUnits>{v2:f}</supplementaryUnits>'
    return out

class GoodsMeasure03(Group, frozen=True, kw_only=True, gc=False):
    """GoodsMeasureType03; in CC025C, CC029C, CC043C."""
    gross_mass: Decimal
    net_mass: Decimal | None = None

def write_goods_measure03(v: GoodsMeasure03) -> str:
    out = f'<grossMass>{v.gross_mass:f}</grossMass>'
    if (v1 := v.net_mass) is not None: out += f'<netMass>{v1:f}</netMass>'
    return out

class GoodsMeasure04(Group, frozen=True, kw_only=True, gc=False):
    """GoodsMeasureType04; in CC017C, CC044C."""
    gross_mass: Decimal | None = None
    net_mass: Decimal | None = None

def write_goods_measure04(v: GoodsMeasure04) -> str:
    out = ''
    if (v0 := v.gross_mass) is not None: out += f'<grossMass>{v0:f}</grossMass>'
    if (v1 := v.net_mass) is not None: out += f'<netMass>{v1:f}</netMass>'
    return out
