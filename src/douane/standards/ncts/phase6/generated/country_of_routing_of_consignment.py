"""Structs and writers of country_of_routing_of_consignment. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CountryOfRoutingOfConsignment01(Group, frozen=True, kw_only=True, gc=False):
    """CountryOfRoutingOfConsignmentType01, CountryOfRoutingOfConsignmentType02; in CC013C, CC015C, CC017C, CC029C, CC043C."""
    sequence_number: int
    country: str

def write_country_of_routing_of_consignment01(v: CountryOfRoutingOfConsignment01) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><country>{text(v.country)}</country>'
