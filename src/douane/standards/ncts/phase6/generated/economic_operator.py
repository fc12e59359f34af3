"""Structs and writers of economic_operator. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class EconomicOperator(Group, frozen=True, kw_only=True, gc=False):
    """EconomicOperatorType01, EconomicOperatorType02, EconomicOperatorType03; in CC007C, CC013C, CC015C, CC029C, CC170C, CC190C."""
    identification_number: str

def write_economic_operator(v: EconomicOperator) -> str:
    return f'<identificationNumber>{text(v.identification_number)}</identificationNumber>'
