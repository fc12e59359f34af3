"""Structs of cc048c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_destination import CustomsOfficeOfDestination
from douane.standards.ncts.phase5.generated.customs_office_of_recovery_at_departure import CustomsOfficeOfRecoveryAtDeparture01
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation17


class ExportOperation01(Group, frozen=True, kw_only=True, gc=False):
    """ExportOperationType01; in CC048C."""

    sequence_number: int
    mrn: str


class CC048C(Message, frozen=True, kw_only=True, gc=False):
    """IE048: Export system learns of a recovery."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation17
    export_operation: tuple[ExportOperation01, ...]
    customs_office_of_destination: CustomsOfficeOfDestination
    customs_office_of_recovery_at_departure: CustomsOfficeOfRecoveryAtDeparture01
    phase_id: str | None = None
