"""Layouts and readers of cc042c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase6.generated.cc042c import CC042C, ControlResult03, ExportOperation04, TransitOperation13
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase6.generated.customs_office_of_destination import CustomsOfficeOfDestination
from douane.standards.ncts.phase6.generated.customs_office_of_exit import CustomsOfficeOfExit
from douane.standards.ncts.phase6.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase6.generated.codec.customs_office_of_destination import L_CUSTOMS_OFFICE_OF_DESTINATION_02
from douane.standards.ncts.phase6.generated.codec.customs_office_of_exit import L_CUSTOMS_OFFICE_OF_EXIT
from douane.standards.ncts.phase6.generated.codec.kinds import AES_P1_MRNTYPE, ALPHANUMERIC_MAX5, DATE_TIME_TYPE, DATE_TYPE, MESSAGE_TYPES, MONTH_CONTENT_TYPE, MRNCONTENT_TYPE01, MRNTYPE, NUMERIC_WITHOUT_ZERO_5

L_TRANSIT_OPERATION_13 = Layout("TransitOperation", TransitOperation13, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("declarationType", "declaration_type", True, ALPHANUMERIC_MAX5),
))
L_CONTROL_RESULT_03 = Layout("ControlResult", ControlResult03, (
    Leaf("code", "code", True, MONTH_CONTENT_TYPE), Leaf("date", "date", True, DATE_TYPE),
))
L_EXPORT_OPERATION_04 = Layout("ExportOperation", ExportOperation04, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("MRN", "mrn", True, AES_P1_MRNTYPE),
    Inner("ControlResult", "control_result", 1, 1, L_CONTROL_RESULT_03),
))
L_CC042C = Layout("CC042C", CC042C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_13),
    Inner("ExportOperation", "export_operation", 1, 999, L_EXPORT_OPERATION_04),
    Inner("CustomsOfficeOfExit", "customs_office_of_exit", 1, 1, L_CUSTOMS_OFFICE_OF_EXIT),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("CustomsOfficeOfDestination", "customs_office_of_destination", 1, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_02),
))

_L_EXPORT_OPERATION_04_0 = run(L_EXPORT_OPERATION_04, 0, 3)
_L_CC042C_0 = body(L_CC042C, 0, 7)
_L_CC042C_1 = body(L_CC042C, 8, 11)

def read_export_operation_04(text: str, starts: Starts, at: int) -> tuple[ExportOperation04, int]:
    found = _L_EXPORT_OPERATION_04_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3 = found.groups()
    at = found.end()
    return ExportOperation04(sequence_number=int(v0), mrn=v1, control_result=ControlResult03(code=v2, date=datetime.date.fromisoformat(v3))), at

def read_cc042c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC042C, int]:
    found = _L_CC042C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7 = found.groups()
    at = found.end()
    export_operation, at = many(read_export_operation_04, "<ExportOperation>", 999, text, starts, at)
    found = _L_CC042C_1(text, at)
    if found is None: raise Unusual
    v8, v9, v10 = found.groups()
    at = found.end()
    return CC042C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation13(mrn=v6, declaration_type=v7), export_operation=export_operation, customs_office_of_exit=CustomsOfficeOfExit(reference_number=v8), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v9), customs_office_of_destination=CustomsOfficeOfDestination(reference_number=v10), phase_id=phase), at
