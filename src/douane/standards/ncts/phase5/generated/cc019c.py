"""Structs of cc019c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.guarantor import Guarantor06
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08


class TransitOperation08(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType08; in CC019C."""

    mrn: str
    discrepancies_notification_date: datetime.date
    discrepancies_notification_text: str | None = None


class CC019C(Message, frozen=True, kw_only=True, gc=False):
    """IE019: Discrepancies found."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation08
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    guarantor: Guarantor06 | None = None
    phase_id: str | None = None
