"""Layouts and readers of customs_office_of_exit_for_transit_actual. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_actual import CustomsOfficeOfExitForTransitActual01, CustomsOfficeOfExitForTransitActual02
from douane.standards.ncts.phase5.generated.codec.kinds import COREF_NUM_TYPE, NUMERIC_WITHOUT_ZERO_5

L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_ACTUAL_01 = Layout("CustomsOfficeOfExitForTransitActual", CustomsOfficeOfExitForTransitActual01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("referenceNumber", "reference_number", True, COREF_NUM_TYPE),
))
L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_ACTUAL_02 = Layout("CustomsOfficeOfExitForTransitActual", CustomsOfficeOfExitForTransitActual02, (
    Leaf("referenceNumber", "reference_number", True, COREF_NUM_TYPE),
))

_L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_ACTUAL_01_0 = run(L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_ACTUAL_01, 0, 2)

def read_customs_office_of_exit_for_transit_actual_01(text: str, starts: Starts, at: int) -> tuple[CustomsOfficeOfExitForTransitActual01, int]:
    found = _L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT_ACTUAL_01_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    return CustomsOfficeOfExitForTransitActual01(sequence_number=int(v0), reference_number=v1), at
