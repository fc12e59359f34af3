"""Structs and writers of cc055c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure07, write_holder_of_the_transit_procedure07
from douane.standards.ncts.phase6.generated.transit_operation import TransitOperation48, write_transit_operation48
from douane.standards.ncts.binding.writing import text

class InvalidGuaranteeReason(Group, frozen=True, kw_only=True, gc=False):
    """InvalidGuaranteeReasonType01; in CC055C."""
    sequence_number: int
    code: str
    text: str | None = None

def write_invalid_guarantee_reason(v: InvalidGuaranteeReason) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><code>{text(v.code)}</code>'
    if (v2 := v.text) is not None: out += f'<text>{text(v2)}</text>'
    return out

class GuaranteeReference08(Group, frozen=True, kw_only=True, gc=False):
    """GuaranteeReferenceType08; in CC055C."""
    sequence_number: int
    grn: str
    invalid_guarantee_reason: tuple[InvalidGuaranteeReason, ...]

def write_guarantee_reference08(v: GuaranteeReference08) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><GRN>{text(v.grn)}</GRN>'
    for v2 in v.invalid_guarantee_reason: out += f'<InvalidGuaranteeReason>{write_invalid_guarantee_reason(v2)}</InvalidGuaranteeReason>'
    return out

class CC055C(Message, frozen=True, kw_only=True, gc=False):
    """IE055: Guarantee not valid."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation48
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure07
    guarantee_reference: tuple[GuaranteeReference08, ...]

def write_cc055c(v: CC055C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation48(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure07(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure>'
    for v9 in v.guarantee_reference: out += f'<GuaranteeReference>{write_guarantee_reference08(v9)}</GuaranteeReference>'
    return out
