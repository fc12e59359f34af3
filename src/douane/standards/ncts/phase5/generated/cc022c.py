"""Structs of cc022c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08


class TransitOperation09(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType09; in CC022C."""

    mrn: str
    amendment_notification_date_and_time: datetime.datetime


class FunctionalError01(Group, frozen=True, kw_only=True, gc=False):
    """FunctionalErrorType01; in CC022C."""

    sequence_number: int
    error_pointer: str | None = None
    error_code: str
    error_reason: str | None = None
    original_attribute_value: str | None = None


class CC022C(Message, frozen=True, kw_only=True, gc=False):
    """IE022: Trader is told to amend."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation09
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    functional_error: tuple[FunctionalError01, ...] = ()
    phase_id: str | None = None
