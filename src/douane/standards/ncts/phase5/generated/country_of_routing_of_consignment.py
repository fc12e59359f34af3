"""Structs and writers of country_of_routing_of_consignment. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.binding.writing import text

class CountryOfRoutingOfConsignment(Group, frozen=True, kw_only=True, gc=False):
    """CountryOfRoutingOfConsignmentType01, CountryOfRoutingOfConsignmentType02; in 13 messages."""
    sequence_number: int
    country: str

def write_country_of_routing_of_consignment(v: CountryOfRoutingOfConsignment) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><country>{text(v.country)}</country>'
