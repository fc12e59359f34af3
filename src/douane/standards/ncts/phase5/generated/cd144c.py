"""Structs and writers of cd144c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.competent_customs_office_at_departure import CompetentCustomsOfficeAtDeparture, write_competent_customs_office_at_departure
from douane.standards.ncts.phase5.generated.competent_customs_office_at_destination import CompetentCustomsOfficeAtDestination, write_competent_customs_office_at_destination
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43, write_transit_operation43
from douane.standards.ncts.binding.writing import text

class Enquiry04(Group, frozen=True, kw_only=True, gc=False):
    """EnquiryType04; in CD144C."""
    enquiry_request_date: datetime.date
    information_available_from_trader: bool

def write_enquiry04(v: Enquiry04) -> str:
    return f'<enquiryRequestDate>{v.enquiry_request_date.isoformat()}</enquiryRequestDate><informationAvailableFromTrader>{v.information_available_from_trader:d}</informationAvailableFromTrader>'

class ResponseInformation(Group, frozen=True, kw_only=True, gc=False):
    """ResponseInformationType; in CD144C."""
    sequence_number: int
    information_code: str
    text: str | None = None

def write_response_information(v: ResponseInformation) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><informationCode>{text(v.information_code)}</informationCode>'
    if (v2 := v.text) is not None: out += f'<text>{text(v2)}</text>'
    return out

class CD144C(Message, frozen=True, kw_only=True, gc=False):
    """IE144: Information for an enquiry."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_departure: CustomsOfficeOfDeparture | None = None
    competent_customs_office_at_departure: CompetentCustomsOfficeAtDeparture
    competent_customs_office_at_destination: CompetentCustomsOfficeAtDestination
    enquiry: Enquiry04
    response_information: tuple[ResponseInformation, ...]

def write_cd144c(v: CD144C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation43(v.transit_operation)}</TransitOperation>'
    if (v7 := v.customs_office_of_departure) is not None: out += f'<CustomsOfficeOfDeparture>{write_customs_office_of_departure(v7)}</CustomsOfficeOfDeparture>'
    out += f'<CompetentCustomsOfficeAtDeparture>{write_competent_customs_office_at_departure(v.competent_customs_office_at_departure)}</CompetentCustomsOfficeAtDeparture><CompetentCustomsOfficeAtDestination>{write_competent_customs_office_at_destination(v.competent_customs_office_at_destination)}</CompetentCustomsOfficeAtDestination><Enquiry>{write_enquiry04(v.enquiry)}</Enquiry>'
    for v11 in v.response_information: out += f'<ResponseInformation>{write_response_information(v11)}</ResponseInformation>'
    return out
