"""Layouts and readers of transport_means. Written by tools/ncts_family.py; do not edit."""


from douane.standards.ncts.binding.layout import Layout, Leaf
from douane.standards.ncts.phase6.generated.transport_means import TransportMeans
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_MAX35, COUNTRY_CODE_TYPE, ERROR_CODE_CONTENT_TYPE

L_TRANSPORT_MEANS_02 = Layout("TransportMeans", TransportMeans, (
    Leaf("typeOfIdentification", "type_of_identification", True, ERROR_CODE_CONTENT_TYPE),
    Leaf("identificationNumber", "identification_number", True, ALPHANUMERIC_MAX35), Leaf("nationality", "nationality", True, COUNTRY_CODE_TYPE),
))

