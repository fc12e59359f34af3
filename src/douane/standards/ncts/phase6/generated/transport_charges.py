"""Structs and writers of transport_charges. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class TransportCharges(Group, frozen=True, kw_only=True, gc=False):
    """TransportChargesType; in CC013C, CC015C, CC017C, CC029C."""
    method_of_payment: str

def write_transport_charges(v: TransportCharges) -> str:
    return f'<methodOfPayment>{text(v.method_of_payment)}</methodOfPayment>'
