"""Layouts and readers of cc224c. Written by tools/ncts_family.py; do not edit."""

import datetime
from decimal import Decimal

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.cc224c import CC224C, GuaranteeReference02
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee
from douane.standards.ncts.phase5.generated.guarantor import Guarantor02
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure04
from douane.standards.ncts.phase5.generated.codec.address import L_ADDRESS_14
from douane.standards.ncts.phase5.generated.codec.customs_office_of_guarantee import L_CUSTOMS_OFFICE_OF_GUARANTEE_02
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHA_NUMERIC_4_NO_SPACES, ALPHA_NUMERIC_MAX17_NO_SPACES, ALPHA_NUMERIC_MAX35_NO_SPACES, ALPHA_NUMERIC_MAX70_NO_SPACES, COUNTRY_CODES_CUSTOMS_OFFICE_LISTS, CURRENCY_CONTENT_TYPE, DATE_TIME_TYPE, DATE_TYPE, DECIMAL_WITH_ZERO_16_2, FLAG, GRNTYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, NUMERIC_WITHOUT_ZERO_5, TINTYPE_RELAXED

L_HOLDER_OF_THE_TRANSIT_PROCEDURE_09 = Layout("HolderOfTheTransitProcedure", HolderOfTheTransitProcedure04, (
    Leaf("identificationNumber", "identification_number", False, ALPHA_NUMERIC_MAX17_NO_SPACES),
    Leaf("name", "name", False, ALPHA_NUMERIC_MAX70_NO_SPACES), Inner("Address", "address", 0, 1, L_ADDRESS_14),
))
L_ADDRESS_05 = Layout("Address", Address02, (
    Leaf("streetAndNumber", "street_and_number", True, ALPHA_NUMERIC_MAX70_NO_SPACES),
    Leaf("postcode", "postcode", False, ALPHA_NUMERIC_MAX17_NO_SPACES), Leaf("city", "city", True, ALPHA_NUMERIC_MAX35_NO_SPACES),
    Leaf("country", "country", True, COUNTRY_CODES_CUSTOMS_OFFICE_LISTS),
))
L_GUARANTOR_02 = Layout("Guarantor", Guarantor02, (
    Leaf("identificationNumber", "identification_number", True, TINTYPE_RELAXED), Leaf("name", "name", False, ALPHA_NUMERIC_MAX70_NO_SPACES),
    Inner("Address", "address", 0, 1, L_ADDRESS_05),
))
L_GUARANTEE_REFERENCE_02 = Layout("GuaranteeReference", GuaranteeReference02, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("GRN", "grn", True, GRNTYPE),
    Leaf("currency", "currency", False, CURRENCY_CONTENT_TYPE), Leaf("issueDate", "issue_date", True, DATE_TYPE),
    Leaf("accessCode", "access_code", True, ALPHA_NUMERIC_4_NO_SPACES), Leaf("TIRCarnet", "tir_carnet", True, FLAG),
    Leaf("expiryDate", "expiry_date", True, DATE_TYPE), Leaf("copyGiven", "copy_given", True, FLAG),
    Leaf("voucherAmount", "voucher_amount", False, DECIMAL_WITH_ZERO_16_2),
))
L_CC224C = Layout("CC224C", CC224C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_09),
    Inner("Guarantor", "guarantor", 1, 1, L_GUARANTOR_02),
    Inner("CustomsOfficeOfGuarantee", "customs_office_of_guarantee", 1, 1, L_CUSTOMS_OFFICE_OF_GUARANTEE_02),
    Inner("GuaranteeReference", "guarantee_reference", 1, 99, L_GUARANTEE_REFERENCE_02),
))

_L_GUARANTEE_REFERENCE_02_0 = run(L_GUARANTEE_REFERENCE_02, 0, 9)
_L_CC224C_0 = body(L_CC224C, 0, 9)

def read_guarantee_reference_02(text: str, starts: Starts, at: int) -> tuple[GuaranteeReference02, int]:
    found = _L_GUARANTEE_REFERENCE_02_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8 = found.groups()
    at = found.end()
    return GuaranteeReference02(sequence_number=int(v0), grn=v1, currency=v2, issue_date=datetime.date.fromisoformat(v3), access_code=v4, tir_carnet=v5 == "1", expiry_date=datetime.date.fromisoformat(v6), copy_given=v7 == "1", voucher_amount=None if v8 is None else Decimal(v8)), at

def read_cc224c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC224C, int]:
    found = _L_CC224C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18 = found.groups()
    at = found.end()
    guarantee_reference, at = many(read_guarantee_reference_02, "<GuaranteeReference>", 99, text, starts, at)
    return CC224C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, holder_of_the_transit_procedure=HolderOfTheTransitProcedure04(identification_number=v6, name=v7, address=None if v8 is None else Address02(street_and_number=v8, postcode=v9, city=v10, country=v11)), guarantor=Guarantor02(identification_number=v12, name=v13, address=None if v14 is None else Address02(street_and_number=v14, postcode=v15, city=v16, country=v17)), customs_office_of_guarantee=CustomsOfficeOfGuarantee(reference_number=v18), guarantee_reference=guarantee_reference, phase_id=phase), at
