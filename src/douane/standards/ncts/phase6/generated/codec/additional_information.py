"""Layouts and readers of additional_information. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase6.generated.additional_information import AdditionalInformation02
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHA_NUMERIC_MAX512, ALPHA_NUMERIC_MAX512_NO_SPACES, CODE_CONTENT_TYPE03, NUMERIC_WITHOUT_ZERO_5

L_ADDITIONAL_INFORMATION_03 = Layout("AdditionalInformation", AdditionalInformation02, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("code", "code", True, CODE_CONTENT_TYPE03),
    Leaf("text", "text", False, ALPHA_NUMERIC_MAX512_NO_SPACES),
))
L_ADDITIONAL_INFORMATION_02 = Layout("AdditionalInformation", AdditionalInformation02, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("code", "code", True, CODE_CONTENT_TYPE03),
    Leaf("text", "text", False, ALPHA_NUMERIC_MAX512),
))

_L_ADDITIONAL_INFORMATION_03_0 = run(L_ADDITIONAL_INFORMATION_03, 0, 3)
_L_ADDITIONAL_INFORMATION_02_0 = run(L_ADDITIONAL_INFORMATION_02, 0, 3)

def read_additional_information_03(text: str, starts: Starts, at: int) -> tuple[AdditionalInformation02, int]:
    found = _L_ADDITIONAL_INFORMATION_03_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return AdditionalInformation02(sequence_number=int(v0), code=v1, text=v2), at

def read_additional_information_02(text: str, starts: Starts, at: int) -> tuple[AdditionalInformation02, int]:
    found = _L_ADDITIONAL_INFORMATION_02_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return AdditionalInformation02(sequence_number=int(v0), code=v1, text=v2), at
