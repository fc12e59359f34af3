"""Structs of cd059c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_request import CustomsOfficeOfRequest01


class TransitOperation35(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType35; in CD059C."""

    mrn: str
    cancel_enquiry_notification_date_and_time: datetime.datetime
    cancel_enquiry_notification_text: str | None = None


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
    phase_id: str | None = None
