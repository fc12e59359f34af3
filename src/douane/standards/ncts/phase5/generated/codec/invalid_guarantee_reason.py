"""Layouts and readers of invalid_guarantee_reason. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase5.generated.invalid_guarantee_reason import InvalidGuaranteeReason02
from douane.standards.ncts.phase5.generated.codec.kinds import CODE_CONTENT_TYPE04, NUMERIC_WITHOUT_ZERO_5

L_INVALID_GUARANTEE_REASON_02 = Layout("InvalidGuaranteeReason", InvalidGuaranteeReason02, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("code", "code", True, CODE_CONTENT_TYPE04),
))

_L_INVALID_GUARANTEE_REASON_02_0 = run(L_INVALID_GUARANTEE_REASON_02, 0, 2)

def read_invalid_guarantee_reason_02(text: str, starts: Starts, at: int) -> tuple[InvalidGuaranteeReason02, int]:
    found = _L_INVALID_GUARANTEE_REASON_02_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    return InvalidGuaranteeReason02(sequence_number=int(v0), code=v1), at
