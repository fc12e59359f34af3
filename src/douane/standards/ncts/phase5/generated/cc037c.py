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
    return f'<identificationNumber>{text(v.identification_number)}</identificationNumber><name>{text(v.name)}</name><Address>{write_address02(v.address)}</Address>'

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
    if (v5 := v.arrival_date_and_time) is not None: out += f'<arrivalDateAndTime>{v5.isoformat(timespec="seconds")}</arrivalDateAndTime>'
    if (v6 := v.release_date) is not None: out += f'<releaseDate>{v6.isoformat()}</releaseDate>'
    return out

class Exposure(Group, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"exposure": "exposure"}}):
    """ExposureType; in CC037C."""
    exposure: Decimal
    exposure_counter: int
    balance: Decimal | None = None
    currency: str

def write_exposure(v: Exposure) -> str:
    out = f'<exposure>{v.exposure:f}</exposure><exposureCounter>{v.exposure_counter}</exposureCounter>'
    if (v2 := v.balance) is not None: out += f'<balance>{v2:f}</balance>'
    return out + f'<currency>{text(v.currency)}</currency>'

class Guarantor01(Group, frozen=True, kw_only=True, gc=False):
    """GuarantorType01; in CC037C."""
    identification_number: str | None = None
    name: str
    address: Address02
    contact_person: ContactPerson01 | None = None

def write_guarantor01(v: Guarantor01) -> str:
    out = ''
    if (v0 := v.identification_number) is not None: out += f'<identificationNumber>{text(v0)}</identificationNumber>'
    out += f'<name>{text(v.name)}</name><Address>{write_address02(v.address)}</Address>'
    if (v3 := v.contact_person) is not None: out += f'<ContactPerson>{write_contact_person01(v3)}</ContactPerson>'
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
    out = ''
    if (v0 := v.reference_amount) is not None: out += f'<referenceAmount>{v0:f}</referenceAmount>'
    if (v1 := v.percentage_of_reference_amount) is not None: out += f'<percentageOfReferenceAmount>{v1}</percentageOfReferenceAmount>'
    out += f'<guaranteeAmount>{v.guarantee_amount:f}</guaranteeAmount><currency>{text(v.currency)}</currency><numberOfCertificates>{v.number_of_certificates}</numberOfCertificates><validityStartDate>{v.validity_start_date.isoformat()}</validityStartDate>'
    if (v6 := v.validity_end_date) is not None: out += f'<validityEndDate>{v6.isoformat()}</validityEndDate>'
    if (v7 := v.invalidity_reason_code) is not None: out += f'<invalidityReasonCode>{text(v7)}</invalidityReasonCode>'
    if (v8 := v.invalidity_reason_text) is not None: out += f'<invalidityReasonText>{text(v8)}</invalidityReasonText>'
    if (v9 := v.liability_liberation_date) is not None: out += f'<liabilityLiberationDate>{v9.isoformat()}</liabilityLiberationDate>'
    out += f'<restrictedUseForSuspendedGoods>{v.restricted_use_for_suspended_goods:d}</restrictedUseForSuspendedGoods>'
    for v11 in v.validity_limitation: out += f'<ValidityLimitation>{write_validity_limitation(v11)}</ValidityLimitation>'
    return out

class IndividualGuaranteeByGuarantor(Group, frozen=True, kw_only=True, gc=False):
    """IndividualGuaranteeByGuarantorType; in CC037C."""
    guarantee_amount: Decimal
    currency: str
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination: CustomsOfficeOfDestination

def write_individual_guarantee_by_guarantor(v: IndividualGuaranteeByGuarantor) -> str:
    return f'<guaranteeAmount>{v.guarantee_amount:f}</guaranteeAmount><currency>{text(v.currency)}</currency><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfDestination>{write_customs_office_of_destination(v.customs_office_of_destination)}</CustomsOfficeOfDestination>'

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
    if (v4 := v.voucher_amount) is not None: out += f'<voucherAmount>{v4:f}</voucherAmount>'
    if (v5 := v.currency) is not None: out += f'<currency>{text(v5)}</currency>'
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
    if (v6 := v.owner) is not None: out += f'<Owner>{write_owner02(v6)}</Owner>'
    for v7 in v.usage: out += f'<Usage>{write_usage(v7)}</Usage>'
    if (v8 := v.exposure) is not None: out += f'<Exposure>{write_exposure(v8)}</Exposure>'
    if (v9 := v.guarantor) is not None: out += f'<Guarantor>{write_guarantor01(v9)}</Guarantor>'
    if (v10 := v.comprehensive_guarantee) is not None: out += f'<ComprehensiveGuarantee>{write_comprehensive_guarantee(v10)}</ComprehensiveGuarantee>'
    if (v11 := v.individual_guarantee_by_guarantor) is not None: out += f'<IndividualGuaranteeByGuarantor>{write_individual_guarantee_by_guarantor(v11)}</IndividualGuaranteeByGuarantor>'
    if (v12 := v.individual_guarantee_voucher) is not None: out += f'<IndividualGuaranteeVoucher>{write_individual_guarantee_voucher(v12)}</IndividualGuaranteeVoucher>'
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
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<Requester>{write_requester(v.requester)}</Requester><CustomsOfficeOfGuarantee>{write_customs_office_of_guarantee(v.customs_office_of_guarantee)}</CustomsOfficeOfGuarantee>'
    for v8 in v.guarantee_reference: out += f'<GuaranteeReference>{write_guarantee_reference07(v8)}</GuaranteeReference>'
    return out
