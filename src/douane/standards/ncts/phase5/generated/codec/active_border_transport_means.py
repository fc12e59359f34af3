"""Layouts and readers of active_border_transport_means. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase5.generated.active_border_transport_means import ActiveBorderTransportMeans01, ActiveBorderTransportMeans02
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHANUMERIC_MAX35, ALPHA_NUMERIC_MAX35_NO_SPACES, CONVEYANCE_REFERENCE_NUMBER17_NO_SPACES, COUNTRY_CODE_TYPE, CUSTOMS_OFFICE_AT_BORDER_REFERENCE_NUMBER_CONTENT_TYPE, ERROR_CODE_CONTENT_TYPE, NUMERIC_WITHOUT_ZERO_5, UCRREFERENCE_NUMBER35

L_ACTIVE_BORDER_TRANSPORT_MEANS_02 = Layout("ActiveBorderTransportMeans", ActiveBorderTransportMeans02, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("customsOfficeAtBorderReferenceNumber", "customs_office_at_border_reference_number", False, CUSTOMS_OFFICE_AT_BORDER_REFERENCE_NUMBER_CONTENT_TYPE),
    Leaf("typeOfIdentification", "type_of_identification", False, ERROR_CODE_CONTENT_TYPE),
    Leaf("identificationNumber", "identification_number", False, ALPHA_NUMERIC_MAX35_NO_SPACES),
    Leaf("nationality", "nationality", False, COUNTRY_CODE_TYPE),
    Leaf("conveyanceReferenceNumber", "conveyance_reference_number", False, CONVEYANCE_REFERENCE_NUMBER17_NO_SPACES),
))
L_ACTIVE_BORDER_TRANSPORT_MEANS_03 = Layout("ActiveBorderTransportMeans", ActiveBorderTransportMeans01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("customsOfficeAtBorderReferenceNumber", "customs_office_at_border_reference_number", True, CUSTOMS_OFFICE_AT_BORDER_REFERENCE_NUMBER_CONTENT_TYPE),
    Leaf("typeOfIdentification", "type_of_identification", True, ERROR_CODE_CONTENT_TYPE),
    Leaf("identificationNumber", "identification_number", True, ALPHA_NUMERIC_MAX35_NO_SPACES),
    Leaf("nationality", "nationality", True, COUNTRY_CODE_TYPE),
    Leaf("conveyanceReferenceNumber", "conveyance_reference_number", False, CONVEYANCE_REFERENCE_NUMBER17_NO_SPACES),
))
L_ACTIVE_BORDER_TRANSPORT_MEANS_04 = Layout("ActiveBorderTransportMeans", ActiveBorderTransportMeans02, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("customsOfficeAtBorderReferenceNumber", "customs_office_at_border_reference_number", False, CUSTOMS_OFFICE_AT_BORDER_REFERENCE_NUMBER_CONTENT_TYPE),
    Leaf("typeOfIdentification", "type_of_identification", False, ERROR_CODE_CONTENT_TYPE),
    Leaf("identificationNumber", "identification_number", False, ALPHANUMERIC_MAX35), Leaf("nationality", "nationality", False, COUNTRY_CODE_TYPE),
    Leaf("conveyanceReferenceNumber", "conveyance_reference_number", False, UCRREFERENCE_NUMBER35),
))

_L_ACTIVE_BORDER_TRANSPORT_MEANS_02_0 = run(L_ACTIVE_BORDER_TRANSPORT_MEANS_02, 0, 6)
_L_ACTIVE_BORDER_TRANSPORT_MEANS_03_0 = run(L_ACTIVE_BORDER_TRANSPORT_MEANS_03, 0, 6)
_L_ACTIVE_BORDER_TRANSPORT_MEANS_04_0 = run(L_ACTIVE_BORDER_TRANSPORT_MEANS_04, 0, 6)

def read_active_border_transport_means_02(text: str, starts: Starts, at: int) -> tuple[ActiveBorderTransportMeans02, int]:
    found = _L_ACTIVE_BORDER_TRANSPORT_MEANS_02_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5 = found.groups()
    at = found.end()
    return ActiveBorderTransportMeans02(sequence_number=int(v0), customs_office_at_border_reference_number=v1, type_of_identification=v2, identification_number=v3, nationality=v4, conveyance_reference_number=v5), at

def read_active_border_transport_means_03(text: str, starts: Starts, at: int) -> tuple[ActiveBorderTransportMeans01, int]:
    found = _L_ACTIVE_BORDER_TRANSPORT_MEANS_03_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5 = found.groups()
    at = found.end()
    return ActiveBorderTransportMeans01(sequence_number=int(v0), customs_office_at_border_reference_number=v1, type_of_identification=v2, identification_number=v3, nationality=v4, conveyance_reference_number=v5), at

def read_active_border_transport_means_04(text: str, starts: Starts, at: int) -> tuple[ActiveBorderTransportMeans02, int]:
    found = _L_ACTIVE_BORDER_TRANSPORT_MEANS_04_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5 = found.groups()
    at = found.end()
    return ActiveBorderTransportMeans02(sequence_number=int(v0), customs_office_at_border_reference_number=v1, type_of_identification=v2, identification_number=v3, nationality=v4, conveyance_reference_number=v5), at
