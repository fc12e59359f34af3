"""Layouts and readers of customs_office_of_transit. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase5.generated.customs_office_of_transit import CustomsOfficeOfTransit
from douane.standards.ncts.phase5.generated.codec.kinds import COREF_NUM_TYPE

L_CUSTOMS_OFFICE_OF_TRANSIT = Layout("CustomsOfficeOfTransit", CustomsOfficeOfTransit, (
    Leaf("referenceNumber", "reference_number", True, COREF_NUM_TYPE),
))

