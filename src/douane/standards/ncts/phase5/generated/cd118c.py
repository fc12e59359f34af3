"""Structs of cd118c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_transit_actual import CustomsOfficeOfTransitActual03
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation46


class CD118C(Message, frozen=True, kw_only=True, gc=False):
    """IE118: Frontier crossed at an office of transit."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation46
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_transit_actual: CustomsOfficeOfTransitActual03
    phase_id: str | None = None
