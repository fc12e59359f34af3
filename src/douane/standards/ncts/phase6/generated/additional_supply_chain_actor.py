"""Structs and writers of additional_supply_chain_actor. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class AdditionalSupplyChainActor(Group, frozen=True, kw_only=True, gc=False):
    """AdditionalSupplyChainActorType; in CC013C, CC015C, CC017C, CC029C."""
    sequence_number: int
    role: str
    identification_number: str

def write_additional_supply_chain_actor(v: AdditionalSupplyChainActor) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><role>{text(v.role)}</role><identificationNumber>{text(v.identification_number)}</identificationNumber>'
