"""Structs and writers of cc229c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee, write_customs_office_of_guarantee
from douane.standards.ncts.phase5.generated.guarantor import Guarantor02, write_guarantor02
from douane.standards.ncts.binding.writing import text

class GuaranteeReference11(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType11; in CC229C."""
    grn: str
    invalidity_date: datetime.date
    customs_office_of_guarantee: CustomsOfficeOfGuarantee

def write_guarantee_reference11(v: GuaranteeReference11) -> str:
    return f'<GRN>{text(v.grn)}</GRN><invalidityDate>{v.invalidity_date.isoformat()}</invalidityDate><CustomsOfficeOfGuarantee>{write_customs_office_of_guarantee(v.customs_office_of_guarantee)}</CustomsOfficeOfGuarantee>'

class CC229C(Message, frozen=True, kw_only=True, gc=False):
    """IE229: Guarantee vouchers revoked."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    guarantor: Guarantor02
    guarantee_reference: GuaranteeReference11

def write_cc229c(v: CC229C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    return out + f'<Guarantor>{write_guarantor02(v.guarantor)}</Guarantor><GuaranteeReference>{write_guarantee_reference11(v.guarantee_reference)}</GuaranteeReference>'
