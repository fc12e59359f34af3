"""Layouts and readers of departure_transport_means. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, run
from douane.standards.ncts.phase6.generated.departure_transport_means import DepartureTransportMeans02, DepartureTransportMeans04
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_MAX35, ALPHA_NUMERIC_MAX35_NO_SPACES, COUNTRY_CODE_TYPE, ERROR_CODE_CONTENT_TYPE, NUMERIC_WITHOUT_ZERO_5

L_DEPARTURE_TRANSPORT_MEANS_03 = Layout("DepartureTransportMeans", DepartureTransportMeans02, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("typeOfIdentification", "type_of_identification", True, ERROR_CODE_CONTENT_TYPE),
    Leaf("identificationNumber", "identification_number", True, ALPHA_NUMERIC_MAX35_NO_SPACES),
    Leaf("nationality", "nationality", True, COUNTRY_CODE_TYPE),
))
L_DEPARTURE_TRANSPORT_MEANS_04 = Layout("DepartureTransportMeans", DepartureTransportMeans04, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("typeOfIdentification", "type_of_identification", False, ERROR_CODE_CONTENT_TYPE),
    Leaf("identificationNumber", "identification_number", False, ALPHA_NUMERIC_MAX35_NO_SPACES),
    Leaf("nationality", "nationality", False, COUNTRY_CODE_TYPE),
))
L_DEPARTURE_TRANSPORT_MEANS_02 = Layout("DepartureTransportMeans", DepartureTransportMeans02, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5),
    Leaf("typeOfIdentification", "type_of_identification", True, ERROR_CODE_CONTENT_TYPE),
    Leaf("identificationNumber", "identification_number", True, ALPHANUMERIC_MAX35), Leaf("nationality", "nationality", True, COUNTRY_CODE_TYPE),
))

_L_DEPARTURE_TRANSPORT_MEANS_03_0 = run(L_DEPARTURE_TRANSPORT_MEANS_03, 0, 4)
_L_DEPARTURE_TRANSPORT_MEANS_04_0 = run(L_DEPARTURE_TRANSPORT_MEANS_04, 0, 4)
_L_DEPARTURE_TRANSPORT_MEANS_02_0 = run(L_DEPARTURE_TRANSPORT_MEANS_02, 0, 4)

def read_departure_transport_means_03(text: str, starts: Starts, at: int) -> tuple[DepartureTransportMeans02, int]:
    found = _L_DEPARTURE_TRANSPORT_MEANS_03_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    return DepartureTransportMeans02(sequence_number=int(v0), type_of_identification=v1, identification_number=v2, nationality=v3), at

def read_departure_transport_means_04(text: str, starts: Starts, at: int) -> tuple[DepartureTransportMeans04, int]:
    found = _L_DEPARTURE_TRANSPORT_MEANS_04_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    return DepartureTransportMeans04(sequence_number=int(v0), type_of_identification=v1, identification_number=v2, nationality=v3), at

def read_departure_transport_means_02(text: str, starts: Starts, at: int) -> tuple[DepartureTransportMeans02, int]:
    found = _L_DEPARTURE_TRANSPORT_MEANS_02_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    return DepartureTransportMeans02(sequence_number=int(v0), type_of_identification=v1, identification_number=v2, nationality=v3), at
