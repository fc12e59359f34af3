"""Structs of cd205c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.guarantee import Guarantee07
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure01
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43


class CD205C(Message, frozen=True, kw_only=True, gc=False):
    """IE205: Result of using a guarantee."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure01
    guarantee: tuple[Guarantee07, ...]
    phase_id: str | None = None
