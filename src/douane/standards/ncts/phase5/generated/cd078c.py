"""Structs of cd078c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43


class ExportOperation03(Group, frozen=True, kw_only=True, gc=False):
    """ExportOperationType03; in CD078C."""

    mrn: str


class CD078C(Message, frozen=True, kw_only=True, gc=False):
    """IE078: MRN linked between domains."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation43
    export_operation: tuple[ExportOperation03, ...]
    phase_id: str | None = None
