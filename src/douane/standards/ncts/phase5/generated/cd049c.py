"""Structs and writers of cd049c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual, write_customs_office_of_destination_actual
from douane.standards.ncts.binding.writing import text

class TransitOperation33(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType33; in CD049C."""
    mrn: str
    discrepancies_resolved: str
    write_off_date: datetime.date | None = None

def write_transit_operation33(v: TransitOperation33) -> str:
    out = f'<MRN>{text(v.mrn)}</MRN><discrepanciesResolved>{text(v.discrepancies_resolved)}</discrepanciesResolved>'
    if (v2 := v.write_off_date) is not None: out += f'<writeOffDate>{v2.isoformat()}</writeOffDate>'
    return out

class CD049C(Message, frozen=True, kw_only=True, gc=False):
    """IE049: Discrepancies solved."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation33
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual

def write_cd049c(v: CD049C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    return out + f'<TransitOperation>{write_transit_operation33(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfDestinationActual>{write_customs_office_of_destination_actual(v.customs_office_of_destination_actual)}</CustomsOfficeOfDestinationActual>'
