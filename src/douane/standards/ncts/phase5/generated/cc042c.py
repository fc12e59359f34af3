"""Structs of cc042c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.customs_office_of_destination import CustomsOfficeOfDestination
from douane.standards.ncts.phase5.generated.customs_office_of_exit import CustomsOfficeOfExit


class TransitOperation13(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType13; in CC042C."""

    mrn: str
    declaration_type: str


class ControlResult03(Group, frozen=True, kw_only=True, gc=False):
    """ControlResultType03; in CC042C."""

    code: str
    date: datetime.date


class ExportOperation04(Group, frozen=True, kw_only=True, gc=False):
    """ExportOperationType04; in CC042C."""

    sequence_number: int
    mrn: str
    control_result: ControlResult03


class CC042C(Message, frozen=True, kw_only=True, gc=False):
    """IE042: Export system learns the results of control at destination."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation13
    export_operation: tuple[ExportOperation04, ...]
    customs_office_of_exit: CustomsOfficeOfExit
    customs_office_of_departure: CustomsOfficeOfDeparture
    customs_office_of_destination: CustomsOfficeOfDestination
    phase_id: str | None = None
