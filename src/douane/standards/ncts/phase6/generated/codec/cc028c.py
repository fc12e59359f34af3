"""Layouts and readers of cc028c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body
from douane.standards.ncts.phase6.generated.address import Address02
from douane.standards.ncts.phase6.generated.cc028c import CC028C, TransitOperation11
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08
from douane.standards.ncts.phase6.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase6.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_20
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_MAX22, DATE_TIME_TYPE, DATE_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE

L_TRANSIT_OPERATION_11 = Layout("TransitOperation", TransitOperation11, (
    Leaf("LRN", "lrn", True, ALPHANUMERIC_MAX22), Leaf("MRN", "mrn", True, MRNTYPE),
    Leaf("declarationAcceptanceDate", "declaration_acceptance_date", True, DATE_TYPE),
))
L_CC028C = Layout("CC028C", CC028C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_11),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_20),
))

_L_CC028C_0 = body(L_CC028C, 0, 9)

def read_cc028c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC028C, int]:
    found = _L_CC028C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16 = found.groups()
    at = found.end()
    return CC028C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation11(lrn=v6, mrn=v7, declaration_acceptance_date=datetime.date.fromisoformat(v8)), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v9), holder_of_the_transit_procedure=HolderOfTheTransitProcedure08(identification_number=v10, tir_holder_identification_number=v11, name=v12, address=None if v13 is None else Address02(street_and_number=v13, postcode=v14, city=v15, country=v16)), phase_id=phase), at
