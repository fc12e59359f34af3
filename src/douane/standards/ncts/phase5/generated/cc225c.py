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
    out += f'<referenceAmount>{v2:f}</referenceAmount>' if (v2 := v.reference_amount) is not None else ''
    out += f'<percentageOfReferenceAmount>{v3}</percentageOfReferenceAmount>' if (v3 := v.percentage_of_reference_amount) is not None else ''
    out += f'<guaranteeAmount>{v4:f}</guaranteeAmount>' if (v4 := v.guarantee_amount) is not None else ''
    out += f'<numberOfCertificates>{v5}</numberOfCertificates>' if (v5 := v.number_of_certificates) is not None else ''
    out += f'<validityDate>{v6.isoformat()}</validityDate>' if (v6 := v.validity_date) is not None else ''
    out += f'<invalidityDate>{v7.isoformat()}</invalidityDate>' if (v7 := v.invalidity_date) is not None else ''
    out += f'<invalidityReasonCode>{text(v8)}</invalidityReasonCode>' if (v8 := v.invalidity_reason_code) is not None else ''
    out += f'<restrictedUseSuspendedGoods>{v.restricted_use_suspended_goods:d}</restrictedUseSuspendedGoods><CustomsOfficeOfGuarantee>{write_customs_office_of_guarantee(v.customs_office_of_guarantee)}</CustomsOfficeOfGuarantee>'
    return out

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
    out += f'<correlationIdentifier>{text(v2)}</correlationIdentifier>' if (v2 := v.correlation_identifier) is not None else ''
    out += f'<HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure01(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure>'
    out += ''.join([f'<GuaranteeReference>{write_guarantee_reference09(x)}</GuaranteeReference>' for x in v.guarantee_reference])
    return out
