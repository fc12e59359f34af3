"""Structs of goods_measure. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group


class GoodsMeasure02(Group, frozen=True, kw_only=True, gc=False):
    """GoodsMeasureType02; in CC013C, CC015C."""

    gross_mass: Decimal | None = None
    net_mass: Decimal | None = None
    supplementary_units: Decimal | None = None


class GoodsMeasure03(Group, frozen=True, kw_only=True, gc=False):
    """GoodsMeasureType03; in CC025C, CC029C, CC043C."""

    gross_mass: Decimal
    net_mass: Decimal | None = None


class GoodsMeasure04(Group, frozen=True, kw_only=True, gc=False):
    """GoodsMeasureType04, GoodsMeasureType05; in 11 messages."""

    gross_mass: Decimal | None = None
    net_mass: Decimal | None = None
