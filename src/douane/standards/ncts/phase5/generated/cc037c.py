"""Structs and writers of cc037c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.address import Address02, write_address02
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01, write_contact_person01
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.customs_office_of_destination import CustomsOfficeOfDestination, write_customs_office_of_destination
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee, write_customs_office_of_guarantee
from douane.standards.ncts.phase5.generated.guarantee_query import GuaranteeQuery, write_guarantee_query
from douane.standards.ncts.phase5.generated.requester import Requester, write_requester
from douane.standards.ncts.phase5.generated.validity_limitation import ValidityLimitation, write_validity_limitation
from douane.standards.ncts.phase5.generated.tags import TAGS
from douane.standards.ncts.binding.writing import text

class Owner02(Group, frozen=True, kw_only=True, gc=False):
    """OwnerType02; in CC037C."""
    identification_number: str
    name: str
    address: Address02

def write_owner02(v: Owner02) -> str:
    out = f'<identificationNumber>{text(v.identification_number)}</identificationNumber><name>{text(v.name)}</name><Address>{write_address02(v.address)}</Address>'
    return out

class Usage(Group, frozen=True, kw_only=True, gc=False):
    """UsageType; in CC037C."""
    sequence_number: int
    mrn: str
    covered_amount: Decimal
    currency: str
    lock_date: datetime.date
    arrival_date_and_time: datetime.datetime | None = None
    release_date: datetime.date | None = None

def write_usage(v: Usage) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><MRN>{text(v.mrn)}</MRN><coveredAmount>{v.covered_amount:f}</coveredAmount><currency>{text(v.currency)}</currency><lockDate>{v.lock_date.isoformat()}</lockDate>'
    out += f'<arrivalDateAndTime>{v2.isoformat(timespec="seconds")}</arrivalDateAndTime>' if (v2 := v.arrival_date_and_time) is not None else ''
    out += f'<releaseDate>{v3.isoformat()}</releaseDate>' if (v3 := v.release_date) is not None else ''
    return out

class Exposure(Group, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"exposure": "exposure"}}):
    """ExposureType; in CC037C."""
    exposure: Decimal
    exposure_counter: int
    balance: Decimal | None = None
    currency: str

def write_exposure(v: Exposure) -> str:
    out = f'<exposure>{v.exposure:f}</exposure><exposureCounter>{v.exposure_counter}</exposureCounter>'
    out += f'<balance>{v2:f}</balance>' if (v2 := v.balance) is not None else ''
    out += f'<currency>{text(v.currency)}</currency>'
    return out

class Guarantor01(Group, frozen=True, kw_only=True, gc=False):
    """GuarantorType01; in CC037C."""
    identification_number: str | None = None
    name: str
    address: Address02
    contact_person: ContactPerson01 | None = None

def write_guarantor01(v: Guarantor01) -> str:
    out = f'<identificationNumber>{text(v1)}</identificationNumber>' if (v1 := v.identification_number) is not None else ''
    out += f'<name>{text(v.name)}</name><Address>{write_address02(v.address)}</Address>'
    out += f'<ContactPerson>{write_contact_person01(v3)}</ContactPerson>' if (v3 := v.contact_person) is not None else ''
    return out

class ComprehensiveGuarantee(Group, frozen=True, kw_only=True, gc=False):
    """ComprehensiveGuaranteeType; in CC037C."""
    reference_amount: Decimal | None = None
    percentage_of_reference_amount: int | None = None
    guarantee_amount: Decimal
    currency: str
    number_of_certificates: int
    validity_start_date: datetime.date
    validity_end_date: datetime.date | None = None
    invalidity_reason_code: str | None = None
    invalidity_reason_text: str | None = None
    liability_liberation_date: datetime.date | None = None
    restricted_use_for_suspended_goods: bool
    validity_limitation: tuple[ValidityLimitation, ...] = ()

def write_comprehensive_guarantee(v: ComprehensiveGuarantee) -> str:
    out = f'<referenceAmount>{v1:f}</referenceAmount>' if (v1 := v.reference_amount) is not None else ''
    out += f'<percentageOfReferenceAmount>{v2}</percentageOfReferenceAmount>' if (v2 := v.percentage_of_reference_amount) is not None else ''
    out += f'<guaranteeAmount>{v.guarantee_amount:f}</guaranteeAmount><currency>{text(v.currency)}</currency><numberOfCertificates>{v.number_of_certificates}</numberOfCertificates><validityStartDate>{v.validity_start_date.isoformat()}</validityStartDate>'
    out += f'<validityEndDate>{v4.isoformat()}</validityEndDate>' if (v4 := v.validity_end_date) is not None else ''
    out += f'<invalidityReasonCode>{text(v5)}</invalidityReasonCode>' if (v5 := v.invalidity_reason_code) is not None else ''
    out += f'<invalidityReasonText>{text(v6)}</invalidityReasonText>' if (v6 := v.invalidity_reason_text) is not None else ''
    out += f'<liabilityLiberationDate>{v7.isoformat()}</liabilityLiberationDate>' if (v7 := v.liability_liberation_date) is not None else ''
    out += f'<restrictedUseForSuspendedGoods>{v.restricted_use_for_suspended_goods:d}</restrictedUseForSuspendedGoods>'
    out += ''.join([f'<ValidityLimitation>{write_validity_limitation(x)}</ValidityLimitation>' for x in v.validity_limitation])
    return out

class IndividualGuaranteeByGuarantor(Group, frozen=True, kw_only=True, gc=False):
    """IndividualGuaranteeByGuarantorType; in CC037C."""
    guarantee_amount: Decimal
    currency: str
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination: CustomsOfficeOfDestination

def write_individual_guarantee_by_guarantor(v: IndividualGuaranteeByGuarantor) -> str:
    out = f'<guaranteeAmount>{v.guarantee_amount:f}</guaranteeAmount><currency>{text(v.currency)}</currency><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfDestination>{write_customs_office_of_destination(v.customs_office_of_destination)}</CustomsOfficeOfDestination>'
    return out

class IndividualGuaranteeVoucher(Group, frozen=True, kw_only=True, gc=False):
    """IndividualGuaranteeVoucherType; in CC037C."""
    issue_date: datetime.date
    expiry_date: datetime.date
    copy_given: bool
    tir_carnet: bool
    voucher_amount: Decimal | None = None
    currency: str | None = None

def write_individual_guarantee_voucher(v: IndividualGuaranteeVoucher) -> str:
    out = f'<issueDate>{v.issue_date.isoformat()}</issueDate><expiryDate>{v.expiry_date.isoformat()}</expiryDate><copyGiven>{v.copy_given:d}</copyGiven><TIRCarnet>{v.tir_carnet:d}</TIRCarnet>'
    out += f'<voucherAmount>{v2:f}</voucherAmount>' if (v2 := v.voucher_amount) is not None else ''
    out += f'<currency>{text(v3)}</currency>' if (v3 := v.currency) is not None else ''
    return out

class GuaranteeReference07(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType07; in CC037C."""
    sequence_number: int
    grn: str
    acceptance_date_and_time: datetime.datetime
    guarantee_type: str
    guarantee_monitoring_code: str
    guarantee_query: GuaranteeQuery
    owner: Owner02 | None = None
    usage: tuple[Usage, ...] = ()
    exposure: Exposure | None = None
    guarantor: Guarantor01 | None = None
    comprehensive_guarantee: ComprehensiveGuarantee | None = None
    individual_guarantee_by_guarantor: IndividualGuaranteeByGuarantor | None = None
    individual_guarantee_voucher: IndividualGuaranteeVoucher | None = None

