"""Layouts and readers of cc004c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body
from douane.standards.ncts.phase6.generated.address import Address02
from douane.standards.ncts.phase6.generated.cc004c import CC004C, TransitOperation01
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08
from douane.standards.ncts.phase6.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase6.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_20
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_MAX22, DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE

L_TRANSIT_OPERATION_01 = Layout("TransitOperation", TransitOperation01, (
    Leaf("LRN", "lrn", False, ALPHANUMERIC_MAX22), Leaf("MRN", "mrn", False, MRNTYPE),
    Leaf("amendmentSubmissionDateAndTime", "amendment_submission_date_and_time", True, DATE_TIME_TYPE),
    Leaf("amendmentAcceptanceDateAndTime", "amendment_acceptance_date_and_time", True, DATE_TIME_TYPE),
))
L_CC004C = Layout("CC004C", CC004C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_01),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_20),
))

_L_CC004C_0 = body(L_CC004C, 0, 9)

def read_cc004c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC004C, int]:
    found = _L_CC004C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17 = found.groups()
    at = found.end()
    return CC004C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation01(lrn=v6, mrn=v7, amendment_submission_date_and_time=datetime.datetime.fromisoformat(v8), amendment_acceptance_date_and_time=datetime.datetime.fromisoformat(v9)), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v10), holder_of_the_transit_procedure=HolderOfTheTransitProcedure08(identification_number=v11, tir_holder_identification_number=v12, name=v13, address=None if v14 is None else Address02(street_and_number=v14, postcode=v15, city=v16, country=v17)), phase_id=phase), at
