"""Structs of cc004c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08


class TransitOperation01(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType01; in CC004C."""

    lrn: str | None = None
    mrn: str | None = None
    amendment_submission_date_and_time: datetime.datetime
    amendment_acceptance_date_and_time: datetime.datetime


class CC004C(Message, frozen=True, kw_only=True, gc=False):
    """IE004: Amendment accepted."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation01
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    phase_id: str | None = None
