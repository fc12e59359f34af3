"""Layouts and readers of validity_limitation. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase5.generated.validity_limitation import ValidityLimitation
from douane.standards.ncts.phase5.generated.codec.kinds import GUARANTEE_NOT_VALID_IN_CONTENT_TYPE, NUMERIC_WITHOUT_ZERO_5

L_VALIDITY_LIMITATION = Layout("ValidityLimitation", ValidityLimitation, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("guaranteeNotValidIn", "guarantee_not_valid_in", True, GUARANTEE_NOT_VALID_IN_CONTENT_TYPE),
))

_L_VALIDITY_LIMITATION_0 = run(L_VALIDITY_LIMITATION, 0, 2)

def read_validity_limitation(text: str, starts: Starts, at: int) -> tuple[ValidityLimitation, int]:
    found = _L_VALIDITY_LIMITATION_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    return ValidityLimitation(sequence_number=int(v0), guarantee_not_valid_in=v1), at
