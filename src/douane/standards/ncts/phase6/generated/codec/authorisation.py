"""Layouts and readers of authorisation. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase6.generated.authorisation import Authorisation
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHA_NUMERIC_MAX35_NO_SPACES, NUMERIC_WITHOUT_ZERO_5, TYPE_CONTENT_TYPE04

L_AUTHORISATION_01 = Layout("Authorisation", Authorisation, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("type", "type", True, TYPE_CONTENT_TYPE04),
    Leaf("referenceNumber", "reference_number", True, ALPHA_NUMERIC_MAX35_NO_SPACES),
))

_L_AUTHORISATION_01_0 = run(L_AUTHORISATION_01, 0, 3)

def read_authorisation_01(text: str, starts: Starts, at: int) -> tuple[Authorisation, int]:
    found = _L_AUTHORISATION_01_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return Authorisation(sequence_number=int(v0), type=v1, reference_number=v2), at
