"""Structs and writers of transport_charges. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class TransportCharges(Group, frozen=True, kw_only=True, gc=False):
    """TransportChargesType; in 11 messages."""
    method_of_payment: str

def write_transport_charges(v: TransportCharges) -> str:
    return f'<methodOfPayment>{text(v.method_of_payment)}</methodOfPayment>'
