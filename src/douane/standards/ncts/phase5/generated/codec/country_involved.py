"""Layouts and readers of country_involved. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase5.generated.country_involved import CountryInvolved
from douane.standards.ncts.phase5.generated.codec.kinds import COUNTRY_CODE_TYPE, NUMERIC_WITHOUT_ZERO_5

L_COUNTRY_INVOLVED = Layout("CountryInvolved", CountryInvolved, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("country", "country", True, COUNTRY_CODE_TYPE),
))

_L_COUNTRY_INVOLVED_0 = run(L_COUNTRY_INVOLVED, 0, 2)

def read_country_involved(text: str, starts: Starts, at: int) -> tuple[CountryInvolved, int]:
    found = _L_COUNTRY_INVOLVED_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    return CountryInvolved(sequence_number=int(v0), country=v1), at
