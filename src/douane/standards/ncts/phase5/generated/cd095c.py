"""Structs of cd095c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination import CustomsOfficeOfDestination
from douane.standards.ncts.phase5.generated.customs_office_of_exit_for_transit import CustomsOfficeOfExitForTransit
from douane.standards.ncts.phase5.generated.customs_office_of_transit import CustomsOfficeOfTransit
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation37


class CD095C(Message, frozen=True, kw_only=True, gc=False):
    """IE095: Answer about a status."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation37
    customs_office_of_departure: CustomsOfficeOfDeparture | None = None
    customs_office_of_destination: CustomsOfficeOfDestination | None = None
    customs_office_of_transit: CustomsOfficeOfTransit | None = None
    customs_office_of_exit_for_transit: CustomsOfficeOfExitForTransit | None = None
    phase_id: str | None = None
