"""Structs and writers of cc019c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase6.generated.guarantor import Guarantor06, write_guarantor06
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08, write_holder_of_the_transit_procedure08
from douane.standards.ncts.binding.writing import text

class TransitOperation08(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType08; in CC019C."""
    mrn: str
    discrepancies_notification_date: datetime.date
    discrepancies_notification_text: str | None = None

def write_transit_operation08(v: TransitOperation08) -> str:
    out = f'<MRN>{text(v.mrn)}</MRN><discrepanciesNotificationDate>{v.discrepancies_notification_date.isoformat()}</discrepanciesNotificationDate>'
    if (v2 := v.discrepancies_notification_text) is not None: out += f'<discrepanciesNotificationText>{text(v2)}</discrepanciesNotificationText>'
    return out

class CC019C(Message, frozen=True, kw_only=True, gc=False):
    """IE019: Discrepancies found."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation08
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    guarantor: Guarantor06 | None = None

def write_cc019c(v: CC019C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation08(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure08(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure>'
    if (v9 := v.guarantor) is not None: out += f'<Guarantor>{write_guarantor06(v9)}</Guarantor>'
    return out
