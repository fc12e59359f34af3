"""Layouts and readers of cc055c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase6.generated.address import Address02
from douane.standards.ncts.phase6.generated.cc055c import CC055C, GuaranteeReference08, InvalidGuaranteeReason
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure07
from douane.standards.ncts.phase6.generated.transit_operation import TransitOperation48
from douane.standards.ncts.phase6.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase6.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_07
from douane.standards.ncts.phase6.generated.codec.transit_operation import L_TRANSIT_OPERATION_48
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHA_NUMERIC_MAX512, CODE_CONTENT_TYPE04, DATE_TIME_TYPE, GRNTYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, NUMERIC_WITHOUT_ZERO_5

L_INVALID_GUARANTEE_REASON_01 = Layout("InvalidGuaranteeReason", InvalidGuaranteeReason, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("code", "code", True, CODE_CONTENT_TYPE04),
    Leaf("text", "text", False, ALPHA_NUMERIC_MAX512),
))
L_GUARANTEE_REFERENCE_08 = Layout("GuaranteeReference", GuaranteeReference08, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("GRN", "grn", True, GRNTYPE),
    Inner("InvalidGuaranteeReason", "invalid_guarantee_reason", 1, 9, L_INVALID_GUARANTEE_REASON_01),
))
L_CC055C = Layout("CC055C", CC055C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("TransitOperation", "transit_operation", 1, 1, L_TRANSIT_OPERATION_48),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_07),
    Inner("GuaranteeReference", "guarantee_reference", 1, 99, L_GUARANTEE_REFERENCE_08),
))

_L_INVALID_GUARANTEE_REASON_01_0 = run(L_INVALID_GUARANTEE_REASON_01, 0, 3)
_L_GUARANTEE_REFERENCE_08_0 = run(L_GUARANTEE_REFERENCE_08, 0, 2)
_L_GUARANTEE_REFERENCE_08_1 = run(L_GUARANTEE_REFERENCE_08, 3, 3)
_L_CC055C_0 = body(L_CC055C, 0, 9)

def read_invalid_guarantee_reason_01(text: str, starts: Starts, at: int) -> tuple[InvalidGuaranteeReason, int]:
    found = _L_INVALID_GUARANTEE_REASON_01_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return InvalidGuaranteeReason(sequence_number=int(v0), code=v1, text=v2), at

def read_guarantee_reference_08(text: str, starts: Starts, at: int) -> tuple[GuaranteeReference08, int]:
    found = _L_GUARANTEE_REFERENCE_08_0(text, at)
    if found is None: raise Unusual
    v0, v1 = found.groups()
    at = found.end()
    invalid_guarantee_reason, at = many(read_invalid_guarantee_reason_01, "<InvalidGuaranteeReason>", 9, text, starts, at)
    found = _L_GUARANTEE_REFERENCE_08_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return GuaranteeReference08(sequence_number=int(v0), grn=v1, invalid_guarantee_reason=invalid_guarantee_reason), at

def read_cc055c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC055C, int]:
    found = _L_CC055C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14 = found.groups()
    at = found.end()
    guarantee_reference, at = many(read_guarantee_reference_08, "<GuaranteeReference>", 99, text, starts, at)
    return CC055C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, transit_operation=TransitOperation48(mrn=v6, declaration_acceptance_date=datetime.date.fromisoformat(v7)), customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v8), holder_of_the_transit_procedure=HolderOfTheTransitProcedure07(identification_number=v9, name=v10, address=None if v11 is None else Address02(street_and_number=v11, postcode=v12, city=v13, country=v14)), guarantee_reference=guarantee_reference, phase_id=phase), at
