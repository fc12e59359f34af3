"""Layouts and readers of cc037c. Written by tools/ncts_family.py; do not edit."""

import datetime
from decimal import Decimal

from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.standards.ncts.binding.runs import Starts, Unusual, body, many, run
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.cc037c import CC037C, ComprehensiveGuarantee, Exposure, GuaranteeReference07, Guarantor01, IndividualGuaranteeByGuarantor, IndividualGuaranteeVoucher, Owner02, Usage
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination import CustomsOfficeOfDestination
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee
from douane.standards.ncts.phase5.generated.guarantee_query import GuaranteeQuery
from douane.standards.ncts.phase5.generated.requester import Requester
from douane.standards.ncts.phase5.generated.validity_limitation import ValidityLimitation
from douane.standards.ncts.phase5.generated.codec.address import L_ADDRESS_07, L_ADDRESS_16
from douane.standards.ncts.phase5.generated.codec.contact_person import L_CONTACT_PERSON_01
from douane.standards.ncts.phase5.generated.codec.customs_office_of_departure import L_CUSTOMS_OFFICE_OF_DEPARTURE_03
from douane.standards.ncts.phase5.generated.codec.customs_office_of_destination import L_CUSTOMS_OFFICE_OF_DESTINATION_02
from douane.standards.ncts.phase5.generated.codec.customs_office_of_guarantee import L_CUSTOMS_OFFICE_OF_GUARANTEE_02
from douane.standards.ncts.phase5.generated.codec.guarantee_query import L_GUARANTEE_QUERY
from douane.standards.ncts.phase5.generated.codec.validity_limitation import L_VALIDITY_LIMITATION, read_validity_limitation
from douane.standards.ncts.phase5.generated.codec.kinds import ALPHANUMERIC_CAPITAL1_TYPE, ALPHANUMERIC_MAX70, ALPHA_NUMERIC_MAX512, CURRENCY_CONTENT_TYPE, DATE_TIME_TYPE, DATE_TYPE, DECIMAL_WITHOUT_ZERO_16_2, DECIMAL_WITH_ZERO_16_2, FLAG, FLAG_CONTENT_TYPE, GRNTYPE, MESSAGE_TYPES, MRNCONTENT_TYPE01, MRNTYPE, NUMERIC_WITHOUT_ZERO_3, NUMERIC_WITHOUT_ZERO_5, NUMERIC_WITHOUT_ZERO_8, NUMERIC_WITH_ZERO_8, STATUS_CONTENT_TYPE02, TINTYPE_RELAXED

