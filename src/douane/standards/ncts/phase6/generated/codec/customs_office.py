"""Layouts and readers of customs_office. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase6.generated.customs_office import CustomsOffice
from douane.standards.ncts.phase6.generated.codec.kinds import COREF_NUM_TYPE

L_CUSTOMS_OFFICE_01 = Layout("CustomsOffice", CustomsOffice, (
    Leaf("referenceNumber", "reference_number", True, COREF_NUM_TYPE),
))

