"""Structs and writers of cc228c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure07, write_holder_of_the_transit_procedure07
from douane.standards.ncts.binding.writing import text

class Address06(Group, frozen=True, kw_only=True, gc=False):
    """AddressType06; in CC228C."""
    postcode: str | None = None
    city: str
    country: str

def write_address06(v: Address06) -> str:
    out = ''
    if (v0 := v.postcode) is not None: out += f'<postcode>{text(v0)}</postcode>'
    return out + f'<city>{text(v.city)}</city><country>{text(v.country)}</country>'

class Guarantor03(Group, frozen=True, kw_only=True, gc=False):
    """GuarantorType03; in CC228C."""
    identification_number: str
    name: str | None = None
    address: Address06 | None = None

def write_guarantor03(v: Guarantor03) -> str:
    out = f'<identificationNumber>{text(v.identification_number)}</identificationNumber>'
    if (v1 := v.name) is not None: out += f'<name>{text(v1)}</name>'
    if (v2 := v.address) is not None: out += f'<Address>{write_address06(v2)}</Address>'
    return out

class CustomsOfficeOfGuarantee(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfGuaranteeType02; in CC228C."""
    reference_number: str

def write_customs_office_of_guarantee(v: CustomsOfficeOfGuarantee) -> str:
    return f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'

class GuaranteeReference10(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType10; in CC228C."""
    sequence_number: int
    grn: str
    currency: str
    guarantee_amount: Decimal
    invalidity_date: datetime.date
    liability_liberation_date: datetime.date
    customs_office_of_guarantee: CustomsOfficeOfGuarantee

def write_guarantee_reference10(v: GuaranteeReference10) -> str:
    return f'<sequenceNumber>{v.sequence_number}</sequenceNumber><GRN>{text(v.grn)}</GRN><currency>{text(v.currency)}</currency><guaranteeAmount>{v.guarantee_amount:f}</guaranteeAmount><invalidityDate>{v.invalidity_date.isoformat()}</invalidityDate><liabilityLiberationDate>{v.liability_liberation_date.isoformat()}</liabilityLiberationDate><CustomsOfficeOfGuarantee>{write_customs_office_of_guarantee(v.customs_office_of_guarantee)}</CustomsOfficeOfGuarantee>'

class CC228C(Message, frozen=True, kw_only=True, gc=False):
    """IE228: Liability under a comprehensive guarantee ended."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure07
    guarantor: Guarantor03
    guarantee_reference: tuple[GuaranteeReference10, ...]

def write_cc228c(v: CC228C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure07(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure><Guarantor>{write_guarantor03(v.guarantor)}</Guarantor>'
    for v8 in v.guarantee_reference: out += f'<GuaranteeReference>{write_guarantee_reference10(v8)}</GuaranteeReference>'
    return out
