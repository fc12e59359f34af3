"""Structs of cd168c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit_actual import CustomsOfficeOfExitForTransitActual02
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation46


class CD168C(Message, frozen=True, kw_only=True, gc=False):
    """IE168: Goods left the security area."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation46
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_exit_for_transit_actual: CustomsOfficeOfExitForTransitActual02
    phase_id: str | None = None
