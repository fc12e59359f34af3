"""Structs of cc037c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.address import Address02
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination import CustomsOfficeOfDestination
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee
from douane.standards.ncts.phase5.generated.guarantee_query import GuaranteeQuery
from douane.standards.ncts.phase5.generated.requester import Requester
from douane.standards.ncts.phase5.generated.validity_limitation import ValidityLimitation
from douane.standards.ncts.phase5.generated.tags import TAGS


class Owner02(Group, frozen=True, kw_only=True, gc=False):
    """OwnerType02; in CC037C."""

    identification_number: str
    name: str
    address: Address02


class Usage(Group, frozen=True, kw_only=True, gc=False):
    """UsageType; in CC037C."""

    sequence_number: int
    mrn: str
    covered_amount: Decimal
    currency: str
    lock_date: datetime.date
    arrival_date_and_time: datetime.datetime | None = None
    release_date: datetime.date | None = None


class Exposure(Group, frozen=True, kw_only=True, gc=False, rename={**TAGS, **{"exposure": "exposure"}}):
    """ExposureType; in CC037C."""

    exposure: Decimal
    exposure_counter: int
    balance: Decimal | None = None
    currency: str


class Guarantor01(Group, frozen=True, kw_only=True, gc=False):
    """GuarantorType01; in CC037C."""

    identification_number: str | None = None
    name: str
    address: Address02
    contact_person: ContactPerson01 | None = None


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


class IndividualGuaranteeByGuarantor(Group, frozen=True, kw_only=True, gc=False):
    """IndividualGuaranteeByGuarantorType; in CC037C."""

    guarantee_amount: Decimal
    currency: str
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination: CustomsOfficeOfDestination


class IndividualGuaranteeVoucher(Group, frozen=True, kw_only=True, gc=False):
    """IndividualGuaranteeVoucherType; in CC037C."""

    issue_date: datetime.date
    expiry_date: datetime.date
    copy_given: bool
    tir_carnet: bool
    voucher_amount: Decimal | None = None
    currency: str | None = None


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
    phase_id: str | None = None
