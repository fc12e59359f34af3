"""Layouts and readers of active_border_transport_means. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase6.generated.active_border_transport_means import ActiveBorderTransportMeans
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHA_NUMERIC_MAX35_NO_SPACES, CONVEYANCE_REFERENCE_NUMBER17_NO_SPACES, COUNTRY_CODE_TYPE, CUSTOMS_OFFICE_AT_BORDER_REFERENCE_NUMBER_CONTENT_TYPE, ERROR_CODE_CONTENT_TYPE, NUMERIC_WITHOUT_ZERO_5

L_ACTIVE_BORDER_TRANSPORT_MEANS_02 = Layout("ActiveBorderTransportMeans", ActiveBorderTransportMeans, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("customsOfficeAtBorderReferenceNumber", "customs_office_at_border_reference_number", True, CUSTOMS_OFFICE_AT_BORDER_REFERENCE_NUMBER_CONTENT_TYPE),
    Leaf("typeOfIdentification", "type_of_identification", True, ERROR_CODE_CONTENT_TYPE),
    Leaf("identificationNumber", "identification_number", True, ALPHA_NUMERIC_MAX35_NO_SPACES),
    Leaf("nationality", "nationality", True, COUNTRY_CODE_TYPE),
    Leaf("conveyanceReferenceNumber", "conveyance_reference_number", False, CONVEYANCE_REFERENCE_NUMBER17_NO_SPACES),
))

_L_ACTIVE_BORDER_TRANSPORT_MEANS_02_0 = run(L_ACTIVE_BORDER_TRANSPORT_MEANS_02, 0, 6)

def read_active_border_transport_means_02(text: str, starts: Starts, at: int) -> tuple[ActiveBorderTransportMeans, int]:
    found = _L_ACTIVE_BORDER_TRANSPORT_MEANS_02_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5 = found.groups()
    at = found.end()
    return ActiveBorderTransportMeans(sequence_number=int(v0), customs_office_at_border_reference_number=v1, type_of_identification=v2, identification_number=v3, nationality=v4, conveyance_reference_number=v5), at
