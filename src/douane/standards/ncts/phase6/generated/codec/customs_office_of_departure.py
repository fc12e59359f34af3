"""Layouts and readers of customs_office_of_departure. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase6.generated.codec.kinds import COREF_NUM_TYPE

L_CUSTOMS_OFFICE_OF_DEPARTURE_03 = Layout("CustomsOfficeOfDeparture", CustomsOfficeOfDeparture, (
    Leaf("referenceNumber", "reference_number", True, COREF_NUM_TYPE),
))

