"""Structs and writers of cc225c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee, write_customs_office_of_guarantee
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure01, write_holder_of_the_transit_procedure01
from douane.standards.ncts.binding.writing import text

class GuaranteeReference09(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType09; in CC225C."""
    sequence_number: int
    grn: str
    currency: str
    reference_amount: Decimal | None = None
    percentage_of_reference_amount: int | None = None
    guarantee_amount: Decimal | None = None
    number_of_certificates: int | None = None
    validity_date: datetime.date | None = None
    invalidity_date: datetime.date | None = None
    invalidity_reason_code: str | None = None
    restricted_use_suspended_goods: bool
    customs_office_of_guarantee: CustomsOfficeOfGuarantee

def write_guarantee_reference09(v: GuaranteeReference09) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><GRN>{text(v.grn)}</GRN><currency>{text(v.currency)}</currency>'
    if (v3 := v.reference_amount) is not None: out += f'<referenceAmount>{v3:f}</referenceAmount>'
    if (v4 := v.percentage_of_reference_amount) is not None: out += f'<percentageOfReferenceAmount>{v4}</percentageOfReferenceAmount>'
    if (v5 := v.guarantee_amount) is not None: out += f'<guaranteeAmount>{v5:f}</guaranteeAmount>'
    if (v6 := v.number_of_certificates) is not None: out += f'<numberOfCertificates>{v6}</numberOfCertificates>'
    if (v7 := v.validity_date) is not None: out += f'<validityDate>{v7.isoformat()}</validityDate>'
    if (v8 := v.invalidity_date) is not None: out += f'<invalidityDate>{v8.isoformat()}</invalidityDate>'
    if (v9 := v.invalidity_reason_code) is not None: out += f'<invalidityReasonCode>{text(v9)}</invalidityReasonCode>'
    return out + f'<restrictedUseSuspendedGoods>{v.restricted_use_suspended_goods:d}</restrictedUseSuspendedGoods><CustomsOfficeOfGuarantee>{write_customs_office_of_guarantee(v.customs_office_of_guarantee)}</CustomsOfficeOfGuarantee>'

class CC225C(Message, frozen=True, kw_only=True, gc=False):
    """IE225: Guarantee changed."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure01
    guarantee_reference: tuple[GuaranteeReference09, ...]

def write_cc225c(v: CC225C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure01(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure>'
    for v7 in v.guarantee_reference: out += f'<GuaranteeReference>{write_guarantee_reference09(v7)}</GuaranteeReference>'
    return out
