"""Layouts and readers of cc231c. Written by tools/ncts_family.py; do not edit."""

import datetime

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body
from douane.standards.ncts.phase5.generated.cc231c import CC231C, GuaranteeReference12
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_guarantee import L_CUSTOMS_OFFICE_OF_GUARANTEE_02
from douane.standards.ncts.phase5.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_01
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHA_NUMERIC_MAX512, DATE_TIME_TYPE, DATE_TYPE, GRNTYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, STATUS_CONTENT_TYPE02

L_GUARANTEE_REFERENCE_12 = Layout("GuaranteeReference", GuaranteeReference12, (
    Leaf("GRN", "grn", True, GRNTYPE), Leaf("invalidityDate", "invalidity_date", True, DATE_TYPE),
    Leaf("invalidityReasonCode", "invalidity_reason_code", False, STATUS_CONTENT_TYPE02),
    Leaf("invalidityReasonText", "invalidity_reason_text", False, ALPHA_NUMERIC_MAX512),
    Inner("CustomsOfficeOfGuarantee", "customs_office_of_guarantee", 1, 1, L_CUSTOMS_OFFICE_OF_GUARANTEE_02),
))
L_CC231C = Layout("CC231C", CC231C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_01),
    Inner("GuaranteeReference", "guarantee_reference", 1, 1, L_GUARANTEE_REFERENCE_12),
))

_L_CC231C_0 = body(L_CC231C, 0, 8)

def read_cc231c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC231C, int]:
    found = _L_CC231C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11 = found.groups()
    at = found.end()
    return CC231C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, holder_of_the_transit_procedure=HolderOfTheTransitProcedure01(identification_number=v6), guarantee_reference=GuaranteeReference12(grn=v7, invalidity_date=datetime.date.fromisoformat(v8), invalidity_reason_code=v9, invalidity_reason_text=v10, customs_office_of_guarantee=CustomsOfficeOfGuarantee(reference_number=v11)), phase_id=phase), at
