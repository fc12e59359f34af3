"""Layouts and readers of seal. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase6.generated.seal import Seal01, Seal04
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_MAX20, ALPHA_NUMERIC_MAX20_NO_SPACES, NUMERIC_WITHOUT_ZERO_5

L_SEAL_05 = Layout("Seal", Seal04, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("identifier", "identifier", True, ALPHA_NUMERIC_MAX20_NO_SPACES),
))
L_SEAL_01 = Layout("Seal", Seal01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("identifier", "identifier", False, ALPHA_NUMERIC_MAX20_NO_SPACES),
))
L_SEAL_04 = Layout("Seal", Seal04, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("identifier", "identifier", True, ALPHANUMERIC_MAX20),
))

_L_SEAL_05_0 = run(L_SEAL_05, 0, 2)
_L_SEAL_01_0 = run(L_SEAL_01, 0, 2)
_L_SEAL_04_0 = run(L_SEAL_04, 0, 2)

def read_seal_05(text: str, starts: Starts, at: int) -> tuple[Seal04, int]:
    found = _L_SEAL_05_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    return Seal04(sequence_number=int(v0), identifier=v1), at

def read_seal_01(text: str, starts: Starts, at: int) -> tuple[Seal01, int]:
    found = _L_SEAL_01_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    return Seal01(sequence_number=int(v0), identifier=v1), at

def read_seal_04(text: str, starts: Starts, at: int) -> tuple[Seal04, int]:
    found = _L_SEAL_04_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    return Seal04(sequence_number=int(v0), identifier=v1), at
