"""Structs and writers of cd078c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.transit_operation import TransitOperation43, write_transit_operation43
from douane.standards.ncts.binding.writing import text

class ExportOperation03(Group, frozen=True, kw_only=True, gc=False):
    """ExportOperationType03; in CD078C."""
    mrn: str

def write_export_operation03(v: ExportOperation03) -> str:
    return f'<MRN>{text(v.mrn)}</MRN>'

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

def write_cd078c(v: CD078C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_transit_operation43(v.transit_operation)}</TransitOperation>'
    for v7 in v.export_operation: out += f'<ExportOperation>{write_export_operation03(v7)}</ExportOperation>'
    return out
