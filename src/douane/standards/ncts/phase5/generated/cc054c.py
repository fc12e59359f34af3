"""Structs of cc054c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08


class TransitOperation19(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType19; in CC054C."""

    mrn: str
    release_requested: bool
    release_request_date_and_time: datetime.datetime


class CC054C(Message, frozen=True, kw_only=True, gc=False):
    """IE054: Trader asks for release."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation19
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    phase_id: str | None = None
