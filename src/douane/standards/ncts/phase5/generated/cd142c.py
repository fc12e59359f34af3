"""Structs and writers of cd142c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.consignment import Consignment07, write_consignment07
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01, write_contact_person01
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.customs_office_of_request import CustomsOfficeOfRequest01, write_customs_office_of_request01
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43, write_transit_operation43
from douane.standards.ncts.binding.writing import text

class CustomsOfficeOfEnquiryAtDeparture02(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfEnquiryAtDepartureType02; in CD142C."""
    reference_number: str
    contact_person: ContactPerson01 | None = None

def write_customs_office_of_enquiry_at_departure02(v: CustomsOfficeOfEnquiryAtDeparture02) -> str:
    out = f'<referenceNumber>{text(v.reference_number)}</referenceNumber>'
    if (v1 := v.contact_person) is not None: out += f'<ContactPerson>{write_contact_person01(v1)}</ContactPerson>'
    return out

class Enquiry02(Group, frozen=True, kw_only=True, gc=False):
    """EnquiryType02; in CD142C."""
    date: datetime.date
    tc11_delivery_date: datetime.date | None = None
    text: str | None = None
    limit_for_the_enquiry_response_date: datetime.date

def write_enquiry02(v: Enquiry02) -> str:
    out = f'<date>{v.date.isoformat()}</date>'
    if (v1 := v.tc11_delivery_date) is not None: out += f'<TC11DeliveryDate>{v1.isoformat()}</TC11DeliveryDate>'
    if (v2 := v.text) is not None: out += f'<text>{text(v2)}</text>'
    return out + f'<limitForTheEnquiryResponseDate>{v.limit_for_the_enquiry_response_date.isoformat()}</limitForTheEnquiryResponseDate>'

class CD142C(Message, frozen=True, kw_only=True, gc=False):
    """IE142: Enquiry opened."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_request: CustomsOfficeOfRequest01
    customs_office_of_enquiry_at_departure: CustomsOfficeOfEnquiryAtDeparture02
    enquiry: Enquiry02
    consignment: Consignment07 | None = None

def write_cd142c(v: CD142C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation43(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><CustomsOfficeOfRequest>{write_customs_office_of_request01(v.customs_office_of_request)}</CustomsOfficeOfRequest><CustomsOfficeOfEnquiryAtDeparture>{write_customs_office_of_enquiry_at_departure02(v.customs_office_of_enquiry_at_departure)}</CustomsOfficeOfEnquiryAtDeparture><Enquiry>{write_enquiry02(v.enquiry)}</Enquiry>'
    if (v11 := v.consignment) is not None: out += f'<Consignment>{write_consignment07(v11)}</Consignment>'
    return out
