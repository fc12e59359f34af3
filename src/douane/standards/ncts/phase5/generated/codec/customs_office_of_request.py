"""Layouts and readers of customs_office_of_request. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase5.generated.customs_office_of_request import CustomsOfficeOfRequest01
from douane.standards.ncts.phase5.generated.codec.kinds import COREF_NUM_TYPE

L_CUSTOMS_OFFICE_OF_REQUEST_01 = Layout("CustomsOfficeOfRequest", CustomsOfficeOfRequest01, (
    Leaf("referenceNumber", "reference_number", True, COREF_NUM_TYPE),
))

