"""Structs of cd049c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual


class TransitOperation33(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType33; in CD049C."""

    mrn: str
    discrepancies_resolved: str
    write_off_date: datetime.date | None = None


class CD049C(Message, frozen=True, kw_only=True, gc=False):
    """IE049: Discrepancies solved."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation33
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    phase_id: str | None = None
