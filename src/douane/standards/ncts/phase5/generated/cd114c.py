"""Structs of cd114c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.customs_office_of_transit_actual import CustomsOfficeOfTransitActual03
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43


class CD114C(Message, frozen=True, kw_only=True, gc=False):
    """IE114: Transit asks for the record of a coming passage."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_transit_actual: CustomsOfficeOfTransitActual03
    phase_id: str | None = None
