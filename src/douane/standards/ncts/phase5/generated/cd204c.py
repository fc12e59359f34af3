"""Structs of cd204c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.guarantee import Guarantee04


class TransitOperation42(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType42; in CD204C."""

    mrn: str
    release_date: datetime.date | None = None
    usage_cancellation_date: datetime.date | None = None


class CD204C(Message, frozen=True, kw_only=True, gc=False):
    """IE204: Use of a guarantee taken back."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation42
    customs_office_of_departure: CustomsOfficeOfDeparture
    guarantee: tuple[Guarantee04, ...]
    phase_id: str | None = None
