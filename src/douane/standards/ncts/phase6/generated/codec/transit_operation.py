"""Layouts and readers of transit_operation. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase6.generated.transit_operation import TransitOperation03, TransitOperation48
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_MAX22, DATE_TYPE, MRNTYPE

L_TRANSIT_OPERATION_03 = Layout("TransitOperation", TransitOperation03, (
    Leaf("LRN", "lrn", False, ALPHANUMERIC_MAX22), Leaf("MRN", "mrn", False, MRNTYPE),
))
L_TRANSIT_OPERATION_48 = Layout("TransitOperation", TransitOperation48, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("declarationAcceptanceDate", "declaration_acceptance_date", True, DATE_TYPE),
))

