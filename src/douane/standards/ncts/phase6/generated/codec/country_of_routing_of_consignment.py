"""Layouts and readers of country_of_routing_of_consignment. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase6.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment01
from douane.standards.ncts.phase6.generated.codec.kinds import COUNTRY_CODE_TYPE, NUMERIC_WITHOUT_ZERO_5

L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_01 = Layout("CountryOfRoutingOfConsignment", CountryOfRoutingOfConsignment01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("country", "country", True, COUNTRY_CODE_TYPE),
))

_L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_01_0 = run(L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_01, 0, 2)

def read_country_of_routing_of_consignment_01(text: str, starts: Starts, at: int) -> tuple[CountryOfRoutingOfConsignment01, int]:
    found = _L_COUNTRY_OF_ROUTING_OF_CONSIGNMENT_01_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    return CountryOfRoutingOfConsignment01(sequence_number=int(v0), country=v1), at