def write_guarantee_reference07(v: GuaranteeReference07) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><GRN>{text(v.grn)}</GRN><acceptanceDateAndTime>{v.acceptance_date_and_time.isoformat(timespec="seconds")}</acceptanceDateAndTime><guaranteeType>{text(v.guarantee_type)}</guaranteeType><guaranteeMonitoringCode>{text(v.guarantee_monitoring_code)}</guaranteeMonitoringCode><GuaranteeQuery>{write_guarantee_query(v.guarantee_query)}</GuaranteeQuery>'
    out += f'<Owner>{write_owner02(v2)}</Owner>' if (v2 := v.owner) is not None else ''
    out += ''.join([f'<Usage>{write_usage(x)}</Usage>' for x in v.usage])
    out += f'<Exposure>{write_exposure(v4)}</Exposure>' if (v4 := v.exposure) is not None else ''
    out += f'<Guarantor>{write_guarantor01(v5)}</Guarantor>' if (v5 := v.guarantor) is not None else ''
    out += f'<ComprehensiveGuarantee>{write_comprehensive_guarantee(v6)}</ComprehensiveGuarantee>' if (v6 := v.comprehensive_guarantee) is not None else ''
    out += f'<IndividualGuaranteeByGuarantor>{write_individual_guarantee_by_guarantor(v7)}</IndividualGuaranteeByGuarantor>' if (v7 := v.individual_guarantee_by_guarantor) is not None else ''
    out += f'<IndividualGuaranteeVoucher>{write_individual_guarantee_voucher(v8)}</IndividualGuaranteeVoucher>' if (v8 := v.individual_guarantee_voucher) is not None else ''
    return out

class CC037C(Message, frozen=True, kw_only=True, gc=False):
    """IE037: Answer about guarantees."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    requester: Requester
    customs_office_of_guarantee: CustomsOfficeOfGuarantee
    guarantee_reference: tuple[GuaranteeReference07, ...]

def write_cc037c(v: CC037C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    out += f'<correlationIdentifier>{text(v2)}</correlationIdentifier>' if (v2 := v.correlation_identifier) is not None else ''
    out += f'<Requester>{write_requester(v.requester)}</Requester><CustomsOfficeOfGuarantee>{write_customs_office_of_guarantee(v.customs_office_of_guarantee)}</CustomsOfficeOfGuarantee>'
    out += ''.join([f'<GuaranteeReference>{write_guarantee_reference07(x)}</GuaranteeReference>' for x in v.guarantee_reference])
    return out
