"""Structs and writers of cd143c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01, write_contact_person01
from douane.standards.ncts.phase5.generated.customs_office_of_enquiry_at_departure import CustomsOfficeOfEnquiryAtDeparture01, write_customs_office_of_enquiry_at_departure01
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43, write_transit_operation43
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfRequest03(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRequestType03; in CD143C."""
    reference_number: str
    contact_person: ContactPerson01 | None = None

def write_customs_office_of_request03(v: CustomsOfficeOfRequest03) -> str:
    out = f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
    if (v1 := v.contact_person) is not None: out += f'<ContactPerson>{write_contact_person01(v1)}</ContactPerson>'
    return out

class Enquiry03(Group, frozen=True, kw_only=True, gc=False):
    """EnquiryType03; in CD143C."""
    enquiry_response_date: datetime.date
    response_code: str
    text: str | None = None
    return_copy_returned_date: datetime.date | None = None

def write_enquiry03(v: Enquiry03) -> str:
    out = f'<enquiryResponseDate>{v.enquiry_response_date.isoformat()}</enquiryResponseDate><responseCode>{text(v.response_code)}</responseCode>'
    if (v2 := v.text) is not None: out += f'<text>{text(v2)}</text>'
    if (v3 := v.return_copy_returned_date) is not None: out += f'<returnCopyReturnedDate>{v3.isoformat()}</returnCopyReturnedDate>'
    return out

class CD143C(Message, frozen=True, kw_only=True, gc=False):
    """IE143: Answer to an enquiry."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_request: CustomsOfficeOfRequest03
    customs_office_of_enquiry_at_departure: CustomsOfficeOfEnquiryAtDeparture01
    enquiry: Enquiry03

def write_cd143c(v: CD143C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    return out + f'<TransitOperation>{write_transit_operation43(v.transit_operation)}</TransitOperation><CustomsOfficeOfRequest>{write_customs_office_of_request03(v.customs_office_of_request)}</CustomsOfficeOfRequest><CustomsOfficeOfEnquiryAtDeparture>{write_customs_office_of_enquiry_at_departure01(v.customs_office_of_enquiry_at_departure)}</CustomsOfficeOfEnquiryAtDeparture><Enquiry>{write_enquiry03(v.enquiry)}</Enquiry>'
