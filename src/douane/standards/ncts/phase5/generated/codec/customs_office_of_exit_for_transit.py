"""Layouts and readers of customs_office_of_exit_for_transit. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit import CustomsOfficeOfExitForTransit
from douane.standards.ncts.phase5.generated.codec.kinds import COREF_NUM_TYPE

L_CUSTOMS_OFFICE_OF_EXIT_FOR_TRANSIT = Layout("CustomsOfficeOfExitForTransit", CustomsOfficeOfExitForTransit, (
    Leaf("referenceNumber", "reference_number", True, COREF_NUM_TYPE),
))

