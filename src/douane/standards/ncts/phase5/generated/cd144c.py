"""Structs of cd144c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.competent_customs_office_at_departure import CompetentCustomsOfficeAtDeparture
from douane.standards.ncts.phase5.generated.competent_customs_office_at_destination import CompetentCustomsOfficeAtDestination
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43


class Enquiry04(Group, frozen=True, kw_only=True, gc=False):
    """EnquiryType04; in CD144C."""

    enquiry_request_date: datetime.date
    information_available_from_trader: bool


class ResponseInformation(Group, frozen=True, kw_only=True, gc=False):
    """ResponseInformationType; in CD144C."""

    sequence_number: int
    information_code: str
    text: str | None = None


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
    phase_id: str | None = None
