"""Layouts and readers of customs_office_of_exit_for_transit_declared. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase6.generated.customs_office_of_exit_for_transit_declared import CustomsOfficeOfExitForTransitDeclared
from douane.standards.ncts.phase6.generated.codec.kinds import COREF_NUM_TYPE, NUMERIC_WITHOUT_ZERO_5

L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02 = Layout("CustomsOfficeOfExitForTransitDeclared", CustomsOfficeOfExitForTransitDeclared, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("referenceNumber", "reference_number", True, COREF_NUM_TYPE),
))

_L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02_0 = run(L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02, 0, 2)

def read_customs_office_of_exit_for_transit_declared_02(text: str, starts: Starts, at: int) -> tuple[CustomsOfficeOfExitForTransitDeclared, int]:
    found = _L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_DECLARED_02_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    return CustomsOfficeOfExitForTransitDeclared(sequence_number=int(v0), reference_number=v1), at
