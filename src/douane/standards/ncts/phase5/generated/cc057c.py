"""Structs of cc057c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_destination_actual import CustomsOfficeOfDestinationActual
from douane.standards.ncts.phase5.generated.functional_error import FunctionalError02
from douane.standards.ncts.phase5.generated.trader_at_destination import TraderAtDestination02


class TransitOperation21(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType21; in CC057C."""

    mrn: str
    business_rejection_type: str
    rejection_date_and_time: datetime.datetime
    rejection_code: str
    rejection_reason: str | None = None


class CC057C(Message, frozen=True, kw_only=True, gc=False):
    """IE057: Refusal by the office of destination."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation21
    customs_office_of_destination_actual: CustomsOfficeOfDestinationActual
    trader_at_destination: TraderAtDestination02
    functional_error: tuple[FunctionalError02, ...] = ()
    phase_id: str | None = None