L_REQUESTER_02 = Layout("Requester", Requester, (
    Leaf("identificationNumber", "identification_number", True, TINTYPE_RELAXED), Leaf("role", "role", True, FLAG_CONTENT_TYPE),
))
L_OWNER_02 = Layout("Owner", Owner02, (
    Leaf("identificationNumber", "identification_number", True, TINTYPE_RELAXED), Leaf("name", "name", True, ALPHANUMERIC_MAX70),
    Inner("Address", "address", 1, 1, L_ADDRESS_07),
))
L_USAGE = Layout("Usage", Usage, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("MRN", "mrn", True, MRNTYPE),
    Leaf("coveredAmount", "covered_amount", True, DECIMAL_WITHOUT_ZERO_16_2), Leaf("currency", "currency", True, CURRENCY_CONTENT_TYPE),
    Leaf("lockDate", "lock_date", True, DATE_TYPE), Leaf("arrivalDateAndTime", "arrival_date_and_time", False, DATE_TIME_TYPE),
    Leaf("releaseDate", "release_date", False, DATE_TYPE),
))
L_EXPOSURE = Layout("Exposure", Exposure, (
    Leaf("exposure", "exposure", True, DECIMAL_WITH_ZERO_16_2), Leaf("exposureCounter", "exposure_counter", True, NUMERIC_WITHOUT_ZERO_8),
    Leaf("balance", "balance", False, DECIMAL_WITH_ZERO_16_2), Leaf("currency", "currency", True, CURRENCY_CONTENT_TYPE),
))
L_GUARANTOR_01 = Layout("Guarantor", Guarantor01, (
    Leaf("identificationNumber", "identification_number", False, TINTYPE_RELAXED), Leaf("name", "name", True, ALPHANUMERIC_MAX70),
    Inner("Address", "address", 1, 1, L_ADDRESS_16), Inner("ContactPerson", "contact_person", 0, 1, L_CONTACT_PERSON_01),
))
L_COMPREHENSIVE_GUARANTEE = Layout("ComprehensiveGuarantee", ComprehensiveGuarantee, (
    Leaf("referenceAmount", "reference_amount", False, DECIMAL_WITH_ZERO_16_2),
    Leaf("percentageOfReferenceAmount", "percentage_of_reference_amount", False, NUMERIC_WITHOUT_ZERO_3),
    Leaf("guaranteeAmount", "guarantee_amount", True, DECIMAL_WITH_ZERO_16_2), Leaf("currency", "currency", True, CURRENCY_CONTENT_TYPE),
    Leaf("numberOfCertificates", "number_of_certificates", True, NUMERIC_WITH_ZERO_8),
    Leaf("validityStartDate", "validity_start_date", True, DATE_TYPE), Leaf("validityEndDate", "validity_end_date", False, DATE_TYPE),
    Leaf("invalidityReasonCode", "invalidity_reason_code", False, STATUS_CONTENT_TYPE02),
    Leaf("invalidityReasonText", "invalidity_reason_text", False, ALPHA_NUMERIC_MAX512),
    Leaf("liabilityLiberationDate", "liability_liberation_date", False, DATE_TYPE),
    Leaf("restrictedUseForSuspendedGoods", "restricted_use_for_suspended_goods", True, FLAG),
    Inner("ValidityLimitation", "validity_limitation", 0, 99, L_VALIDITY_LIMITATION),
))
L_INDIVIDUAL_GUARANTEE_BY_GUARANTOR = Layout("IndividualGuaranteeByGuarantor", IndividualGuaranteeByGuarantor, (
    Leaf("guaranteeAmount", "guarantee_amount", True, DECIMAL_WITH_ZERO_16_2), Leaf("currency", "currency", True, CURRENCY_CONTENT_TYPE),
    Inner("CustomsOfficeOfDeparture", "customs_office_of_departure", 1, 1, L_CUSTOMS_OFFICE_OF_DEPARTURE_03),
    Inner("CustomsOfficeOfDestination", "customs_office_of_destination", 1, 1, L_CUSTOMS_OFFICE_OF_DESTINATION_02),
))
L_INDIVIDUAL_GUARANTEE_VOUCHER = Layout("IndividualGuaranteeVoucher", IndividualGuaranteeVoucher, (
    Leaf("issueDate", "issue_date", True, DATE_TYPE), Leaf("expiryDate", "expiry_date", True, DATE_TYPE), Leaf("copyGiven", "copy_given", True, FLAG),
    Leaf("TIRCarnet", "tir_carnet", True, FLAG), Leaf("voucherAmount", "voucher_amount", False, DECIMAL_WITH_ZERO_16_2),
    Leaf("currency", "currency", False, CURRENCY_CONTENT_TYPE),
))
L_GUARANTEE_REFERENCE_07 = Layout("GuaranteeReference", GuaranteeReference07, (
    Leaf("sequenceNumber", "sequence_number", True, NUMERIC_WITHOUT_ZERO_5), Leaf("GRN", "grn", True, GRNTYPE),
    Leaf("acceptanceDateAndTime", "acceptance_date_and_time", True, DATE_TIME_TYPE),
    Leaf("guaranteeType", "guarantee_type", True, ALPHANUMERIC_CAPITAL1_TYPE),
    Leaf("guaranteeMonitoringCode", "guarantee_monitoring_code", True, FLAG_CONTENT_TYPE),
    Inner("GuaranteeQuery", "guarantee_query", 1, 1, L_GUARANTEE_QUERY), Inner("Owner", "owner", 0, 1, L_OWNER_02),
    Inner("Usage", "usage", 0, 9999, L_USAGE), Inner("Exposure", "exposure", 0, 1, L_EXPOSURE), Inner("Guarantor", "guarantor", 0, 1, L_GUARANTOR_01),
    Inner("ComprehensiveGuarantee", "comprehensive_guarantee", 0, 1, L_COMPREHENSIVE_GUARANTEE),
    Inner("IndividualGuaranteeByGuarantor", "individual_guarantee_by_guarantor", 0, 1, L_INDIVIDUAL_GUARANTEE_BY_GUARANTOR),
    Inner("IndividualGuaranteeVoucher", "individual_guarantee_voucher", 0, 1, L_INDIVIDUAL_GUARANTEE_VOUCHER),
))
L_CC037C = Layout("CC037C", CC037C, (
    Leaf("messageSender", "message_sender", True, MRNCONTENT_TYPE01), Leaf("messageRecipient", "message_recipient", True, MRNCONTENT_TYPE01),
    Leaf("preparationDateAndTime", "preparation_date_and_time", True, DATE_TIME_TYPE),
    Leaf("messageIdentification", "message_identification", True, MRNCONTENT_TYPE01), Leaf("messageType", "message_type", True, MESSAGE_TYPES),
    Leaf("correlationIdentifier", "correlation_identifier", False, MRNCONTENT_TYPE01), Inner("Requester", "requester", 1, 1, L_REQUESTER_02),
    Inner("CustomsOfficeOfGuarantee", "customs_office_of_guarantee", 1, 1, L_CUSTOMS_OFFICE_OF_GUARANTEE_02),
    Inner("GuaranteeReference", "guarantee_reference", 1, 99, L_GUARANTEE_REFERENCE_07),
))

