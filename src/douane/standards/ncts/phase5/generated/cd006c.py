"""Structs of cd006c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation45


class CD006C(Message, frozen=True, kw_only=True, gc=False):
    """IE006: Destination tells departure that goods arrived."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation45
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    phase_id: str | None = None
