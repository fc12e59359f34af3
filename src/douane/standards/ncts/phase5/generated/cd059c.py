"""Structs and writers of cd059c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.customs_office_of_request import CustomsOfficeOfRequest01, write_customs_office_of_request01
from douane.standards.ncts.binding.writing import text

class TransitOperation35(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType35; in CD059C."""
    mrn: str
    cancel_enquiry_notification_date_and_time: datetime.datetime
    cancel_enquiry_notification_text: str | None = None

def write_transit_operation35(v: TransitOperation35) -> str:
    out = f'<MRN>{text(v.mrn)}</MRN><cancelEnquiryNotificationDateAndTime>{v.cancel_enquiry_notification_date_and_time.isoformat(timespec="seconds")}</cancelEnquiryNotificationDateAndTime>'
    if (v2 := v.cancel_enquiry_notification_text) is not None: out += f'<cancelEnquiryNotificationText>{text(v2)}</cancelEnquiryNotificationText>'
    return out

class CD059C(Message, frozen=True, kw_only=True, gc=False):
    """IE059: Enquiry called off."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation35
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_request: CustomsOfficeOfRequest01

def write_cd059c(v: CD059C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    return out + f'<TransitOperation>{write_transit_operation35(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfRequest>{write_customs_office_of_request01(v.customs_office_of_request)}</CustomsOfficeOfRequest>'
