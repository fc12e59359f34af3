"""Layouts and readers of cc928c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body
from douane.standards.ncts.phase6.generated.address import Address02
from douane.standards.ncts.phase6.generated.cc928c import CC928C, CustomTransitOperation928
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08
from douane.standards.ncts.phase6.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase6.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_20
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_MAX22, DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE

L_TRANSIT_OPERATION_CUSTOM_928 = Layout("TransitOperation", CustomTransitOperation928, (
    Leaf("LRN", "lrn", True, ALPHANUMERIC_MAX22), Leaf("MRN", "mrn", False, MRNTYPE),
))
L_CC928C = Layout("CC928C", CC928C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_CUSTOM_928),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_20),
))

_L_CC928C_0 = body(L_CC928C, 0, 9)

def read_cc928c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC928C, int]:
    found = _L_CC928C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15 = found.groups()
    at = found.end()
    return CC928C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=CustomTransitOperation928(lrn=v6, mrn=v7), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v8), holder_of_the_transit_procedure=HolderOfTheTransitProcedure08(identification_number=v9, tir_holder_identification_number=v10, name=v11, address=None if v12 is None else Address02(street_and_number=v12, postcode=v13, city=v14, country=v15)), phase_id=phase), at
