"""Structs of cd142c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.consignment import Consignment07
from douane.standards.ncts.phase5.generated.contact_person import ContactPerson01
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_request import CustomsOfficeOfRequest01
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43


class CustomsOfficeOfEnquiryAtDeparture02(Group, frozen=True, kw_only=True, gc=False):
    """CustomsOfficeOfEnquiryAtDepartureType02; in CD142C."""

    reference_number: str
    contact_person: ContactPerson01 | None = None


class Enquiry02(Group, frozen=True, kw_only=True, gc=False):
    """EnquiryType02; in CD142C."""

    date: datetime.date
    tc11_delivery_date: datetime.date | None = None
    text: str | None = None
    limit_for_the_enquiry_response_date: datetime.date


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
    phase_id: str | None = None
