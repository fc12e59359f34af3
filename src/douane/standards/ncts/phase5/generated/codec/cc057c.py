"""Layouts and readers of cc057c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many
from douane.standards.ncts.phase5.generated.cc057c import CC057C, TransitOperation21
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase5.generated.functional_error import FunctionalError02
from douane.standards.ncts.phase5.generated.trader_at_destination import TraderAtDestination02
from douane.standards.ncts.phase5.generated.codec.customs_office_of_destination_actual import L_CUSTOMS_OFFICE_OF_DESTINATION_ACTUAL_03
from douane.standards.ncts.phase5.generated.codec.functional_error import L_FUNCTIONAL_ERROR_04, read_functional_error_04
from douane.standards.ncts.phase5.generated.codec.trader_at_destination import L_TRADER_AT_DESTINATION_03
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHA_NUMERIC_MAX512, DATE_TIME_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE, STATUS_CONTENT_TYPE02, SYSTEM_CODE_CONTENT_TYPE

L_TRANSIT_OPERATION_21 = Layout("TransitOperation", TransitOperation21, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("businessRejectionType", "business_rejection_type", True, STATUS_CONTENT_TYPE02),
    Leaf("rejectionDateAndTime", "rejection_date_and_time", True, DATE_TIME_TYPE),
    Leaf("rejectionCode", "rejection_code", True, SYSTEM_CODE_CONTENT_TYPE), Leaf("rejectionReason", "rejection_reason", False, ALPHA_NUMERIC_MAX512),
))
L_CC057C = Layout("CC057C", CC057C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_21),
    Inner("CustomsOfficeOfDestinationActual", "customs_office_of_destination_actual", 1, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_ACTUAL_03),
    Inner("TraderAtDestination", "trader_at_destination", 1, 1, L_TRADER_AT_DESTINATION_03),
    Inner("FunctionalError", "functional_error", 0, 9999, L_FUNCTIONAL_ERROR_04),
))

_L_CC057C_0 = body(L_CC057C, 0, 9)

def read_cc057c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC057C, int]:
    found = _L_CC057C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12 = found.groups()
    at = found.end()
    functional_error: tuple[FunctionalError02, ...] = ()
    if starts("<FunctionalError>", at): functional_error, at = many(read_functional_error_04, "<FunctionalError>", 9999, text, starts, at)
    return CC057C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation21(mrn=v6, business_rejection_type=v7, rejection_date_and_time=datetime.datetime.fromisoformat(v8), rejection_code=v9, rejection_reason=v10), customs_office_of_destination_actual=CustomsOfficeOfDestinationActual(reference_number=v11), trader_at_destination=TraderAtDestination02(identification_number=v12), functional_error=functional_error, phase_id=phase), at
