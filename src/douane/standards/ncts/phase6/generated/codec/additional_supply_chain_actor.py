"""Layouts and readers of additional_supply_chain_actor. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase6.generated.additional_supply_chain_actor import AdditionalSupplyChainActor
from douane.standards.ncts.phase6.generated.codec.kinds import NUMERIC_WITHOUT_ZERO_5, ROLE_CONTENT_TYPE01, TINNEW_TYPE

L_ADDITIONAL_SUPPLY_CHAIN_ACTOR = Layout("AdditionalSupplyChainActor", AdditionalSupplyChainActor, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("role", "role", True, ROLE_CONTENT_TYPE01),
    Leaf("identificationNumber", "identification_number", True, TINNEW_TYPE),
))

_L_ADDITIONAL_SUPPLY_CHAIN_ACTOR_0 = run(L_ADDITIONAL_SUPPLY_CHAIN_ACTOR, 0, 3)

def read_additional_supply_chain_actor(text: str, starts: Starts, at: int) -> tuple[AdditionalSupplyChainActor, int]:
    found = _L_ADDITIONAL_SUPPLY_CHAIN_ACTOR_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return AdditionalSupplyChainActor(sequence_number=int(v0), role=v1, identification_number=v2), at
