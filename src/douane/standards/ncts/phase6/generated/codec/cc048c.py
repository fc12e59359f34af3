"""Layouts and readers of cc048c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase6.generated.cc048c import CC048C, ExportOperation01, TransitOperation17
from douane.standards.ncts.phase6.generated.customs_office_of_destination import CustomsOfficeOfDestination
from douane.standards.ncts.phase6.generated.customs_office_of_recovery_at_departure import CustomsOfficeOfRecoveryAtDeparture
from douane.standards.ncts.phase6.generated.codec.customs_office_of_destination import L_CUSTOMS_OFFICE_OF_DESTINATION_02
from douane.standards.ncts.phase6.generated.codec.customs_office_of_recovery_at_departure import L_CUSTOMS_OFFICE_OF_RECOVERY_AT_DEPARTURE_01
from douane.standards.ncts.phase6.generated.codec.kinds import AES_P1_MRNTYPE, DATE_TIME_TYPE, DATE_TYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE, NUMERIC_WITHOUT_ZERO_5

L_TRANSIT_OPERATION_17 = Layout("TransitOperation", TransitOperation17, (
    Leaf("MRN", "mrn", True, MRNTYPE), Leaf("recoveryCommunicationDate", "recovery_communication_date", False, DATE_TYPE),
))
L_EXPORT_OPERATION_01 = Layout("ExportOperation", ExportOperation01, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("MRN", "mrn", True, AES_P1_MRNTYPE),
))
L_CC048C = Layout("CC048C", CC048C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_17),
    Inner("ExportOperation", "export_operation", 1, 999, L_EXPORT_OPERATION_01),
    Inner("CustomsOfficeOfDestination", "customs_office_of_destination", 1, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_02),
    Inner("CustomsOfficeOfRecoveryAtDeparture", "customs_office_of_recovery_at_departure", 1, 1, L_CUSTOMS_OFFICE_OF_RECOVERY_AT_DEPARTURE_01),
))

_L_EXPORT_OPERATION_01_0 = run(L_EXPORT_OPERATION_01, 0, 2)
_L_CC048C_0 = body(L_CC048C, 0, 7)
_L_CC048C_1 = body(L_CC048C, 8, 10)

def read_export_operation_01(text: str, starts: Starts, at: int) -> tuple[ExportOperation01, int]:
    found = _L_EXPORT_OPERATION_01_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    return ExportOperation01(sequence_number=int(v0), mrn=v1), at

def read_cc048c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC048C, int]:
    found = _L_CC048C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7 = found.groups()
    at = found.end()
    export_operation, at = many(read_export_operation_01, "<ExportOperation>", 999, text, starts, at)
    found = _L_CC048C_1(text, at)
    if found is None: raise Unusual
    v8, v9 = found.groups()
    at = found.end()
    return CC048C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation17(mrn=v6, recovery_communication_date=None if v7 is None else datetime.date.fromisoformat(v7)), export_operation=export_operation, customs_office_of_destination=CustomsOfficeOfDestination(reference_number=v8), customs_office_of_recovery_at_departure=CustomsOfficeOfRecoveryAtDeparture(reference_number=v9), phase_id=phase), at
