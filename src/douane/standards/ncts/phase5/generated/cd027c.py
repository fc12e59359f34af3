"""Structs of cd027c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.customs_office_of_request import CustomsOfficeOfRequest01
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43


class CD027C(Message, frozen=True, kw_only=True, gc=False):
    """IE027: Question about a movement."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_request: CustomsOfficeOfRequest01
    phase_id: str | None = None
