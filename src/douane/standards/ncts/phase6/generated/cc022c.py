"""Structs and writers of cc022c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08, write_holder_of_the_transit_procedure08
from douane.standards.ncts.binding.writing import text

class TransitOperation09(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType09; in CC022C."""
    mrn: str
    amendment_notification_date_and_time: datetime.datetime

def write_transit_operation09(v: TransitOperation09) -> str:
    return f'<MRN>{text(v.mrn)}</MRN><amendmentNotificationDateAndTime>{v.amendment_notification_date_and_time.isoformat(timespec="seconds")}</amendmentNotificationDateAndTime>'

class FunctionalError01(Group, frozen=True, kw_only=True, gc=False):
    """FunctionalErrorType01; in CC022C."""
    sequence_number: int
    error_pointer: str | None = None
    error_code: str
    error_reason: str | None = None
    original_attribute_value: str | None = None

def write_functional_error01(v: FunctionalError01) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    if (v1 := v.error_pointer) is not None: out += f'<errorPointer>{text(v1)}</errorPointer>'
    out += f'<errorCode>{text(v.error_code)}</errorCode>'
    if (v3 := v.error_reason) is not None: out += f'<errorReason>{text(v3)}</errorReason>'
    if (v4 := v.original_attribute_value) is not None: out += f'<originalAttributeValue>{text(v4)}</originalAttributeValue>'
    return out

class CC022C(Message, frozen=True, kw_only=True, gc=False):
    """IE022: Trader is told to amend."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation09
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    functional_error: tuple[FunctionalError01, ...] = ()

def write_cc022c(v: CC022C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation09(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure08(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure>'
    for v9 in v.functional_error: out += f'<FunctionalError>{write_functional_error01(v9)}</FunctionalError>'
    return out
