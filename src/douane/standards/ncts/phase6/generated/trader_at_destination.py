"""Structs and writers of trader_at_destination. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class TraderAtDestination02(Group, frozen=True, kw_only=True, gc=False):
    """TraderAtDestinationType02, TraderAtDestinationType03; in CC025C, CC043C, CC044C, CC057C."""
    identification_number: str

def write_trader_at_destination02(v: TraderAtDestination02) -> str:
    return f'<identificationNumber>{text(v.identification_number)}</identificationNumber>'
