"""Layouts and readers of cc022c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase6.generated.address import Address02
from douane.standards.ncts.phase6.generated.cc022c import CC022C, FunctionalError01, TransitOperation09
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08
from douane.standards.ncts.phase6.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase6.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_20
from douane.standards.ncts.phase6.generated.codec.kinds import AES_NCTS_P5_FUNCTIONAL_ERROR_CODES, ALPHA_NUMERIC_MAX512, ALPHA_NUMERIC_MAX7, DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE, NUMERIC_WITHOUT_ZERO_5

L_TRANSIT_OPERATION_09 = Layout("TransitOperation", TransitOperation09, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("amendmentNotificationDateAndTime", "amendment_notification_date_and_time", True, DATE_TIME_TYPE),
))
L_FUNCTIONAL_ERROR_01 = Layout("FunctionalError", FunctionalError01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("errorPointer", "error_pointer", False, ALPHA_NUMERIC_MAX512),
    Leaf("errorCode", "error_code", True, AES_NCTS_P5_FUNCTIONAL_ERROR_CODES), Leaf("errorReason", "error_reason", False, ALPHA_NUMERIC_MAX7),
    Leaf("originalAttributeValue", "original_attribute_value", False, ALPHA_NUMERIC_MAX512),
))
L_CC022C = Layout("CC022C", CC022C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_09),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_20),
    Inner("FunctionalError", "functional_error", 0, 9999, L_FUNCTIONAL_ERROR_01),
))

_L_FUNCTIONAL_ERROR_01_0 = run(L_FUNCTIONAL_ERROR_01, 0, 5)
_L_CC022C_0 = body(L_CC022C, 0, 9)

def read_functional_error_01(text: str, starts: Starts, at: int) -> tuple[FunctionalError01, int]:
    found = _L_FUNCTIONAL_ERROR_01_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4 = found.groups()
    at = found.end()
    return FunctionalError01(sequence_number=int(v0), error_pointer=v1, error_code=v2, error_reason=v3, original_attribute_value=v4), at

def read_cc022c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC022C, int]:
    found = _L_CC022C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15 = found.groups()
    at = found.end()
    functional_error: tuple[FunctionalError01, ...] = ()
    if starts("<FunctionalError>", at): functional_error, at = many(read_functional_error_01, "<FunctionalError>", 9999, text, starts, at)
    return CC022C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation09(mrn=v6, amendment_notification_date_and_time=datetime.datetime.fromisoformat(v7)), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v8), holder_of_the_transit_procedure=HolderOfTheTransitProcedure08(identification_number=v9, tir_holder_identification_number=v10, name=v11, address=None if v12 is None else Address02(street_and_number=v12, postcode=v13, city=v14, country=v15)), functional_error=functional_error, phase_id=phase), at
