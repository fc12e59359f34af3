"""Structs and writers of cd145c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.competent_customs_office_at_departure import CompetentCustomsOfficeAtDeparture, write_competent_customs_office_at_departure
from douane.standards.ncts.phase5.generated.competent_customs_office_at_destination import CompetentCustomsOfficeAtDestination, write_competent_customs_office_at_destination
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43, write_transit_operation43
from douane.standards.ncts.binding.writing import text

class Enquiry05(Group, frozen=True, kw_only=True, gc=False):
    """EnquiryType05; in CD145C."""
    enquiry_request_date: datetime.date

def write_enquiry05(v: Enquiry05) -> str:
    return f'<enquiryRequestDate>{v.enquiry_request_date.isoformat()}</enquiryRequestDate>'

class RequestedInformation(Group, frozen=True, kw_only=True, gc=False):
    """RequestedInformationType; in CD145C."""
    sequence_number: int
    code: str
    text: str | None = None

def write_requested_information(v: RequestedInformation) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber><code>{text(v.code)}</code>'
    if (v2 := v.text) is not None: out += f'<text>{text(v2)}</text>'
    return out

class CD145C(Message, frozen=True, kw_only=True, gc=False):
    """IE145: Information wanted for an enquiry."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    competent_customs_office_at_departure: CompetentCustomsOfficeAtDeparture
    competent_customs_office_at_destination: CompetentCustomsOfficeAtDestination
    enquiry: Enquiry05
    requested_information: tuple[RequestedInformation, ...]

def write_cd145c(v: CD145C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation43(v.transit_operation)}</TransitOperation><CompetentCustomsOfficeAtDeparture>{write_competent_customs_office_at_departure(v.competent_customs_office_at_departure)}</CompetentCustomsOfficeAtDeparture><CompetentCustomsOfficeAtDestination>{write_competent_customs_office_at_destination(v.competent_customs_office_at_destination)}</CompetentCustomsOfficeAtDestination><Enquiry>{write_enquiry05(v.enquiry)}</Enquiry>'
    for v10 in v.requested_information: out += f'<RequestedInformation>{write_requested_information(v10)}</RequestedInformation>'
    return out
