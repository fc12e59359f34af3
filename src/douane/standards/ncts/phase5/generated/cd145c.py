"""Structs of cd145c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.competent_customs_office_at_departure import CompetentCustomsOfficeAtDeparture
from douane.standards.ncts.phase5.generated.competent_customs_office_at_destination import CompetentCustomsOfficeAtDestination
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43


class Enquiry05(Group, frozen=True, kw_only=True, gc=False):
    """EnquiryType05; in CD145C."""

    enquiry_request_date: datetime.date


class RequestedInformation(Group, frozen=True, kw_only=True, gc=False):
    """RequestedInformationType; in CD145C."""

    sequence_number: int
    code: str
    text: str | None = None


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
    phase_id: str | None = None
