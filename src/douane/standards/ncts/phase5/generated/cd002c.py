"""Structs and writers of cd002c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual, write_customs_office_of_destination_actual
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43, write_transit_operation43
from douane.standards.ncts.binding.writing import text

class CD002C(Message, frozen=True, kw_only=True, gc=False):
    """IE002: Destination asks for the record of a coming arrival."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual

def write_cd002c(v: CD002C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    return out + f'<TransitOperation>{write_transit_operation43(v.transit_operation)}</TransitOperation><CustomsOfficeOfDestinationActual>{write_customs_office_of_destination_actual(v.customs_office_of_destination_actual)}</CustomsOfficeOfDestinationActual>'
