"""Structs and writers of cc224c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime
from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_guarantee import CustomsOfficeOfGuarantee, write_customs_office_of_guarantee
from douane.standards.ncts.phase5.generated.guarantor import Guarantor02, write_guarantor02
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure04, write_holder_of_the_transit_procedure04
from douane.standards.ncts.binding.writing import text

class GuaranteeReference02(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType02; in CC224C."""
    sequence_number: int
    grn: str
    currency: str | None = None
    issue_date: datetime.date
    access_code: str
    tir_carnet: bool
    expiry_date: datetime.date
    copy_given: bool
    voucher_amount: Decimal | None = None

def write_guarantee_reference02(v: GuaranteeReference02) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><GRN>{text(v.grn)}</GRN>'
    if (v2 := v.currency) is not None: out += f'<currency>{text(v2)}</currency>'
    out += f'<issueDate>{v.issue_date.isoformat()}</issueDate><accessCode>{text(v.access_code)}</accessCode><TIRCarnet>{v.tir_carnet:d}</TIRCarnet><expiryDate>{v.expiry_date.isoformat()}</expiryDate><copyGiven>{v.copy_given:d}</copyGiven>'
    if (v8 := v.voucher_amount) is not None: out += f'<voucherAmount>{v8:f}</voucherAmount>'
    return out

class CC224C(Message, frozen=True, kw_only=True, gc=False):
    """IE224: Guarantee voucher sold."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure04
    guarantor: Guarantor02
    customs_office_of_guarantee: CustomsOfficeOfGuarantee
    guarantee_reference: tuple[GuaranteeReference02, ...]

def write_cc224c(v: CC224C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure04(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure><Guarantor>{write_guarantor02(v.guarantor)}</Guarantor><CustomsOfficeOfGuarantee>{write_customs_office_of_guarantee(v.customs_office_of_guarantee)}</CustomsOfficeOfGuarantee>'
    for v9 in v.guarantee_reference: out += f'<GuaranteeReference>{write_guarantee_reference02(v9)}</GuaranteeReference>'
    return out
