"""Layouts and readers of cc225c. Written by tools/ncts_family.py; do not edit."""

import datetime
from decimal import Decimal

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.cc225c import CC225C, GuaranteeReference09
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_guarantee import L_CUSTOMS_OFFICE_OF_GUARANTEE_02
from douane.standards.ncts.phase5.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_01
from douane.standards.ncts.phase5.generated.codec.kinds import CURRENCY_CONTENT_TYPE, DATE_TIME_TYPE, DATE_TYPE, DECIMAL_WITH_ZERO_16_2, FLAG, GRNTYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, NUMERIC_WITHOUT_ZERO_5, NUMERIC_WITH_ZERO_3, NUMERIC_WITH_ZERO_8, STATUS_CONTENT_TYPE02

L_GUARANTEE_REFERENCE_09 = Layout("GuaranteeReference", GuaranteeReference09, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("GRN", "grn", True, GRNTYPE),
    Leaf("currency", "currency", True, CURRENCY_CONTENT_TYPE), Leaf("referenceAmount", "reference_amount", False, DECIMAL_WITH_ZERO_16_2),
    Leaf("percentageOfReferenceAmount", "percentage_of_reference_amount", False, NUMERIC_WITH_ZERO_3),
    Leaf("guaranteeAmount", "guarantee_amount", False, DECIMAL_WITH_ZERO_16_2),
    Leaf("numberOfCertificates", "number_of_certificates", False, NUMERIC_WITH_ZERO_8), Leaf("validityDate", "validity_date", False, DATE_TYPE),
    Leaf("invalidityDate", "invalidity_date", False, DATE_TYPE), Leaf("invalidityReasonCode", "invalidity_reason_code", False, STATUS_CONTENT_TYPE02),
    Leaf("restrictedUseSuspendedGoods", "restricted_use_suspended_goods", True, FLAG),
    Inner("CustomsOfficeOfGuarantee", "customs_office_of_guarantee", 1, 1, L_CUSTOMS_OFFICE_OF_GUARANTEE_02),
))
L_CC225C = Layout("CC225C", CC225C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_01),
    Inner("GuaranteeReference", "guarantee_reference", 1, 99, L_GUARANTEE_REFERENCE_09),
))

_L_GUARANTEE_REFERENCE_09_0 = run(L_GUARANTEE_REFERENCE_09, 0, 12)
_L_CC225C_0 = body(L_CC225C, 0, 7)

def read_guarantee_reference_09(text: str, starts: Starts, at: int) -> tuple[GuaranteeReference09, int]:
    found = _L_GUARANTEE_REFERENCE_09_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11 = found.groups()
    at = found.end()
    return GuaranteeReference09(sequence_number=int(v0), grn=v1, currency=v2, reference_amount=None if v3 is None else Decimal(v3), percentage_of_reference_amount=None if v4 is None else int(v4), guarantee_amount=None if v5 is None else Decimal(v5), number_of_certificates=None if v6 is None else int(v6), validity_date=None if v7 is None else datetime.date.fromisoformat(v7), invalidity_date=None if v8 is None else datetime.date.fromisoformat(v8), invalidity_reason_code=v9, restricted_use_suspended_goods=v10 == "1", customs_office_of_guarantee=CustomsOfficeOfGuarantee(reference_number=v11)), at

def read_cc225c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC225C, int]:
    found = _L_CC225C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6 = found.groups()
    at = found.end()
    guarantee_reference, at = many(read_guarantee_reference_09, "<GuaranteeReference>", 99, text, starts, at)
    return CC225C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, holder_of_the_transit_procedure=HolderOfTheTransitProcedure01(identification_number=v6), guarantee_reference=guarantee_reference, phase_id=phase), at
