"""Layouts and readers of guarantee_reference. Written by tools/ncts_family.py; do not edit."""

from decimal import Decimal

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, many, run
from douane.standards.ncts.phase5.generated.address import Address02, Address11
from douane.standards.ncts.phase5.generated.agent_in_country_of_competent_authority import AgentInCountryOfCompetentAuthority
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01, ContactPerson03
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee
from douane.standards.ncts.phase5.generated.guarantee_reference import GuaranteeReference03, GuaranteeReference04, GuaranteeReference13, GuaranteeReference14, GuaranteeReference15
from douane.standards.ncts.phase5.generated.guarantor import Guarantor05
from douane.standards.ncts.phase5.generated.invalid_guarantee_reason import InvalidGuaranteeReason02
from douane.standards.ncts.phase5.generated.validity_limitation import ValidityLimitation
from douane.standards.ncts.phase5.generated.codec.customs_office_of_guarantee import L_CUSTOMS_OFFICE_OF_GUARANTEE_02
from douane.standards.ncts.phase5.generated.codec.guarantor import L_GUARANTOR_05
from douane.standards.ncts.phase5.generated.codec.invalid_guarantee_reason import L_INVALID_GUARANTEE_REASON_02, read_invalid_guarantee_reason_02
from douane.standards.ncts.phase5.generated.codec.validity_limitation import L_VALIDITY_LIMITATION, read_validity_limitation
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHANUMERIC_MAX4, ALPHA_NUMERIC_4_NO_SPACES, CURRENCY_CONTENT_TYPE, DECIMAL_WITH_ZERO_16_2, GRNTYPE, NUMERIC_WITHOUT_ZERO_5

L_GUARANTEE_REFERENCE_03 = Layout("GuaranteeReference", GuaranteeReference03, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("GRN", "grn", False, GRNTYPE),
    Leaf("accessCode", "access_code", False, ALPHA_NUMERIC_4_NO_SPACES),
    Leaf("amountToBeCovered", "amount_to_be_covered", False, DECIMAL_WITH_ZERO_16_2), Leaf("currency", "currency", False, CURRENCY_CONTENT_TYPE),
))
L_GUARANTEE_REFERENCE_13 = Layout("GuaranteeReference", GuaranteeReference13, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("GRN", "grn", True, GRNTYPE),
    Inner("Guarantor", "guarantor", 0, 1, L_GUARANTOR_05),
))
L_GUARANTEE_REFERENCE_04 = Layout("GuaranteeReference", GuaranteeReference04, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("GRN", "grn", True, GRNTYPE),
    Leaf("accessCode", "access_code", True, ALPHANUMERIC_MAX4), Leaf("amountConcerned", "amount_concerned", True, DECIMAL_WITH_ZERO_16_2),
    Leaf("currency", "currency", True, CURRENCY_CONTENT_TYPE),
))
L_GUARANTEE_REFERENCE_14 = Layout("GuaranteeReference", GuaranteeReference14, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("GRN", "grn", True, GRNTYPE),
    Inner("CustomsOfficeOfGuarantee", "customs_office_of_guarantee", 0, 1, L_CUSTOMS_OFFICE_OF_GUARANTEE_02),
    Inner("ValidityLimitation", "validity_limitation", 0, 99, L_VALIDITY_LIMITATION),
    Inner("InvalidGuaranteeReason", "invalid_guarantee_reason", 0, 9, L_INVALID_GUARANTEE_REASON_02),
))
L_GUARANTEE_REFERENCE_15 = Layout("GuaranteeReference", GuaranteeReference15, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("GRN", "grn", True, GRNTYPE),
    Inner("CustomsOfficeOfGuarantee", "customs_office_of_guarantee", 1, 1, L_CUSTOMS_OFFICE_OF_GUARANTEE_02),
))

_L_GUARANTEE_REFERENCE_03_0 = run(L_GUARANTEE_REFERENCE_03, 0, 5)
_L_GUARANTEE_REFERENCE_13_0 = run(L_GUARANTEE_REFERENCE_13, 0, 3)
_L_GUARANTEE_REFERENCE_04_0 = run(L_GUARANTEE_REFERENCE_04, 0, 5)
_L_GUARANTEE_REFERENCE_14_0 = run(L_GUARANTEE_REFERENCE_14, 0, 3)
_L_GUARANTEE_REFERENCE_14_1 = run(L_GUARANTEE_REFERENCE_14, 5, 5)
_L_GUARANTEE_REFERENCE_15_0 = run(L_GUARANTEE_REFERENCE_15, 0, 3)

def read_guarantee_reference_03(text: str, starts: Starts, at: int) -> tuple[GuaranteeReference03, int]:
    found = _L_GUARANTEE_REFERENCE_03_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4 = found.groups()
    at = found.end()
    return GuaranteeReference03(sequence_number=int(v0), grn=v1, access_code=v2, amount_to_be_covered=None if v3 is None else Decimal(v3), currency=v4), at

def read_guarantee_reference_13(text: str, starts: Starts, at: int) -> tuple[GuaranteeReference13, int]:
    found = _L_GUARANTEE_REFERENCE_13_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20 = found.groups()
    at = found.end()
    return GuaranteeReference13(sequence_number=int(v0), grn=v1, guarantor=None if v4 is None else Guarantor05(contact_details_in_country_of_competent_authority=v2, identification_number=v3, name=v4, address=Address11(street_and_number=v5, postcode=v6, city=v7, country=v8), contact_person=None if v9 is None else ContactPerson01(name=v9, phone_number=v10, e_mail_address=v11), agent_in_country_of_competent_authority=None if v13 is None else AgentInCountryOfCompetentAuthority(identification_number=v12, name=v13, address=Address02(street_and_number=v14, postcode=v15, city=v16, country=v17), contact_person=None if v18 is None else ContactPerson03(name=v18, phone_number=v19, e_mail_address=v20)))), at

def read_guarantee_reference_04(text: str, starts: Starts, at: int) -> tuple[GuaranteeReference04, int]:
    found = _L_GUARANTEE_REFERENCE_04_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4 = found.groups()
    at = found.end()
    return GuaranteeReference04(sequence_number=int(v0), grn=v1, access_code=v2, amount_concerned=Decimal(v3), currency=v4), at

def read_guarantee_reference_14(text: str, starts: Starts, at: int) -> tuple[GuaranteeReference14, int]:
    found = _L_GUARANTEE_REFERENCE_14_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    validity_limitation: tuple[ValidityLimitation, ...] = ()
    if starts("<ValidityLimitation>", at): validity_limitation, at = many(read_validity_limitation, "<ValidityLimitation>", 99, text, starts, at)
    invalid_guarantee_reason: tuple[InvalidGuaranteeReason02, ...] = ()
    if starts("<InvalidGuaranteeReason>", at): invalid_guarantee_reason, at = many(read_invalid_guarantee_reason_02, "<InvalidGuaranteeReason>", 9, text, starts, at)
    found = _L_GUARANTEE_REFERENCE_14_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return GuaranteeReference14(sequence_number=int(v0), grn=v1, customs_office_of_guarantee=None if v2 is None else CustomsOfficeOfGuarantee(reference_number=v2), validity_limitation=validity_limitation, invalid_guarantee_reason=invalid_guarantee_reason), at

def read_guarantee_reference_15(text: str, starts: Starts, at: int) -> tuple[GuaranteeReference15, int]:
    found = _L_GUARANTEE_REFERENCE_15_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2 = found.groups()
    at = found.end()
    return GuaranteeReference15(sequence_number=int(v0), grn=v1, customs_office_of_guarantee=CustomsOfficeOfGuarantee(reference_number=v2)), at
