"""Layouts and readers of cc228c. Written by tools/ncts_family.py; do not edit."""

import datetime
from decimal import Decimal

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase6.generated.address import Address02
from douane.standards.ncts.phase6.generated.cc228c import Address06, CC228C, CustomsOfficeOfGuarantee, GuaranteeReference10, Guarantor03
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure07
from douane.standards.ncts.phase6.generated.codec.holder_of_the_transit_procedure import L_HOLDER_OF_THE_TRANSIT_PROCEDURE_07
from douane.standards.ncts.phase6.generated.codec.kinds import ALPHANUMERIC_MAX35, ALPHANUMERIC_MAX70, ALPHA_NUMERIC_MAX17_NO_SPACES, COREF_NUM_TYPE, COUNTRY_CODES_CUSTOMS_OFFICE_LISTS, CURRENCY_CONTENT_TYPE, DATE_TIME_TYPE, DATE_TYPE, DECIMAL_WITH_ZERO_16_2, GRNTYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, NUMERIC_WITHOUT_ZERO_5, TINTYPE_RELAXED

L_ADDRESS_06 = Layout("Address", Address06, (
    Leaf("postcode", "postcode", False, ALPHA_NUMERIC_MAX17_NO_SPACES), Leaf("city", "city", True, ALPHANUMERIC_MAX35),
    Leaf("country", "country", True, COUNTRY_CODES_CUSTOMS_OFFICE_LISTS),
))
L_GUARANTOR_03 = Layout("Guarantor", Guarantor03, (
    Leaf("identificationNumber", "identification_number", True, TINTYPE_RELAXED), Leaf("name", "name", False, ALPHANUMERIC_MAX70),
    Inner("Address", "address", 0, 1, L_ADDRESS_06),
))
L_CUSTOMS_OFFICE_OF_GUARANTEE_02 = Layout("CustomsOfficeOfGuarantee", CustomsOfficeOfGuarantee, (
    Leaf("referenceNumber", "reference_number", True, COREF_NUM_TYPE),
))
L_GUARANTEE_REFERENCE_10 = Layout("GuaranteeReference", GuaranteeReference10, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("GRN", "grn", True, GRNTYPE),
    Leaf("currency", "currency", True, CURRENCY_CONTENT_TYPE), Leaf("guaranteeAmount", "guarantee_amount", True, DECIMAL_WITH_ZERO_16_2),
    Leaf("invalidityDate", "invalidity_date", True, DATE_TYPE), Leaf("liabilityLiberationDate", "liability_liberation_date", True, DATE_TYPE),
    Inner("CustomsOfficeOfGuarantee", "customs_office_of_guarantee", 1, 1, L_CUSTOMS_OFFICE_OF_GUARANTEE_02),
))
L_CC228C = Layout("CC228C", CC228C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01),
    Inner("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure", 1, 1, L_HOLDER_OF_THE_TRANSIT_PROCEDURE_07),
    Inner("Guarantor", "guarantor", 1, 1, L_GUARANTOR_03), Inner("GuaranteeReference", "guarantee_reference", 1, 99, L_GUARANTEE_REFERENCE_10),
))

_L_GUARANTEE_REFERENCE_10_0 = run(L_GUARANTEE_REFERENCE_10, 0, 7)
_L_CC228C_0 = body(L_CC228C, 0, 8)

def read_guarantee_reference_10(text: str, starts: Starts, at: int) -> tuple[GuaranteeReference10, int]:
    found = _L_GUARANTEE_REFERENCE_10_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6 = found.groups()
    at = found.end()
    return GuaranteeReference10(sequence_number=int(v0), grn=v1, currency=v2, guarantee_amount=Decimal(v3), invalidity_date=datetime.date.fromisoformat(v4), liability_liberation_date=datetime.date.fromisoformat(v5), customs_office_of_guarantee=CustomsOfficeOfGuarantee(reference_number=v6)), at

def read_cc228c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC228C, int]:
    found = _L_CC228C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16 = found.groups()
    at = found.end()
    guarantee_reference, at = many(read_guarantee_reference_10, "<GuaranteeReference>", 99, text, starts, at)
    return CC228C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, holder_of_the_transit_procedure=HolderOfTheTransitProcedure07(identification_number=v6, name=v7, address=None if v8 is None else Address02(street_and_number=v8, postcode=v9, city=v10, country=v11)), guarantor=Guarantor03(identification_number=v12, name=v13, address=None if v15 is None else Address06(postcode=v14, city=v15, country=v16)), guarantee_reference=guarantee_reference, phase_id=phase), at
