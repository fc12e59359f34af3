"""Layouts and readers of customs_office_of_transit_declared. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase6.generated.customs_office_of_transit_declared import CustomsOfficeOfTransitDeclared
from douane.standards.ncts.phase6.generated.codec.kinds import COREF_NUM_TYPE, DATE_TIME_TYPE, NUMERIC_WITHOUT_ZERO_5

L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_04 = Layout("CustomsOfficeOfTransitDeclared", CustomsOfficeOfTransitDeclared, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("referenceNumber", "reference_number", True, COREF_NUM_TYPE),
    Leaf("arrivalDateAndTimeEstimated", "arrival_date_and_time_estimated", False, DATE_TIME_TYPE),
))

_L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_04_0 = run(L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_04, 0, 3)

def read_customs_office_of_transit_declared_04(text: str, starts: Starts, at: int) -> tuple[CustomsOfficeOfTransitDeclared, int]:
    found = _L_CUSTOMS_OFFICE_OF_TRANSIT_DECLARED_04_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return CustomsOfficeOfTransitDeclared(sequence_number=int(v0), reference_number=v1, arrival_date_and_time_estimated=None if v2 is None else datetime.datetime.fromisoformat(v2)), at
