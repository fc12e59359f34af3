"""Structs of cd143c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01
from douane.standards.ncts.phase5.generated.customs_office_of_enquiry_at_departure import CustomsOfficeOfEnquiryAtDeparture01
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43


class CustomsOfficeOfRequest03(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfRequestType03; in CD143C."""

    reference_number: str
    contact_person: ContactPerson01 | None = None


class Enquiry03(Group, frozen=True, kw_only=True, gc=False):
    """EnquiryType03; in CD143C."""

    enquiry_response_date: datetime.date
    response_code: str
    text: str | None = None
    return_copy_returned_date: datetime.date | None = None


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
    phase_id: str | None = None
