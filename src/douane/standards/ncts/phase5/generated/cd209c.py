"""Structs of cd209c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.guarantee import Guarantee04
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation45


class CD209C(Message, frozen=True, kw_only=True, gc=False):
    """IE209: Guarantee amount freed."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation45
    customs_office_of_departure: CustomsOfficeOfDeparture
    guarantee: tuple[Guarantee04, ...]
    phase_id: str | None = None
