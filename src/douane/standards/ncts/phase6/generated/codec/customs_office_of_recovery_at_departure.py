"""Layouts and readers of customs_office_of_recovery_at_departure. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase6.generated.customs_office_of_recovery_at_departure import CustomsOfficeOfRecoveryAtDeparture
from douane.standards.ncts.phase6.generated.codec.kinds import COREF_NUM_TYPE

L_CUSTOMS_OFFICE_OF_RECOVERY_AT_DEPARTURE_01 = Layout("CustomsOfficeOfRecoveryAtDeparture", CustomsOfficeOfRecoveryAtDeparture, (
    Leaf("referenceNumber", "reference_number", True, COREF_NUM_TYPE),
))