_L_USAGE_0 = run(L_USAGE, 0, 7)
_L_COMPREHENSIVE_GUARANTEE_0 = run(L_COMPREHENSIVE_GUARANTEE, 0, 11)
_L_COMPREHENSIVE_GUARANTEE_1 = run(L_COMPREHENSIVE_GUARANTEE, 12, 12)
_L_GUARANTEE_REFERENCE_07_0 = run(L_GUARANTEE_REFERENCE_07, 0, 7)
_L_GUARANTEE_REFERENCE_07_1 = run(L_GUARANTEE_REFERENCE_07, 8, 10)
_L_GUARANTEE_REFERENCE_07_2 = run(L_GUARANTEE_REFERENCE_07, 11, 13)
_L_CC037C_0 = body(L_CC037C, 0, 8)

def read_usage(text: str, starts: Starts, at: int) -> tuple[Usage, int]:
    found = _L_USAGE_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6 = found.groups()
    at = found.end()
    return Usage(sequence_number=int(v0), mrn=v1, covered_amount=Decimal(v2), currency=v3, lock_date=datetime.date.fromisoformat(v4), arrival_date_and_time=None if v5 is None else datetime.datetime.fromisoformat(v5), release_date=None if v6 is None else datetime.date.fromisoformat(v6)), at

def read_comprehensive_guarantee(text: str, starts: Starts, at: int) -> tuple[ComprehensiveGuarantee, int]:
    found = _L_COMPREHENSIVE_GUARANTEE_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10 = found.groups()
    at = found.end()
    validity_limitation: tuple[ValidityLimitation, ...] = ()
    if starts("<ValidityLimitation>", at): validity_limitation, at = many(read_validity_limitation, "<ValidityLimitation>", 99, text, starts, at)
    found = _L_COMPREHENSIVE_GUARANTEE_1(text, at)
    if found is None: raise Unusual
    at = found.end()
    return ComprehensiveGuarantee(reference_amount=None if v0 is None else Decimal(v0), percentage_of_reference_amount=None if v1 is None else int(v1), guarantee_amount=Decimal(v2), currency=v3, number_of_certificates=int(v4), validity_start_date=datetime.date.fromisoformat(v5), validity_end_date=None if v6 is None else datetime.date.fromisoformat(v6), invalidity_reason_code=v7, invalidity_reason_text=v8, liability_liberation_date=None if v9 is None else datetime.date.fromisoformat(v9), restricted_use_for_suspended_goods=v10 == "1", validity_limitation=validity_limitation), at

