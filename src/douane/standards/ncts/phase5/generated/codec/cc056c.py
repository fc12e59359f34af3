"""Layouts and readers of cc056c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.cc056c import CC056C, Representative01, TransitOperation20
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.functional_error import FunctionalError02
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.functional_error import L_FUNCTIONAL_ERROR_04, read_functional_error_04
from douane.standards.ncts.phase5.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_20
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHANUMERIC_MAX22, ALPHA_NUMERIC_MAX512, DATE_TIME_TYPE, FLAG_CONTENT_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE, STATUS_CONTENT_TYPE02, SYSTEM_CODE_CONTENT_TYPE, TINTYPE_RELAXED

L_TRANSIT_OPERATION_20 = Layout("TransitOperation", TransitOperation20, (
    Leaf("LRN", "lrn", False, ALPHANUMERIC_MAX22), Leaf("MRN", "mrn", False, MRNTYPE),
    Leaf("businessRejectionType", "business_rejection_type", True, STATUS_CONTENT_TYPE02),
    Leaf("rejectionDateAndTime", "rejection_date_and_time", True, DATE_TIME_TYPE),
    Leaf("rejectionCode", "rejection_code", True, SYSTEM_CODE_CONTENT_TYPE), Leaf("rejectionReason", "rejection_reason", False, ALPHA_NUMERIC_MAX512),
))
L_REPRESENTATIVE_01 = Layout("Representative", Representative01, (
    Leaf("identificationNumber", "identification_number", True, TINTYPE_RELAXED), Leaf("status", "status", True, FLAG_CONTENT_TYPE),
))
L_CC056C = Layout("CC056C", CC056C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_20),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_20),
    Inner("Representative", "representative", 0, 1, L_REPRESENTATIVE_01), Inner("FunctionalError", "functional_error", 0, 9999, L_FUNCTIONAL_ERROR_04),
))

_L_CC056C_0 = body(L_CC056C, 0, 10)

def read_cc056c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC056C, int]:
    found = _L_CC056C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20, v21 = found.groups()
    at = found.end()
    functional_error: tuple[FunctionalError02, ...] = ()
    if starts("<FunctionalError>", at): functional_error, at = many(read_functional_error_04, "<FunctionalError>", 9999, text, starts, at)
    return CC056C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation20(lrn=v6, mrn=v7, business_rejection_type=v8, rejection_date_and_time=datetime.datetime.fromisoformat(v9), rejection_code=v10, rejection_reason=v11), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v12), holder_of_the_transit_procedure=HolderOfTheTransitProcedure08(identification_number=v13, tir_holder_identification_number=v14, name=v15, address=None if v16 is None else Address02(street_and_number=v16, postcode=v17, city=v18, country=v19)), representative=None if v20 is None else Representative01(identification_number=v20, status=v21), functional_error=functional_error, phase_id=phase), at
