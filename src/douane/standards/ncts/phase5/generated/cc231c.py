"""Structs and writers of cc231c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee, write_customs_office_of_guarantee
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure01, write_holder_of_the_transit_procedure01
from douane.standards.ncts.binding.writing import text

class GuaranteeReference12(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType12; in CC231C."""
    grn: str
    invalidity_date: datetime.date
    invalidity_reason_code: str | None = None
    invalidity_reason_text: str | None = None
    customs_office_of_guarantee: CustomsOfficeOfGuarantee

def write_guarantee_reference12(v: GuaranteeReference12) -> str:
    out = f'<GRN>{text(v.grn)}</GRN><invalidityDate>{v.invalidity_date.isoformat()}</invalidityDate>'
    if (v2 := v.invalidity_reason_code) is not None: out += f'<invalidityReasonCode>{text(v2)}</invalidityReasonCode>'
    if (v3 := v.invalidity_reason_text) is not None: out += f'<invalidityReasonText>{text(v3)}</invalidityReasonText>'
    return out + f'<CustomsOfficeOfGuarantee>{write_customs_office_of_guarantee(v.customs_office_of_guarantee)}</CustomsOfficeOfGuarantee>'

class CC231C(Message, frozen=True, kw_only=True, gc=False):
    """IE231: Comprehensive guarantee cancelled."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure01
    guarantee_reference: GuaranteeReference12

def write_cc231c(v: CC231C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    return out + f'<HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure01(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure><GuaranteeReference>{write_guarantee_reference12(v.guarantee_reference)}</GuaranteeReference>'