def read_guarantee_reference_07(text: str, starts: Starts, at: int) -> tuple[GuaranteeReference07, int]:
    found = _L_GUARANTEE_REFERENCE_07_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13 = found.groups()
    at = found.end()
    usage: tuple[Usage, ...] = ()
    if starts("<Usage>", at): usage, at = many(read_usage, "<Usage>", 9999, text, starts, at)
    found = _L_GUARANTEE_REFERENCE_07_1(text, at)
    if found is None: raise Unusual
    v14, v15, v16, v17, v18, v19, v20, v21, v22, v23, v24, v25, v26 = found.groups()
    at = found.end()
    comprehensive_guarantee: ComprehensiveGuarantee | None = None
    if starts("<ComprehensiveGuarantee>", at): comprehensive_guarantee, at = read_comprehensive_guarantee(text, starts, at)
    found = _L_GUARANTEE_REFERENCE_07_2(text, at)
    if found is None: raise Unusual
    v27, v28, v29, v30, v31, v32, v33, v34, v35, v36 = found.groups()
    at = found.end()
    return GuaranteeReference07(sequence_number=int(v0), grn=v1, acceptance_date_and_time=datetime.datetime.fromisoformat(v2), guarantee_type=v3, guarantee_monitoring_code=v4, guarantee_query=GuaranteeQuery(query_identifier=v5, period_from_date=None if v6 is None else datetime.date.fromisoformat(v6), period_to_date=None if v7 is None else datetime.date.fromisoformat(v7)), owner=None if v8 is None else Owner02(identification_number=v8, name=v9, address=Address02(street_and_number=v10, postcode=v11, city=v12, country=v13)), usage=usage, exposure=None if v14 is None else Exposure(exposure=Decimal(v14), exposure_counter=int(v15), balance=None if v16 is None else Decimal(v16), currency=v17), guarantor=None if v19 is None else Guarantor01(identification_number=v18, name=v19, address=Address02(street_and_number=v20, postcode=v21, city=v22, country=v23), contact_person=None if v24 is None else ContactPerson01(name=v24, phone_number=v25, e_mail_address=v26)), comprehensive_guarantee=comprehensive_guarantee, individual_guarantee_by_guarantor=None if v27 is None else IndividualGuaranteeByGuarantor(guarantee_amount=Decimal(v27), currency=v28, customs_office_of_departure=CustomsOfficeOfDeparture(reference_number=v29), customs_office_of_destination=CustomsOfficeOfDestination(reference_number=v30)), individual_guarantee_voucher=None if v31 is None else IndividualGuaranteeVoucher(issue_date=datetime.date.fromisoformat(v31), expiry_date=datetime.date.fromisoformat(v32), copy_given=v33 == "1", tir_carnet=v34 == "1", voucher_amount=None if v35 is None else Decimal(v35), currency=v36)), at

def read_cc037c(text: str, starts: Starts, at: int, phase: str | None) -> tuple[CC037C, int]:
    found = _L_CC037C_0(text, at)
    if found is None: raise Unusual
    v0, v1, v2, v3, v4, v5, v6, v7, v8 = found.groups()
    at = found.end()
    guarantee_reference, at = many(read_guarantee_reference_07, "<GuaranteeReference>", 99, text, starts, at)
    return CC037C(message_sender=v0, message_recipient=v1, preparation_date_and_time=datetime.datetime.fromisoformat(v2), message_identification=v3, message_type=v4, correlation_identifier=v5, requester=Requester(identification_number=v6, role=v7), customs_office_of_guarantee=CustomsOfficeOfGuarantee(reference_number=v8), guarantee_reference=guarantee_reference, phase_id=phase), at
